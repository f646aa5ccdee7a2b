// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircfixture.h"
#include "servers/inspircd.h"
#include "servers/soju.h"

namespace ridealong::tests {

/// soju before an InspIRCd: what breaks and restarts is the bouncer.
class BouncedIrc
{
public:
    struct Options
    {};
    BouncedIrc(const Certificates& certificates, Options)
        : m_irc(certificates, ircOptions()),
          m_soju(m_irc.plainPort(), {{QStringLiteral("ana"), QStringLiteral("bob"), QStringLiteral("cleo")}, {QStringLiteral("#ops")}, true})
    {}
    QString missing() const { return m_irc.missing() + m_soju.missing(); }
    bool start() { return m_irc.start() && m_soju.start(); }
    bool restart() { return m_soju.restart(); }
    QString error() const { return m_irc.error() + m_soju.error(); }
    quint16 plainPort() const { return m_soju.port(); }

private:
    /// The channel outlives a bouncer that restarts, and takes its modes from nobody.
    static InspIrcd::Options ircOptions()
    {
        InspIrcd::Options options;
        options.channels = {{QStringLiteral("#ops"), QString(), 0}};
        return options;
    }
    InspIrcd m_irc;
    Soju m_soju;
};

/// The contract on a real soju: history from the server, read markers, one person at two machines.
class SojuFixture final : public IrcFixture<BouncedIrc>
{
public:
    using IrcFixture::IrcFixture;
    ContractTraits traits() const override
    {
        ContractTraits traits;
        traits.dedupes = false;
        traits.knowsMessages = false;
        traits.namesDirectsAlike = false;
        traits.pagesHistory = true;
        traits.marksMoments = true;
        traits.repeats = true;
        traits.staysOnline = true;
        traits.service = QStringLiteral("bouncerserv"); // "connected to test"
        return traits;
    }
    void signIn(chat::AccountConfig& account) override
    {
        account.options[QStringLiteral("sasl")] = QStringLiteral("PLAIN");
        account.options[QStringLiteral("saslUser")] = account.user + QLatin1Char('/') + QString::fromLatin1(Soju::kNetwork);
        credentials.secrets[QStringLiteral("password")] = QString::fromLatin1(Soju::kPassword);
    }
};

class SojuContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override { return std::make_unique<SojuFixture>(BouncedIrc::Options{}); }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::SojuContract)
#include "tst_sojucontract.moc"
