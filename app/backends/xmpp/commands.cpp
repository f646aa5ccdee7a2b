// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/commands.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;

std::unique_ptr<chat::CommandDialog> Commands::open(const Jid& address, const chat::CommandSpec& spec)
{
    if (!spec.dialog || spec.node.isEmpty() || address.isEmpty())
        return nullptr;
    auto execution = std::make_unique<CommandExecution>(m_outlet, address, spec.node);
    m_open.removeIf([](const QPointer<CommandExecution>& open) { return open.isNull(); });
    m_open.append(execution.get());
    return execution;
}

void Commands::reset()
{
    // Whoever hears of it may destroy it, or another one.
    for (const QPointer<CommandExecution>& open : std::exchange(m_open, {}))
        if (open)
            open->giveUp({base::ErrorKind::Offline, u"the stream is over"_s, 0});
}

} // namespace ridealong::xmpp
