// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomconfiguration.h"

#include "xmpp/dataform.h"
#include "xmpp/roomadministration.h"

namespace ridealong::xmpp {

using base::ErrorKind;
using chat::CommandAction;

static bool endsIt(const base::Error& why) { return why.kind == ErrorKind::Offline || why.kind == ErrorKind::Timeout; }

RoomConfiguration::RoomConfiguration(RoomAdministration& administration, const Jid& room) : m_administration(&administration), m_room(room)
{
    administration.configuration(room).then(this, [this](const base::Expected<Element>& form) { take(form); });
}

void RoomConfiguration::take(const base::Expected<Element>& x)
{
    const auto form = x ? readForm(*x) : base::Expected<chat::Form>(x.error());
    m_isBusy = false;
    if (m_isOver)
        return;
    const QPointer<RoomConfiguration> self(this); // whoever hears of it may be done with us
    if (!form) {
        m_isOver = true;
        emit failed(form.error());
        if (self)
            emit ended();
        return;
    }
    m_form = *form;
    chat::CommandStage asked;
    asked.form = *form;
    asked.actions = CommandAction::Complete;
    emit stage(asked);
}

void RoomConfiguration::go(CommandAction, const chat::FormValues& values)
{
    if (m_isBusy || m_isOver || !m_administration)
        return;
    m_isBusy = true;
    m_administration->configure(m_room, submitForm(m_form, values)).then(this, [this](const base::Status& done) {
        m_isBusy = false;
        if (m_isOver)
            return;
        const QPointer<RoomConfiguration> self(this);
        m_isOver = done || endsIt(done.error());
        if (done) {
            chat::CommandStage last;
            last.isOver = true;
            emit stage(last);
        } else {
            emit failed(done.error());
        }
        if (self && m_isOver)
            emit ended();
    });
}

void RoomConfiguration::cancel()
{
    if (!std::exchange(m_isOver, true)) // the room need not know (§10.2): it stays as it is
        emit ended();
}

} // namespace ridealong::xmpp
