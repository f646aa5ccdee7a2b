// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/formview.h"

#include "formview/fieldeditor.h"
#include "formview/words.h"
#include "kit/tone.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace ridealong::formview {

using namespace Qt::StringLiterals;
using kit::Theme;
using kit::Token;
using Kind = chat::FormField::Kind;

namespace {

QLabel* makeLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1); // one long word must not make the whole page wider than what is seen of it
    return label;
}

void letSelect(QLabel* label)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
}

} // namespace

FormView::FormView(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void FormView::setForm(const chat::Form& form)
{
    delete m_content;
    m_fields.clear();
    m_form = form;
    m_wasChecked = false;
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    if (!form.title.isEmpty())
        kit::setTone(addText(column, safeText(form.title).simplified()), m_theme, Token::Text, Theme::Type::Header, true);
    if (!form.instructions.isEmpty())
        kit::setTone(addText(column, safeText(form.instructions)), m_theme, Token::Muted);
    QGridLayout* grid = nullptr; // of the answers of a result that follow each other
    m_fields.reserve(size_t(form.fields.size()));
    for (const chat::FormField& field : form.fields) {
        if (field.kind == Kind::Hidden)
            continue;
        if (field.kind == Kind::Fixed) {
            grid = nullptr;
            addFixed(column, field);
        } else if (form.isResult) {
            if (!grid) {
                grid = new QGridLayout;
                grid->setHorizontalSpacing(16);
                grid->setVerticalSpacing(8);
                grid->setColumnStretch(0, 2);
                grid->setColumnStretch(1, 3);
                column->addLayout(grid);
            }
            addAnswer(grid, field);
        } else {
            addQuestion(column, field);
        }
    }
    m_content->show();
}

QLabel* FormView::addText(QVBoxLayout* column, const QString& text)
{
    QLabel* label = makeLabel(text, m_content);
    letSelect(label);
    column->addWidget(label);
    return label;
}

void FormView::addFixed(QVBoxLayout* column, const chat::FormField& field)
{
    auto* section = new QVBoxLayout;
    section->setSpacing(4);
    if (!field.label.isEmpty())
        kit::setTone(addText(section, labelOf(field)), m_theme, Token::Text, Theme::Type::Body, true);
    if (!field.values.isEmpty())
        kit::setTone(addText(section, safeText(field.values.join(u'\n'))), m_theme, Token::Text);
    column->addLayout(section);
}

void FormView::addAnswer(QGridLayout* grid, const chat::FormField& field)
{
    const int row = grid->rowCount();
    QLabel* name = makeLabel(labelOf(field), m_content);
    kit::setTone(name, m_theme, Token::Muted);
    const QString said = answerText(field);
    QLabel* answer = makeLabel(said.isEmpty() ? u"–"_s : said, m_content);
    letSelect(answer);
    answer->setAccessibleName(labelOf(field));
    answer->setAccessibleDescription(said);
    kit::setTone(answer, m_theme, Token::Text);
    grid->addWidget(name, row, 0, Qt::AlignTop);
    grid->addWidget(answer, row, 1, Qt::AlignTop);
}

void FormView::addQuestion(QVBoxLayout* column, const chat::FormField& asked)
{
    Field& field = m_fields.emplace_back();
    field.field = asked;
    field.editor = new FieldEditor(asked, m_theme, m_content);
    field.editor->input()->setObjectName(asked.key);
    auto* section = new QVBoxLayout;
    section->setSpacing(4);
    if (!field.editor->saysItsLabel()) {
        auto* label = makeLabel(labelOf(asked), m_content);
        kit::setTone(label, m_theme, Token::Text, Theme::Type::Body, true);
        auto* head = new QHBoxLayout;
        head->setSpacing(8);
        head->addWidget(label, 1);
        if (asked.required) {
            auto* needed = new QLabel(tr("needed"), m_content);
            kit::setTone(needed, m_theme, Token::Muted, Theme::Type::Small);
            head->addWidget(needed, 0, Qt::AlignBottom);
        }
        section->addLayout(head);
    }
    section->addWidget(field.editor);
    QStringList hints{safeText(asked.description).trimmed(), ruleText(asked)};
    hints.removeAll(QString());
    if (!hints.isEmpty()) {
        QLabel* hint = makeLabel(hints.join(u'\n'), m_content);
        kit::setTone(hint, m_theme, Token::Muted, Theme::Type::Small);
        section->addWidget(hint);
    }
    field.problem = makeLabel({}, m_content);
    kit::setTone(field.problem, m_theme, Token::Danger, Theme::Type::Small, true);
    field.problem->hide();
    section->addWidget(field.problem);
    column->addLayout(section);
    describe(field);
    connect(field.editor, &FieldEditor::edited, this, [this] {
        if (m_wasChecked)
            look();
        emit edited();
    });
}

/// For those who hear the form: the label, whether it is needed, what is wrong, what it is for.
void FormView::describe(const Field& field) const
{
    QWidget* input = field.editor->input();
    input->setAccessibleName(field.field.required ? tr("%1, needed").arg(labelOf(field.field)) : labelOf(field.field));
    QStringList all{field.problem->text(), safeText(field.field.description).simplified(), ruleText(field.field)};
    all.removeAll(QString());
    input->setAccessibleDescription(all.join(u' '));
}

chat::FormValues FormView::values() const
{
    chat::FormValues values = chat::valuesOf(m_form);
    for (const Field& field : m_fields)
        values[field.field.key] = field.editor->values();
    return values;
}

bool FormView::isChanged() const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [](const Field& field) { return field.editor->values() != field.field.values; });
}

void FormView::look()
{
    const QList<chat::FormProblem> problems = chat::validate(m_form, values());
    for (const Field& field : m_fields) {
        QString text;
        for (const chat::FormProblem& problem : problems)
            if (problem.key == field.field.key)
                text = problemText(problem);
        if (text == field.problem->text())
            continue;
        field.problem->setText(text);
        field.problem->setVisible(!text.isEmpty());
        describe(field);
    }
}

bool FormView::check()
{
    m_wasChecked = true;
    look();
    const auto wrong = std::find_if(m_fields.begin(), m_fields.end(), [](const Field& field) { return !field.problem->text().isEmpty(); });
    if (wrong == m_fields.end())
        return true;
    QWidget* input = wrong->editor->input();
    input->setFocus(Qt::OtherFocusReason);
    reveal(wrong->problem);
    reveal(input);
    if (auto* line = qobject_cast<QLineEdit*>(input))
        line->selectAll();
    return false;
}

/// Scrolls the area that the form is in, if it is in one. The layout has to know first of what has just come into sight.
void FormView::reveal(QWidget* part)
{
    QTimer::singleShot(0, part, [part] {
        for (QWidget* outer = part->parentWidget(); outer; outer = outer->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(outer))
                return area->ensureWidgetVisible(part, 0, 40);
    });
}

void FormView::focusFirst()
{
    if (m_fields.empty())
        return;
    const auto empty
        = std::find_if(m_fields.begin(), m_fields.end(), [](const Field& field) { return field.field.required && field.editor->values().isEmpty(); });
    (empty == m_fields.end() ? m_fields.front() : *empty).editor->input()->setFocus(Qt::OtherFocusReason);
}

QWidget* FormView::input(const QString& key) const
{
    const auto field = std::find_if(m_fields.begin(), m_fields.end(), [&key](const Field& known) { return known.field.key == key; });
    return field == m_fields.end() ? nullptr : field->editor->input();
}

QString FormView::problem(const QString& key) const
{
    const auto field = std::find_if(m_fields.begin(), m_fields.end(), [&key](const Field& known) { return known.field.key == key; });
    return field == m_fields.end() ? QString() : field->problem->text();
}

} // namespace ridealong::formview
