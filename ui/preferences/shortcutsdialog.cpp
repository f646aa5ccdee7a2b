// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/shortcutsdialog.h"

#include "kit/clearbutton.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "preferences/shortcuttable.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

ShortcutsDialog::ShortcutsDialog(kit::ActionRegistry& registry, kit::Theme& theme, QWidget* parent)
    : QDialog(parent),
      m_filter(new QLineEdit(this)),
      m_table(new ShortcutTable(registry, theme, this))
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    m_filter->setObjectName(u"shortcutFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name or key"));
    kit::addClearButton(m_filter, theme);
    auto* title = new QLabel(tr("Keyboard shortcuts"), this);
    kit::setTone(title, theme, kit::Token::Text, kit::Theme::Type::Title, true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* change = buttons->addButton(tr("Change…"), QDialogButtonBox::ActionRole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    connect(m_filter, &QLineEdit::textChanged, m_table, &ShortcutTable::setFilter);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(change, &QPushButton::clicked, this, &ShortcutsDialog::changeRequested);
    m_filter->setFocus();
    resize(560, 620);
}

} // namespace ridealong::preferences
