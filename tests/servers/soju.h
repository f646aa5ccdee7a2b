// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"

namespace ridealong::tests {

/// soju, a bouncer before another server: the one with CHATHISTORY (and its TARGETS) and MARKREAD. It is logged in at the other server
/// all the time; clients log in here, over plain TCP, with SASL PLAIN or PASS, as "user/network". It refuses CAP REQ before CAP LS.
class Soju : public TestServer
{
    Q_OBJECT
public:
    static constexpr const char* kUser = "alice";
    static constexpr const char* kPassword = "s3cret";
    static constexpr const char* kNetwork = "test";

    explicit Soju(quint16 upstreamPort);
    QString missing() const override;
    bool start() override; ///< the first time it makes the user and the network, and waits until that is connected

    quint16 port() const { return m_listen.number(); }

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    bool makeNetwork();

    quint16 m_upstreamPort;
    LoopbackPort m_listen;
    bool m_isSetUp = false;
};

} // namespace ridealong::tests
