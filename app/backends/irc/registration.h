// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "irc/capabilities.h"
#include "irc/ircconfig.h"
#include "irc/saslchunks.h"
#include "sasl/mechanism.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace ridealong::irc {

/// Signing in: capabilities, SASL, nick. Later it goes on to keep capabilities and nick as the server changes them.
class Registration
{
public:
    static constexpr int kMaxNickAttempts = 12;

    struct Settings
    {
        QString nick;
        QString user;
        QString realName;
        QString serverPassword;
        SaslChoice sasl = SaslChoice::Automatic;
        sasl::Credentials credentials; ///< without a password: none
        QString externalUser; ///< for EXTERNAL; empty: whose the certificate is, which need not be whom the nick says
        bool hasClientCertificate = false;
        bool startTls = false; ///< the session begins TLS, before all of this
    };
    enum class State { Going, Welcome, Failed };

    Registration(Settings settings, base::Random& random, std::function<void(const QByteArray&)> write);

    void begin();
    /// The channel stands: PLAIN goes over it only when it is encrypted, or the user asked for it by name.
    void setEncrypted(bool encrypted) { m_encrypted = encrypted; }
    /// True when the line is all ours and nobody else needs to see it.
    bool handle(const Line& line);

    State state() const { return m_state; }
    const base::Error& error() const { return m_error; } ///< with Failed
    const QString& nick() const { return m_nick; }
    void setNick(const QString& nick) { m_nick = nick; }
    bool startsTls() const { return m_settings.startTls; }
    const QString& wantedNick() const { return m_settings.nick; }
    void wantNick(const QString& nick) { m_settings.nick = nick; }
    const Capabilities& capabilities() const { return m_capabilities; }

    struct SecurityPolicy
    {
        quint16 port = 0; ///< 0: said over TLS, where only the duration counts
        std::chrono::seconds duration{};
    };
    std::optional<SecurityPolicy> securityPolicy() const; ///< sts

private:
    bool handleCap(const Line& line);
    bool handleSasl(const Line& line);
    void offered();
    void requestNext();
    void beginSasl();
    bool chooseMechanism();
    void authenticate(const QByteArray& challenge);
    void respond(const QByteArray& challenge);
    void endCapabilities();
    void nickRefused(const Line& line);
    void fail(base::ErrorKind kind, const QString& detail);
    bool wantsSasl() const;

    Settings m_settings;
    base::Random& m_random;
    std::function<void(const QByteArray&)> m_write;
    Capabilities m_capabilities;
    QString m_nick;
    State m_state = State::Going;
    base::Error m_error;
    int m_openRequests = 0; ///< CAP REQ without their ACK or NAK
    int m_nickAttempts = 0;
    bool m_encrypted = false;
    bool m_capabilitiesEnded = false;
    std::unique_ptr<sasl::Mechanism> m_mechanism;
    int m_exchange = 0; ///< its number: what belongs to an earlier one means nothing
    bool m_computing = false; ///< its answer is being worked out elsewhere
    QObject m_context; ///< of what is worked out
    SaslReassembly m_challenge;
    QStringList m_refused; ///< mechanisms that the server does not take
    QStringList m_mechanisms; ///< what 908 said it takes
    bool m_signedIn = false;
};

} // namespace ridealong::irc
