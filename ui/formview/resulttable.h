// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/form.h"

#include <QTableView>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::formview {

/// The rows of a result, to be read and copied: Ctrl+C copies the chosen rows, or all when none is.
class ResultTable : public QTableView
{
    Q_OBJECT
public:
    explicit ResultTable(kit::Theme& theme, QWidget* parent = nullptr);

    void setTable(const chat::FormTable& table);
    QString chosenText() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Model;
    void fit(); ///< rows, columns and the height to what is shown

    kit::Theme& m_theme;
    Model* m_model;
};

} // namespace ridealong::formview
