// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace ridealong::kit {

/// A bar in the layout, never over it, that says what happened. Stays until it is dismissed; details unfold.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    enum class Level { Danger, Warning };

    explicit NoticeBar(Theme& theme, QWidget* parent = nullptr);

    void setLevel(Level level); ///< Danger unless told otherwise
    void show(const QString& text, const QString& details = {}, const QString& buttonText = {});
    QString text() const;

public slots:
    void dismiss(); ///< hides the bar; nothing when it is hidden already

signals:
    void buttonPressed();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void unfold(bool open);
    void dress(); ///< icons in the theme's colours
    Token token() const { return m_level == Level::Danger ? Token::Danger : Token::Warning; }

    Theme& m_theme;
    Level m_level = Level::Danger;
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_details;
    QPushButton* m_button;
    QToolButton* m_fold;
    QToolButton* m_close;
};

} // namespace ridealong::kit
