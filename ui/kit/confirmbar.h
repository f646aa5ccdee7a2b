// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ridealong::kit {

class Theme;

/// What the user is asked to confirm by typing.
struct Confirmation
{
    QString question; ///< "This changes production."
    QString text; ///< exactly what will be sent
    QString phrase; ///< to be typed; a leading '#' may be left out
    QString action; ///< the button: "Run in production"
};

/// A bar that stands where the command is written, never a dialog over it: the exact text, the phrase to type, one button
/// that wakes when the phrase is right. Esc gives up.
class ConfirmBar : public QFrame
{
    Q_OBJECT
public:
    explicit ConfirmBar(Theme& theme, QWidget* parent = nullptr);

    void ask(const Confirmation& confirmation); ///< shows the bar and takes the focus
    bool isAsking() const { return isVisibleTo(parentWidget()); }

public slots:
    void giveUp();

signals:
    void confirmed();
    void gaveUp();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    bool phraseMatches() const;
    void tryConfirm();

    Theme& m_theme;
    QString m_phrase;
    QLabel* m_question;
    QLabel* m_text;
    QLabel* m_prompt;
    QLineEdit* m_field;
    QPushButton* m_confirm;
    QPushButton* m_cancel;
};

} // namespace ridealong::kit
