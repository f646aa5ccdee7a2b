// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/files.h"
#include "kit/theme.h"

#include <QImage>
#include <QRect>

class QPainter;

namespace ridealong::timelineview {

/// A file of a message as it is to be painted now.
struct FileLook
{
    chat::Attachment file;
    chat::FileState state;
    bool sending = false; ///< ours, on its way up: `state.bytes` are there
    QImage picture; ///< null: not decoded yet, or none
    bool broken = false; ///< it should have been a picture
    bool hovered = false;
};

// Sizes in device-independent pixels, for the layout.
QSize cardSize(const kit::Theme& theme, int room);
/// Where a picture of so many pixels stands: never larger than itself, nor than a part of the view.
QSize pictureBox(const QSize& pixels, const kit::Theme& theme, int room);

void paintCard(QPainter& painter, const QRect& rect, const kit::Theme& theme, const FileLook& look, double ratio);
void paintPicture(QPainter& painter, const QRect& rect, const kit::Theme& theme, const FileLook& look, double ratio);
/// "1.2 MB", and how its transfer stands.
QString fileWords(const FileLook& look);
/// The same with what a card says by its sign: whether the file is here.
QString spokenFile(const FileLook& look);

} // namespace ridealong::timelineview
