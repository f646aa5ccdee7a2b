// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "files/filecabinet.h"

#include "files/imagesize.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMimeDatabase>
#include <QSaveFile>
#include <QSet>

namespace ridealong::files {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qint64 kCopyBytes = 1 << 20; ///< at once

/// A short name for something that may have any characters.
QString hashOf(const QString& text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

Error storageError(const QFileDevice& file) { return {ErrorKind::Storage, file.errorString(), 0}; }

base::Status prepareFolder(const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return Error{ErrorKind::Storage, u"%1: cannot be made"_s.arg(folder), 0};
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return base::Done();
}

base::Status write(QIODevice& from, const QString& path, qint64 maxBytes)
{
    if (auto prepared = prepareFolder(path); !prepared)
        return prepared;
    QSaveFile target(path); // complete, or not there
    if (!target.open(QIODevice::WriteOnly))
        return storageError(target);
    qint64 written = 0;
    while (true) {
        const QByteArray piece = from.read(kCopyBytes);
        if (piece.isEmpty())
            break;
        written += piece.size();
        if (written > maxBytes) // it grew since its size was asked, or never had one
            return Error{ErrorKind::Invalid, u"more than %1 bytes"_s.arg(maxBytes), 0};
        if (target.write(piece) != piece.size())
            return storageError(target);
    }
    if (const auto* file = qobject_cast<QFileDevice*>(&from); file && file->error() != QFileDevice::NoError)
        return storageError(*file);
    return target.commit() ? base::Status(base::Done()) : base::Status(storageError(target));
}

/// The name may only say more exactly what the content says: which text, which archive. A picture begins with a mark of its
/// own; what is merely called one is none.
QString typeOf(const QString& name, const QByteArray& head)
{
    const QMimeDatabase types;
    const QMimeType content = types.mimeTypeForData(head);
    const QMimeType named = types.mimeTypeForFileNameAndData(name, head);
    const bool isPicture = named.name().startsWith("image/"_L1);
    return named.inherits(content.name()) && !isPicture ? named.name() : content.name();
}

/// Type and size by what is in it.
base::Expected<chat::Attachment> describe(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return storageError(file);
    const QByteArray head = file.read(kImageHeadBytes);
    chat::Attachment attachment;
    attachment.name = QFileInfo(path).fileName();
    attachment.mediaType = typeOf(attachment.name, head);
    attachment.bytes = file.size();
    attachment.pixels = imageSize(head);
    attachment.path = path;
    return attachment;
}

void removeWithFolder(const QString& path)
{
    QFile::remove(path);
    QDir().rmdir(QFileInfo(path).absolutePath()); // which is this file's own
}

void removeOthers(const QString& folder, const QStringList& paths)
{
    QSet<QString> kept;
    for (const QString& path : paths)
        kept.insert(chat::copyKey(path));
    for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();)
        if (const QString path = files.next(); !kept.contains(chat::copyKey(path)))
            removeWithFolder(path);
}

void removeOldest(const QString& folder, qint64 allowedBytes)
{
    QFileInfoList found;
    for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();) {
        files.next();
        found.append(files.fileInfo());
    }
    std::sort(found.begin(), found.end(), [](const QFileInfo& a, const QFileInfo& b) { return a.lastRead() > b.lastRead(); });
    qint64 bytes = 0;
    for (const QFileInfo& file : std::as_const(found)) {
        bytes += file.size();
        const bool isOld = QDir(folder).relativeFilePath(file.filePath()).count(u'/') < 2; // from before each account had a folder
        if (bytes > allowedBytes || isOld)
            removeWithFolder(file.filePath());
    }
}

} // namespace

FileCabinet::FileCabinet(QString folder, base::Random& random, QObject* parent)
    : QObject(parent),
      m_folder(std::move(folder)),
      m_random(random),
      m_disk(u"file cabinet"_s)
{}

FileCabinet::~FileCabinet() = default;

QString FileCabinet::attachedFolder() const { return m_folder + u"/attached"_s; }

QString FileCabinet::newCopyPath(const QString& name)
{
    return attachedFolder() + u'/' + base::randomToken(m_random) + u'/' + chat::safeFileName(name);
}

/// The path may have come from elsewhere.
bool FileCabinet::isCopy(const chat::Attachment& file) const { return file.path.startsWith(attachedFolder() + u'/'); }

QString FileCabinet::fetchedFolder(const base::AccountId& account) const { return m_folder + u"/fetched/"_s + hashOf(account.text()); }

QString FileCabinet::fetchedPath(const base::ConversationId& conversation, const chat::Attachment& file) const
{
    const QString hash = hashOf(conversation.text() + u'\n' + file.id.text());
    return fetchedFolder(conversation.account()) + u'/' + hash + u'/' + chat::safeFileName(file.name);
}

void FileCabinet::tidy(const QStringList& paths)
{
    m_disk.post([attached = attachedFolder(), fetched = m_folder + u"/fetched"_s, paths] {
        removeOthers(attached, paths);
        removeOldest(fetched, kMaxFetchedBytes);
    });
}

void FileCabinet::forget(const base::AccountId& account)
{
    std::erase_if(m_entries, [&](const auto& entry) { return entry.first.first.account() == account; }); // what comes is cancelled
    m_disk.post([folder = fetchedFolder(account)] { QDir(folder).removeRecursively(); });
}

base::Async<chat::Attachment> FileCabinet::attach(const QString& path, qint64 maxBytes)
{
    return m_disk.run([path, copy = newCopyPath(path), maxBytes]() -> base::Expected<chat::Attachment> {
        const QFileInfo info(path);
        if (!info.exists())
            return Error{ErrorKind::NotFound, u"no such file"_s, 0};
        if (!info.isFile()) // a folder, a pipe that never ends, a device
            return Error{ErrorKind::Invalid, u"not a file"_s, 0};
        if (info.size() > maxBytes)
            return Error{ErrorKind::Invalid, u"%1 bytes; the server takes %2"_s.arg(info.size()).arg(maxBytes), 0};
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return storageError(file);
        if (auto copied = write(file, copy, maxBytes); !copied)
            return copied.error();
        return describe(copy);
    });
}

base::Async<chat::Attachment> FileCabinet::attach(const QByteArray& bytes, const QString& name, qint64 maxBytes)
{
    return m_disk.run([bytes, copy = newCopyPath(name), maxBytes]() -> base::Expected<chat::Attachment> {
        QBuffer buffer;
        buffer.setData(bytes);
        buffer.open(QIODevice::ReadOnly);
        if (auto copied = write(buffer, copy, maxBytes); !copied)
            return copied.error();
        return describe(copy);
    });
}

void FileCabinet::drop(const chat::Attachment& file)
{
    if (isCopy(file)) // only what attach() made
        m_disk.post([path = file.path] { removeWithFolder(path); });
}

void FileCabinet::keepSent(const base::ConversationId& conversation, const chat::Attachment& file)
{
    if (file.id.isEmpty() || !isCopy(file))
        return;
    const Key key(conversation, file.id);
    m_disk
        .run([from = file.path, to = fetchedPath(conversation, file)]() -> base::Status {
            if (auto prepared = prepareFolder(to); !prepared)
                return prepared;
            const bool moved = QFile::rename(from, to);
            removeWithFolder(from);
            return moved ? base::Status(base::Done()) : base::Status(Error{ErrorKind::Storage, u"could not be moved"_s, 0});
        })
        .then(this, [this, key, path = fetchedPath(conversation, file)](const base::Status& moved) {
            if (moved)
                set(key, {chat::FileState::Place::Here, 0, path, {}});
        });
}

chat::FileState FileCabinet::state(const base::ConversationId& conversation, const chat::Attachment& file)
{
    if (file.id.isEmpty()) // ours, not there yet
        return {chat::FileState::Place::Here, 0, file.path, {}};
    const Key key(conversation, file.id);
    Entry& entry = m_entries[key];
    if (entry.state.place != chat::FileState::Place::Here && isCopy(file)) // brought to the server, and keepSent() is still to come
        return {chat::FileState::Place::Here, 0, file.path, {}};
    if (!std::exchange(entry.asked, true))
        lookFor(key, fetchedPath(conversation, file));
    return entry.state;
}

/// An earlier run may have fetched it.
void FileCabinet::lookFor(const Key& key, const QString& path)
{
    m_disk.run([path]() -> base::Expected<bool> { return QFileInfo::exists(path); })
        .then(this, [this, key, path](const base::Expected<bool>& exists) {
            const auto at = m_entries.find(key);
            if (at != m_entries.end() && at->second.state.place == chat::FileState::Place::Remote && exists && *exists)
                set(key, {chat::FileState::Place::Here, 0, path, {}});
        });
}

void FileCabinet::fetch(const FacetOf& from, const base::ConversationId& conversation, const chat::Attachment& file)
{
    using enum chat::FileState::Place;
    const chat::FileState now = state(conversation, file);
    if (now.place == Here || now.place == Coming)
        return;
    const Key key(conversation, file.id);
    set(key, {Coming, 0, {}, {}});
    m_disk
        .run([path = fetchedPath(conversation, file)]() -> base::Expected<bool> {
            if (QFileInfo::exists(path))
                return true;
            const base::Status prepared = prepareFolder(path);
            return prepared ? base::Expected<bool>(false) : prepared.error();
        })
        .then(this, [this, from, key, file, path = fetchedPath(conversation, file)](const base::Expected<bool>& exists) {
            const auto at = m_entries.find(key);
            if (at == m_entries.end() || at->second.state.place != Coming || at->second.transfer)
                return; // cancelled meanwhile, or fetched anew after that
            if (!exists)
                set(key, {Failed, 0, {}, exists.error()});
            else if (*exists)
                set(key, {Here, 0, path, {}});
            else
                download(from, key, file, path);
        });
}

void FileCabinet::download(const FacetOf& from, const Key& key, const chat::Attachment& file, const QString& path)
{
    using enum chat::FileState::Place;
    chat::FileFacet* facet = from();
    if (!facet)
        return set(key, {Failed, 0, {}, Error{ErrorKind::Offline, u"the account is gone"_s, 0}});
    Entry& entry = m_entries[key];
    entry.transfer = facet->download(key.first, file, path);
    connect(entry.transfer.get(), &chat::Transfer::progressed, this, [this, key](qint64 bytes, qint64) { set(key, {Coming, bytes, {}, {}}); });
    connect(entry.transfer.get(), &chat::Transfer::ended, this, [this, key, path](const base::Expected<chat::Attachment>& result) {
        m_entries[key].transfer.release()->deleteLater(); // it is its signal that brought us here
        result ? set(key, {Here, 0, path, {}}) : set(key, {Failed, 0, {}, result.error()});
    });
}

void FileCabinet::cancel(const base::ConversationId& conversation, const chat::Attachment& file)
{
    const auto at = m_entries.find({conversation, file.id});
    if (at == m_entries.end() || at->second.state.place != chat::FileState::Place::Coming)
        return;
    at->second.transfer.reset();
    set(at->first, {});
}

base::Async<base::Done> FileCabinet::save(const base::ConversationId& conversation, const chat::Attachment& file, const QString& target)
{
    const chat::FileState now = state(conversation, file);
    if (now.place != chat::FileState::Place::Here)
        return base::Async<base::Done>::ready(Error{ErrorKind::NotFound, u"the file is not here yet"_s, 0});
    return m_disk.run([path = now.path, target]() -> base::Status {
        QFile from(path);
        if (!from.open(QIODevice::ReadOnly))
            return storageError(from);
        QSaveFile to(target);
        if (!to.open(QIODevice::WriteOnly))
            return storageError(to);
        for (QByteArray piece = from.read(kCopyBytes); !piece.isEmpty(); piece = from.read(kCopyBytes))
            if (to.write(piece) != piece.size())
                return storageError(to);
        return to.commit() ? base::Status(base::Done()) : base::Status(storageError(to));
    });
}

void FileCabinet::set(const Key& key, const chat::FileState& state)
{
    const Key changedKey = key; // it may lie in what somebody changes when hearing of it
    m_entries[changedKey].state = state;
    emit changed(changedKey.first, changedKey.second);
}

} // namespace ridealong::files
