// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

class QListWidget;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// Rows of a list that say two things: a name, and beside or below it in less ink what is known of it.
class RowDelegate final : public QStyledItemDelegate
{
public:
    enum class Lines { One, Two };
    enum Role {
        MoreRole = Qt::UserRole + 1, ///< beside or below the name
        TrailingRole, ///< at the right end
        DotRole, ///< kit::Token of a dot before it; none: no dot
    };

    /// Also gives the list its look: frame, background, fonts.
    RowDelegate(QListWidget& list, kit::Theme& theme, Lines lines);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    kit::Theme& m_theme;
    Lines m_lines;
};

} // namespace ridealong::accountdialogs
