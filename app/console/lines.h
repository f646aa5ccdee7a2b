// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <memory>
#include <span>

namespace ridealong::console {

/// A colour as the output named it; the theme decides what it looks like.
struct Color
{
    enum class Kind : quint8 { Default, Palette, Rgb };
    Kind kind = Kind::Default;
    quint8 index = 0; ///< Palette: 0…255, 0…15 are the theme's
    quint8 red = 0, green = 0, blue = 0; ///< Rgb

    bool operator==(const Color&) const = default;
};

enum class Underline : quint8 { None, Single, Double, Curly, Dotted, Dashed };

struct Style
{
    Color foreground;
    Color background;
    Underline underline = Underline::None;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool inverse = false;
    bool hidden = false;
    bool strike = false;
    quint16 link = 0; ///< index into LineStore::link(); 0: none

    bool operator==(const Style&) const = default;
};

/// From `byte` on (until the next one) the line's text has this style.
struct StyleRun
{
    quint16 byte = 0;
    quint16 style = 0; ///< index into LineStore::style(); 0 is the default style
};

enum class Level : quint8 { None, Trace, Debug, Info, Warning, Error };

inline constexpr int kTabColumns = 8;
/// Rows that output can still rewrite, which is the height of the terminal that programs of ours are given.
inline constexpr int kTailRows = 64;

/// One committed line, a view into the store, which stays valid as long as this does.
struct Line
{
    /// Complex: right-to-left, combining or joined characters, to be shaped as a whole. Continued: goes on with the line before,
    /// which is Unfinished. Truncated: output is missing here (cap reached); the text is empty. Tabs: holds '\t', each
    /// reaching to the next multiple of kTabColumns, so columns is more than the number of characters.
    enum Flag : quint8 { NonAscii = 1, Wide = 2, Complex = 4, HasLink = 8, Continued = 16, Truncated = 32, Unfinished = 64, Tabs = 128 };
    QByteArrayView text; ///< UTF-8 without line end; at most 65,535 bytes, longer lines come in Continued pieces
    std::span<const StyleRun> runs;
    quint16 columns = 0; ///< display width in cells
    quint8 flags = 0;
    Level level = Level::None;
    std::shared_ptr<const void> owner = {}; ///< of text and runs
};

} // namespace ridealong::console
