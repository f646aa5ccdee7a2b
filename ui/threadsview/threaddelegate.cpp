// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "threadsview/threaddelegate.h"

#include "chat/gist.h"
#include "kit/messagedocument.h"
#include "kit/moments.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::threadsview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kBarWidth = 3;
constexpr int kTextLeft = 20;
constexpr int kRight = 12;
constexpr int kGap = 8;
constexpr int kBetween = 2;
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
    return {0, 2 * small + QFontMetrics(m_theme.font()).height() + 2 * kBetween + 2 * m_theme.rowPaddingV()};
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
    const bool selected = option.state & QStyle::State_Selected;
    const bool unread = thread.unread > 0;
    const Place place = m_places ? m_places(thread.conversation) : Place{thread.conversation.key(), {}};
    const auto tone = [&](Token token) { return selected ? m_theme.color(token, Token::Selection) : m_theme.color(token); };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Raised));
    const QRect inner = option.rect.adjusted(0, m_theme.rowPaddingV(), 0, -m_theme.rowPaddingV());
    if (!place.environment.isEmpty()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.environment(place.environment));
        painter->drawRoundedRect(QRectF(8, inner.top(), kBarWidth, inner.height()), 1.5, 1.5);
    }
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFont strong = m_theme.font(Theme::Type::Small, true);
    const QFontMetrics smallMetrics(small), strongMetrics(strong);
    QRect line(kTextLeft, inner.top(), option.rect.width() - kTextLeft - kRight, strongMetrics.height());
    const auto left = [&](const QString& text, const QFont& font, Token token) {
        if (line.width() <= 0 || text.isEmpty())
            return;
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, line.width());
        painter->setFont(font);
        painter->setPen(tone(token));
        painter->drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, shown);
        line.setLeft(line.left() + metrics.horizontalAdvance(shown) + kGap);
    };
    const auto right = [&](const QString& text, const QFont& font, Token token) {
        const QFontMetrics metrics(font);
        painter->setFont(font);
        painter->setPen(tone(token));
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
        line.setRight(line.right() - metrics.horizontalAdvance(text) - kGap);
    };

    right(kit::momentText(thread.lastAtMs, m_clock.nowMs()), small, Token::Faint);
    const bool known = !thread.root.sender.isEmpty();
    left(known ? kit::safeName(thread.root.senderName) : tr("Thread"), strong, Token::Text);
    if (m_namesPlaces)
        left(kit::safeName(place.name), small, Token::Muted);

    const QFont body = m_theme.font(Theme::Type::Body, unread);
    const QFontMetrics bodyMetrics(body);
    line = QRect(kTextLeft, line.bottom() + 1 + kBetween, option.rect.width() - kTextLeft - kRight, bodyMetrics.height());
    const QString begin = !known ? tr("How it began is not stored here.")
        : thread.root.deleted    ? tr("The message was deleted.")
                                 : chat::gist(thread.root).left(kMaxBegin).simplified();
    left(begin, body, known && !thread.root.deleted ? Token::Text : Token::Muted);

    line = QRect(kTextLeft, line.bottom() + 1 + kBetween, option.rect.width() - kTextLeft - kRight, strongMetrics.height());
    if (unread)
        left(tr("%n new", nullptr, thread.unread), strong, Token::Accent);
    left(footOf(thread), small, Token::Muted);
    if (option.state & QStyle::State_HasFocus) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace ridealong::threadsview
