// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "paletteview/argumentform.h"

#include "kit/theme.h"
#include "kit/tone.h"
#include "paletteview/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::paletteview {

using chat::ArgumentType;
using kit::Token;
using palette::Problem;

namespace {

/// A spin box that can be empty: no value is not the same as its minimum.
class NumberField : public QSpinBox
{
public:
    explicit NumberField(QWidget* parent) : QSpinBox(parent)
    {
        setButtonSymbols(QAbstractSpinBox::NoButtons); // Up and Down keys and the wheel do it
        setRange(INT_MIN, INT_MAX);
    }
    std::optional<qint64> low, high;
    qint64 start = 0;

    QValidator::State validate(QString&, int&) const override { return QValidator::Acceptable; } // what is wrong is told in words
    void stepBy(int steps) override
    {
        bool ok = false;
        const qint64 now = lineEdit()->text().trimmed().toLongLong(&ok);
        qint64 next = ok ? now + steps : start;
        if (low)
            next = std::max(next, *low);
        if (high)
            next = std::min(next, *high);
        lineEdit()->setText(QString::number(next));
        lineEdit()->selectAll();
    }
    void fixup(QString&) const override {}
    QLineEdit* line() const { return lineEdit(); }

protected:
    StepEnabled stepEnabled() const override { return StepUpEnabled | StepDownEnabled; }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); } // a number must not change because somebody scrolls past
    QString textFromValue(int) const override { return lineEdit()->text(); }
    int valueFromText(const QString&) const override { return value(); }
};

constexpr int kMaxChoicesShown = 500;
constexpr int kMaxChoicesHinted = 12;

} // namespace

ArgumentForm::ArgumentForm(kit::Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void ArgumentForm::setSpec(const chat::CommandSpec& spec)
{
    delete m_content;
    m_fields.clear();
    m_values.clear();
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, 112);
    grid->setColumnStretch(1, 1);
    m_fields.reserve(size_t(spec.arguments.size()));
    for (const auto& argument : spec.arguments) {
        m_fields.push_back({argument, nullptr, nullptr, {}, false});
        auto& field = m_fields.back();
        const int row = int(m_fields.size() - 1) * 2;
        auto* label = new QLabel(argument.name.left(40).replace(u'&', u"&&"_s), m_content);
        label->setTextFormat(Qt::PlainText);
        label->setToolTip(argument.help.left(500).toHtmlEscaped());
        kit::setTone(label, m_theme, Token::Muted);
        auto* editor = makeEditor(field);
        label->setBuddy(field.editor);
        field.editor->setAccessibleName(argument.required ? tr("%1, needed").arg(argument.name) : argument.name);
        field.editor->setAccessibleDescription(argument.help.left(500));
        field.hint = new QLabel(m_content);
        field.hint->setTextFormat(Qt::PlainText);
        field.hint->setWordWrap(true);
        field.hint->hide();
        grid->addWidget(label, row, 0, Qt::AlignVCenter);
        grid->addWidget(editor, row, 1);
        grid->addWidget(field.hint, row + 1, 1);
    }
    m_content->show();
}

QWidget* ArgumentForm::makeEditor(Field& field)
{
    const auto& argument = field.argument;
    const QString name = argument.name;
    const QString range = rangeText(argument);
    const QString choices = argument.choices.mid(0, kMaxChoicesHinted).join(u"  "_s);
    const auto hint = !choices.isEmpty() ? choices
        : argument.help.isEmpty()        ? range
        : range.isEmpty()                ? argument.help.left(120).simplified()
                                         : range + u" · "_s + argument.help.left(120).simplified();
    QLineEdit* line = nullptr;
    QWidget* outer = nullptr;
    switch (argument.type) {
    case ArgumentType::Flag: {
        auto* box = new QCheckBox(argument.help.isEmpty() ? argument.option : argument.help.left(120).simplified(), m_content);
        connect(box, &QCheckBox::toggled, this, [this, name](bool on) { set(name, on ? u"true"_s : QString()); });
        field.show = [box](const QString& value) { box->setChecked(value == "true"_L1); };
        field.editor = box;
        box->installEventFilter(this);
        return box;
    }
    case ArgumentType::Choice: {
        auto* combo = new QComboBox(m_content);
        combo->setEditable(true); // a list may be out of date; what is not in it is told as a problem
        combo->setInsertPolicy(QComboBox::NoInsert);
        combo->addItems(argument.choices.mid(0, kMaxChoicesShown));
        combo->setCurrentIndex(-1);
        combo->setCompleter(nullptr); // nothing gets into a command that was not typed or picked
        line = combo->lineEdit();
        outer = combo;
        break;
    }
    case ArgumentType::Integer: {
        auto* number = new NumberField(m_content);
        number->low = argument.minimum;
        number->high = argument.maximum;
        number->start = argument.defaultValue.isEmpty() ? argument.minimum.value_or(0) : argument.defaultValue.toLongLong();
        number->line()->clear();
        line = number->line();
        outer = number;
        break;
    }
    case ArgumentType::Path: {
        auto* row = new QWidget(m_content);
        line = new QLineEdit(row);
        auto* browse = new QToolButton(row);
        browse->setFocusPolicy(Qt::ClickFocus); // Tab goes from field to field
        browse->setText(u"…"_s);
        browse->setToolTip(tr("Browse"));
        browse->setAccessibleName(tr("Browse for %1").arg(name));
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        layout->addWidget(line, 1);
        layout->addWidget(browse);
        connect(browse, &QToolButton::clicked, line, [line] {
            auto* dialog = new QFileDialog(line->window(), line->accessibleName(), line->text());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
            dialog->open();
        });
        outer = row;
        break;
    }
    case ArgumentType::Text:
    case ArgumentType::Number:
    case ArgumentType::User:
    case ArgumentType::Room:
        line = new QLineEdit(m_content);
        outer = line;
        break;
    }
    line->setPlaceholderText(hint);
    line->setMaxLength(8192);
    kit::setMonoTone(line, m_theme, Token::Text);
    line->installEventFilter(this);
    if (outer != line && line->parentWidget() == outer && argument.type != ArgumentType::Path) // the frame is the outer one's
        line->setFrame(false);
    if (outer != line)
        outer->installEventFilter(this);
    connect(line, &QLineEdit::textChanged, this, [this, name](const QString& text) { set(name, text); });
    field.show = [line](const QString& value) {
        // Never fight the caret: only a value that differs is shown.
        if (line->text() != value)
            line->setText(value);
    };
    field.editor = outer->focusPolicy() == Qt::NoFocus ? line : outer;
    return outer;
}

void ArgumentForm::set(const QString& name, const QString& value)
{
    if (value.isEmpty())
        m_values.remove(name);
    else
        m_values[name] = value;
    if (m_showing)
        return;
    for (auto& field : m_fields)
        if (field.argument.name == name)
            field.touched = true;
    emit edited();
}

void ArgumentForm::setValues(const palette::Values& values)
{
    m_showing = true;
    for (auto& field : m_fields)
        field.show(values.value(field.argument.name));
    m_showing = false;
    m_values = values;
}

void ArgumentForm::setProblems(const QList<Problem>& problems)
{
    for (auto& field : m_fields) {
        QString text;
        for (const auto& problem : problems)
            if (problem.argument == field.argument.name && (problem.kind != Problem::Kind::Missing || field.touched))
                text = problemText(problem);
        kit::setTone(field.hint, m_theme, Token::Danger, kit::Theme::Type::Small);
        field.hint->setText(text);
        field.hint->setVisible(!text.isEmpty());
    }
}

void ArgumentForm::focusFirst()
{
    for (auto& field : m_fields)
        field.touched = true;
    for (const auto& field : m_fields)
        if (field.argument.required && m_values.value(field.argument.name).isEmpty()) {
            field.editor->setFocus(Qt::TabFocusReason);
            return;
        }
    if (!m_fields.empty())
        m_fields.front().editor->setFocus(Qt::TabFocusReason);
}

QWidget* ArgumentForm::field(const QString& argument) const
{
    for (const auto& field : m_fields)
        if (field.argument.name == argument)
            return field.editor;
    return nullptr;
}

bool ArgumentForm::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !(key->modifiers() & Qt::ControlModifier)) {
            emit submitted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ridealong::paletteview
