// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/icons.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "sidebar/conversationfilter.h"
#include "sidebar/conversationlist.h"
#include "sidebar/rowwords.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::sidebar {

using kit::Theme;
using kit::Token;
using Kind = model::ConversationRow::Kind;

namespace {

constexpr int kOuter = 8; ///< beside the rows
constexpr int kBarLeft = 6;
constexpr int kBarWidth = 3;
constexpr int kTextLeft = 20;
constexpr int kRight = 12;
constexpr int kGap = 8;
constexpr int kDotSize = 8;
constexpr int kIconSize = 16;

} // namespace

int ConversationDelegate::scaled(int size) const { return int(size * std::max(1.0, m_theme.scale())); }

int ConversationDelegate::rowHeight() const { return QFontMetrics(m_theme.font(Theme::Type::Body, true)).height() + 2 * (m_theme.rowPaddingV() - 2); }

int ConversationDelegate::headingHeight() const { return QFontMetrics(m_theme.font(Theme::Type::Small, true)).height() + 2 * m_theme.rowPaddingV(); }

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const auto* row = m_filter.row(index);
    if (!row)
        return {};
    if (row->kind == Kind::Account)
        return {0, headingHeight() + (index.row() > 0 ? m_theme.rowPaddingV() : 0)};
    return {0, rowHeight() + (m_filter.startsDirect(index) ? headingHeight() : 0)};
}

QRect ConversationDelegate::joinRect(const QRect& row) const
{
    const int dotSize = scaled(kDotSize), iconSize = scaled(kIconSize);
    const QRect heading(row.left(), row.bottom() + 1 - headingHeight(), row.width(), headingHeight());
    return QRect(heading.right() - 2 * kOuter - dotSize - kGap - iconSize - 3, heading.center().y() - iconSize / 2 - 3, iconSize + 8, iconSize + 8);
}

void ConversationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* row = m_filter.row(index);
    if (!row)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (row->kind == Kind::Account) {
        paintAccount(painter, option, *row);
    } else {
        QStyleOptionViewItem own = option;
        if (m_filter.startsDirect(index)) {
            const QRect heading(option.rect.left() + 2 * kOuter, option.rect.top(), option.rect.width() - 4 * kOuter, headingHeight());
            painter->setFont(m_theme.font(Theme::Type::Small, true));
            painter->setPen(m_theme.color(Token::Muted));
            painter->drawText(heading, Qt::AlignVCenter | Qt::TextSingleLine, tr("Direct"));
            own.rect.setTop(heading.bottom() + 1);
        }
        paintConversation(painter, own, *row);
    }
    painter->restore();
}

void ConversationDelegate::paintAccount(QPainter* painter, const QStyleOptionViewItem& option, const model::ConversationRow& row) const
{
    QRect inner(option.rect.left() + 2 * kOuter, option.rect.bottom() + 1 - headingHeight(), option.rect.width() - 4 * kOuter, headingHeight());
    const int dotSize = scaled(kDotSize), iconSize = scaled(kIconSize);
    const QColor color = m_theme.color(stateToken(row.status));
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawEllipse(QRectF(inner.right() + 1 - dotSize, inner.center().y() + 0.5 - dotSize / 2.0, dotSize, dotSize));
    inner.setRight(inner.right() - dotSize - kGap);
    // Never by colour alone: what is not connected says so.
    if (row.status.state != chat::ConnectionState::Connected) {
        const QFont small = m_theme.font(Theme::Type::Small);
        const QString word = stateWord(row.status);
        const int width = std::min(QFontMetrics(small).horizontalAdvance(word) + 1, inner.width() * 2 / 3);
        painter->setFont(small);
        painter->setPen(color);
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, QFontMetrics(small).elidedText(word, Qt::ElideRight, width));
        inner.setRight(inner.right() - width - kGap);
    } else if (option.state & QStyle::State_MouseOver) {
        const auto plus = kit::iconPixmap(u"plus"_s, m_theme.color(Token::Muted), iconSize, painter->device()->devicePixelRatioF());
        painter->drawPixmap(joinRect(option.rect).topLeft() + QPoint(4, 4), plus);
        inner.setRight(inner.right() - iconSize - kGap);
    }
    const QFont font = m_theme.font(Theme::Type::Small, true);
    painter->setFont(font);
    painter->setPen(m_theme.color(Token::Muted));
    painter->drawText(
        inner, Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(kit::safeName(row.accountName), Qt::ElideRight, inner.width()));
}

int ConversationDelegate::paintCount(QPainter* painter, const QRect& inner, const model::ConversationRow& row, bool current) const
{
    const bool mentioned = row.mentions > 0;
    const int count = mentioned ? row.mentions : row.unread;
    if (count <= 0)
        return 0;
    const QString text = countText(count);
    const QFont font = m_theme.font(Theme::Type::Small, mentioned);
    const QFontMetrics metrics(font);
    painter->setFont(font);
    if (!mentioned) {
        painter->setPen(current ? m_theme.color(Token::Faint, Token::Selection) : m_theme.color(Token::Faint));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
        return metrics.horizontalAdvance(text);
    }
    const int height = metrics.height() + 2;
    const int width = std::max(height + 2, metrics.horizontalAdvance(text) + 12);
    const QRectF pill(inner.right() + 1 - width, inner.center().y() + 0.5 - height / 2.0, width, height);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.color(Token::Accent));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter->setPen(m_theme.color(Token::AccentText));
    painter->drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, text);
    return width;
}

void ConversationDelegate::paintConversation(QPainter* painter, const QStyleOptionViewItem& option, const model::ConversationRow& row) const
{
    const bool current = row.conversation.id == m_current;
    const int dotSize = scaled(kDotSize), iconSize = scaled(kIconSize);
    const QRect card = option.rect.adjusted(kOuter, 0, -kOuter, 0);
    const double ratio = painter->device()->devicePixelRatioF();
    painter->setPen(Qt::NoPen);
    if (current || option.state & QStyle::State_MouseOver) {
        painter->setBrush(m_theme.color(current ? Token::Selection : Token::Raised));
        painter->drawRoundedRect(card, Theme::kCardRadius, Theme::kCardRadius);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.color(Token::Accent), 2));
        painter->drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), Theme::kCardRadius - 1, Theme::kCardRadius - 1);
        painter->setPen(Qt::NoPen);
    }
    const bool unread = row.unread > 0 || row.mentions > 0;
    const QFont font = m_theme.font(Theme::Type::Body, unread || current);
    const QFontMetrics metrics(font);
    painter->setBrush(m_theme.environment(row.conversation.environment));
    const int barHeight = metrics.ascent() + 2;
    painter->drawRoundedRect(QRectF(card.left() + kBarLeft, card.center().y() + 0.5 - barHeight / 2.0, kBarWidth, barHeight), 1.5, 1.5);

    QRect inner = card.adjusted(kTextLeft, 0, -kRight, 0);
    if (const int used = paintCount(painter, inner, row, current))
        inner.setRight(inner.right() - used - kGap);
    const auto quiet = [&](Token token) { return current ? m_theme.color(token, Token::Selection) : m_theme.color(token); };
    if (row.hasDraft) {
        painter->drawPixmap(QPoint(inner.right() + 1 - iconSize, inner.center().y() + 1 - iconSize / 2),
            kit::iconPixmap(u"edit"_s, quiet(Token::Muted), iconSize, ratio));
        inner.setRight(inner.right() - iconSize - kGap);
    }
    if (m_filter.isMuted(row)) {
        painter->drawPixmap(QPoint(inner.right() + 1 - iconSize, inner.center().y() + 1 - iconSize / 2),
            kit::iconPixmap(u"bell-off"_s, quiet(Token::Faint), iconSize, ratio));
        inner.setRight(inner.right() - iconSize - kGap);
    }
    // Behind the name: who is there, and that it is a machine.
    const QFont small = m_theme.font(Theme::Type::Small);
    const QString tail = row.bot ? tr("bot") : QString();
    const int tailWidth = tail.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(tail) + kGap;
    const bool dot = row.presence && *row.presence != chat::Presence::Offline && !row.bot;
    const int room = std::max(0, inner.width() - tailWidth - (dot ? dotSize + kGap : 0));
    const QString name = metrics.elidedText(shownName(row.conversation), Qt::ElideRight, room);
    painter->setFont(font);
    painter->setPen(m_theme.color(unread || current ? Token::Text : Token::Muted));
    painter->drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine, name);
    int x = inner.left() + metrics.horizontalAdvance(name) + kGap;
    if (dot) {
        const QColor color = quiet(*row.presence == chat::Presence::Online ? Token::Success : Token::Warning);
        const QRectF circle(x + 0.75, inner.center().y() + 0.5 - dotSize / 2.0 + 0.75, dotSize - 1.5, dotSize - 1.5);
        // Away is a ring: the two must not differ by colour alone.
        painter->setPen(QPen(color, 1.5));
        painter->setBrush(*row.presence == chat::Presence::Online ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawEllipse(circle);
        x += dotSize + kGap;
    }
    if (!tail.isEmpty()) {
        painter->setFont(small);
        painter->setPen(quiet(Token::Faint));
        painter->drawText(QRect(x, inner.top(), std::max(0, inner.right() + 1 - x), inner.height()), Qt::AlignVCenter | Qt::TextSingleLine, tail);
    }
}

} // namespace ridealong::sidebar
