// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

#include <QByteArray>

namespace ridealong::tests {

/// Everything a store shows, one line of text a line, styles and flags behind a tab: for comparing stores.
inline QByteArray dump(const console::LineStore& store, bool textOnly = false)
{
    QByteArray out;
    const auto add = [&](QByteArrayView text, auto runs, int columns, int flags) {
        out.append(text);
        if (!textOnly) {
            out += "\t" + QByteArray::number(columns) + " " + QByteArray::number(flags);
            for (const console::StyleRun& run : runs) {
                const console::Style style = store.style(run.style);
                const auto color = [](const console::Color& c) {
                    return c.kind == console::Color::Kind::Default ? QByteArray("-")
                        : c.kind == console::Color::Kind::Palette  ? QByteArray::number(c.index)
                                                                   : "#" + QByteArray::number(c.red << 16 | c.green << 8 | c.blue, 16);
                };
                out += " @" + QByteArray::number(run.byte) + "[" + color(style.foreground) + "," + color(style.background);
                const std::pair<bool, const char*> attributes[] = {{style.bold, " bold"}, {style.faint, " faint"}, {style.italic, " italic"},
                    {style.inverse, " inverse"}, {style.hidden, " hidden"}, {style.strike, " strike"}};
                for (const auto& [on, name] : attributes)
                    out += on ? name : "";
                if (style.underline != console::Underline::None)
                    out += " underline" + QByteArray::number(int(style.underline));
                if (style.link)
                    out += " " + store.link(style.link).toUtf8();
                out += "]";
            }
        }
        out += "\n";
    };
    const qint64 committed = store.committedCount();
    for (qint64 i = 0; i < committed; ++i) {
        const console::Line line = store.line(i);
        add(line.text, line.runs, line.columns, line.flags);
    }
    for (qint64 i = committed; i < store.lineCount(); ++i) {
        const auto line = store.tailLine(i);
        add(line.text, line.runs, line.columns, line.flags);
    }
    return out;
}

} // namespace ridealong::tests
