// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

class QListWidget;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::roomview {

/// Rows of people: a name, beside it what is known of them, and their rank as a chip at the right end.
class PersonDelegate final : public QStyledItemDelegate
{
public:
    enum Role {
        MoreRole = Qt::UserRole + 1,
        RankRole,
    };

    /// Also gives the list its look.
    PersonDelegate(QListWidget& list, kit::Theme& theme);

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    kit::Theme& m_theme;
};

} // namespace ridealong::roomview
