// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QVariantAnimation>

#include <vector>

namespace ridealong::kit {

class ScrollMarks;
class Theme;

/// Prefix sums over heights that change: total, item at a y, y of an item, all in O(log n).
class HeightIndex
{
public:
    void reset(int count, int height);
    void insert(int at, int count, int height);
    void remove(int at, int count);
    void set(int at, int height);
    int height(int at) const { return m_heights[size_t(at)]; }
    int count() const { return int(m_heights.size()); }
    qint64 total() const;
    qint64 top(int at) const; ///< sum of the heights before `at`
    int itemAt(qint64 y) const; ///< clamped to the ends; -1 when empty

private:
    void rebuild() const;

    std::vector<int> m_heights;
    mutable std::vector<qint64> m_tree; ///< Fenwick; empty: rebuild before use
};

/// The scrolling under console and timeline: items of different heights, laid out only when they are in view. The position
/// is an item and an offset into it, never an absolute pixel, so nothing jumps when something above changes its height; at
/// the bottom it follows the tail until the user scrolls up.
class VirtualView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    VirtualView(Theme& theme, QWidget* parent = nullptr);

    bool isFollowing() const { return m_following; }
    struct Anchor
    {
        int item = 0;
        int offset = 0; ///< px from the item's top to the viewport's top
    };
    Anchor anchor() const
    {
        settleIfNeeded();
        return m_anchor;
    }

public slots:
    void scrollToItem(int item, int offset = 0); ///< leaves following
    void scrollToEnd(); ///< follows from now on

signals:
    void followingChanged(bool following);
    void nearTop(); ///< less than one page above
    void nearEnd();

protected:
    /// Exact height of an item at this width; may lay it out. Called for items in view only.
    virtual int measureItem(int item, int width) = 0;
    /// A cheap guess for items that nobody looks at.
    virtual int estimateItem(int item, int width) = 0;
    virtual void paintItem(QPainter& painter, int item, const QRect& rect) = 0;

    // The subclass tells what its model did.
    void itemsReset(int count);
    void itemsRestyled(); ///< all heights may be others; what is in view stays there
    void itemsInserted(int at, int count);
    void itemsRemoved(int at, int count);
    void itemChanged(int item); ///< height and look
    void itemGrew(int item); ///< as itemChanged(), and what was guessed of its height is out of date even where nobody looks
    int itemCount() const { return m_heights.count(); }
    int itemAt(const QPoint& viewportPos) const; ///< -1: none
    QRect itemRect(int item) const; ///< in viewport coordinates
    Theme& theme() const { return m_theme; }

    /// Moves the view, down when positive. At the end it begins to follow.
    void scrollBy(int pixels);
    int page() const; ///< pixels of one, less a line that stays in view
    /// Scrolls no more than needed to have the whole item in view.
    void ensureVisible(int item);

    /// Something worth a tick on the scroll bar.
    struct Mark
    {
        int item = 0;
        double share = 0; ///< of the item's height, from its top
    };
    void setMarks(std::vector<Mark> marks);

    /// Paints soon: at once, or when the last frame is old enough. A flood of changes costs no more frames than eyes can see.
    void requestFrame();

    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void settle(); ///< measures what is in view, fixes the scroll bar, keeps the anchor
    /// What changed is settled when it is painted, or when somebody asks where something stands, whichever comes first.
    void unsettle();
    void settleIfNeeded() const
    {
        if (m_unsettled && !m_settling)
            const_cast<VirtualView*>(this)->settle();
    }
    void measure(int item);
    void placeAtEnd();
    void setFollowing(bool following);
    void tellEdges();
    void glide(int pixels);

    void placeMarks();

    Theme& m_theme;
    ScrollMarks* m_scrollMarks = nullptr; ///< made when there is something to mark
    std::vector<Mark> m_marks;
    HeightIndex m_heights;
    std::vector<bool> m_exact;
    Anchor m_anchor;
    bool m_following = true;
    bool m_settling = false;
    bool m_unsettled = false;
    int m_barValue = 0; ///< as settle() left it
    QBasicTimer m_frame;
    QElapsedTimer m_sinceFrame;
    int m_layoutWidth = -1;
    QVariantAnimation m_glide; ///< of the wheel; its value is how far it has come
    int m_glided = 0;
};

} // namespace ridealong::kit
