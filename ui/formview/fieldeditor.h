// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/form.h"

#include <QWidget>

#include <functional>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::formview {

/// What one field is answered with: a line, lines, a check box, a list to choose from. Filled in with the field's values.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    FieldEditor(const chat::FormField& field, kit::Theme& theme, QWidget* parent = nullptr);

    QStringList values() const { return m_values(); }
    QWidget* input() const { return m_input; } ///< takes the focus
    bool saysItsLabel() const { return m_saysItsLabel; } ///< a check box stands beside what it is about

signals:
    void edited(); ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeLine(const chat::FormField& field, bool isSecret);
    void makeLines(const QStringList& lines);
    void makeCheckBox(const chat::FormField& field);
    void makeChoice(const chat::FormField& field);
    void makeOpenChoice(const chat::FormField& field);
    void makeManyChoices(const chat::FormField& field);
    void place(QWidget* input);

    kit::Theme& m_theme;
    QWidget* m_input = nullptr;
    QWidget* m_caption = nullptr; ///< beside a check box; a click on it is one on the box
    std::function<QStringList()> m_values;
    bool m_saysItsLabel = false;
};

} // namespace ridealong::formview
