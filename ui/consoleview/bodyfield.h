// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QLineEdit>

#include <functional>

namespace ridealong::consoleview {

/// A line to type in that lies over a row of a body.
class BodyField : public QLineEdit
{
    Q_OBJECT
public:
    BodyField(const base::RunId& run, qint64 row, QWidget* parent) : QLineEdit(parent), m_run(run), m_row(row)
    {
        setObjectName(QStringLiteral("bodyField"));
        setClearButtonEnabled(true);
    }
    const base::RunId& run() const { return m_run; }
    qint64 row() const { return m_row; }

signals:
    void left(); ///< by Escape, Return or an arrow: the keyboard goes back to the rows

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    base::RunId m_run;
    qint64 m_row;
};

} // namespace ridealong::consoleview
