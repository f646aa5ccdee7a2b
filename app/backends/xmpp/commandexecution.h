// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"
#include "xmpp/jid.h"
#include "xmpp/outlet.h"

namespace ridealong::xmpp {

struct CommandReply;

/// One execution of an ad-hoc command (XEP-0050), step by step. It lives as long as the stream: who runs the command keeps its session for our
/// full address.
class CommandExecution final : public chat::CommandDialog
{
    Q_OBJECT
public:
    /// Begins. `address` is where the command was listed.
    CommandExecution(Outlet outlet, const Jid& address, const QString& node);
    ~CommandExecution() override;

    void go(chat::CommandAction action, const chat::FormValues& values) override;
    void cancel() override;
    void giveUp(const base::Error& why); ///< without a word to who runs it

private:
    void ask(const QString& action, const Element& payload);
    void take(const Answer& answer);
    void takeStage(const CommandReply& reply);
    void sendCancel();

    Outlet m_outlet;
    Jid m_address;
    QString m_node;
    QString m_session; ///< empty until the first answer
    chat::Form m_form; ///< that was asked last
    bool m_isBusy = false;
    bool m_isOver = false;
};

} // namespace ridealong::xmpp
