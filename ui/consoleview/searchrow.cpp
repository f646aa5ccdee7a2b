// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/searchrow.h"

#include "kit/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

SearchRow::SearchRow(kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_case(new QToolButton(this)),
      m_word(new QToolButton(this)),
      m_regex(new QToolButton(this)),
      m_place(new QLabel(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this))
{
    const auto option = [this](QToolButton* button, const QString& name, const QString& sign, const QString& words, const QString& key) {
        button->setObjectName(name);
        button->setText(sign);
        button->setCheckable(true);
        button->setToolTip(u"%1 (%2)"_s.arg(words, key));
        button->setAccessibleName(words);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::toggled, this, &SearchRow::optionsChanged);
    };
    option(m_case, u"searchCase"_s, u"Aa"_s, tr("Match case"), u"Alt+C"_s);
    option(m_word, u"searchWord"_s, u"|ab|"_s, tr("Whole words"), u"Alt+W"_s);
    option(m_regex, u"searchRegex"_s, u".*"_s, tr("Regular expression"), u"Alt+R"_s);
    const auto arrow = [this](QToolButton* button, Qt::ArrowType direction, const QString& words, const QString& key) {
        button->setArrowType(direction);
        button->setToolTip(u"%1 (%2)"_s.arg(words, key));
        button->setAccessibleName(words);
        button->setFocusPolicy(Qt::TabFocus);
    };
    arrow(m_previous, Qt::UpArrow, tr("Previous hit"), u"Shift+Enter"_s);
    arrow(m_next, Qt::DownArrow, tr("Next hit"), u"Enter"_s);
    connect(m_previous, &QToolButton::clicked, this, &SearchRow::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &SearchRow::nextRequested);
    m_place->setObjectName(u"searchPlace"_s);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_place->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 4);
    row->setSpacing(4);
    for (QToolButton* button : {m_case, m_word, m_regex})
        row->addWidget(button);
    row->addWidget(m_place, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
}

console::Console::SearchQuery SearchRow::query(const QString& pattern) const
{
    return {.pattern = pattern, .regex = m_regex->isChecked(), .ignoreCase = !m_case->isChecked(), .wholeWord = m_word->isChecked()};
}

void SearchRow::showPlace(qint64 at, qint64 total)
{
    kit::setTone(m_place, m_theme, Token::Muted, kit::Theme::Type::Small);
    m_place->setText(total == 0 ? tr("No hits") : tr("%L1 of %L2").arg(at).arg(total));
    m_place->setToolTip({});
    for (QToolButton* button : {m_previous, m_next})
        button->setEnabled(total > 1);
}

void SearchRow::showProblem(const QString& detail)
{
    kit::setTone(m_place, m_theme, Token::Danger, kit::Theme::Type::Small);
    m_place->setText(tr("Not an expression: %1").arg(detail));
    m_place->setToolTip(detail.toHtmlEscaped());
    for (QToolButton* button : {m_previous, m_next})
        button->setEnabled(false);
}

QToolButton* SearchRow::optionOf(int key) const
{
    switch (key) {
    case Qt::Key_C: return m_case;
    case Qt::Key_W: return m_word;
    case Qt::Key_R: return m_regex;
    default: return nullptr;
    }
}

void SearchRow::toggle(int key)
{
    if (QToolButton* button = optionOf(key))
        button->toggle();
}

} // namespace ridealong::consoleview
