// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What a user can intend with files. The other intents are in intents.cpp.
#include "files/filecabinet.h"
#include "workspace/workspace.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

void Workspace::makeFiles()
{
    m_files = std::make_unique<files::FileCabinet>(m_profile.folder + u"/files"_s, m_random);
    connect(m_outbox.get(), &outbox::Outbox::accepted, this, [this](const chat::OutboxItem& item, const chat::SendResult&) {
        for (const chat::Attachment& file : item.attachments)
            m_files->keepSent(item.conversation, file);
    });
    connect(m_outbox.get(), &outbox::Outbox::discarded, this, [this](const chat::OutboxItem& item) { dropUnused(item.attachments); });
}

/// Nothing that waits or is being written has them any more.
void Workspace::dropUnused(const QList<chat::Attachment>& files)
{
    const QStringList used = filesInUse();
    for (const chat::Attachment& file : files)
        if (!used.contains(file.path))
            m_files->drop(file);
}

QStringList Workspace::filesInUse() const
{
    QStringList paths;
    const auto add = [&](const QList<chat::Attachment>& attachments) {
        for (const chat::Attachment& file : attachments)
            paths += file.path;
    };
    for (const chat::OutboxItem& item : m_outbox->items())
        add(item.attachments);
    for (const chat::Draft& draft : m_drafts->drafts())
        add(draft.attachments);
    return paths;
}

chat::FileFacet* Workspace::fileFacet(const base::ConversationId& conversation) const
{
    Account* owner = accountOf(conversation);
    return owner ? owner->backend().facets().files : nullptr;
}

base::Async<chat::Attachment> Workspace::attachFile(const base::ConversationId& conversation, const QString& path)
{
    if (const chat::FileFacet* facet = fileFacet(conversation))
        return m_files->attach(path, facet->maxBytes());
    return base::Async<chat::Attachment>::ready(Error{ErrorKind::Unsupported, u"this server takes no files"_s, 0});
}

base::Async<chat::Attachment> Workspace::attachBytes(const base::ConversationId& conversation, const QByteArray& bytes, const QString& name)
{
    if (const chat::FileFacet* facet = fileFacet(conversation))
        return m_files->attach(bytes, name, facet->maxBytes());
    return base::Async<chat::Attachment>::ready(Error{ErrorKind::Unsupported, u"this server takes no files"_s, 0});
}

void Workspace::setComposerAttachments(
    const base::ConversationId& conversation, const base::MessageId& thread, const QList<chat::Attachment>& files, bool keepCopies)
{
    const QList<chat::Attachment> before = m_drafts->composerAttachments(conversation, thread);
    const Account* owner = accountOf(conversation);
    m_drafts->setComposerAttachments(conversation, thread, files, owner ? owner->read(conversation).newest : 0).ignore();
    if (!keepCopies)
        dropUnused(before);
}

void Workspace::fetchFile(const base::ConversationId& conversation, const chat::Attachment& file)
{
    if (fileFacet(conversation))
        m_files->fetch([this, conversation] { return fileFacet(conversation); }, conversation, file);
}

base::Async<base::Done> Workspace::saveFile(const base::ConversationId& conversation, const chat::Attachment& file, const QString& path)
{
    using enum chat::FileState::Place;
    if (m_files->state(conversation, file).place == Here)
        return m_files->save(conversation, file, path);
    if (!fileFacet(conversation))
        return base::Async<base::Done>::ready(Error{ErrorKind::Unsupported, u"this server has no files"_s, 0});
    base::Promise<base::Done> promise;
    auto* scope = new QObject(this);
    connect(m_files.get(), &files::FileCabinet::changed, scope,
        [this, scope, promise, conversation, file, path](const base::ConversationId& changed, const base::FileId& id) {
            const chat::FileState now = m_files->state(conversation, file);
            if (changed != conversation || id != file.id || now.place == Coming)
                return;
            scope->deleteLater();
            disconnect(m_files.get(), nullptr, scope, nullptr);
            if (now.place == Here)
                m_files->save(conversation, file, path).then(this, [promise](const base::Status& saved) { promise.answer(saved); });
            else
                promise.answer(now.why.value_or(Error{ErrorKind::Cancelled, u"the transfer was cancelled"_s, 0}));
        });
    fetchFile(conversation, file);
    return promise.async();
}

} // namespace ridealong::workspace
