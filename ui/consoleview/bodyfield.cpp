// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/bodyfield.h"

#include <QKeyEvent>

namespace ridealong::consoleview {

void BodyField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        clear();
        emit left();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down: emit left(); return;
    default: QLineEdit::keyPressEvent(event);
    }
}

} // namespace ridealong::consoleview
