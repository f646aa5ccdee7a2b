// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/block.h"
#include "kit/theme.h"

#include <QRect>

class QPainter;

namespace ridealong::consoleview {

/// What a click into a header means.
enum class HeaderPart { None, Fold, Formatted, Raw, Cancel, Menu };

struct HeaderText
{
    QRect rect;
    QString text;
    kit::Token token = kit::Token::Muted;
    HeaderPart part = HeaderPart::None;
    bool strong = false;
};

/// Everything in a header, placed: painting and clicking use the same places.
struct HeaderLayout
{
    QRect icon;
    QRect command;
    QRect menu; ///< empty: painted without
    QString commandText; ///< elided
    QList<HeaderText> texts;

    HeaderPart partAt(const QPoint& pos) const;
};

/// What is not enough room for goes first: sender, state's word of a success, time; the command keeps a third at least.
HeaderLayout layoutHeader(const QRect& rect, const Block& block, const console::Run& run, const kit::Theme& theme, qint64 nowMs);
void paintHeader(QPainter& painter, const HeaderLayout& layout, const console::Run& run, const kit::Theme& theme, HeaderPart hovered);
/// "JSON", "Table" …; empty when there is only raw.
QString formatWord(console::Format format);

} // namespace ridealong::consoleview
