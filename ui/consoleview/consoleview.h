// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "console/console.h"
#include "consoleview/block.h"
#include "consoleview/copytext.h"
#include "consoleview/header.h"
#include "consoleview/hidden.h"
#include "consoleview/highlighter.h"
#include "consoleview/textgrid.h"
#include "kit/virtualview.h"

#include <QBasicTimer>
#include <QHash>

#include <map>

class QToolButton;

namespace ridealong::consoleview {

/// Which runs are shown. Empty fields do not restrict.
struct RunFilter
{
    base::ConversationId conversation;
    base::UserId sender;
    base::RunId run;
    bool openOnly = false;
    bool failedOnly = false;

    bool operator==(const RunFilter&) const = default;
    bool accepts(const chat::RunReport& report) const;
};

/// A place in the output. In a table `line` is the shown row and `byte` 0.
struct Place
{
    int item = -1;
    qint64 line = 0;
    int byte = 0;

    auto operator<=>(const Place&) const = default;
};

/// The runs as blocks: header and body. Every row that is not in view costs nothing, however many there are.
class ConsoleView : public kit::VirtualView
{
    Q_OBJECT
public:
    ConsoleView(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);
    ~ConsoleView() override;

    void setFilter(const RunFilter& filter);
    const RunFilter& filter() const { return m_filter; }
    int blockCount() const { return int(m_blocks.size()); }
    base::RunId runAt(int item) const { return m_blocks[size_t(item)].run; }

    base::RunId currentRun() const;
    /// Makes it the current block, unfolds it and brings it into view. False when the filter hides it or nobody knows it.
    bool showRun(const base::RunId& run);
    bool isFolded(const base::RunId& run) const;
    void setFolded(const base::RunId& run, bool folded);
    BodyView bodyView(const base::RunId& run) const;
    void setBodyView(const base::RunId& run, BodyView view);
    bool wraps() const { return m_metrics.wrap; }
    void setWrap(bool wrap);
    /// The size of one block's text, in tenths more or less than the usual one; held within what can be read and fits.
    int zoom(const base::RunId& run) const;
    void setZoom(const base::RunId& run, int zoom);

    /// Characters that nobody can see, such as those that turn the direction of text, are flagged, and no text is turned.
    bool showsHidden() const { return m_showsHidden; }
    void setShowsHidden(bool shows);

    /// Shows only lines that pass; none: all again. What comes is filtered as it comes.
    void setLineFilter(const std::optional<console::Console::LineFilter>& filter);

    void setPinned(const QList<base::RunId>& runs) { m_pinned = runs; } ///< what the menu says of them

    /// Hits to mark, as Console::search gives them; `current` is the one shown stronger (-1: none).
    void setHits(std::vector<console::Console::Hit> hits, int current);
    void revealHit(const console::Console::Hit& hit);

    /// What "copy" would copy: the selection, else the current block.
    QString copyableText(CopyFormat format) const;
    void copy(CopyFormat format);
    bool hasSelection() const { return m_selectionAnchor.item >= 0 && m_selectionAnchor != m_selectionCaret; }
    void selectAll(); ///< of the current block

    /// Body rows painted by the last paint event: the measure of what scrolling costs.
    int paintedRows() const { return m_paintedRows; }
    QString accessibleNameOf(int item) const;
    QRect rectOf(int item) const { return itemRect(item); }

signals:
    void cancelRequested(const ridealong::base::RunId& run);
    void decideRequested(const ridealong::base::RunId& run, bool approve);
    void rerunRequested(const ridealong::base::RunId& run);
    void contextRequested(const ridealong::base::RunId& run);
    void saveRequested(const ridealong::base::RunId& run);
    void windowRequested(const ridealong::base::RunId& run);
    void pinRequested(const ridealong::base::RunId& run); ///< or unpin, if it is
    void currentRunChanged(const ridealong::base::RunId& run);
    void blockCountChanged();

protected:
    int measureItem(int item, int width) override;
    int estimateItem(int item, int width) override;
    void paintItem(QPainter& painter, int item, const QRect& rect) override;

    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct NoteSpot
    {
        QRect rect;
        RunAction action = RunAction::None;
    };
    /// What is under the mouse.
    struct Target
    {
        int item = -1;
        HeaderPart header = HeaderPart::None;
        int tableColumn = -1; ///< of a table's header row
        RunAction action = RunAction::None;
        QString link;
        std::optional<Place> place; ///< nearest place in the text

        bool isButton() const { return header != HeaderPart::None || tableColumn >= 0 || action != RunAction::None || !link.isEmpty(); }
    };

    // consoleview.cpp: blocks and geometry
    void rebuild();
    void onChanged(const console::ConsoleChange& change);
    void insertBlock(const base::RunId& run);
    void removeBlock(int item);
    int indexOf(const base::RunId& run) const { return m_index.value(run, -1); }
    void reindex();
    const console::Run* runOf(int item) const;
    BlockLayout layoutOf(int item) const;
    void setCurrent(int item);
    void bringIntoView(int item);
    void ensurePlaceVisible(const Place& place);
    void toggleFold(int item);
    void tick();
    void perform(RunAction action, const base::RunId& run);
    void openLink(const QString& link);
    void updateJumpButton();
    void markHits();

    // consoleview_type.cpp
    /// Text of one size.
    struct Type
    {
        QFont font;
        qreal ratio = 0; ///< of device pixels
        TextGrid grid;
        Metrics metrics;
    };
    Type& typeOf(int item) const;
    void measure(Type& type, int zoom) const;
    void updateMetrics();
    void updateSidewaysRange();
    template <typename Change> void keepingTopLine(Change change);

    // consoleview_filter.cpp
    void refilter(int item);
    BodyLines bodyOf(int item) const;
    QList<Note> notesOf(int item) const;

    // consoleview_paint.cpp
    void paintCard(QPainter& painter, const QRect& card, const QRect& header, int item) const;
    void paintHeaderOf(QPainter& painter, int item, const QRect& rect);
    void paintProgress(QPainter& painter, const QRect& rect, const chat::RunReport& report) const;
    void paintTextRows(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout);
    void paintTableRows(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout);
    void paintNotes(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout);
    void paintHidden(QPainter& painter, const console::Line& line, const LineGrid& grid, const Metrics& metrics, int fromColumn, int toColumn,
        QPointF origin) const;
    void paintMarks(QPainter& painter, int item, qint64 line, const LineGrid& grid, int fromColumn, int toColumn, QPointF origin) const;
    Spans spansOf(const Block& block, const console::Run& run, qint64 index, const console::Line& line);
    QColor rowTint(const Block& block, const console::Run& run, const console::Line& line) const;
    QRect stickyHeader(int* item) const;
    QRect headerRect(int item) const;
    std::vector<NoteSpot> noteSpots(int item, const BlockLayout& layout, const QRect& rect, QPainter* painter);
    int tableColumnAt(int item, int x) const;

    // consoleview_input.cpp
    Target targetAt(const QPoint& pos) const;
    Place placeAt(int item, const QPoint& pos) const;
    QString hiddenAt(const Target& target, const QPoint& pos) const;
    void click(const Target& target, const QPoint& pos, Qt::KeyboardModifiers modifiers);
    void showMenu(int item, const QPoint& globalPos);
    void moveCaret(int key);
    void extendSelection(const QPoint& pos);
    void selectWord(const Place& place);
    void selectLine(const Place& place);
    void clearSelection();
    std::pair<Place, Place> selection() const;
    std::vector<Stretch> stretches() const;
    Stretch stretchOf(int item, const Place& from, const Place& to) const;
    Stretch wholeBlock(int item) const;

    console::Console& m_console;
    base::Clock& m_clock;
    RunFilter m_filter;
    QList<base::RunId> m_pinned;
    std::optional<console::Console::LineFilter> m_lineFilter;
    int m_filterSerial = 1; ///< answers about an earlier one are dropped
    mutable std::vector<Block> m_blocks; ///< shown ones, in order; layouting parses a table when it is first needed
    QHash<base::RunId, int> m_index;
    QHash<base::RunId, Block> m_seen; ///< how they were shown when another room's took their place
    QHash<base::RunId, std::vector<int>> m_hitsOfRun; ///< indexes into m_hits, by line
    std::vector<console::Console::Hit> m_hits;
    int m_currentHit = -1;
    Metrics m_metrics; ///< of what has no size of its own
    mutable std::map<int, Type> m_types; ///< by Block::zoom, those that are used
    Highlighter m_highlighter;
    QToolButton* m_jump;
    int m_current = -1;
    int m_paintedRows = 0;
    bool m_ticking = false;
    bool m_showsHidden = false;

    Place m_selectionAnchor;
    Place m_selectionCaret;
    Target m_hovered;
    Target m_pressed;
    QPoint m_pressPos;
    bool m_selecting = false;
    QBasicTimer m_autoScroll;
    qint64 m_lastDoubleClickMs = 0;
};

} // namespace ridealong::consoleview
