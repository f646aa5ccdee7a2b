// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/chooser.h"
#include "palette/form.h"
#include "paletteview/resultlist.h"

#include <optional>

class QPushButton;
class QScrollArea;

namespace ridealong::kit {
class ConfirmBar;
}

namespace ridealong::paletteview {

class ArgumentForm;

/// Where a command would go, and what the rows say around it.
struct PaletteContext
{
    base::AccountId account; ///< of the conversation in front; its commands come first
    base::ConversationId conversation;
    QString conversationName;
    QString environment;
    QString self; ///< the user's name
    QHash<base::AccountId, QString> accounts; ///< names
    bool offline = false; ///< what is shown was learned before
};

/// The palette: a field, the commands that match, a form for the chosen one, and the exact text that will be sent. Form and
/// text are always in step. Lies over its parent; everything works by keyboard.
class PaletteView : public kit::Chooser
{
    Q_OBJECT
public:
    static constexpr int kMaxResults = 50;

    PaletteView(palette::Palette& palette, kit::Theme& theme, base::Clock& clock, QWidget* parent);

    void open(const PaletteContext& context, const QString& query = {});
    /// Opens with a command text taken apart into the form.
    void openWithText(const PaletteContext& context, const QString& text);
    void setContext(const PaletteContext& context);

    QString text() const; ///< exactly what would be sent
    const chat::CommandSpec* spec() const { return m_spec ? &*m_spec : nullptr; }

signals:
    void submitRequested(const ridealong::chat::CommandSpec& spec, const QString& text);
    /// The command is a dialogue: nothing is sent, its questions come from the bot.
    void dialogRequested(const ridealong::chat::CommandSpec& spec);
    void draftRequested(const QString& text);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void fit(int room) override;
    void restyle() override;

private:
    void build();
    QWidget* makeFooter();
    void runQuery();
    void choose(int row);
    void moveChoice(int by);
    void onFormEdited();
    void onTextEdited();
    void refresh(); ///< problems, buttons, keys
    void submit(bool alwaysAsk);
    void send();
    void saveDraft();
    bool isDry() const;
    bool mustConfirm() const;
    QString environment() const;

    palette::Palette& m_palette;
    base::Clock& m_clock;
    PaletteContext m_context;
    std::optional<chat::CommandSpec> m_spec;
    QList<palette::Problem> m_problems;

    QLabel* m_info;
    ResultModel* m_model;
    ResultDelegate* m_delegate;
    QWidget* m_detail;
    QScrollArea* m_formArea;
    ArgumentForm* m_form;
    QWidget* m_textRow;
    QLabel* m_where;
    QLineEdit* m_text;
    QLabel* m_problemLabel;
    kit::ConfirmBar* m_confirm;
    QLabel* m_keys;
    QPushButton* m_send;
};

} // namespace ridealong::paletteview
