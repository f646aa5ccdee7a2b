// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "palette/form.h"

#include <QWidget>

class QLabel;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::paletteview {

/// The arguments of one command as a typed form: a line, a number in its range, a choice, a check box, a path.
class ArgumentForm : public QWidget
{
    Q_OBJECT
public:
    explicit ArgumentForm(kit::Theme& theme, QWidget* parent = nullptr);

    void setSpec(const chat::CommandSpec& spec); ///< empty values
    palette::Values values() const { return m_values; }
    /// Shows these values. A field in which the user writes is left alone as long as it means the same.
    void setValues(const palette::Values& values);
    void setProblems(const QList<palette::Problem>& problems);
    bool isEmpty() const { return m_fields.empty(); }
    /// The first field that has a problem, else the first one.
    void focusFirst();
    QWidget* field(const QString& argument) const; ///< null when there is none

signals:
    void edited(); ///< by the user
    void submitted(); ///< Enter in a field

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field
    {
        chat::Argument argument;
        QWidget* editor = nullptr; ///< takes the focus
        QLabel* hint = nullptr;
        std::function<void(const QString&)> show;
        bool touched = false; ///< a missing value is told when somebody was here, not before
    };

    QWidget* makeEditor(Field& field);
    void set(const QString& name, const QString& value);

    kit::Theme& m_theme;
    std::vector<Field> m_fields;
    palette::Values m_values;
    QWidget* m_content = nullptr;
    bool m_showing = false;
};

} // namespace ridealong::paletteview
