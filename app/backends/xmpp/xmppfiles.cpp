// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/xmppfiles.h"

#include <QDateTime>
#include <QFileInfo>
#include <QPointer>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr qint64 kMaxPutAnswerBytes = 64 << 10; // a page of an error, which nobody reads

/// What would be different if a file had changed.
struct Stamp
{
    qint64 bytes = -1;
    qint64 modifiedMs = 0;

    static Stamp of(const QString& path)
    {
        const QFileInfo info(path);
        return info.isFile() ? Stamp{info.size(), info.lastModified().toMSecsSinceEpoch()} : Stamp();
    }
    bool operator==(const Stamp&) const = default;
};

QString hostOf(const QUrl& url) { return url.host(QUrl::FullyEncoded).toLower(); }
QString hostOf(const Jid& jid) { return QString::fromLatin1(QUrl::toAce(jid.domain(), QUrl::IgnoreIDNWhitelist)).toLower(); }

} // namespace

struct XmppFiles::Shared
{
    Outlet outlet; ///< of nobody once the account is gone
    std::shared_ptr<net::HttpClient> http;
    base::Clock& clock;
    QString domain; ///< as hosts are written
    FileAddresses addresses;
    std::optional<UploadService> service;
    QSet<QString> slotHosts;

    qint64 maxBytes() const
    {
        if (!service)
            return 0;
        return service->maxBytes > 0 ? std::min(service->maxBytes, kMaxBytes) : kMaxBytes;
    }
    bool mayFetch(const QUrl& url) const
    {
        const QString host = hostOf(url);
        return isFileAddress(url, addresses)
            && (host == domain || host.endsWith(u'.' + domain) || (service && host == hostOf(service->address)) || slotHosts.contains(host));
    }
};

// ---- up ----

class XmppFiles::Upload final : public chat::Transfer
{
public:
    Upload(std::shared_ptr<Shared> shared, chat::Attachment file) : m_shared(std::move(shared)), m_file(std::move(file))
    {
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
    }

private:
    void begin()
    {
        m_stamp = Stamp::of(m_file.path);
        m_file.bytes = m_stamp.bytes;
        if (m_stamp.bytes < 0)
            return emit ended(Error{ErrorKind::Storage, u"%1: cannot be read"_s.arg(m_file.path), 0});
        if (!m_shared->outlet.request)
            return emit ended(Error{ErrorKind::Offline, u"the account is gone"_s, 0});
        if (!m_shared->service)
            return emit ended(Error{ErrorKind::Unsupported, u"the server takes no files"_s, 0});
        if (m_file.bytes > m_shared->maxBytes())
            return emit ended(Error{ErrorKind::Invalid, u"%1 bytes; %2 are allowed"_s.arg(m_file.bytes).arg(m_shared->maxBytes()), 0});
        const Element request = slotRequest(m_shared->service->address, m_file.name, m_file.bytes, m_file.mediaType);
        m_shared->outlet.request(request, [self = QPointer(this)](const Answer& answer) {
            if (self)
                self->takeSlot(answer);
        });
    }

    void takeSlot(const Answer& answer)
    {
        if (answer.error)
            return emit ended(answer.stanza.isNull() ? *answer.error : slotError(answer.stanza, m_shared->clock.nowMs()));
        const auto slot = readSlot(answer.stanza, m_shared->addresses);
        if (!slot)
            return emit ended(slot.error());
        if (m_shared->slotHosts.size() < kMaxSlotHosts)
            m_shared->slotHosts.insert(hostOf(slot->get));
        if (hasChanged())
            return;
        m_file.id = base::FileId(slot->get.toString(QUrl::FullyEncoded));
        net::HttpRequest request{
            .method = "PUT", .url = slot->put, .headers = slot->headers, .bodyFile = m_file.path, .maxBytes = kMaxPutAnswerBytes};
        request.headers.emplace_back("Content-Type", uploadMediaType(m_file.mediaType).toLatin1());
        m_transfer = m_shared->http->start(request);
        connect(m_transfer.get(), &net::HttpTransfer::progress, this, [this](qint64 sent) {
            if (sent > m_sent) // Qt begins anew at zero when the answer comes
                emit progressed(m_sent = sent, m_file.bytes);
        });
        connect(m_transfer.get(), &net::HttpTransfer::finished, this, &Upload::takeAnswer);
    }

    void takeAnswer(const base::Expected<net::HttpResponse>& answer)
    {
        if (!answer)
            return emit ended(answer.error());
        if (const auto error = fileServerError(*answer))
            return emit ended(*error);
        if (!hasChanged())
            emit ended(m_file);
    }

    bool hasChanged()
    {
        const bool changed = Stamp::of(m_file.path) != m_stamp;
        if (changed)
            emit ended(Error{ErrorKind::Storage, u"the file changed while it was read"_s, 0});
        return changed;
    }

    std::shared_ptr<Shared> m_shared; ///< before the transfer, which needs its client
    chat::Attachment m_file;
    Stamp m_stamp;
    qint64 m_sent = 0;
    std::unique_ptr<net::HttpTransfer> m_transfer;
};

// ---- down ----

class XmppFiles::Download final : public chat::Transfer
{
public:
    Download(std::shared_ptr<Shared> shared, chat::Attachment file, const QString& path) : m_shared(std::move(shared)), m_file(std::move(file))
    {
        m_file.path = path;
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
    }

private:
    void begin()
    {
        const QUrl url(m_file.id.text(), QUrl::StrictMode);
        if (!m_shared->mayFetch(url))
            return emit ended(Error{ErrorKind::Denied, u"%1 is not our own server"_s.arg(url.host()), 0});
        if (m_file.bytes > kMaxBytes)
            return emit ended(Error{ErrorKind::Invalid, u"%1 bytes; %2 are allowed"_s.arg(m_file.bytes).arg(kMaxBytes), 0});
        const qint64 most = m_file.bytes >= 0 ? m_file.bytes : kMaxBytes;
        m_transfer = m_shared->http->start({.url = url, .toFile = m_file.path, .maxBytes = most});
        connect(m_transfer.get(), &net::HttpTransfer::progress, this, [this](qint64, qint64 received, qint64 total) {
            m_received = received;
            emit progressed(received, m_file.bytes >= 0 ? m_file.bytes : total);
        });
        connect(m_transfer.get(), &net::HttpTransfer::finished, this, &Download::takeAnswer);
    }

    void takeAnswer(const base::Expected<net::HttpResponse>& answer)
    {
        if (!answer) {
            const bool tooMuch = m_transfer->exceededMaxBytes();
            return emit ended(tooMuch ? Error{ErrorKind::Invalid, u"the file is larger than announced or allowed"_s, 0} : answer.error());
        }
        if (const auto error = fileServerError(*answer))
            return emit ended(*error);
        if (m_file.bytes > m_received) {
            QFile::remove(m_file.path);
            return emit ended(Error{ErrorKind::Invalid, u"the file is smaller than announced"_s, 0});
        }
        m_file.bytes = m_received;
        emit ended(m_file);
    }

    std::shared_ptr<Shared> m_shared; ///< before the transfer, which needs its client
    chat::Attachment m_file;
    qint64 m_received = 0;
    std::unique_ptr<net::HttpTransfer> m_transfer;
};

// ---- the facet ----

XmppFiles::XmppFiles(Outlet outlet, std::shared_ptr<net::HttpClient> http, base::Clock& clock, const Jid& account, FileAddresses addresses)
    : m_shared(std::make_shared<Shared>(Shared{std::move(outlet), std::move(http), clock, hostOf(account), addresses, {}, {}}))
{}

XmppFiles::~XmppFiles() { m_shared->outlet = {}; }

void XmppFiles::setService(const std::optional<UploadService>& service) { m_shared->service = service; }

bool XmppFiles::canUpload() const { return m_shared->service.has_value(); }

bool XmppFiles::mayFetch(const QUrl& url) const { return m_shared->mayFetch(url); }

qint64 XmppFiles::maxBytes() const { return m_shared->maxBytes(); }

std::unique_ptr<chat::Transfer> XmppFiles::upload(const base::ConversationId&, const chat::Attachment& file)
{
    return std::make_unique<Upload>(m_shared, file);
}

std::unique_ptr<chat::Transfer> XmppFiles::download(const base::ConversationId&, const chat::Attachment& file, const QString& path)
{
    return std::make_unique<Download>(m_shared, file, path);
}

} // namespace ridealong::xmpp
