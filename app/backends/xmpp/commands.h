// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/commandexecution.h"
#include "xmpp/commandlist.h"

#include <QPointer>

namespace ridealong::xmpp {

/// The ad-hoc commands of an account: lists them, begins them, and ends those that are open when the stream is another one.
class Commands
{
public:
    explicit Commands(Outlet outlet) : m_outlet(std::move(outlet)) {}
    ~Commands() { reset(); }
    Q_DISABLE_COPY_MOVE(Commands)

    /// See askCommands(). A bot that is a client is asked at its full address, and `bot` is who the commands are of.
    base::Async<QList<chat::CommandSpec>> list(const Jid& address, const base::AccountId& account, const base::UserId& bot)
    {
        return askCommands(m_outlet, address, account, bot);
    }
    /// `address` is where the bot is now. Null for what is no command of this kind.
    std::unique_ptr<chat::CommandDialog> open(const Jid& address, const chat::CommandSpec& spec);
    /// The stream is over, and is not resumed: all that is open ends with Offline.
    void reset();

private:
    Outlet m_outlet;
    QList<QPointer<CommandExecution>> m_open;
};

} // namespace ridealong::xmpp
