// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/cell.h"

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

QString oneLine(const QString& text)
{
    constexpr qsizetype kMaxChars = 400;
    QString safe;
    for (const QChar c : text.left(kMaxChars))
        if (c.isSpace())
            safe += u' ';
        else if (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control)
            safe += c;
    return safe.simplified();
}

QVariant CellModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    switch (role) {
    case Qt::DisplayRole: return m_isCards ? spoken(index.row()) : cell(index.row(), index.column()).text;
    case Qt::AccessibleTextRole:
        if (m_isCards)
            return spoken(index.row());
        return tr("%1: %2").arg(columns()[index.column()].title, cell(index.row(), index.column()).text);
    case Qt::AccessibleDescriptionRole: return spoken(index.row());
    case Qt::ToolTipRole: {
        const QString tip = toolTip(index.row(), index.column());
        return tip.isEmpty() ? QVariant() : QVariant(u"<p style='white-space: pre-wrap'>"_s + tip.toHtmlEscaped() + u"</p>"_s);
    }
    default: return {};
    }
}

QVariant CellModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = columns()[section];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return int((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace ridealong::ledgerview
