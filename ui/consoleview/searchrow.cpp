// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/searchrow.h"

#include "kit/tone.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
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
      m_only(new QToolButton(this)),
      m_around(new QToolButton(this)),
      m_level(new QToolButton(this)),
      m_arounds(new QActionGroup(this)),
      m_levels(new QActionGroup(this)),
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
        connect(button, &QToolButton::toggled, this, [this] {
            m_around->setVisible(m_only->isChecked());
            fit();
            emit optionsChanged();
        });
    };
    option(m_case, u"searchCase"_s, u"Aa"_s, tr("Match case"), u"Alt+C"_s);
    option(m_word, u"searchWord"_s, u"|ab|"_s, tr("Whole words"), u"Alt+W"_s);
    option(m_regex, u"searchRegex"_s, u".*"_s, tr("Regular expression"), u"Alt+R"_s);
    option(m_only, u"searchOnly"_s, tr("Filter"), tr("Only lines that match"), u"Alt+L"_s);
    makeChoices();
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
    for (QToolButton* button : {m_case, m_word, m_regex, m_only, m_around, m_level})
        row->addWidget(button);
    row->addWidget(m_place, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
}

void SearchRow::makeChoices()
{
    const auto choose = [this](QToolButton* button, QActionGroup* group, const QString& name, const QString& words) {
        button->setObjectName(name);
        button->setAccessibleName(words);
        button->setToolTip(words);
        button->setMenu(new QMenu(button));
        button->setPopupMode(QToolButton::InstantPopup);
        button->setFocusPolicy(Qt::TabFocus);
        connect(group, &QActionGroup::triggered, this, [this, button](QAction* action) {
            button->setText(action->iconText());
            fit();
            emit optionsChanged();
        });
    };
    const auto add = [](QToolButton* button, QActionGroup* group, const QString& text, const QString& shown, int value) {
        QAction* action = button->menu()->addAction(text);
        action->setIconText(shown);
        action->setCheckable(true);
        action->setData(value);
        group->addAction(action);
        if (group->actions().size() == 1) {
            action->setChecked(true);
            button->setText(shown);
        }
    };
    choose(m_around, m_arounds, u"searchAround"_s, tr("Lines around those that match"));
    for (const int lines : {0, 1, 3, 10})
        add(m_around, m_arounds, tr("%n line(s) around", nullptr, lines), u"±%1"_s.arg(lines), lines);
    m_around->hide();
    choose(m_level, m_levels, u"searchLevel"_s, tr("Least level of a line"));
    using console::Level;
    add(m_level, m_levels, tr("All levels"), tr("All levels"), int(Level::None));
    add(m_level, m_levels, tr("Information and above"), tr("Info"), int(Level::Info));
    add(m_level, m_levels, tr("Warnings and errors"), tr("Warnings"), int(Level::Warning));
    add(m_level, m_levels, tr("Errors"), tr("Errors"), int(Level::Error));
}

console::Console::SearchQuery SearchRow::query(const QString& pattern) const
{
    return {.pattern = pattern,
        .regex = m_regex->isChecked(),
        .ignoreCase = !m_case->isChecked(),
        .wholeWord = m_word->isChecked(),
        .least = console::Level(m_levels->checkedAction()->data().toInt())};
}

std::optional<console::Console::LineFilter> SearchRow::filter(const QString& pattern) const
{
    const bool isPattern = m_only->isChecked() && !pattern.isEmpty();
    if (!isPattern && !hasLevel())
        return std::nullopt;
    return console::Console::LineFilter{query(isPattern ? pattern : QString()), isPattern ? m_arounds->checkedAction()->data().toInt() : 0};
}

bool SearchRow::hasLevel() const { return m_levels->checkedAction() != m_levels->actions().constFirst(); }

void SearchRow::resetLevel()
{
    m_levels->actions().constFirst()->setChecked(true);
    m_level->setText(m_levels->checkedAction()->iconText());
}

void SearchRow::showPlace(qint64 at, qint64 total)
{
    kit::setTone(m_place, m_theme, Token::Muted, kit::Theme::Type::Small);
    m_place->setText(at < 0 ? QString()
            : total == 0    ? tr("No hits")
            : at == 0       ? tr("%Ln hit(s)", nullptr, int(total))
                            : tr("%L1 of %L2").arg(at).arg(total));
    m_place->setToolTip({});
    for (QToolButton* button : {m_previous, m_next})
        button->setEnabled(total > 1 || (total == 1 && at == 0));
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
    case Qt::Key_L: return m_only;
    default: return nullptr;
    }
}

/// Where room is short, what has a key goes first, unless it is chosen.
void SearchRow::fit()
{
    const QMargins margins = layout()->contentsMargins();
    int left = width() - margins.left() - margins.right();
    const auto take = [this, &left](QToolButton* button) {
        const int need = button->sizeHint().width() + layout()->spacing();
        left -= need;
        return need;
    };
    take(m_level);
    take(m_only);
    if (m_only->isChecked())
        take(m_around);
    QToolButton* const byKey[]{m_regex, m_case, m_word, m_next, m_previous};
    for (QToolButton* button : byKey)
        if (button->isChecked())
            take(button);
    bool isRoom = true;
    for (QToolButton* button : byKey) {
        if (button->isChecked())
            continue;
        const int need = take(button);
        isRoom = isRoom && left >= 0;
        button->setVisible(isRoom);
        left += isRoom ? 0 : need;
    }
}

void SearchRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void SearchRow::toggle(int key)
{
    if (QToolButton* button = optionOf(key))
        button->toggle();
}

} // namespace ridealong::consoleview
