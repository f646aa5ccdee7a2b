// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// Something is on its way: what, how it stands, and, when it takes long, that this is seen.
class WaitPage : public QWidget
{
    Q_OBJECT
public:
    explicit WaitPage(kit::Theme& theme, QWidget* parent = nullptr);

    void begin(const QString& what, const QString& state);
    void setState(const QString& state, bool moving = true);
    QString state() const;

private:
    static constexpr int kLongMs = 5'000;

    kit::Theme& m_theme;
    QLabel* m_what;
    QLabel* m_state;
    QLabel* m_long;
    QProgressBar* m_bar;
    QTimer m_timer;
};

} // namespace ridealong::accountdialogs
