// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"
#include "chat/commandspec.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ridealong::kit {
class Theme;
class ConfirmBar;
} // namespace ridealong::kit

namespace ridealong::consoleview {

class CommandEditor;

/// Where the command line sends to.
struct CommandContext
{
    base::ConversationId conversation;
    QString name; ///< "#storage-migration"
    QString environment;
    base::UserId self;

    bool operator==(const CommandContext&) const = default;
};

/// What is known about the text in the command line; the palette works it out, the wiring sets it on every draftChanged.
struct CommandHint
{
    QString ghost; ///< the next parameter: "‹array›"
    bool known = false; ///< a command of some bot
    chat::Risk risk = chat::Risk::Unknown;
    QString environment; ///< of the command; empty: that of the conversation
    QString target; ///< may be typed to confirm instead of the room's name; usually empty
    QString changed; ///< against the run that is to be run again: "staging → production"; empty: it is not one
};

/// "#room  command…      mutates · production  [Run]". In production, what is not known to be safe is confirmed by typing.
class CommandLine : public QWidget
{
    Q_OBJECT
public:
    explicit CommandLine(kit::Theme& theme, QWidget* parent = nullptr);

    void setContext(const CommandContext& context);
    void setHint(const CommandHint& hint);
    void setHistory(const QStringList& oldestFirst);
    void setText(const QString& text);
    QString text() const;
    CommandEditor* editor() const { return m_editor; }
    bool asksFirst() const; ///< Enter opens the confirmation

public slots:
    void submit();

signals:
    void runRequested(const QString& text);
    void draftChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QString environment() const;

    kit::Theme& m_theme;
    CommandContext m_context;
    CommandHint m_hint;
    QString m_asked; ///< the text that is being confirmed
    CommandEditor* m_editor;
    kit::ConfirmBar* m_confirm;
    QLabel* m_where;
    QLabel* m_search;
    QLabel* m_risk;
    QPushButton* m_button;
};

bool isProduction(const QString& environment);

} // namespace ridealong::consoleview
