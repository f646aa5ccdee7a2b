// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/fieldeditor.h"

#include "formview/words.h"
#include "kit/tone.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace ridealong::formview {

using namespace Qt::StringLiterals;
using kit::Theme;
using kit::Token;
using Kind = chat::FormField::Kind;

namespace {

constexpr int kMaxLineChars = 16 * 1024;
constexpr int kLinesShown = 4;
constexpr int kChoicesShown = 8;
constexpr int kInset = 12; ///< what frame and padding take of the height of an input
constexpr int kChoicePadding = 8; ///< of one row of a list, both sides

/// A page of a form is scrolled by the wheel; what is chosen must not change under it.
class CalmComboBox final : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

QStringList without(const QString& nothing, QStringList values)
{
    values.removeAll(nothing);
    return values;
}

} // namespace

FieldEditor::FieldEditor(const chat::FormField& field, Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    switch (field.kind) {
    case Kind::MultiLine: makeLines(field.values); break;
    case Kind::Addresses:
        makeLines(field.values);
        m_values = [lines = m_values] {
            QStringList addresses;
            for (const QString& line : lines())
                addresses << line.trimmed();
            return without({}, addresses);
        };
        break;
    case Kind::Boolean: makeCheckBox(field); break;
    case Kind::Choice:
        if (field.isOpen)
            makeOpenChoice(field);
        else
            makeChoice(field);
        break;
    case Kind::MultiChoice: makeManyChoices(field); break;
    case Kind::Secret: makeLine(field, true); break;
    case Kind::Text:
    case Kind::Address:
    case Kind::Fixed:
    case Kind::Hidden: makeLine(field, false); break;
    }
    setFocusProxy(m_input);
}

void FieldEditor::place(QWidget* input)
{
    m_input = input;
    static_cast<QHBoxLayout*>(layout())->addWidget(input, 1);
}

void FieldEditor::makeLine(const chat::FormField& field, bool isSecret)
{
    auto* line = new QLineEdit(field.values.value(0), this);
    line->setMaxLength(kMaxLineChars);
    kit::setTone(line, m_theme, Token::Text);
    connect(line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    place(line);
    const bool isTrimmed = !isSecret && (field.kind == Kind::Address || field.rule.type != chat::FormRule::Type::Any);
    m_values = [line, isTrimmed] { return without({}, {isTrimmed ? line->text().trimmed() : line->text()}); };
    if (!isSecret)
        return;
    line->setEchoMode(QLineEdit::Password);
    auto* show = new QToolButton(this);
    show->setText(tr("Show"));
    show->setToolTip(tr("Show what is written"));
    show->setAccessibleName(tr("Show what is written in %1").arg(labelOf(field)));
    show->setCheckable(true);
    show->setFocusPolicy(Qt::TabFocus);
    connect(show, &QToolButton::toggled, line, [line](bool shown) { line->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    layout()->addWidget(show);
}

void FieldEditor::makeLines(const QStringList& lines)
{
    auto* text = new QPlainTextEdit(this);
    text->setProperty("input", true);
    text->setPlainText(lines.join(u'\n'));
    text->setTabChangesFocus(true);
    kit::setTone(text, m_theme, Token::Text);
    const auto fit = [text] { text->setFixedHeight(QFontMetrics(text->font()).lineSpacing() * kLinesShown + 2 * kInset); };
    connect(&m_theme, &Theme::changed, text, fit);
    fit();
    connect(text, &QPlainTextEdit::textChanged, this, &FieldEditor::edited);
    place(text);
    m_values = [text] {
        QStringList written = text->toPlainText().split(u'\n');
        while (!written.isEmpty() && written.last().isEmpty())
            written.removeLast();
        return written;
    };
}

void FieldEditor::makeCheckBox(const chat::FormField& field)
{
    auto* box = new QCheckBox(this);
    box->setChecked(field.values.value(0) == "true"_L1);
    connect(box, &QCheckBox::toggled, this, &FieldEditor::edited);
    auto* caption = new QLabel(labelOf(field), this); // unlike a check box's own text it wraps
    caption->setTextFormat(Qt::PlainText);
    caption->setWordWrap(true);
    caption->installEventFilter(this);
    kit::setTone(caption, m_theme, Token::Text);
    m_input = box;
    m_caption = caption;
    m_saysItsLabel = true;
    auto* row = static_cast<QHBoxLayout*>(layout());
    row->addWidget(box, 0, Qt::AlignTop);
    row->addWidget(caption, 1, Qt::AlignTop);
    m_values = [box] { return QStringList{box->isChecked() ? u"true"_s : u"false"_s}; };
}

void FieldEditor::makeChoice(const chat::FormField& field)
{
    auto* box = new CalmComboBox(this);
    kit::setTone(box, m_theme, Token::Text);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // a long option must not make the window wide
    box->setMinimumContentsLength(12);
    if (!field.required)
        box->addItem(tr("No choice"), QString());
    for (const chat::FormOption& option : field.options)
        box->addItem(labelOf(option), option.value);
    const int chosen = field.values.isEmpty() ? -1 : box->findData(field.values.first(), Qt::UserRole, Qt::MatchExactly | Qt::MatchCaseSensitive);
    box->setCurrentIndex(chosen < 0 && !field.required ? 0 : chosen);
    box->setPlaceholderText(tr("Choose …"));
    connect(box, &QComboBox::activated, this, &FieldEditor::edited);
    place(box);
    m_values = [box] { return without({}, {box->currentData().toString()}); };
}

void FieldEditor::makeOpenChoice(const chat::FormField& field)
{
    auto* box = new CalmComboBox(this);
    kit::setTone(box, m_theme, Token::Text);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setCompleter(nullptr); // nothing is answered that was not written or picked
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const chat::FormOption& option : field.options)
        box->addItem(labelOf(option), option.value);
    const int chosen = field.values.isEmpty() ? -1 : box->findData(field.values.first(), Qt::UserRole, Qt::MatchExactly | Qt::MatchCaseSensitive);
    box->setCurrentIndex(chosen);
    if (chosen < 0)
        box->setEditText(field.values.value(0));
    QLineEdit* line = box->lineEdit();
    line->setMaxLength(kMaxLineChars);
    line->setPlaceholderText(tr("Choose, or write another one"));
    line->setFrame(false); // the frame is the box's
    connect(box, &QComboBox::editTextChanged, this, &FieldEditor::edited);
    place(box);
    m_values = [box] {
        const int row = box->findText(box->currentText(), Qt::MatchExactly | Qt::MatchCaseSensitive);
        return without({}, {row < 0 ? box->currentText().trimmed() : box->itemData(row).toString()});
    };
}

void FieldEditor::makeManyChoices(const chat::FormField& field)
{
    auto* list = new QListWidget(this);
    list->setProperty("input", true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTextElideMode(Qt::ElideRight);
    list->setTabKeyNavigation(false);
    kit::setTone(list, m_theme, Token::Text);
    QStringList others = field.values; // of an open one
    for (const chat::FormOption& option : field.options) {
        auto* item = new QListWidgetItem(labelOf(option), list);
        item->setToolTip(labelOf(option).toHtmlEscaped());
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(field.values.contains(option.value) ? Qt::Checked : Qt::Unchecked);
        item->setData(Qt::UserRole, option.value);
        others.removeAll(option.value);
    }
    list->setCurrentRow(0);
    list->clearSelection();
    const auto fit = [list] {
        const int shown = std::min(kChoicesShown, list->count());
        list->setFixedHeight((QFontMetrics(list->font()).height() + kChoicePadding) * shown + kInset);
    };
    connect(&m_theme, &Theme::changed, list, fit);
    fit();
    connect(list, &QListWidget::itemChanged, this, &FieldEditor::edited);
    // A click on the words is one on the box; that on the box itself has changed it by then.
    const auto changed = std::make_shared<const QListWidgetItem*>(nullptr);
    connect(list, &QListWidget::itemPressed, this, [changed] { *changed = nullptr; });
    connect(list, &QListWidget::itemChanged, this, [changed](const QListWidgetItem* item) { *changed = item; });
    connect(list, &QListWidget::itemClicked, this, [changed](QListWidgetItem* item) {
        if (*changed != item)
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    place(list);
    m_values = [list] {
        QStringList chosen;
        for (int row = 0; row < list->count(); ++row)
            if (list->item(row)->checkState() == Qt::Checked)
                chosen << list->item(row)->data(Qt::UserRole).toString();
        return chosen;
    };
    if (!field.isOpen)
        return;
    auto* more = new QLineEdit(others.join(u", "_s), this);
    more->setMaxLength(kMaxLineChars);
    more->setPlaceholderText(tr("Others, with commas between them"));
    more->setAccessibleName(tr("Others for %1, with commas between them").arg(labelOf(field)));
    connect(more, &QLineEdit::textEdited, this, &FieldEditor::edited);
    layout()->removeWidget(list);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    column->addWidget(list);
    column->addWidget(more);
    static_cast<QHBoxLayout*>(layout())->addLayout(column, 1);
    m_values = [chosen = m_values, more] {
        QStringList all = chosen();
        for (const QString& other : more->text().split(u','))
            if (!other.trimmed().isEmpty())
                all << other.trimmed();
        all.removeDuplicates();
        return all;
    };
}

bool FieldEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_caption && event->type() == QEvent::MouseButtonRelease && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton
        && m_input->isEnabled()) {
        static_cast<QCheckBox*>(m_input)->toggle();
        m_input->setFocus(Qt::MouseFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ridealong::formview
