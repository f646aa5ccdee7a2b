// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/attachment.h"

#include <QObject>

#include <memory>
#include <optional>

namespace ridealong::chat {

/// One file on its way, in either direction. To destroy it is to cancel it: nothing is told then, and what came is deleted.
class Transfer : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    void progressed(qint64 bytes, qint64 total);
    /// Once, and nothing after it. Up: what to put into the message. Down: the file is complete at its path.
    void ended(const ridealong::base::Expected<ridealong::chat::Attachment>& result);
};

/// Where a file of a message is, seen from here.
struct FileState
{
    enum class Place { Remote, Coming, Here, Failed };

    Place place = Place::Remote;
    qint64 bytes = 0; ///< of Coming: so many are here
    QString path; ///< of Here
    std::optional<base::Error> why; ///< of Failed

    bool operator==(const FileState&) const = default;
};

/// Servers that carry files. Both answer later, never before they return; the transfer is the caller's.
class FileFacet
{
public:
    virtual ~FileFacet() = default;
    virtual qint64 maxBytes() const = 0; ///< of one file
    /// Sends the file at `file.path`. Errors: Invalid (larger than maxBytes), Storage (it cannot be read, or changed while it
    /// was), Offline, Denied.
    virtual std::unique_ptr<Transfer> upload(const base::ConversationId&, const Attachment& file) = 0;
    /// Fetches it from the account's own server, never from anywhere else, into `path`, which appears when it is complete.
    /// Errors: NotFound, Invalid (more than announced or than maxBytes), Storage, Offline.
    virtual std::unique_ptr<Transfer> download(const base::ConversationId&, const Attachment& file, const QString& path) = 0;
};

} // namespace ridealong::chat
