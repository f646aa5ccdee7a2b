// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/copytext.h"
#include "consoleview/metrics.h"
#include "consoleview/textgrid.h"

#include "console/format.h"

#include <QImage>
#include <QRect>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

class QPainter;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

class Body;
class Highlighter;

/// What a body is made of. It is made on a worker when there is much to read, so whoever makes one touches nothing but this.
struct BodySource
{
    std::shared_ptr<const console::LineStore> lines;
    console::Format format = console::Format::Text;
    std::shared_ptr<std::atomic<bool>> isGivenUp = {}; ///< nobody waits for it any more

    bool givenUp() const { return isGivenUp && isGivenUp->load(std::memory_order_relaxed); }
};

struct MadeBody
{
    std::shared_ptr<Body> body; ///< null: the output stays text
    QString note = {}; ///< why, or what is missing; for people
};

/// A row of a body, the way the view paints and clicks it: `unit` is what a selection goes from and to (a line, a node, a row of a table).
struct RowPlace
{
    qint64 unit = -1;
    int subRow = 0;
};

/// Something in a body that can be clicked.
struct Spot
{
    int part = 0; ///< the body's own; 0: text
    qint64 unit = -1;
    int index = -1; ///< of a column …
    QString link = {}; ///< to open
    QString tip = {};

    bool isButton() const { return part != 0 || !link.isEmpty(); }
    bool isSame(const Spot& other) const { return part == other.part && unit == other.unit && index == other.index && link == other.link; }
};

/// What a body may ask of the view around it.
class BodyHost
{
public:
    virtual ~BodyHost() = default;
    virtual void rowsChanged() = 0; ///< other rows, or as many with something else in them
    virtual void setCursor(qint64 unit) = 0;
    virtual void copyText(const QString& text) = 0;
    virtual void copyPicture(const QImage& picture) = 0;
    virtual void saveBytes(const QByteArray& bytes, const QString& fileName) = 0; ///< somewhere that is asked for
    virtual void openPlace(const QString& file, int line, int column) = 0;
    virtual void useAsArguments(const QStringList& values) = 0;
    virtual void showWhole(const QString& text) = 0; ///< of what is cut in its row
    /// Runs `task` on the worker, then, here, what it returned.
    virtual void work(std::function<std::function<void()>()> task) = 0;
    /// A line to type in, over row `row` of the body; `typed` is called at every key, `closed` when it was left empty.
    virtual void edit(qint64 row, const QString& text, const QString& hint, std::function<void(const QString&)> typed, std::function<void()> closed)
        = 0;
    /// Another body instead, until somebody chooses.
    virtual void show(console::Format format, std::function<MadeBody()> make) = 0;
};

/// Something that can be done with a body, in the menu and by a key while its block is the current one.
struct BodyAction
{
    QString text;
    int key = 0; ///< without modifiers; 0: none
    std::function<void(BodyHost&)> act;
    std::optional<bool> isOn = {}; ///< what can be switched
};

/// All that painting needs. Rows [first, last) are painted, row 0 would begin at y = `top`.
struct BodyPaint
{
    QPainter& painter;
    TextGrid& grid;
    const Metrics& metrics;
    const kit::Theme& theme;
    Highlighter& highlighter;
    QFont font;
    int top = 0;
    qint64 first = 0;
    qint64 last = 0;
    int scrolled = 0; ///< sideways, of what does not wrap
    bool showsHidden = false;
    qint64 cursor = -1; ///< unit where the keyboard is
    Spot hovered = {};
    /// Paints hits of `line` (−1: none) and the selection of `unit` behind the columns [from, to) of it, the first at `origin`.
    std::function<void(qint64 unit, qint64 line, const LineGrid& grid, int from, int to, QPointF origin)> paintMarks = {};
    std::function<bool(qint64 unit)> isSelected = {};
    /// 2: the hit that is shown stands within these places, 1: another does, 0: none.
    std::function<int(qint64 fromLine, int fromByte, qint64 toLine, int toByte)> hitsWithin = {};
    int painted = 0; ///< rows

    int left() const { return Metrics::kSideMargin + Metrics::kTextIndent; }
    int right() const { return metrics.width - Metrics::kSideMargin; }
};

/// How the output of one run is shown: rows of equal height, of which only those in view cost anything. The view knows no formats; a new one is
/// a class, and a line in bodies.cpp.
class Body : public std::enable_shared_from_this<Body>
{
public:
    Body() = default;
    Body(const Body&) = delete;
    Body& operator=(const Body&) = delete;
    virtual ~Body() = default;

    // Rows.
    virtual qint64 rows(const Metrics& metrics) const = 0;
    virtual int rowHeight(const Metrics& metrics) const { return metrics.rowHeight; }
    virtual bool isPadded() const { return true; } ///< room above and below
    virtual int widestColumns() const { return 0; } ///< of rows that can be moved sideways
    virtual void paint(BodyPaint& paint) const = 0;

    // Units. −1: none.
    virtual qint64 lastUnit() const = 0;
    virtual qint64 after(qint64 unit) const { return unit < lastUnit() ? unit + 1 : -1; }
    virtual qint64 before(qint64 unit) const { return std::min(unit, lastUnit() + 1) - 1; }
    virtual RowPlace placeOfRow(qint64 row, const Metrics& metrics) const = 0;
    virtual qint64 rowOf(qint64 unit, int byte, const Metrics& metrics) const = 0;

    // Text of a unit, which a selection is a part of.
    virtual QByteArray text(qint64 unit) const = 0;
    virtual bool selectsRows() const { return false; } ///< whole units, or nothing
    virtual int byteAt(const RowPlace&, int, const Metrics&) const { return 0; } ///< x from the left edge of the text
    virtual int columnOf(qint64, int) const { return 0; } ///< of a byte, from that edge
    /// The stretch from a place to another; `stretch` has the run already.
    virtual void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const = 0;
    virtual void addAllTo(Stretch& stretch) const = 0;

    // Search: lines of the output are looked through, whatever shows them.
    /// Opens what hides it. None: only text shows it.
    virtual std::optional<std::pair<qint64, int>> reveal(qint64 line, int byte) = 0;
    virtual double shareBefore(qint64 line) const = 0; ///< of the body's height, from 0 to 1

    // Mouse and keys.
    virtual Spot spotAt(const RowPlace&, int, const Metrics&) const { return {}; } ///< x as above
    virtual bool click(const Spot&, Qt::KeyboardModifiers, BodyHost&) { return false; }
    virtual bool hasCursor() const { return false; } ///< rows can be gone to by keys
    virtual bool key(int, Qt::KeyboardModifiers, qint64, BodyHost&) { return false; } ///< with the cursor at a unit
    virtual QList<BodyAction> actions(const Spot&) { return {}; } ///< of what is under the mouse, or of the unit of the cursor
    virtual QString accessibleText(qint64 unit) const { return QString::fromUtf8(text(unit)); }
    virtual QStringList notes() const { return {}; }
    virtual bool isHeavy() const { return true; } ///< takes long to take apart, and may be anywhere
};

} // namespace ridealong::consoleview
