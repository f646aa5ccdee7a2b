// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Files: from the composer up, from the timeline down.
#include "files/filecabinet.h"
#include "timelineview/picturedialog.h"
#include "timelineview/timelineview.h"
#include "window/wiring.h"

#include <QBuffer>
#include <QDateTime>
#include <QFileDialog>
#include <QStandardPaths>

namespace ridealong::window {

using namespace Qt::StringLiterals;

void Wiring::wireFiles(ConversationPage& page)
{
    using composer::Composer;
    Composer* composer = page.composer();
    connect(composer, &Composer::attachRequested, this, [this, &page] { chooseFiles(page); });
    connect(composer, &Composer::filesGiven, this, [this, &page](const QStringList& paths) { attach(page, paths); });
    connect(&page, &ConversationPage::filesDropped, this, [this, &page](const QStringList& paths) { attach(page, paths); });
    connect(composer, &Composer::pictureGiven, this, [this, &page](const QImage& picture) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (picture.isNull() || !picture.save(&buffer, "PNG"))
            return complain({base::ErrorKind::Invalid, u"the clipboard's picture cannot be read"_s, 0});
        const QString name = tr("picture %1").arg(QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).toString(u"yyyy-MM-dd hh-mm-ss"_s)) + u".png"_s;
        keepAttached(page, {m_workspace.attachBytes(m_current, png, name)});
    });
    connect(composer, &Composer::attachmentRemoved, this, [this, &page](int index) {
        QList<chat::Attachment> files = page.composer()->attachments();
        if (index >= files.size() || !page.model())
            return;
        files.removeAt(index);
        m_workspace.setComposerAttachments(page.model()->conversation(), page.model()->thread(), files);
        page.composer()->setAttachments(files);
    });

    using View = timelineview::TimelineView;
    View* timeline = page.timeline();
    timeline->setFileStates([this](const base::ConversationId& id, const chat::Attachment& file) { return m_workspace.files().state(id, file); });
    connect(&m_workspace.files(), &files::FileCabinet::changed, timeline, &View::filesChanged);
    connect(&m_workspace.outbox(), &outbox::Outbox::uploadProgressed, timeline,
        [timeline](const base::TransactionId& transaction, qint64 bytes) { timeline->setSendingProgress(transaction, bytes); });
    const auto fetch = [this](const chat::Attachment& file) { m_workspace.fetchFile(m_current, file); };
    connect(timeline, &View::pictureWanted, this, fetch);
    connect(timeline, &View::fetchRequested, this, fetch);
    connect(timeline, &View::fetchCancelled, this, [this](const chat::Attachment& file) { m_workspace.files().cancel(m_current, file); });
    connect(timeline, &View::fileActivated, this, [this](const chat::Attachment& file) { saveFile(m_current, file); });
    connect(timeline, &View::pictureActivated, this, [this](const chat::Message& message, int index) {
        const chat::Attachment file = message.attachments.value(index);
        const chat::FileState state = m_workspace.files().state(message.conversation, file);
        if (state.place != chat::FileState::Place::Here)
            return;
        auto* dialog = new timelineview::PictureDialog(m_theme, file, state.path, &m_window);
        connect(dialog, &timelineview::PictureDialog::saveRequested, this,
            [this, conversation = message.conversation, file] { saveFile(conversation, file); });
        dialog->open();
    });
}

/// What is being written there, with its files.
void Wiring::presentComposer(ConversationPage& page)
{
    const base::MessageId thread = page.model() ? page.model()->thread() : base::MessageId();
    page.composer()->setText(m_workspace.drafts().composerText(m_current, thread));
    page.composer()->setAttachments(m_workspace.drafts().composerAttachments(m_current, thread));
}

void Wiring::presentFilesAllowed(ConversationPage& page)
{
    page.composer()->setNoFiles(m_workspace.fileFacet(m_current) ? QString() : tr("This server takes no files"));
}

void Wiring::chooseFiles(ConversationPage& page)
{
    if (!page.composer()->takesFiles())
        return m_window.showNotice(tr("Files cannot be sent here: this server takes none."));
    auto* dialog = new QFileDialog(&m_window, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, &page, [this, &page](const QStringList& paths) { attach(page, paths); });
    dialog->open();
}

void Wiring::attach(ConversationPage& page, const QStringList& paths)
{
    QList<base::Async<chat::Attachment>> copies;
    for (const QString& path : paths)
        copies.append(m_workspace.attachFile(m_current, path));
    keepAttached(page, copies);
}

/// Puts what was copied to what is being written, in the order in which it was given.
void Wiring::keepAttached(ConversationPage& page, const QList<base::Async<chat::Attachment>>& copies)
{
    if (!page.model())
        return;
    const base::ConversationId conversation = page.model()->conversation();
    const base::MessageId thread = page.model()->thread();
    page.composer()->setAttaching(int(m_attaching += copies.size()));
    for (const base::Async<chat::Attachment>& copy : copies)
        copy.then(&page, [this, &page, conversation, thread](const base::Expected<chat::Attachment>& file) {
            page.composer()->setAttaching(--m_attaching);
            if (!file)
                return complain(file.error());
            // It belongs to the conversation it was given to, whichever is in front by now.
            QList<chat::Attachment> files = m_workspace.drafts().composerAttachments(conversation, thread);
            if (files.size() >= chat::kMaxAttachments) {
                m_workspace.files().drop(*file);
                return m_window.showNotice(tr("A message takes %n files", nullptr, chat::kMaxAttachments));
            }
            files.append(*file);
            m_workspace.setComposerAttachments(conversation, thread, files);
            if (page.model() && page.model()->conversation() == conversation && page.model()->thread() == thread)
                page.composer()->setAttachments(files);
        });
    page.composer()->focusEditor();
}

void Wiring::saveFile(const base::ConversationId& conversation, const chat::Attachment& file)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto* dialog = new QFileDialog(&m_window, tr("Save file"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(chat::safeFileName(file.name)); // what a stranger called it chooses no folder
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, conversation, file](const QString& path) { complainIfFails(m_workspace.saveFile(conversation, file, path)); });
    dialog->open();
}

} // namespace ridealong::window
