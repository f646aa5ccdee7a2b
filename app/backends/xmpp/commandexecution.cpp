// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/commandexecution.h"

#include "xmpp/commandreply.h"
#include "xmpp/dataform.h"
#include "xmpp/namespaces.h"

#include <QPointer>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::CommandAction;

static Element stepOf(const Jid& address, const QString& node, const QString& session, const QString& action, const Element& payload = {})
{
    Element command = Element(u"command", ns::kCommands).with(u"node", node).with(u"action", action);
    if (!session.isEmpty())
        command.setAttribute(u"sessionid", session);
    if (!payload.isNull())
        command.append(payload);
    return Element(u"iq", ns::kClient).with(u"type", u"set"_s).with(u"to", address.toString()).with(std::move(command));
}

/// Nobody is there any more for the answer to the first step: if it began a session, that is to end.
static void endLateSession(const Outlet& outlet, const Jid& address, const QString& node, const Answer& answer)
{
    const auto reply = answer.isResult() ? readCommandReply(answer.stanza) : base::Expected<CommandReply>(*answer.error);
    if (reply && !reply->stage.isOver && !reply->session.isEmpty())
        outlet.request(stepOf(address, node, reply->session, u"cancel"_s), [](const Answer&) {});
}

CommandExecution::CommandExecution(Outlet outlet, const Jid& address, const QString& node)
    : m_outlet(std::move(outlet)),
      m_address(address),
      m_node(node)
{
    ask(u"execute"_s, {});
}

CommandExecution::~CommandExecution()
{
    if (!m_isOver)
        sendCancel();
}

void CommandExecution::go(CommandAction action, const chat::FormValues& values)
{
    if (m_isBusy || m_isOver)
        return;
    // Whoever goes back answers nothing.
    if (action == CommandAction::Previous)
        return ask(u"prev"_s, {});
    const bool hasQuestions = !m_form.isEmpty() && !m_form.isResult;
    ask(action == CommandAction::Next ? u"next"_s : u"complete"_s, hasQuestions ? submitForm(m_form, values) : Element());
}

void CommandExecution::cancel()
{
    if (std::exchange(m_isOver, true))
        return;
    sendCancel();
    emit ended();
}

void CommandExecution::ask(const QString& action, const Element& payload)
{
    m_isBusy = true;
    const auto late = [outlet = m_outlet, address = m_address, node = m_node, isFirst = m_session.isEmpty()](const Answer& answer) {
        if (isFirst)
            endLateSession(outlet, address, node, answer);
    };
    m_outlet.request(stepOf(m_address, m_node, m_session, action, payload), [self = QPointer(this), late](const Answer& answer) {
        if (self && !self->m_isOver)
            self->take(answer);
        else
            late(answer);
    });
}

void CommandExecution::take(const Answer& answer)
{
    m_isBusy = false;
    if (answer.error) {
        if (answer.stanza.isNull()) // Offline, Timeout: whether it was done, nobody can tell
            return giveUp(*answer.error);
        const CommandRefusal refusal = readCommandRefusal(answer.stanza);
        const bool hasStage = !m_session.isEmpty() || !m_form.isEmpty();
        if (refusal.isOver || !hasStage)
            return giveUp(refusal.error);
        emit failed(refusal.error);
        return;
    }
    const auto reply = readCommandReply(answer.stanza);
    if (!reply) {
        sendCancel();
        return giveUp(reply.error());
    }
    // Another session is another person's, or another command's: to answer it would do what nobody meant.
    if (!m_session.isEmpty() && !reply->session.isEmpty() && reply->session != m_session) {
        sendCancel();
        return giveUp({ErrorKind::Protocol, u"an answer of another session"_s, 0});
    }
    takeStage(*reply);
}

void CommandExecution::takeStage(const CommandReply& reply)
{
    if (m_session.isEmpty())
        m_session = reply.session;
    m_form = reply.stage.form;
    m_isOver = reply.stage.isOver;
    const QPointer<CommandExecution> self(this); // whoever hears of it may be done with us
    emit stage(reply.stage);
    if (self && reply.stage.isOver)
        emit ended();
}

void CommandExecution::giveUp(const Error& why)
{
    if (std::exchange(m_isOver, true))
        return;
    const QPointer<CommandExecution> self(this);
    emit failed(why);
    if (self)
        emit ended();
}

void CommandExecution::sendCancel()
{
    if (!m_session.isEmpty())
        m_outlet.request(stepOf(m_address, m_node, m_session, u"cancel"_s), [](const Answer&) {});
}

} // namespace ridealong::xmpp
