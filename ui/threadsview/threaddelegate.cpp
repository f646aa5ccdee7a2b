// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "threadsview/threaddelegate.h"

#include "chat/gist.h"
#include "kit/messagedocument.h"
#include "kit/moments.h"
#include "kit/rowpainter.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::threadsview {

using kit::RowPainter;
using kit::Theme;
using kit::Token;

namespace {

constexpr qsizetype kMaxBegin = 300; ///< characters of the first message

} // namespace

ThreadDelegate::ThreadDelegate(model::ThreadListModel& model, Theme& theme, base::Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent),
      m_model(model),
      m_theme(theme),
      m_clock(clock)
{}

QSize ThreadDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const int small = QFontMetrics(m_theme.font(Theme::Type::Small, true)).height();
    return {0, 2 * small + QFontMetrics(m_theme.font()).height() + 2 * RowPainter::kBetween + 2 * m_theme.rowPaddingV()};
}

QString ThreadDelegate::footOf(const chat::ThreadOverview& thread) const
{
    const QString replies = tr("%n reply(ies)", nullptr, thread.replies);
    return thread.lastIsMine ? tr("%1 · last by you").arg(replies) : tr("%1 · last by %2").arg(replies, kit::safeName(thread.lastSender));
}

void ThreadDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (index.row() < 0 || index.row() >= m_model.rowCount())
        return;
    const chat::ThreadOverview& thread = m_model.row(index.row());
    const bool unread = thread.unread > 0;
    const bool known = !thread.root.sender.isEmpty();
    const Place place = m_places ? m_places(thread.conversation) : Place{thread.conversation.key(), {}};
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFont strong = m_theme.font(Theme::Type::Small, true);
    const QFont body = m_theme.font(Theme::Type::Body, unread);
    const int smallHeight = QFontMetrics(strong).height();
    RowPainter row(*painter, m_theme, option);
    row.drawBar(place.environment);

    row.nextLine(smallHeight);
    row.right(kit::momentText(thread.lastAtMs, m_clock.nowMs()), small, Token::Faint);
    row.left(known ? kit::safeName(thread.root.senderName) : tr("Thread"), strong, Token::Text);
    if (m_namesPlaces)
        row.left(kit::safeName(place.name), small, Token::Muted);

    row.nextLine(QFontMetrics(body).height());
    const QString begin = !known ? tr("How it began is not stored here.")
        : thread.root.deleted    ? tr("The message was deleted.")
                                 : chat::gist(thread.root).left(kMaxBegin).simplified();
    row.left(begin, body, known && !thread.root.deleted ? Token::Text : Token::Muted);

    row.nextLine(smallHeight);
    if (unread)
        row.left(tr("%n new", nullptr, thread.unread), strong, Token::Accent);
    row.left(footOf(thread), small, Token::Muted);
}

} // namespace ridealong::threadsview
