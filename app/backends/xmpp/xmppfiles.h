// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/files.h"
#include "xmpp/httpupload.h"
#include "xmpp/outlet.h"
#include "xmpp/services.h"

namespace ridealong::xmpp {

/// Files by the upload service of our server (XEP-0363): a place is asked for over the stream, the file goes by HTTP, and its address is
/// its id. A message can name any address; only those of our own server are fetched, for whoever serves an address learns who looks at
/// it, and from where.
class XmppFiles final : public chat::FileFacet
{
public:
    static constexpr qint64 kMaxBytes = qint64(1) << 30; ///< of one file, whatever the service allows
    static constexpr qsizetype kMaxSlotHosts = 100; ///< that are remembered

    /// `http` goes the way out that the account has; transfers may outlive this.
    XmppFiles(Outlet outlet, std::shared_ptr<net::HttpClient> http, base::Clock& clock, const Jid& account, FileAddresses addresses);
    ~XmppFiles() override;

    /// As Services found it; none: nothing can be uploaded.
    void setService(const std::optional<UploadService>& service);
    bool canUpload() const;
    /// Our domain and what belongs to it, its upload service, and wherever that gave us places in this session.
    bool mayFetch(const QUrl& url) const;

    qint64 maxBytes() const override;
    /// The result's id is the file's address. Errors besides the facet's: Unsupported (no service), RateLimited (a quota), those of HTTP.
    std::unique_ptr<chat::Transfer> upload(const base::ConversationId&, const chat::Attachment& file) override;
    /// Denied also means: it is somewhere else, and only a person may decide to go there.
    std::unique_ptr<chat::Transfer> download(const base::ConversationId&, const chat::Attachment& file, const QString& path) override;

private:
    struct Shared;
    class Upload;
    class Download;
    std::shared_ptr<Shared> m_shared;
};

} // namespace ridealong::xmpp
