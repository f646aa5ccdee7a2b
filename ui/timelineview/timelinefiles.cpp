// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Files and pictures of messages in a TimelineView.
#include "kit/picture.h"
#include "timelineview/thumbnails.h"
#include "timelineview/timelineview.h"

#include <QMenu>

using namespace Qt::StringLiterals;
using Place = ridealong::chat::FileState::Place;

namespace ridealong::timelineview {
namespace {

/// What is fetched without being asked for: a picture that says how small it is, of the account's own server.
constexpr qint64 kSmallPictureBytes = 4 << 20;
constexpr int kNameInMenu = 240; ///< px

bool isShownAsPicture(const chat::Attachment& file) { return kit::isPicture(file) && !file.pixels.isEmpty(); }

/// What a press does: a picture is looked at, another file is saved; what is on its way is stopped, what failed tried again.
enum class Press { Nothing, Stop, Look, Load, Save };
Press pressOn(const chat::Attachment& file, Place place)
{
    if (place == Place::Coming)
        return Press::Stop;
    if (isShownAsPicture(file) && place == Place::Here)
        return Press::Look;
    if (isShownAsPicture(file) || place == Place::Failed)
        return Press::Load;
    return file.id ? Press::Save : Press::Nothing;
}

} // namespace

void TimelineView::setFileStates(FileStates states)
{
    m_fileStates = std::move(states);
    filesChanged();
}

void TimelineView::setAvatars(Avatars avatars)
{
    m_avatars = std::move(avatars);
    avatarsChanged();
}

void TimelineView::setSendingProgress(const base::TransactionId& transaction, qint64 bytes)
{
    m_sending[transaction] = bytes;
    filesChanged();
}

/// Its files are on their way up, not waiting for a connection or for their author.
bool TimelineView::goesUp(const model::TimelineRow& row)
{
    return row.pending && row.pending->state == chat::OutboxState::Queued && !row.pending->why;
}

QList<FileLook> TimelineView::fileLooks(const model::TimelineRow& row) const
{
    qint64 sent = goesUp(row) ? m_sending.value(row.pending->transaction, -1) : -1;
    QList<FileLook> looks;
    for (const chat::Attachment& file : row.message.attachments) {
        FileLook look;
        look.file = file;
        look.state = m_fileStates ? m_fileStates(row.message.conversation, file) : chat::FileState();
        look.broken = look.state.place == Place::Here && isShownAsPicture(file) && m_thumbnails->isBroken(look.state.path);
        if (sent >= 0) { // they go up one after the other
            look.sending = sent < file.bytes;
            look.state.bytes = std::min(sent, file.bytes);
            sent = std::max<qint64>(0, sent - file.bytes);
        }
        looks.append(look);
    }
    return looks;
}

QList<FileLook> TimelineView::filesOf(const RowLayout& layout, const QPoint& pointer)
{
    QList<FileLook> looks = fileLooks(layout.row);
    for (const Piece& piece : layout.pieces) {
        if (piece.part != Part::File && piece.part != Part::Picture)
            continue;
        FileLook& look = looks[piece.index];
        look.hovered = piece.rect.contains(pointer);
        if (piece.part == Part::Picture && look.state.place == Place::Here) {
            look.picture = m_thumbnails->get(look.state.path, piece.rect.size() * devicePixelRatioF());
        } else if (piece.part == Part::Picture && look.state.place == Place::Remote && look.file.bytes >= 0 && look.file.bytes <= kSmallPictureBytes
            && !m_picturesWanted.contains(look.file.id)) {
            m_picturesWanted.insert(look.file.id);
            QMetaObject::invokeMethod(
                this, [this, file = look.file] { emit pictureWanted(file); }, Qt::QueuedConnection); // not from within a paint
        }
    }
    return looks;
}

void TimelineView::activateFile(const chat::Message& message, int index)
{
    if (index < 0 || index >= message.attachments.size())
        return;
    const chat::Attachment file = message.attachments.at(index);
    switch (pressOn(file, m_fileStates ? m_fileStates(message.conversation, file).place : Place::Remote)) {
    case Press::Nothing: break;
    case Press::Stop: emit fetchCancelled(file); break;
    case Press::Look: emit pictureActivated(message, index); break;
    case Press::Load: emit fetchRequested(file); break;
    case Press::Save: emit fileActivated(file); break;
    }
}

/// Whatever can be done about each file: the keys reach only the first one otherwise.
void TimelineView::addFileActions(QMenu& menu, const model::TimelineRow& row)
{
    const qsizetype before = menu.actions().size();
    const QList<FileLook> looks = fileLooks(row);
    for (int i = 0; i < int(looks.size()); ++i) {
        const chat::Attachment& file = looks.at(i).file;
        const Place place = looks.at(i).state.place;
        const QString name = menu.fontMetrics().elidedText(chat::safeFileName(file.name), Qt::ElideMiddle, kNameInMenu).replace(u'&', u"&&"_s);
        const auto add = [&](const QString& words, auto act) { connect(menu.addAction(words.arg(name)), &QAction::triggered, this, act); };
        switch (pressOn(file, place)) {
        case Press::Stop: add(tr("Stop loading %1"), [this, file] { emit fetchCancelled(file); }); break;
        case Press::Look: add(tr("View %1"), [this, message = row.message, i] { emit pictureActivated(message, i); }); break;
        case Press::Load: add(place == Place::Failed ? tr("Load %1 again") : tr("Load %1"), [this, file] { emit fetchRequested(file); }); break;
        case Press::Nothing:
        case Press::Save: break;
        }
        if (file.id)
            add(tr("Save %1 …"), [this, file] { emit fileActivated(file); });
    }
    if (menu.actions().size() > before)
        menu.addSeparator();
}

} // namespace ridealong::timelineview
