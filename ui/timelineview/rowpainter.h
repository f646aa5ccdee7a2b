// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "timelineview/filepainter.h"
#include "timelineview/rowlayout.h"

#include <QPixmap>

class QPainter;

namespace ridealong::timelineview {

struct PaintState
{
    bool hovered = false;
    bool current = false; ///< the focus mark
    double flash = 0; ///< 1 … 0 after a jump to it
    int selectedFrom = 0; ///< in the document; nothing when equal
    int selectedTo = 0;
    const Piece* pressed = nullptr; ///< below the pointer
    double ratio = 1;
    QPixmap avatar = {}; ///< of the sender; null: their initial
    QList<FileLook> files = {}; ///< of the message, in their order
};

void paintRow(QPainter& painter, const RowLayout& layout, const QRect& rect, const kit::Theme& theme, const PaintState& state);
/// One of a fixed set on which white is readable, always the same for the same person.
QColor avatarColor(const base::UserId& user);
/// All of them, for the test.
QList<QColor> avatarColors();

} // namespace ridealong::timelineview
