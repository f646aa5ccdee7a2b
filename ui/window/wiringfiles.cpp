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
#include <QImage>
#include <QStandardPaths>

namespace ridealong::window {

using namespace Qt::StringLiterals;

void Wiring::wireFiles(ConversationPage& page)
{
    using composer::Composer;
    Composer* composer = page.composer();
    connect(composer, &Composer::attachRequested, this, [this, &page] { chooseFiles(page); });
    connect(composer, &Composer::filesGiven, this, [this, &page](const QStringList& paths) { attach(placeOf(page), paths); });
    connect(&page, &ConversationPage::filesDropped, this, [this, &page](const QStringList& paths) { attach(placeOf(page), paths); });
    connect(composer, &Composer::pictureGiven, this, [this, &page](const QImage& picture) { attachPicture(placeOf(page), picture); });
    connect(composer, &Composer::attachmentRemoved, this, [this, &page](int index) {
        const QList<chat::Attachment>& shown = page.composer()->attachments();
        if (index >= shown.size() || !page.model())
            return;
        const Place place = placeOf(page);
        QList<chat::Attachment> files = m_workspace.drafts().composerAttachments(place.conversation, place.thread);
        files.removeOne(shown.at(index));
        setAttachments(place, files, false);
    });

    using View = timelineview::TimelineView;
    View* timeline = page.timeline();
    timeline->setFileStates([this](const base::ConversationId& id, const chat::Attachment& file) { return m_workspace.files().state(id, file); });
    connect(&m_workspace.files(), &files::FileCabinet::changed, timeline, &View::filesChanged);
    connect(&m_workspace.outbox(), &outbox::Outbox::uploadProgressed, timeline,
        [timeline](const base::TransactionId& transaction, qint64 bytes) { timeline->setSendingProgress(transaction, bytes); });
    const auto here = [&page] { return placeOf(page).conversation; };
    const auto fetch = [this, here](const chat::Attachment& file) { m_workspace.fetchFile(here(), file); };
    connect(timeline, &View::pictureWanted, this, fetch);
    connect(timeline, &View::fetchRequested, this, fetch);
    connect(timeline, &View::fetchCancelled, this, [this, here](const chat::Attachment& file) { m_workspace.files().cancel(here(), file); });
    connect(timeline, &View::fileActivated, this, [this, here](const chat::Attachment& file) { saveFile(here(), file); });
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
    // Another conversation may be in front when they are chosen.
    connect(dialog, &QFileDialog::filesSelected, this, [this, place = placeOf(page)](const QStringList& paths) { attach(place, paths); });
    dialog->open();
}

void Wiring::attach(const Place& place, const QStringList& paths)
{
    const qsizetype room
        = chat::kMaxAttachments - m_workspace.drafts().composerAttachments(place.conversation, place.thread).size() - m_attaching.value(place);
    QList<base::Async<chat::Attachment>> copies;
    for (const QString& path : paths.mid(0, std::max<qsizetype>(0, room))) // not one is copied that would not be taken
        copies.append(m_workspace.attachFile(place.conversation, path));
    if (copies.size() < paths.size())
        m_window.showNotice(tr("A message takes %n files", nullptr, chat::kMaxAttachments));
    keepAttached(place, copies);
}

void Wiring::attachPicture(const Place& place, const QImage& picture)
{
    const QString name = tr("picture %1").arg(QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).toString(u"yyyy-MM-dd hh-mm-ss"_s)) + u".png"_s;
    const base::Promise<chat::Attachment> promise;
    // A screen's worth takes a while to encode.
    m_pictures
        .run([picture]() -> base::Expected<QByteArray> {
            QByteArray png;
            QBuffer buffer(&png);
            buffer.open(QIODevice::WriteOnly);
            if (picture.isNull() || !picture.save(&buffer, "PNG"))
                return base::Error{base::ErrorKind::Invalid, u"the clipboard's picture cannot be read"_s, 0};
            return png;
        })
        .then(this, [this, promise, place, name](const base::Expected<QByteArray>& png) {
            if (!png)
                return promise.answer(png.error());
            m_workspace.attachBytes(place.conversation, *png, name).then(this, [promise](const base::Expected<chat::Attachment>& file) {
                promise.answer(file);
            });
        });
    keepAttached(place, {promise.async()});
}

/// Puts what was copied to what is being written, in the order in which it was given.
void Wiring::keepAttached(const Place& place, const QList<base::Async<chat::Attachment>>& copies)
{
    if (place.conversation.isEmpty())
        return;
    m_attaching[place] += int(copies.size());
    for (const base::Async<chat::Attachment>& copy : copies)
        copy.then(this, [this, place](const base::Expected<chat::Attachment>& file) {
            if (--m_attaching[place] == 0)
                m_attaching.remove(place);
            // It belongs to the conversation it was given to, whichever is in front by now.
            QList<chat::Attachment> files = m_workspace.drafts().composerAttachments(place.conversation, place.thread);
            if (file && files.size() < chat::kMaxAttachments)
                files.append(*file);
            else if (file)
                m_workspace.files().drop(*file);
            else
                complain(file.error());
            setAttachments(place, files, false);
        });
    if (ConversationPage* page = pageShowing(place)) {
        presentAttachments(*page);
        page->composer()->focusEditor();
    }
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
