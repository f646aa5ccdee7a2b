// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "composer/composer.h"
#include "support/looks.h"

#include <QSignalSpy>
#include <QVBoxLayout>

namespace ridealong::tests {

/// A composer at the bottom of a window, as it stands in the program. Not shown yet.
struct ComposerWindow
{
    kit::Theme theme;
    QWidget window;
    composer::Composer composer{theme, &window};
    QSignalSpy sent{&composer, &composer::Composer::sendRequested};

    explicit ComposerWindow(const Look& look)
    {
        look.dress(theme);
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        column->addStretch(1);
        column->addWidget(&composer);
    }
};

} // namespace ridealong::tests
