// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"

#include <QDialog>

#include <memory>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;

namespace ridealong::kit {
class NoticeBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::formview {

class FormView;
class NoteList;
class ResultTable;

/// One command from its first question to its result. Closed earlier, it is cancelled.
class CommandWindow : public QDialog
{
    Q_OBJECT
public:
    /// `title` is the command's name, `bot` whose it is.
    CommandWindow(
        std::unique_ptr<chat::CommandDialog> dialog, const QString& title, const QString& bot, kit::Theme& theme, QWidget* parent = nullptr);
    ~CommandWindow() override;

    FormView* form() const { return m_form; }
    ResultTable* table() const { return m_table; }
    bool isBusy() const { return m_isBusy; } ///< an answer is awaited
    bool isOver() const { return m_isOver; }
    QString problem() const; ///< as shown; empty: none

    void reject() override; ///< cancels the command, if it is not over

signals:
    /// Somebody wants others to see the result. Nothing of it has been sent.
    void shareRequested(const QString& markdown);

private:
    void build(const QString& bot);
    QPushButton* makeButton(const QString& name, const QString& text);
    void takeStage(const chat::CommandStage& stage);
    void takeFailure(const base::Error& error);
    void end();
    void go(chat::CommandAction action);
    void goByDefault();
    void present(); ///< buttons and what can be written in
    bool hasResult() const; ///< there is something to copy
    QString emptyText() const; ///< of a stage that says nothing

    kit::Theme& m_theme;
    std::unique_ptr<chat::CommandDialog> m_dialog;
    QString m_title;
    chat::CommandStage m_stage;
    bool m_hasStage = false;
    bool m_isBusy = true;
    bool m_isOver = false;
    std::optional<base::Error> m_failure; ///< of the last step
    bool m_wasBusy = false; ///< when that came

    QProgressBar* m_bar;
    kit::NoticeBar* m_notice;
    QScrollArea* m_area = nullptr;
    QLabel* m_state; ///< a sentence where there is nothing else
    NoteList* m_notes;
    FormView* m_form;
    ResultTable* m_table;
    QLabel* m_tableTitle;
    QLabel* m_cut;
    QPushButton* m_share;
    QPushButton* m_copy;
    QPushButton* m_cancel;
    QPushButton* m_previous;
    QPushButton* m_next;
    QPushButton* m_finish;
};

} // namespace ridealong::formview
