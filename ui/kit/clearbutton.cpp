// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/clearbutton.h"

#include "kit/icons.h"
#include "kit/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ridealong::kit {

void addClearButton(QLineEdit* line, Theme& theme)
{
    QAction* clear = line->addAction(icon(u"close"_s, theme), QLineEdit::TrailingPosition);
    clear->setText(QCoreApplication::translate("ClearButton", "Clear"));
    clear->setVisible(!line->text().isEmpty());
    QObject::connect(line, &QLineEdit::textChanged, clear, [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
    QObject::connect(clear, &QAction::triggered, line, [line] {
        line->clear();
        line->setFocus();
    });
    QObject::connect(&theme, &Theme::changed, clear, [clear, &theme] { clear->setIcon(icon(u"close"_s, theme)); });
}

} // namespace ridealong::kit
