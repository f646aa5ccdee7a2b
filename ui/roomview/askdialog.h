// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::roomview {

/// What is asked before something is done in a room: one line, be it a name, a topic or a reason.
struct Question
{
    QString title; ///< of the window
    QString label; ///< of the line; a mnemonic goes to it
    QString text; ///< that stands there
    QString placeholder;
    QString note; ///< below it, in less ink: what will happen
    QString action; ///< the button: "Kick"
    bool mayBeEmpty = false;
    bool danger = false; ///< it puts somebody out: the button says so, and is not the one that Return presses by accident
    int maxChars = 300;
};

class AskDialog : public QDialog
{
    Q_OBJECT
public:
    AskDialog(kit::Theme& theme, const Question& question, QWidget* parent = nullptr);

signals:
    void answered(const QString& text); ///< without spaces around it

private:
    QLineEdit* m_line;
    QPushButton* m_action;
};

} // namespace ridealong::roomview
