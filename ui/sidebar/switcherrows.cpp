// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/switcherrows.h"

#include "kit/chooser.h"
#include "kit/matchpieces.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "sidebar/rowwords.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::sidebar {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = kit::Chooser::kSide;
constexpr int kGap = 12;
constexpr int kBarWidth = 3;

} // namespace

std::vector<int> matchedLetters(const QString& query, const QString& name)
{
    std::vector<int> letters;
    if (query.isEmpty())
        return letters;
    if (const auto at = name.indexOf(query, 0, Qt::CaseInsensitive); at >= 0) {
        for (qsizetype i = 0; i < query.size(); ++i)
            letters.push_back(int(at + i));
        return letters;
    }
    qsizetype wanted = 0;
    for (qsizetype at = 0; at < name.size() && wanted < query.size(); ++at) {
        while (wanted < query.size() && query[wanted].isSpace())
            ++wanted;
        if (wanted < query.size() && name[at].toCaseFolded() == query[wanted].toCaseFolded()) {
            letters.push_back(int(at));
            ++wanted;
        }
    }
    while (wanted < query.size() && query[wanted].isSpace())
        ++wanted;
    if (wanted < query.size())
        letters.clear();
    return letters;
}

void SwitcherRows::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QVariant SwitcherRows::data(const QModelIndex& index, int role) const
{
    const auto* here = row(index.row());
    if (!here)
        return {};
    if (role == Qt::DisplayRole)
        return shownName(here->row.conversation);
    if (role == Qt::AccessibleTextRole)
        return u"%1, %2"_s.arg(spokenRow(here->row), here->account);
    return {};
}

QSize SwitcherDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, QFontMetrics(m_theme.font(Theme::Type::Body, true)).height() + 2 * m_theme.rowPaddingV()};
}

void SwitcherDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* row = static_cast<const SwitcherRows*>(index.model())->row(index.row());
    if (!row)
        return;
    const auto& conversation = row->row.conversation;
    const bool selected = option.state & QStyle::State_Selected;
    const auto color = [&](Token token) { return selected ? m_theme.color(token, Token::Selection) : m_theme.color(token); };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Inset));
    const QFont body = m_theme.font(), strong = m_theme.font(Theme::Type::Body, true), small = m_theme.font(Theme::Type::Small);
    const QFontMetrics bodyMetrics(body), strongMetrics(strong), smallMetrics(small);
    QRect inner = option.rect.adjusted(kSide, 0, -kSide, 0);

    const int barHeight = bodyMetrics.ascent() + 2;
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.environment(conversation.environment));
    painter->drawRoundedRect(QRectF(inner.left(), inner.center().y() + 0.5 - barHeight / 2.0, kBarWidth, barHeight), 1.5, 1.5);
    inner.setLeft(inner.left() + kBarWidth + kGap);

    // From the right: unread, environment, account; the name has what is left, at least half.
    painter->setFont(small);
    const int nameAtLeast = inner.width() / 2;
    const auto fromRight = [&](const QString& text, Token token) {
        if (text.isEmpty() || inner.width() - nameAtLeast < 24)
            return;
        const QString shown = smallMetrics.elidedText(text, Qt::ElideRight, inner.width() - nameAtLeast);
        painter->setPen(color(token));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, shown);
        inner.setRight(inner.right() - smallMetrics.horizontalAdvance(shown) - kGap);
    };
    if (row->row.mentions > 0)
        fromRight(tr("%n mention(s)", nullptr, row->row.mentions), Token::Accent);
    else if (row->row.unread > 0)
        fromRight(tr("%n unread", nullptr, row->row.unread), Token::Muted);
    const QString environment = kit::safeName(conversation.environment).simplified();
    if (!environment.isEmpty()) {
        const bool production = environment.compare("production"_L1, Qt::CaseInsensitive) == 0;
        fromRight(environment, production ? Token::Danger : Token::Muted);
    }
    fromRight(row->account, Token::Muted);

    const QString name = shownName(conversation);
    int x = inner.left();
    const bool unread = row->row.unread > 0 || row->row.mentions > 0;
    for (const auto& [text, hit] : kit::matchPieces(name, row->matched)) {
        if (x >= inner.right())
            break;
        const QFontMetrics& metrics = hit || unread ? strongMetrics : bodyMetrics;
        const QString piece = metrics.elidedText(text, Qt::ElideRight, inner.right() - x);
        QFont font = hit || unread ? strong : body;
        // Where the accent would not be readable, or all of the name is strong, a line says which letters matched.
        font.setUnderline(hit && (selected || unread));
        painter->setFont(font);
        painter->setPen(color(hit ? Token::Accent : Token::Text));
        const int width = metrics.horizontalAdvance(piece);
        painter->drawText(QRect(x, inner.top(), width + 1, inner.height()), Qt::AlignVCenter | Qt::TextSingleLine, piece);
        x += width;
    }
    painter->restore();
}

} // namespace ridealong::sidebar
