// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"
#include "xmpp/element.h"
#include "xmpp/jid.h"

#include <QPointer>

namespace ridealong::xmpp {

class RoomAdministration;

/// The owner's form of a room (XEP-0045 §10.2) as a dialogue of one step: the form, and that it was taken.
class RoomConfiguration final : public chat::CommandDialog
{
    Q_OBJECT
public:
    RoomConfiguration(RoomAdministration& administration, const Jid& room);

    void go(chat::CommandAction action, const chat::FormValues& values) override;
    void cancel() override;

private:
    void take(const base::Expected<Element>& form);

    QPointer<RoomAdministration> m_administration;
    Jid m_room;
    chat::Form m_form;
    bool m_isBusy = true;
    bool m_isOver = false;
};

} // namespace ridealong::xmpp
