// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QList>

class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::composer {

/// The few emoji that engineers answer with, in a small window of its own. The arrow keys walk in it.
class EmojiGrid : public QFrame
{
    Q_OBJECT
public:
    static constexpr int kColumns = 8;

    EmojiGrid(kit::Theme& theme, QWidget* parent);

    void popUpOver(const QWidget* button);

signals:
    void picked(const QString& emoji);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    kit::Theme& m_theme;
    QList<QToolButton*> m_buttons;
};

} // namespace ridealong::composer
