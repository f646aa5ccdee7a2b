// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "searchview/resultdelegate.h"

#include "kit/messagedocument.h"
#include "kit/moments.h"
#include "model/searchmodel.h"

#include <QListView>
#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace ridealong::searchview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSnippetLines = 2;
constexpr int kBarWidth = 3;
constexpr int kTextLeft = 20;
constexpr int kRight = 12;
constexpr int kGap = 8;
constexpr int kBetween = 2; ///< between head and snippet

} // namespace

ResultDelegate::ResultDelegate(Theme& theme, base::Clock& clock, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme), m_clock(clock) {}

const chat::SearchHit* ResultDelegate::hitOf(const QModelIndex& index) const
{
    return m_model && index.row() >= 0 && index.row() < m_model->rowCount() ? &m_model->row(index.row()) : nullptr;
}

Place ResultDelegate::placeOf(const chat::SearchHit& hit) const
{
    return m_places ? m_places(hit.message.conversation) : Place{hit.message.conversation.key(), {}, {}};
}

int ResultDelegate::headHeight() const { return QFontMetrics(m_theme.font(Theme::Type::Small, true)).height(); }

bool ResultDelegate::layOut(QTextLayout& layout, const chat::SearchHit& hit, int width, bool selected) const
{
    layout.setFont(m_theme.font());
    layout.setText(hit.snippet);
    QList<QTextLayout::FormatRange> formats;
    for (const chat::SearchMark& mark : hit.marks) {
        QTextLayout::FormatRange range;
        range.start = mark.begin;
        range.length = mark.length;
        // Never by colour alone.
        range.format.setFontWeight(QFont::DemiBold);
        range.format.setForeground(selected ? m_theme.color(Token::Accent, Token::Selection) : m_theme.color(Token::Accent));
        formats.append(range);
    }
    layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const qreal cut = QFontMetricsF(layout.font()).horizontalAdvance(u'…');
    bool more = false;
    qreal y = 0;
    layout.beginLayout();
    for (int line = 0; line < kSnippetLines; ++line) {
        QTextLine made = layout.createLine();
        if (!made.isValid())
            break;
        made.setLineWidth(std::max(1, width));
        const auto goesOn = [&] { return made.textStart() + made.textLength() < int(hit.snippet.size()); };
        if (line + 1 == kSnippetLines && goesOn()) {
            made.setLineWidth(std::max(1.0, width - cut)); // with room for what says so
            more = true;
        }
        made.setPosition({0, y});
        y += made.height();
    }
    layout.endLayout();
    return more;
}

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const chat::SearchHit* hit = hitOf(index);
    if (!hit)
        return {};
    const auto* view = qobject_cast<const QListView*>(option.widget);
    QTextLayout layout;
    const int width = (view ? view->viewport()->width() : option.rect.width()) - kTextLeft - kRight;
    layOut(layout, *hit, width, false);
    return {0, headHeight() + kBetween + int(std::ceil(layout.boundingRect().height())) + 2 * m_theme.rowPaddingV()};
}

void ResultDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text.clear(); // all of it is painted here
}

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const chat::SearchHit* hit = hitOf(index);
    if (!hit)
        return;
    const bool selected = option.state & QStyle::State_Selected;
    const Place place = placeOf(*hit);
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

    // Where · who … when
    QRect head(kTextLeft, inner.top(), option.rect.width() - kTextLeft - kRight, headHeight());
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFont strong = m_theme.font(Theme::Type::Small, true);
    const QString when = kit::momentText(hit->message.timeMs, m_clock.nowMs());
    const int whenWidth = QFontMetrics(small).horizontalAdvance(when) + 1;
    painter->setFont(small);
    painter->setPen(tone(Token::Faint));
    painter->drawText(head, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, when);
    head.setRight(head.right() - whenWidth - kGap);
    const auto piece = [&](const QString& text, const QFont& font, Token token, int most) {
        if (head.width() <= 0 || text.isEmpty())
            return;
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, std::min(most, head.width()));
        painter->setFont(font);
        painter->setPen(tone(token));
        painter->drawText(head, Qt::AlignVCenter | Qt::TextSingleLine, shown);
        head.setLeft(head.left() + metrics.horizontalAdvance(shown) + kGap);
    };
    piece(kit::safeName(hit->message.senderName), strong, Token::Text, head.width() * 3 / 5); // where it was said is seen too
    piece(place.account.isEmpty() ? kit::safeName(place.name) : u"%1 · %2"_s.arg(kit::safeName(place.name), kit::safeName(place.account)), small,
        Token::Muted, head.width());
    if (hit->message.thread)
        piece(tr("in a thread"), small, Token::Faint, head.width());

    QTextLayout layout;
    const int width = option.rect.width() - kTextLeft - kRight;
    const bool more = layOut(layout, *hit, width, selected);
    const QPointF corner(kTextLeft, inner.top() + headHeight() + kBetween);
    painter->setPen(m_theme.color(Token::Text));
    layout.draw(painter, corner);
    if (more) {
        const QTextLine last = layout.lineAt(layout.lineCount() - 1);
        painter->setFont(layout.font());
        painter->drawText(corner + QPointF(last.naturalTextWidth(), last.y() + last.ascent()), u"…"_s);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.color(Token::Accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace ridealong::searchview
