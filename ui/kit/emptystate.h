// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ridealong::kit {

class Theme;

/// Where there is nothing yet: one sentence that says what would be here and the one button that makes it so.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(Theme& theme, QWidget* parent = nullptr);

    void set(const QString& sentence, const QString& buttonText = {}); ///< no text: no button

signals:
    void pressed();

private:
    QLabel* m_sentence;
    QPushButton* m_button;
};

} // namespace ridealong::kit
