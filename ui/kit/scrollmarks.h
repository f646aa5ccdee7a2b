// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

class QScrollBar;

namespace ridealong::kit {

class Theme;

/// Ticks on a vertical scroll bar: where something is in all that can be scrolled to. Clicks go through to the bar.
class ScrollMarks : public QWidget
{
    Q_OBJECT
public:
    ScrollMarks(QScrollBar& bar, Theme& theme);

    void setShares(const std::vector<double>& shares); ///< 0: at the top of everything, 1: at its end; in any order

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    QScrollBar& m_bar;
    Theme& m_theme;
    std::vector<double> m_shares;
    std::vector<int> m_ticks; ///< px from the top, no two the same
};

} // namespace ridealong::kit
