// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"

namespace ridealong::tests {

class SafeRateRelay;
class RawIrc;

/// soju, a bouncer before another server: the one with CHATHISTORY (and its TARGETS) and MARKREAD. It is logged in at the other server
/// all the time, once for each of its users; clients log in here, over plain TCP, with SASL PLAIN or PASS, as "user/network". It refuses
/// CAP REQ before CAP LS.
class Soju : public TestServer
{
    Q_OBJECT
public:
    static constexpr const char* kUser = "alice"; ///< there always, an administrator
    static constexpr const char* kPassword = "s3cret"; ///< of everybody
    static constexpr const char* kNetwork = "test";

    struct Options
    {
        QStringList users; ///< besides kUser; each is called so on the other server, too
        QStringList channels; ///< in which all of them are, from the beginning
        /// soju passes on one message every two seconds, unless the other server says that it bears more. This one says so.
        bool fast = false;
    };
    explicit Soju(quint16 upstreamPort) : Soju(upstreamPort, Options{}) {}
    Soju(quint16 upstreamPort, Options options);
    ~Soju() override;
    QString missing() const override;
    bool start() override; ///< the first time it makes the users and their networks; waits until these are connected

    quint16 port() const { return m_listen.number(); }

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    bool setUp();
    bool makeUser(RawIrc& administrator, const QString& user);

    std::unique_ptr<SafeRateRelay> m_relay;
    quint16 m_upstreamPort;
    Options m_options;
    LoopbackPort m_listen;
    bool m_isSetUp = false;
};

} // namespace ridealong::tests
