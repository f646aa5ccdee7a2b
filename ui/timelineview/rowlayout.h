// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "model/timelinemodel.h"

#include <QDate>
#include <QTextDocument>

namespace ridealong::kit {
class CodeHighlighter;
}

namespace ridealong::timelineview {

/// What can be pressed in a row.
enum class Part { None, Avatar, Name, Time, Text, ShowAll, Quote, Run, Reaction, Thread, Retry, Review, Discard, Note, LoadGap, File, Picture };

/// One thing with a place in a row.
struct Piece
{
    Part part = Part::None;
    QRect rect; ///< relative to the row
    QString text; ///< already elided
    kit::Token token = kit::Token::Text;
    QString icon;
    int index = -1; ///< Reaction, File, Picture: which
    bool mine = false; ///< Reaction: one of them is ours
};

struct LayoutInput
{
    const kit::Theme& theme;
    kit::CodeHighlighter* highlighter = nullptr;
    int width = 0;
    QDate today;
    qint64 nowMs = 0;
    base::UserId self;
    bool expanded = false; ///< a long message shown whole
    bool goingUp = false; ///< its files are on their way
};

/// Where everything of one row stands: made once, painted and hit many times.
struct RowLayout
{
    static constexpr int kMargin = 16;
    // They grow with the text.
    static int avatarSize(const kit::Theme& theme) { return int(32 * theme.scale()); }
    static int textLeft(const kit::Theme& theme) { return kMargin + avatarSize(theme) + 16; }

    model::TimelineRow row; ///< what it was made of; another row needs another layout
    int width = 0;
    QDate today;
    int height = 0;
    QList<Piece> pieces;
    std::shared_ptr<QTextDocument> document; ///< null without a text
    QRect textRect; ///< of the document; clipped to it
    bool command = false;
    bool goingUp = false;
    bool ticking = false; ///< its words change every second

    bool isFor(const model::TimelineRow& other, int otherWidth, QDate otherToday, bool otherGoingUp) const
    {
        return width == otherWidth && today == otherToday && goingUp == otherGoingUp && row == other;
    }
    const Piece* pieceAt(const QPoint& position) const; ///< null: none
    QString linkAt(const QPoint& position) const; ///< empty: none
    int textPositionAt(const QPoint& position) const; ///< nearest
};

RowLayout layoutRow(const model::TimelineRow& row, const LayoutInput& input);
/// The words of a day, unread or gap line, without what can be pressed in it.
QString lineWords(const model::TimelineRow& row, QDate today);
/// What can be done about a gap: "Load", "Retry"; empty: nothing.
QString gapAction(const model::TimelineRow& row);
bool isCommand(const model::TimelineRow& row);

} // namespace ridealong::timelineview
