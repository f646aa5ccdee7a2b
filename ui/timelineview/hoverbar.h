// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QFrame>

class QToolButton;

namespace ridealong::timelineview {

/// What can be done with the message below the pointer. A child of the viewport; the same is in the menu and on keys.
class HoverBar : public QFrame
{
    Q_OBJECT
public:
    explicit HoverBar(kit::Theme& theme, QWidget* parent);

    /// At the top right of `row`; `mine` adds what only the author may do.
    void showAt(const QRect& row, bool mine);

signals:
    void reactPressed(const QPoint& globalPosition);
    void replyPressed();
    void threadPressed();
    void editPressed();
    void morePressed(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QToolButton* add(const QString& icon, const QString& words);
    void dress();

    kit::Theme& m_theme;
    QList<std::pair<QToolButton*, QString>> m_buttons; ///< with the names of their icons
    QToolButton* m_edit = nullptr;
};

} // namespace ridealong::timelineview
