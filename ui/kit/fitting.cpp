// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/fitting.h"

#include "kit/theme.h"
#include "kit/tone.h"

#include <QScreen>

namespace ridealong::kit {

QScrollArea* scrolledPage(QWidget* page, Theme& theme)
{
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    page->setContentsMargins(2, 2, 10, 2); // room for the frame of the focus, and for the scroll bar
    area->setWidget(page);
    setBackdrop(area, theme, Token::Window);
    return area;
}

void fitToScreen(QDialog& dialog, const Theme& theme, QSize size)
{
    constexpr int kFrame = 48; ///< of the window's title and edges
    const QSize most = dialog.screen()->availableSize() - QSize(kFrame, kFrame);
    dialog.resize((size * std::max(1.0, theme.scale())).boundedTo(most));
}

} // namespace ridealong::kit
