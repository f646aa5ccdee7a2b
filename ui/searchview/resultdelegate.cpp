// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "searchview/resultdelegate.h"

#include "kit/messagedocument.h"
#include "kit/moments.h"
#include "kit/rowpainter.h"
#include "model/searchmodel.h"

#include <QListView>
#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace ridealong::searchview {

using kit::RowPainter;
using kit::Theme;
using kit::Token;

namespace {

constexpr int kSnippetLines = 2;

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
    layOut(layout, *hit, RowPainter::textWidth(view ? view->viewport()->width() : option.rect.width()), false);
    return {0, headHeight() + RowPainter::kBetween + int(std::ceil(layout.boundingRect().height())) + 2 * m_theme.rowPaddingV()};
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
    const Place place = placeOf(*hit);
    RowPainter row(*painter, m_theme, option);
    row.drawBar(place.environment);

    // Who · where … when
    const QFont small = m_theme.font(Theme::Type::Small);
    row.nextLine(headHeight());
    row.right(kit::momentText(hit->message.timeMs, m_clock.nowMs()), small, Token::Faint);
    // Where it was said is seen too, however long the name is.
    row.left(kit::safeName(hit->message.senderName), m_theme.font(Theme::Type::Small, true), Token::Text, row.room() * 3 / 5);
    row.left(place.account.isEmpty() ? kit::safeName(place.name) : u"%1 · %2"_s.arg(kit::safeName(place.name), kit::safeName(place.account)), small,
        Token::Muted);
    if (hit->message.thread)
        row.left(tr("in a thread"), small, Token::Faint);

    QTextLayout layout;
    const bool more = layOut(layout, *hit, RowPainter::textWidth(option.rect.width()), row.isSelected());
    row.nextLine(int(std::ceil(layout.boundingRect().height())));
    painter->setPen(m_theme.color(Token::Text));
    layout.draw(painter, row.corner());
    if (more) {
        const QTextLine last = layout.lineAt(layout.lineCount() - 1);
        painter->setFont(layout.font());
        painter->drawText(row.corner() + QPointF(last.naturalTextWidth(), last.y() + last.ascent()), u"…"_s);
    }
}

} // namespace ridealong::searchview
