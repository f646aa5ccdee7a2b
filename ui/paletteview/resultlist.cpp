// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "paletteview/resultlist.h"

#include "kit/chooser.h"
#include "kit/matchpieces.h"
#include "kit/theme.h"
#include "paletteview/words.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::paletteview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = kit::Chooser::kSide;
constexpr int kPaddingV = 9;
constexpr int kMaxShown = 300; ///< characters of a text from outside

QString secondLine(const ResultModel::Row& row, const RowContext& context, qint64 nowMs)
{
    const QString where = context.accounts.value(row.spec.account);
    QStringList parts;
    if (!row.spec.title.isEmpty())
        parts << row.spec.title.left(kMaxShown).simplified();
    const QString bot = row.spec.prefix.trimmed().isEmpty() ? row.spec.bot.text() : row.spec.prefix.trimmed();
    parts << (where.isEmpty() ? bot : QCoreApplication::translate("PaletteWords", "%1 in %2").arg(bot, where));
    parts << usageText(row.usage, context.self, nowMs);
    return parts.join(u" · "_s);
}

} // namespace

void ResultModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QVariant ResultModel::data(const QModelIndex& index, int role) const
{
    const auto* item = row(index.row());
    if (!item)
        return {};
    if (role == Qt::DisplayRole)
        return item->spec.name;
    if (role == Qt::AccessibleTextRole)
        return u"%1 %2, %3, %4"_s.arg(item->spec.name, argumentsText(item->spec), item->spec.title, riskText(item->spec, item->spec.environment));
    return {};
}

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int padding = m_theme.density() == kit::Density::Compact ? kPaddingV / 2 : kPaddingV;
    return {option.rect.width(), QFontMetrics(m_theme.font()).height() + QFontMetrics(m_theme.font(Theme::Type::Small)).height() + 2 * padding + 4};
}

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* row = static_cast<const ResultModel*>(index.model())->row(index.row());
    if (!row)
        return;
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected)
        painter->fillRect(option.rect, m_theme.color(Token::Selection));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(Token::Inset));
    const QFont body = m_theme.font(Theme::Type::Body);
    const QFont strong = m_theme.font(Theme::Type::Body, true);
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFontMetrics metrics(body), strongMetrics(strong), smallMetrics(small);
    const QRect inner = option.rect.adjusted(kSide, 0, -kSide, 0);
    const int block = metrics.height() + 4 + smallMetrics.height();
    const int top = option.rect.top() + (option.rect.height() - block) / 2;
    // Muted is made for calm grounds; on the selection it must still reach its contrast.
    const QColor quiet = m_theme.color(selected ? Token::Text : Token::Muted);

    const QString environment = row->spec.environment.isEmpty() ? m_context.environment : row->spec.environment;
    const QString risk = riskText(row->spec, environment);
    const int riskWidth = smallMetrics.horizontalAdvance(risk);
    painter->setFont(small);
    const Token riskColor = riskToken(row->spec, environment);
    painter->setPen(riskColor == Token::Muted ? quiet : m_theme.color(riskColor));
    painter->drawText(
        QRect(inner.right() - riskWidth, top, riskWidth + 1, metrics.height()), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, risk);

    // The name letter by letter: what matched stands out in colour and weight.
    int x = inner.left();
    const int right = inner.right() - riskWidth - 16;
    const QString name = row->spec.name.left(kMaxShown);
    for (const auto& [piece, hit] : kit::matchPieces(name, row->matched)) {
        if (x >= right)
            break;
        painter->setFont(hit ? strong : body);
        painter->setPen(m_theme.color(hit ? Token::Accent : Token::Text));
        const int width = (hit ? strongMetrics : metrics).horizontalAdvance(piece);
        painter->drawText(QRect(x, top, std::min(width + 1, right - x), metrics.height()), Qt::AlignVCenter | Qt::TextSingleLine, piece);
        x += width;
    }
    const QString arguments = argumentsText(row->spec).left(kMaxShown);
    if (x < right && !arguments.isEmpty()) {
        painter->setFont(body);
        painter->setPen(m_theme.color(selected ? Token::Muted : Token::Faint));
        x += metrics.horizontalAdvance(u' ');
        painter->drawText(QRect(x, top, right - x, metrics.height()), Qt::AlignVCenter | Qt::TextSingleLine,
            metrics.elidedText(arguments, Qt::ElideRight, right - x));
    }
    painter->setFont(small);
    painter->setPen(quiet);
    const QRect second(inner.left(), top + metrics.height() + 4, inner.width(), smallMetrics.height());
    painter->drawText(second, Qt::AlignVCenter | Qt::TextSingleLine,
        smallMetrics.elidedText(secondLine(*row, m_context, m_clock.nowMs()), Qt::ElideRight, second.width()));
    painter->restore();
}

} // namespace ridealong::paletteview
