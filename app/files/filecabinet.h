// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/random.h"
#include "base/worker.h"
#include "chat/files.h"

#include <functional>
#include <map>

namespace ridealong::files {

/// The profile's copies of files: what is attached until it is sent, and what was fetched. A file that is attached is copied
/// at once, so that neither a crash nor a change of the original loses or alters what will be sent. Everything on disk happens
/// on a worker. Nothing is fetched unless fetch() asks for it.
class FileCabinet : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxFetchedBytes = qint64(512) << 20; ///< kept; the longest unused go first, at the start

    /// The server's files, asked for when they are needed; null: the account is gone.
    using FacetOf = std::function<chat::FileFacet*()>;

    FileCabinet(QString folder, base::Random& random, QObject* parent = nullptr);
    ~FileCabinet() override;

    QString attachedFolder() const; ///< where the attached copies lie; see chat::moveCopies

    /// Removes attached copies that nothing waiting has (`paths`), and fetched files over the limit.
    void tidy(const QStringList& paths);
    /// Removes what was fetched of an account that is gone.
    void forget(const base::AccountId& account);

    /// Copies the file at `path` into the profile. Errors: NotFound, Invalid (no file, or more than `maxBytes`), Storage.
    base::Async<chat::Attachment> attach(const QString& path, qint64 maxBytes);
    /// The same for what lies in no file, such as a picture that was pasted.
    base::Async<chat::Attachment> attach(const QByteArray& bytes, const QString& name, qint64 maxBytes);
    /// Deletes the copy of something that is not sent after all.
    void drop(const chat::Attachment& file);
    /// It is sent: its copy becomes what fetch() would bring.
    void keepSent(const base::ConversationId& conversation, const chat::Attachment& file);

    /// As far as it is known: asked for the first time, the disk is looked at, and changed() tells when the file is there.
    chat::FileState state(const base::ConversationId& conversation, const chat::Attachment& file);
    /// Nothing is fetched that is here or on its way. Told by changed().
    void fetch(const FacetOf& from, const base::ConversationId& conversation, const chat::Attachment& file);
    void cancel(const base::ConversationId& conversation, const chat::Attachment& file);
    /// Copies a fetched file to where its user wants it, replacing what is there. Errors: NotFound, Storage.
    base::Async<base::Done> save(const base::ConversationId& conversation, const chat::Attachment& file, const QString& target);

signals:
    void changed(const ridealong::base::ConversationId& conversation, const ridealong::base::FileId& file);

private:
    using Key = std::pair<base::ConversationId, base::FileId>;
    struct Entry
    {
        chat::FileState state;
        std::unique_ptr<chat::Transfer> transfer; ///< null while its place on the disk is made
        bool asked = false; ///< the disk was
    };

    QString newCopyPath(const QString& name);
    bool isCopy(const chat::Attachment& file) const;
    QString fetchedFolder(const base::AccountId& account) const;
    QString fetchedPath(const base::ConversationId& conversation, const chat::Attachment& file) const;
    void lookFor(const Key& key, const QString& path);
    void download(const FacetOf& from, const Key& key, const chat::Attachment& file, const QString& path);
    void set(const Key& key, const chat::FileState& state);

    QString m_folder;
    base::Random& m_random;
    std::map<Key, Entry> m_entries;
    base::Worker m_disk; ///< last: ends before the rest
};

} // namespace ridealong::files
