// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// The fields that a backend declares, as a form: what everybody fills in on top, the rest folded under "More".
class FieldForm : public QWidget
{
    Q_OBJECT
public:
    explicit FieldForm(kit::Theme& theme, QWidget* parent = nullptr);

    /// Draws the fields of that kind of server and fills them from `config`. `storedSecrets` have one in the keychain already;
    /// `written` are put back where somebody had written them.
    void setFields(const QString& kind, const QList<chat::CredentialField>& fields, const chat::AccountConfig& config,
        const QStringList& storedSecrets, const chat::Secrets& written = {});

    /// `config` with what is written here; keys that have no field stay as they are.
    chat::AccountConfig applied(chat::AccountConfig config) const;
    /// What is new: a secret that was written, and an empty one for each that is to be forgotten.
    chat::Secrets secrets() const;

    /// Marks what is missing and puts the cursor there. True when nothing is.
    bool check();
    /// The first field that is empty and asks for something, else the first one.
    void focusFirst();
    void focusField(const QString& key);
    QWidget* editor(const QString& key) const; ///< null when there is none
    bool isFolded() const;
    QString problem(const QString& key) const; ///< as shown; empty: none

signals:
    void edited(); ///< by the user
    void submitted(); ///< Enter in a line

private:
    struct Field
    {
        chat::CredentialField field;
        QWidget* editor = nullptr; ///< takes the focus
        QLabel* problem = nullptr;
        std::function<QVariant()> value;
        bool rare = false;
        bool stored = false; ///< a secret that is in the keychain
        std::function<bool()> forgotten;
    };

    QWidget* makeEditor(Field& field, const QString& kind, const QVariant& value);
    QLineEdit* makeLine(const QString& text, const QString& placeholder);
    QWidget* makeSecret(Field& field, const QString& written);
    QWidget* makeFile(Field& field, const QString& value);
    void addField(Field& field, const QString& kind, const QVariant& value, QWidget* page);
    void fold(bool folded);

    kit::Theme& m_theme;
    std::vector<Field> m_fields;
    QWidget* m_content = nullptr;
    QWidget* m_more = nullptr;
    QToolButton* m_fold = nullptr;
};

} // namespace ridealong::accountdialogs
