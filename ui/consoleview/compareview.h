// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/comparerows.h"
#include "consoleview/textgrid.h"
#include "kit/theme.h"

#include <QAbstractScrollArea>

namespace ridealong::kit {
class ScrollMarks;
}

namespace ridealong::consoleview {

/// Two outputs side by side in the colours they came in, scrolled as one. Costs what is in sight. One row is the current one; changes are
/// gone through with F7 and Shift+F7.
class CompareView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit CompareView(kit::Theme& theme, QWidget* parent = nullptr);

    /// Of these outputs, compared. Where one was stays in sight.
    void show(std::shared_ptr<const console::LineStore> left, std::shared_ptr<const console::LineStore> right,
        std::shared_ptr<const console::Comparison> comparison);
    void startOver(); ///< folds all, and goes to the first change, or the top
    void setFolding(bool folds);
    const CompareRows& rows() const { return m_rows; }

    int changeCount() const { return int(m_rows.changes().size()); }
    int currentChange() const; ///< −1: the current row is in none
    qint64 currentRow() const { return m_current; } ///< among those that are shown
    void setCurrentRow(qint64 shown);
    QString spokenRow() const; ///< the current one, for who does not see it
    int paintedRows() const { return m_paintedRows; } ///< by the last frame
    QRect rectOf(qint64 shown) const; ///< in the viewport

public slots:
    void goToChange(int change);
    void nextChange();
    void previousChange();

signals:
    void moved(); ///< currentRow(), and maybe currentChange()

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    using Row = console::Comparison::Row;
    enum class Side { Left, Right };
    struct Places; ///< of columns of pixels

    void retype(); ///< the font is another
    void settle(); ///< scroll bars and their marks
    void toggleFold();
    void tell();
    Places places() const;
    int textColumns() const;
    qint64 firstShown() const;

    void paintSide(QPainter& painter, const Places& places, Side side, qint64 first, qint64 end);
    void paintGround(QPainter& painter, const QRect& half, const Row& row, Side side) const;
    void paintNumber(QPainter& painter, const QRect& gutter, const Row& row, Side side) const;
    void paintText(QPainter& painter, const QRect& text, const Row& row, Side side);
    void paintFold(QPainter& painter, const QRect& rect, qint64 folded) const;

    kit::Theme& m_theme;
    TextGrid m_grid;
    kit::ScrollMarks* m_marks;
    CompareRows m_rows;
    std::shared_ptr<const console::LineStore> m_left;
    std::shared_ptr<const console::LineStore> m_right;
    qint64 m_current = 0;
    int m_digits = 2;
    int m_paintedRows = 0;
};

} // namespace ridealong::consoleview
