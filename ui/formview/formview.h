// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/form.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::formview {

class FieldEditor;

/// A form that somebody asks: every field with what it is for and what is wrong with its answer, or, of a result, with what it says. As long
/// as the form is: put it into kit::scrolledPage().
class FormView : public QWidget
{
    Q_OBJECT
public:
    explicit FormView(kit::Theme& theme, QWidget* parent = nullptr);

    void setForm(const chat::Form& form); ///< filled in as the form is
    const chat::Form& form() const { return m_form; }
    chat::FormValues values() const; ///< of all fields that are answered, hidden ones too
    bool isChanged() const; ///< somebody answered otherwise than it was filled in

    /// Marks what is wrong and puts the cursor there. True when nothing is.
    bool check();
    void focusFirst(); ///< the first field that is needed and empty, else the first one; nothing when there is none
    QWidget* input(const QString& key) const; ///< null when there is none
    QString problem(const QString& key) const; ///< as shown; empty: none

signals:
    void edited(); ///< by the user

private:
    struct Field
    {
        chat::FormField field;
        FieldEditor* editor = nullptr;
        QLabel* problem = nullptr;
    };

    QLabel* addText(QVBoxLayout* column, const QString& text);
    void addQuestion(QVBoxLayout* column, const chat::FormField& field);
    void addFixed(QVBoxLayout* column, const chat::FormField& field);
    void addAnswer(QGridLayout* grid, const chat::FormField& field);
    void look(); ///< at all answers
    void describe(const Field& field) const;
    static void reveal(QWidget* part);

    kit::Theme& m_theme;
    chat::Form m_form;
    std::vector<Field> m_fields;
    QWidget* m_content = nullptr;
    bool m_wasChecked = false; ///< what is wrong is told from then on while somebody writes, not before
};

} // namespace ridealong::formview
