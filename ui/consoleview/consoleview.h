// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/worker.h"
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

#include <functional>
#include <map>

class QMenu;
class QToolButton;

namespace ridealong::consoleview {

class BodyField;

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

/// A place in the output. `line` is a unit of the block's body, which is a line where that is text.
struct Place
{
    int item = -1;
    qint64 line = 0;
    int byte = 0; ///< of the unit's text; where rows are selected as a whole 0 or 1

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
    console::Format shownFormat(const base::RunId& run) const; ///< that the formatted view shows
    QList<console::Format> formatsOf(const base::RunId& run) const; ///< as what it can be shown
    /// By hand, remembered as long as the block lives. Text is the raw view.
    void showAs(const base::RunId& run, console::Format format);
    const Body* bodyOf(const base::RunId& run) const; ///< as it is shown now; null: not shown
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
    QString accessibleRowOf(int item) const; ///< of the row where the keyboard is
    qint64 cursor() const { return m_cursor; } ///< unit of the current block where the keyboard is; −1: on the block itself
    QRect cursorRect() const;
    /// Where that row of a body is in the viewport, so many characters from the left edge of its text.
    QPoint placeOfBody(const base::RunId& run, qint64 row, double column) const;
    QRect rectOf(int item) const { return itemRect(item); }

signals:
    void cancelRequested(const ridealong::base::RunId& run);
    void decideRequested(const ridealong::base::RunId& run, bool approve);
    void rerunRequested(const ridealong::base::RunId& run);
    void contextRequested(const ridealong::base::RunId& run);
    void saveRequested(const ridealong::base::RunId& run);
    void saveBytesRequested(const QByteArray& bytes, const QString& fileName);
    void windowRequested(const ridealong::base::RunId& run);
    void pinRequested(const ridealong::base::RunId& run); ///< or unpin, if it is
    void currentRunChanged(const ridealong::base::RunId& run);
    void blockCountChanged();
    /// A place in a file that the output names, to be opened.
    void placeRequested(const ridealong::base::RunId& run, const QString& file, int line, int column);
    /// The values of a column, to be the arguments of a command each.
    void argumentsRequested(const ridealong::base::RunId& run, const QStringList& values);
    void compareRequested(const ridealong::base::RunId& run); ///< with the one before it of its kind
    void handOverRequested(const QList<ridealong::base::RunId>& runs);
    /// What was put together wrongly: all of `run` belongs to `into`; or the message of one line of its output, to `into` or (empty) to none.
    void joinRequested(const ridealong::base::RunId& run, const ridealong::base::RunId& into);
    void lineMoveRequested(const ridealong::base::RunId& run, qint64 line, const ridealong::base::RunId& into);

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
        RunAction action = RunAction::None;
        Spot spot; ///< of the body
        std::optional<Place> place; ///< nearest place in the text

        bool isButton() const { return header != HeaderPart::None || action != RunAction::None || spot.isButton(); }
        bool isSame(const Target& other) const
        {
            return item == other.item && header == other.header && action == other.action && spot.isSame(other.spot);
        }
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
    QList<Note> notesOf(int item) const;

    // consoleview_bodies.cpp
    class Host;
    BodyHost& hostOf(int item);
    Body& bodyOf(int item) const;
    void ensureBody(int item);
    void startMaking(int item, console::Format format, std::function<MadeBody(const BodySource&)> make);
    void outdate(int item);
    void bodyReplaced(int item);
    void retire(std::shared_ptr<Body> body);
    void setCursor(qint64 unit);
    bool bodyKey(int key, Qt::KeyboardModifiers modifiers);
    void closeField();
    void placeField();
    void fillShowAs(QMenu& menu, int item);
    void showFormatMenu(int item, const QPoint& globalPos);

    // consoleview_paint.cpp
    void paintCard(QPainter& painter, const QRect& card, const QRect& header, int item) const;
    void paintHeaderOf(QPainter& painter, int item, const QRect& rect);
    void paintProgress(QPainter& painter, const QRect& rect, const chat::RunReport& report) const;
    void paintBody(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout);
    void paintNotes(QPainter& painter, int item, const QRect& rect, const BlockLayout& layout);
    void paintMarks(QPainter& painter, int item, qint64 unit, qint64 line, const LineGrid& grid, int fromColumn, int toColumn, QPointF origin) const;
    int hitsWithin(int item, qint64 fromLine, int fromByte, qint64 toLine, int toByte) const;
    bool isSelected(int item, qint64 unit) const;
    QRect stickyHeader(int* item) const;
    QRect headerRect(int item) const;
    std::vector<NoteSpot> noteSpots(int item, const BlockLayout& layout, const QRect& rect, QPainter* painter);

    // consoleview_input.cpp
    Target targetAt(const QPoint& pos) const;
    Place placeAt(int item, const QPoint& pos) const;
    int bodyX(int item, const QPoint& pos) const;
    QString hiddenAt(const Target& target) const;
    void click(const Target& target, const QPoint& pos, Qt::KeyboardModifiers modifiers);
    void showMenu(int item, const QPoint& globalPos);
    // consoleview_menus.cpp
    void fillGrouping(QMenu& menu, int item);
    void fillComparing(QMenu& menu, int item);
    void handOver();
    void compareWithLastTime(const base::RunId& run);
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
    std::vector<Block> m_blocks; ///< shown ones, in order
    QHash<base::RunId, int> m_index;
    QHash<base::RunId, Block> m_seen; ///< how they were shown when another room's took their place
    QHash<base::RunId, std::vector<int>> m_hitsOfRun; ///< indexes into m_hits, by line
    std::vector<console::Console::Hit> m_hits;
    int m_currentHit = -1;
    std::optional<console::Console::Hit> m_awaitedHit; ///< to be shown again when its block's body is made
    Metrics m_metrics; ///< of what has no size of its own
    mutable std::map<int, Type> m_types; ///< by Block::zoom, those that are used
    Highlighter m_highlighter;
    base::Worker m_worker{QStringLiteral("bodies")};
    QHash<base::RunId, std::shared_ptr<Host>> m_hosts;
    int m_makings = 0; ///< serial of the newest
    BodyField* m_field = nullptr; ///< where somebody types into a body
    qint64 m_cursor = -1; ///< unit of the current block's body
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
