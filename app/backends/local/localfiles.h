// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "chat/files.h"
#include "local/localconnection.h"

namespace ridealong::local {

/// Files to and from the hub, in pieces, one on its way at a time: a file never keeps a message waiting. A break ends the
/// transfer with Offline; who wants the file asks again.
class LocalFiles final : public chat::FileFacet
{
public:
    explicit LocalFiles(LocalConnection& connection);
    qint64 maxBytes() const override;
    std::unique_ptr<chat::Transfer> upload(const base::ConversationId& conversation, const chat::Attachment& file) override;
    std::unique_ptr<chat::Transfer> download(const base::ConversationId& conversation, const chat::Attachment& file, const QString& path) override;

private:
    LocalConnection& m_connection;
    std::shared_ptr<base::Worker> m_disk; ///< a transfer may end after the backend
};

} // namespace ridealong::local
