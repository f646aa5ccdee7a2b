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

} // namespace

void TimelineView::setFileStates(FileStates states)
{
    m_fileStates = std::move(states);
    filesChanged();
}

void TimelineView::setSendingProgress(const base::TransactionId& transaction, qint64 bytes)
{
    m_sending[transaction] = bytes;
    filesChanged();
}

QList<FileLook> TimelineView::filesOf(const RowLayout& layout, const QPoint& pointer)
{
    const model::TimelineRow& row = layout.row;
    const bool waits = row.pending && row.pending->state == chat::OutboxState::Queued;
    qint64 sent = waits ? m_sending.value(row.pending->transaction, -1) : -1;
    QList<FileLook> looks;
    for (int i = 0; i < int(row.message.attachments.size()); ++i) {
        FileLook look;
        look.file = row.message.attachments.at(i);
        look.state = m_fileStates ? m_fileStates(row.message.conversation, look.file) : chat::FileState();
        QRect rect;
        for (const Piece& piece : layout.pieces)
            if ((piece.part == Part::File || piece.part == Part::Picture) && piece.index == i) {
                rect = piece.rect;
                look.hovered = rect.contains(pointer);
                if (piece.part == Part::Picture && look.state.place == Place::Here) {
                    look.picture = m_thumbnails->get(look.state.path, rect.size() * devicePixelRatioF());
                    look.broken = m_thumbnails->isBroken(look.state.path);
                } else if (piece.part == Part::Picture && look.state.place == Place::Remote && look.file.bytes >= 0
                    && look.file.bytes <= kSmallPictureBytes && !m_picturesWanted.contains(look.file.id)) {
                    m_picturesWanted.insert(look.file.id);
                    QMetaObject::invokeMethod(
                        this, [this, file = look.file] { emit pictureWanted(file); }, Qt::QueuedConnection); // not from within a paint
                }
            }
        if (sent >= 0) { // they go up one after the other
            look.sending = sent < look.file.bytes;
            look.state.bytes = std::min(sent, look.file.bytes);
            sent = std::max<qint64>(0, sent - look.file.bytes);
        }
        looks.append(look);
    }
    return looks;
}

/// What it is for: a picture is looked at, another file is saved; what is on its way is stopped, what failed tried again.
void TimelineView::activateFile(const chat::Message& message, int index)
{
    if (index < 0 || index >= message.attachments.size())
        return;
    const chat::Attachment file = message.attachments.at(index);
    const Place place = m_fileStates ? m_fileStates(message.conversation, file).place : Place::Remote;
    const bool picture = kit::isPicture(file) && !file.pixels.isEmpty();
    if (place == Place::Coming)
        emit fetchCancelled(file);
    else if (picture && place == Place::Here)
        emit pictureActivated(message, index);
    else if (picture || place == Place::Failed)
        emit fetchRequested(file);
    else if (file.id)
        emit fileActivated(file);
}

void TimelineView::addFileActions(QMenu& menu, const model::TimelineRow& row)
{
    bool any = false;
    for (int i = 0; i < int(row.message.attachments.size()); ++i) {
        const chat::Attachment& file = row.message.attachments.at(i);
        if (file.id.isEmpty())
            continue;
        any = true;
        const QString name = menu.fontMetrics().elidedText(chat::safeFileName(file.name), Qt::ElideMiddle, 240).replace(u'&', u"&&"_s);
        const bool here = m_fileStates && m_fileStates(row.message.conversation, file).place == Place::Here;
        if (here && kit::isPicture(file) && !file.pixels.isEmpty())
            menu.addAction(tr("View %1").arg(name), this, [this, message = row.message, i] { emit pictureActivated(message, i); });
        menu.addAction(tr("Save %1 …").arg(name), this, [this, file] { emit fileActivated(file); });
    }
    if (any)
        menu.addSeparator();
}

} // namespace ridealong::timelineview
