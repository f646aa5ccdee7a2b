// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/localfiles.h"

#include "local/filepieces.h"
#include "local/limits.h"
#include "local/localfacets.h"

#include <QFile>
#include <QPointer>
#include <QSaveFile>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

/// Unlike a piece of the hub's own files: of a file that must be the same from its first piece to its last.
base::Expected<QByteArray> readUpload(const QString& path, qint64 offset, qint64 total)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return storageError(file);
    if (file.size() != total)
        return base::Error{base::ErrorKind::Storage, u"the file changed while it was read"_s, 0};
    if (!file.seek(offset))
        return storageError(file);
    const QByteArray piece = file.read(std::min<qint64>(kFileChunkBytes, total - offset));
    if (piece.isEmpty() && offset < total)
        return storageError(file);
    return piece.isNull() ? QByteArray("") : piece;
}

class Upload final : public chat::Transfer
{
public:
    Upload(LocalConnection& connection, std::shared_ptr<base::Worker> disk, base::ConversationId conversation, chat::Attachment file)
        : m_connection(&connection),
          m_disk(std::move(disk)),
          m_conversation(std::move(conversation)),
          m_file(std::move(file))
    {
        using Size = base::Expected<qint64>;
        m_disk
            ->run([path = m_file.path]() -> Size {
                QFile source(path);
                return source.open(QIODevice::ReadOnly) ? Size(source.size()) : Size(storageError(source));
            })
            .then(this, [this](const Size& size) { size ? begin(*size) : emit ended(size.error()); });
    }
    ~Upload() override
    {
        if (m_connection && m_file.id && !m_over)
            m_connection->request({{"do"_L1, "file.giveUp"_L1}, {"file"_L1, m_file.id.text()}}, {});
    }

private:
    void begin(qint64 bytes)
    {
        m_file.bytes = bytes;
        if (bytes > kMaxFileBytes)
            return end(base::Error{base::ErrorKind::Invalid, u"%1 bytes; %2 are allowed"_s.arg(bytes).arg(kMaxFileBytes), 0});
        if (!m_connection)
            return end(base::Error{base::ErrorKind::Offline, u"the account is gone"_s, 0});
        ask<base::FileId>(*m_connection, {{"do"_L1, "file.begin"_L1}, {"c"_L1, m_conversation.key()}, {"bytes"_L1, bytes}}, [](Fields& reply) {
            return base::FileId(reply.text("file"_L1, kMaxIdLength));
        }).then(this, [this](const base::Expected<base::FileId>& id) {
            if (!id)
                return end(id.error());
            m_file.id = *id;
            read();
        });
    }

    void read()
    {
        m_disk->run([path = m_file.path, done = m_done, total = m_file.bytes] { return readUpload(path, done, total); })
            .then(this, [this](const base::Expected<QByteArray>& piece) { piece ? put(*piece) : end(piece.error()); });
    }

    void put(const QByteArray& piece)
    {
        if (!m_connection)
            return end(base::Error{base::ErrorKind::Offline, u"the account is gone"_s, 0});
        ask<base::Done>(*m_connection, {{"do"_L1, "file.put"_L1}, {"file"_L1, m_file.id.text()}, {"offset"_L1, m_done}, {"piece"_L1, piece}},
            [](Fields&) { return base::Done(); })
            .then(this, [this, bytes = piece.size()](const base::Status& done) {
                if (!done)
                    return end(done.error());
                m_done += bytes;
                emit progressed(m_done, m_file.bytes);
                m_done < m_file.bytes ? read() : end(m_file);
            });
    }

    void end(const base::Expected<chat::Attachment>& result)
    {
        m_over = bool(result);
        emit ended(result);
    }

    QPointer<LocalConnection> m_connection;
    std::shared_ptr<base::Worker> m_disk;
    base::ConversationId m_conversation;
    chat::Attachment m_file;
    qint64 m_done = 0;
    bool m_over = false;
};

class Download final : public chat::Transfer
{
public:
    Download(LocalConnection& connection, std::shared_ptr<base::Worker> disk, base::ConversationId conversation, chat::Attachment file, QString path)
        : m_connection(&connection),
          m_disk(std::move(disk)),
          m_conversation(std::move(conversation)),
          m_file(std::move(file)),
          m_target(std::make_shared<QSaveFile>(path))
    {
        m_file.path = std::move(path);
        m_disk
            ->run([target = m_target]() -> base::Status {
                return target->open(QIODevice::WriteOnly) ? base::Status(base::Done()) : base::Status(storageError(*target));
            })
            .then(this, [this](const base::Status& opened) { opened ? get() : emit ended(opened.error()); });
    }
    ~Download() override
    {
        m_disk->post([target = std::move(m_target)] { target->cancelWriting(); }); // nothing happens to what was committed
    }

private:
    void get()
    {
        if (!m_connection)
            return emit ended(base::Error{base::ErrorKind::Offline, u"the account is gone"_s, 0});
        ask<QByteArray>(*m_connection,
            {{"do"_L1, "file.get"_L1}, {"c"_L1, m_conversation.key()}, {"file"_L1, m_file.id.text()}, {"offset"_L1, m_done}},
            [](Fields& reply) { return reply.bytes("piece"_L1, kFileReadBytes); })
            .then(this, [this](const base::Expected<QByteArray>& piece) { piece ? write(*piece) : emit ended(piece.error()); });
    }

    void write(const QByteArray& piece)
    {
        const qint64 allowed = m_file.bytes >= 0 ? m_file.bytes : kMaxFileBytes;
        if (piece.size() > allowed - m_done)
            return emit ended(base::Error{base::ErrorKind::Invalid, u"the file is larger than announced"_s, 0});
        if (piece.isEmpty() && m_file.bytes > m_done)
            return emit ended(base::Error{base::ErrorKind::Invalid, u"the file is smaller than announced"_s, 0});
        m_disk
            ->run([target = m_target, piece]() -> base::Status {
                const bool ok = piece.isEmpty() ? target->commit() : target->write(piece) == piece.size();
                return ok ? base::Status(base::Done()) : base::Status(storageError(*target));
            })
            .then(this, [this, bytes = piece.size()](const base::Status& written) {
                if (!written)
                    return emit ended(written.error());
                m_done += bytes;
                if (bytes > 0) {
                    emit progressed(m_done, m_file.bytes);
                    return get(); // the empty piece behind the last one says that it was the last one
                }
                m_file.bytes = m_done;
                emit ended(m_file);
            });
    }

    QPointer<LocalConnection> m_connection;
    std::shared_ptr<base::Worker> m_disk;
    base::ConversationId m_conversation;
    chat::Attachment m_file;
    std::shared_ptr<QSaveFile> m_target; ///< used on the worker only
    qint64 m_done = 0;
};

} // namespace

LocalFiles::LocalFiles(LocalConnection& connection) : m_connection(connection), m_disk(std::make_shared<base::Worker>(u"files"_s)) {}

qint64 LocalFiles::maxBytes() const { return kMaxFileBytes; }

std::unique_ptr<chat::Transfer> LocalFiles::upload(const base::ConversationId& conversation, const chat::Attachment& file)
{
    return std::make_unique<Upload>(m_connection, m_disk, conversation, file);
}

std::unique_ptr<chat::Transfer> LocalFiles::download(const base::ConversationId& conversation, const chat::Attachment& file, const QString& path)
{
    return std::make_unique<Download>(m_connection, m_disk, conversation, file, path);
}

} // namespace ridealong::local
