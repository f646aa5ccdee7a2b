// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubfiles.h"

#include "base/log.h"
#include "local/filepieces.h"
#include "local/hub.h"
#include "local/limits.h"
#include "net/privatefolder.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kUnusedFor = qint64(7) * 24 * 60 * 60 * 1000; ///< a client may still be about to send the message
const QString kUnfinished = u".part"_s;

/// A short name for something that may have any characters.
QString hashOf(const QString& text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

base::Error noFile() { return {base::ErrorKind::NotFound, u"no such file here"_s, 0}; }

/// Ids are made here, but come back from clients, and become names of files.
bool isFileId(const base::FileId& file)
{
    const auto isFit = [](QChar c) { return c == u'-' || c == u'_' || (c.unicode() < 128 && c.isLetterOrNumber()); };
    return file.text().size() > 17 && file.text().size() <= 64 && std::all_of(file.text().cbegin(), file.text().cend(), isFit);
}

bool isBroughtBy(const base::FileId& file, const base::UserId& user) { return file.text().startsWith(hashOf(user.text()) + u'-'); }

base::Status append(const QString& path, qint64 offset, const QByteArray& piece, bool last)
{
    if (offset == 0)
        if (auto made = net::makePrivateFolder(QFileInfo(path).absolutePath()); !made)
            return made;
    QFile file(path + kUnfinished);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append) && file.size() == offset && file.write(piece) == piece.size() && file.flush()) {
        file.close();
        if (!last || file.rename(path))
            return base::Done{};
    }
    const base::Error why = storageError(file);
    file.remove(); // here: of one that was to be complete nobody knows any more
    return why;
}

} // namespace

HubFiles::HubFiles(QString folder, base::Worker& disk, base::Random& random) : m_folder(std::move(folder)), m_disk(disk), m_random(random) {}

QString HubFiles::pathOf(const QString& conversation, const base::FileId& file) const
{
    return m_folder + u'/' + hashOf(conversation) + u'/' + file.text();
}

void HubFiles::tidy(const QSet<base::FileId>& used, qint64 nowMs)
{
    m_disk.post([folder = m_folder, used, nowMs] {
        for (QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories); files.hasNext();) {
            files.next();
            const QFileInfo file = files.fileInfo();
            const bool isOld = nowMs - file.lastModified().toMSecsSinceEpoch() > kUnusedFor;
            if (file.fileName().endsWith(kUnfinished) || (isOld && !used.contains(base::FileId(file.fileName()))))
                QFile::remove(file.filePath());
        }
    });
}

base::Expected<base::FileId> HubFiles::begin(const QString& conversation, const base::UserId& by, qint64 bytes)
{
    if (bytes < 0 || bytes > kMaxFileBytes)
        return base::Error{base::ErrorKind::Invalid, u"%1 bytes; %2 are allowed"_s.arg(bytes).arg(kMaxFileBytes), 0};
    if (m_order.size() >= kUploadsAtOnce)
        giveUp(m_order.first(), m_uploads.value(m_order.first()).by);
    const base::FileId file(hashOf(by.text()) + u'-' + base::randomToken(m_random));
    m_uploads.insert(file, {pathOf(conversation, file), by, bytes, 0});
    m_order.append(file);
    return file;
}

base::Async<base::Done> HubFiles::put(const base::FileId& file, const base::UserId& by, qint64 offset, const QByteArray& piece)
{
    const auto upload = m_uploads.find(file);
    if (upload == m_uploads.end() || upload->by != by)
        return base::Async<base::Done>::ready(noFile());
    // An empty file has one empty piece; any other empty one would be a way to say nothing for ever.
    if (offset != upload->done || piece.size() > upload->total - offset || (piece.isEmpty() && upload->total > 0)) {
        giveUp(file, by);
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::Invalid, u"not the next piece of the file"_s, 0});
    }
    auto& unwritten = m_unwritten[by];
    if (!unwritten)
        unwritten = std::make_shared<std::atomic<qint64>>(0);
    if (*unwritten + piece.size() > kMaxUnwrittenBytes)
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::RateLimited, u"too much that is not on the disk yet"_s, 0});
    *unwritten += piece.size();
    upload->done += piece.size();
    const QString path = upload->path;
    const bool last = upload->done == upload->total;
    if (last) {
        m_uploads.erase(upload);
        m_order.removeOne(file);
    }
    return m_disk.run([path, offset, piece, last, unwritten] {
        const base::Status appended = append(path, offset, piece, last);
        *unwritten -= piece.size();
        return appended;
    });
}

void HubFiles::giveUp(const base::FileId& file, const base::UserId& by)
{
    const auto upload = m_uploads.find(file);
    if (upload == m_uploads.end() || upload->by != by)
        return;
    m_disk.post([path = upload->path + kUnfinished] { QFile::remove(path); });
    m_uploads.erase(upload);
    m_order.removeOne(file);
}

base::Async<QByteArray> HubFiles::get(const QString& conversation, const base::FileId& file, qint64 offset, qint64 bytes)
{
    if (!isFileId(file))
        return base::Async<QByteArray>::ready(noFile());
    return m_disk.run([path = pathOf(conversation, file), offset, bytes] { return readPiece(path, offset, bytes); });
}

base::Async<QList<chat::Attachment>> HubFiles::check(const QString& conversation, const base::UserId& by, const QList<chat::Attachment>& files)
{
    QStringList paths;
    for (const chat::Attachment& file : files) {
        if (!isFileId(file.id))
            return base::Async<QList<chat::Attachment>>::ready(noFile());
        if (!isBroughtBy(file.id, by))
            return base::Async<QList<chat::Attachment>>::ready(base::Error{base::ErrorKind::Denied, u"somebody else's file"_s, 0});
        paths += pathOf(conversation, file.id);
    }
    return m_disk.run([paths, files]() -> base::Expected<QList<chat::Attachment>> {
        QList<chat::Attachment> checked = files;
        for (qsizetype i = 0; i < checked.size(); ++i) {
            const QFileInfo info(paths.at(i));
            if (!info.isFile())
                return noFile();
            checked[i].bytes = info.size();
        }
        return checked;
    });
}

void HubFiles::remove(const QString& conversation, const QList<base::FileId>& files)
{
    for (const base::FileId& file : files)
        if (isFileId(file))
            m_disk.post([path = pathOf(conversation, file)] { QFile::remove(path); });
}

} // namespace ridealong::local
