// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/fieldform.h"

#include "accountdialogs/words.h"
#include "kit/icons.h"
#include "kit/tone.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using chat::CredentialField;
using kit::Theme;
using kit::Token;
using Kind = chat::CredentialField::Kind;

namespace {

constexpr int kMaxText = 4096; ///< a line that somebody writes by hand; a pasted token is a secret
constexpr int kMaxSecret = 32 * 1024;

QVariant valueOf(const chat::AccountConfig& config, const CredentialField& field)
{
    if (field.key == "user"_L1)
        return config.user;
    if (field.key == "server"_L1)
        return config.server;
    if (field.key == "name"_L1)
        return config.name;
    const QVariant value = config.options.value(field.key);
    if (!value.isValid())
        return field.defaultValue;
    return value.typeId() == QMetaType::QString || value.typeId() == QMetaType::Bool ? value : QVariant(value.toStringList().join(u", "_s));
}

void setValue(chat::AccountConfig& config, const CredentialField& field, const QVariant& value)
{
    if (field.key == "user"_L1)
        config.user = value.toString();
    else if (field.key == "server"_L1)
        config.server = value.toString();
    else if (field.key == "name"_L1)
        config.name = value.toString();
    else if (value.toString().isEmpty() || value == QVariant(field.defaultValue)
        || (field.kind == Kind::Flag && value.toBool() == QVariant(field.defaultValue).toBool()))
        config.options.remove(field.key); // as the backend does it by itself
    else
        config.options.insert(field.key, value);
}

} // namespace

FieldForm::FieldForm(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void FieldForm::setFields(const QString& kind, const QList<CredentialField>& fields, const chat::AccountConfig& config,
    const QStringList& storedSecrets, const chat::Secrets& written)
{
    delete m_content;
    m_fields.clear();
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    QList<CredentialField> all = fields;
    all.append({u"name"_s, Kind::Text, false, {}, {}});
    m_fields.reserve(size_t(all.size()));
    const auto add = [&](bool rare, QWidget* page) {
        for (const CredentialField& declared : std::as_const(all)) {
            if ((fieldWords(kind, declared.key).rare && !declared.required) != rare)
                continue;
            Field& field = m_fields.emplace_back();
            field.field = declared;
            field.rare = rare;
            field.stored = storedSecrets.contains(declared.key);
            addField(field, kind, declared.kind == Kind::Secret ? QVariant(written.value(declared.key)) : valueOf(config, declared), page);
        }
    };
    add(false, m_content); // in the order of Tab: the fold stands between the two
    m_fold = new QToolButton(m_content);
    m_fold->setObjectName(u"moreFields"_s);
    m_fold->setText(tr("More settings"));
    m_fold->setCheckable(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setFocusPolicy(Qt::TabFocus);
    m_more = new QWidget(m_content);
    auto* more = new QVBoxLayout(m_more);
    more->setContentsMargins(0, 0, 0, 0);
    more->setSpacing(12);
    add(true, m_more);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_more);
    column->addStretch(1);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) { fold(!open); });
    fold(true);
}

void FieldForm::addField(Field& field, const QString& kind, const QVariant& value, QWidget* page)
{
    const FieldWords words = fieldWords(kind, field.field.key);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    QWidget* row = makeEditor(field, kind, value);
    field.editor->setObjectName(field.field.key);
    field.editor->setAccessibleName(words.label);
    field.editor->setAccessibleDescription(words.hint);
    if (field.field.kind != Kind::Flag) { // a check box says itself what it is
        auto* label = new QLabel(field.field.required ? words.label : tr("%1 (optional)").arg(words.label), page);
        if (field.rare || field.field.kind == Kind::Choice)
            label->setText(words.label);
        kit::setTone(label, m_theme, Token::Text, Theme::Type::Body, true);
        label->setBuddy(field.editor);
        column->addWidget(label);
    }
    column->addWidget(row);
    if (!words.hint.isEmpty()) {
        auto* hint = new QLabel(words.hint, page);
        hint->setWordWrap(true);
        hint->setTextFormat(Qt::PlainText);
        kit::setTone(hint, m_theme, Token::Muted, Theme::Type::Small);
        column->addWidget(hint);
    }
    field.problem = new QLabel(page);
    field.problem->setWordWrap(true);
    kit::setTone(field.problem, m_theme, Token::Danger, Theme::Type::Small, true);
    field.problem->hide();
    column->addWidget(field.problem);
    static_cast<QVBoxLayout*>(page->layout())->addLayout(column);
}

QLineEdit* FieldForm::makeLine(const QString& text, const QString& placeholder)
{
    auto* line = new QLineEdit(text, m_content);
    line->setMaxLength(kMaxText);
    line->setPlaceholderText(placeholder);
    connect(line, &QLineEdit::textEdited, this, &FieldForm::edited);
    connect(line, &QLineEdit::returnPressed, this, &FieldForm::submitted);
    return line;
}

QWidget* FieldForm::makeEditor(Field& field, const QString& kind, const QVariant& value)
{
    const FieldWords words = fieldWords(kind, field.field.key);
    switch (field.field.kind) {
    case Kind::Secret: return makeSecret(field, value.toString());
    case Kind::File: return makeFile(field, value.toString());
    case Kind::Flag: {
        auto* box = new QCheckBox(words.label, m_content);
        box->setChecked(value.toBool());
        connect(box, &QCheckBox::toggled, this, &FieldForm::edited);
        field.editor = box;
        field.value = [box] { return QVariant(box->isChecked()); };
        return box;
    }
    case Kind::Choice: {
        auto* box = new QComboBox(m_content);
        for (const QString& choice : std::as_const(field.field.choices))
            box->addItem(choiceWord(field.field.key, choice), choice);
        box->setCurrentIndex(std::max(0, box->findData(value.toString(), Qt::UserRole, Qt::MatchFixedString)));
        connect(box, &QComboBox::activated, this, &FieldForm::edited);
        field.editor = box;
        field.value = [box] { return box->currentData(); };
        return box;
    }
    case Kind::Text: break;
    }
    auto* line = makeLine(value.toString(), words.placeholder);
    field.editor = line;
    field.value = [line] { return QVariant(line->text().trimmed()); };
    return line;
}

QWidget* FieldForm::makeSecret(Field& field, const QString& written)
{
    auto* row = new QWidget(m_content);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* line = makeLine(written, field.stored ? tr("Stored in the keychain; write to replace it") : QString());
    line->setMaxLength(kMaxSecret);
    line->setEchoMode(QLineEdit::Password);
    auto* show = new QToolButton(row);
    show->setText(tr("Show"));
    show->setCheckable(true);
    show->setToolTip(tr("Show what is written"));
    show->setFocusPolicy(Qt::TabFocus);
    connect(show, &QToolButton::toggled, line, [line](bool shown) { line->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password); });
    layout->addWidget(line, 1);
    layout->addWidget(show);
    field.editor = line;
    field.value = [line] { return QVariant(line->text()); };
    field.forgotten = [] { return false; };
    if (field.stored) {
        auto* forget = new QToolButton(row);
        forget->setObjectName(u"forget-"_s + field.field.key);
        forget->setText(tr("Forget"));
        forget->setToolTip(tr("Remove the stored one from the keychain"));
        forget->setCheckable(true);
        forget->setFocusPolicy(Qt::TabFocus);
        connect(forget, &QToolButton::toggled, line, [this, line](bool forgotten) {
            line->setEnabled(!forgotten);
            line->clear();
            line->setPlaceholderText(forgotten ? tr("Will be removed from the keychain") : tr("Stored in the keychain; write to replace it"));
            emit edited();
        });
        layout->addWidget(forget);
        field.forgotten = [forget] { return forget->isChecked(); };
    }
    return row;
}

QWidget* FieldForm::makeFile(Field& field, const QString& value)
{
    auto* row = new QWidget(m_content);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* line = makeLine(value, {});
    auto* browse = new QToolButton(row);
    browse->setText(tr("Choose …"));
    browse->setFocusPolicy(Qt::TabFocus);
    connect(browse, &QToolButton::clicked, line, [this, line] {
        auto* dialog = new QFileDialog(this, tr("Choose a file"), QFileInfo(line->text()).absolutePath());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, line, [this, line](const QString& file) {
            line->setText(file);
            emit edited();
        });
        dialog->open();
    });
    layout->addWidget(line, 1);
    layout->addWidget(browse);
    field.editor = line;
    field.value = [line] { return QVariant(line->text().trimmed()); };
    return row;
}

void FieldForm::fold(bool folded)
{
    m_more->setVisible(!folded);
    m_fold->setChecked(!folded);
    m_fold->setIcon(kit::icon(folded ? u"chevron-right"_s : u"chevron-down"_s, m_theme));
}

bool FieldForm::isFolded() const { return m_more && m_more->isHidden(); }

chat::AccountConfig FieldForm::applied(chat::AccountConfig config) const
{
    for (const Field& field : m_fields)
        if (field.field.kind != Kind::Secret)
            setValue(config, field.field, field.value());
    return config;
}

chat::Secrets FieldForm::secrets() const
{
    chat::Secrets secrets;
    for (const Field& field : m_fields) {
        if (field.field.kind != Kind::Secret)
            continue;
        const QString text = field.value().toString();
        if (!text.isEmpty() || field.forgotten())
            secrets.insert(field.field.key, text);
    }
    return secrets;
}

bool FieldForm::check()
{
    const Field* first = nullptr;
    for (const Field& field : m_fields) {
        const bool isFile = field.field.kind == Kind::File;
        const QString text = field.value().toString();
        const bool missing = field.field.required && text.isEmpty() && (!field.stored || field.forgotten());
        const bool noFile = isFile && !text.isEmpty() && field.field.key != "server"_L1 && !QFileInfo(text).isFile();
        field.problem->setText(missing ? tr("This is needed.") : noFile ? tr("There is no such file.") : QString());
        field.problem->setVisible(missing || noFile);
        if (!first && (missing || noFile))
            first = &field;
    }
    if (first)
        focusField(first->field.key);
    return !first;
}

void FieldForm::focusFirst()
{
    for (const Field& field : m_fields)
        if (!field.rare && (field.field.kind == Kind::Text || field.field.kind == Kind::Secret) && field.value().toString().isEmpty()
            && !field.stored)
            return focusField(field.field.key);
    if (!m_fields.empty())
        m_fields.front().editor->setFocus(Qt::OtherFocusReason);
}

void FieldForm::focusField(const QString& key)
{
    for (const Field& field : m_fields)
        if (field.field.key == key) {
            if (field.rare)
                fold(false);
            field.editor->setFocus(Qt::OtherFocusReason);
            if (auto* line = qobject_cast<QLineEdit*>(field.editor))
                line->selectAll();
        }
}

QWidget* FieldForm::editor(const QString& key) const
{
    for (const Field& field : m_fields)
        if (field.field.key == key)
            return field.editor;
    return nullptr;
}

QString FieldForm::problem(const QString& key) const
{
    for (const Field& field : m_fields)
        if (field.field.key == key)
            return field.problem->text();
    return {};
}

} // namespace ridealong::accountdialogs
