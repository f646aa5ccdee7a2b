// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/countingclient.h"
#include "servers/xmppseat.h"

namespace ridealong::tests {

/// The same in a room of an XMPP server, made with slixmpp. It asks for no history: what was said while it was away it does not see.
class CountingXmppClient : public CountingClient
{
    Q_OBJECT
public:
    explicit CountingXmppClient(XmppSeat seat);
    QString missing() const override;

protected:
    Command command() const override;

private:
    XmppSeat m_seat;
};

} // namespace ridealong::tests
