// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"
#include "console/screen.h"
#include "console/styletable.h"

#include <memory>
#include <optional>

namespace ridealong::console {

struct Segment;
struct SegmentBody;

/// The one writer of a LineStore, driven by AnsiParser. Two ways: while output only appends, text goes straight into the
/// segment and the last kTailRows rows are there but not committed yet; the first motion backwards takes those rows up into
/// a Screen of cells ("thaw"), and when kTailRows new lines went by without another motion they are laid down again ("freeze").
/// Both depend on the bytes alone, never on how they were cut into pieces.
class LineWriter
{
public:
    explicit LineWriter(std::shared_ptr<LineStore> store);
    ~LineWriter();

    /// `key` is that of `style`. Costs nothing until there is text in it.
    void setStyle(const Style& style, const StyleKey& key)
    {
        m_style = style;
        m_styleKey = key;
        m_styleKnown = false;
    }
    const Style& style() const { return m_style; }
    /// The id of a link for Style::link; 0 when there are too many. The text is http or https already.
    quint16 linkId(const QByteArray& url);

    void ascii(const char* text, size_t size); ///< printable ASCII only
    void text(const char* text, size_t size); ///< valid UTF-8 without controls
    void lineFeed();
    void carriageReturn();
    void backspace();
    void tab();
    void index(); ///< down one row, column kept
    void eraseInLine(int mode);
    void saveCursor();
    void restoreCursor();
    void setRegion(int top, int bottom); ///< one-based; 0: whole
    /// For everything that moves the cursor or erases.
    Screen& screen();
    /// A full-screen program begins or ends: what is above stays, its last frame remains as lines.
    void newScreen();

    /// Marks that output is missing here.
    void truncated();
    /// Makes what was written readable.
    void publish();
    /// No more is coming for now: commits the tail too.
    void finish();

    /// The row the cursor is on when it was rewritten in place (a progress bar), else empty.
    QByteArray rewrittenRow() const;
    const LineStore& store() const { return *m_store; }
    bool isFast() const { return !m_screen; }

private:
    void append(const char* text, quint32 size);
    void resolveStyle();
    bool pushRun();
    void endRow(quint8 flags);
    void ensure(quint32 size);
    void newSegment(quint32 atLeast);
    void write(std::shared_ptr<SegmentBody> body);
    void thaw();
    void takeUp(const char* text, quint32 size, const StyleRun* runs, int runCount, quint8 flags);
    void layDown(const EditRow& row, bool open);
    void freeze();
    void scrollScreen();
    void rewind();
    void publishTail();
    qint64 usedMemory() const;

    std::shared_ptr<LineStore> m_store;
    LineStore::Data& m_d;
    StyleTable m_styles;

    qint64 m_committed = 0; ///< lines that left the tail; at least what readers see
    qint64 m_next = 0; ///< number of the open row; [m_committed, m_next) are in the segment but may be taken up again
    quint32 m_runNext = 0; ///< in the segment
    Segment* m_segment = nullptr;
    std::shared_ptr<SegmentBody> m_body; ///< its
    char* m_text = nullptr;
    quint32 m_position = 0;
    quint32 m_capacity = 0;
    qint64 m_closedBytes = 0; ///< text in segments before this one

    // The open row.
    quint32 m_rowStart = 0;
    int m_columns = 0;
    int m_widest = 0; ///< of all rows
    quint8 m_flags = 0;
    char32_t m_previous = 0;
    std::vector<StyleRun> m_runs;
    int m_runCount = 0;
    quint16 m_runStyle = 0;
    bool m_carriage = false; ///< a carriage return came; what follows decides whether the row is edited

    Style m_style;
    StyleKey m_styleKey{Style{}};
    quint16 m_styleId = 0;
    bool m_styleKnown = true;
    bool m_styleHasLink = false;

    std::optional<Screen> m_screen;
    int m_quietLines = 0; ///< since the cursor last moved back
    bool m_rewriting = false;
    char32_t m_screenPrevious = 0;
    int m_savedRow = 0;
    int m_savedColumn = 0;
    Style m_savedStyle;

    QHash<QByteArray, quint16> m_links;
    qint64 m_linkBytes = 0;
    qint64 m_cleanUpTo = 0; ///< tail lines before this one are as readers have them
    int m_publishedSegments = 0;
};

} // namespace ridealong::console
