// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/discovery.h"

#include "irc/capabilities.h"

namespace ridealong::irc {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::chrono::seconds kLookPatience{15};

/// One look at an address; deletes itself when it has answered.
class Look final : public QObject
{
    Q_OBJECT
public:
    Look(chat::AccountConfig account, OpenChannel open, base::Clock& clock, base::Promise<chat::Discovery> promise)
        : m_asked(account),
          m_account(std::move(account)),
          m_open(std::move(open)),
          m_clock(clock),
          m_promise(std::move(promise))
    {}

    void begin()
    {
        if (m_account.user.isEmpty())
            m_account.user = u"ridealong"_s;
        const auto config = ircConfig(m_account);
        if (!config)
            return answer(config.error());
        m_config = *config;
        const bool portIsOpen = !m_account.server.contains(u':') && m_config.endpoint.webSocket.isEmpty();
        m_plainIsLeft = m_config.endpoint.security == net::Endpoint::Security::Tls && m_config.endpoint.webSocket.isEmpty()
            && !m_account.options.contains(u"tls"_s);
        m_plainPort = portIsOpen ? kPlainPort : m_config.endpoint.port;
        look();
    }

private:
    void look()
    {
        m_channel = m_open(m_config.endpoint, m_config);
        m_capabilities = {};
        connect(m_channel.get(), &net::RemoteChannel::opened, this, [this](const net::ConnectionInfo& info) {
            m_connection = info;
            m_channel->send("CAP LS 302");
            m_channel->send("PING :look"); // a server without capabilities says something to this
        });
        connect(m_channel.get(), &net::FrameChannel::received, this, &Look::take);
        connect(m_channel.get(), &net::FrameChannel::closed, this, &Look::closed);
        m_clock.after(kLookPatience, m_channel.get(), [this] { closed(Error{ErrorKind::Timeout, u"the server says nothing"_s, 0}); });
    }

    void take(const QByteArray& bytes)
    {
        const auto line = parseLine(bytes);
        if (!line)
            return closed(Error{ErrorKind::Protocol, u"this is no IRC server"_s, 0});
        if (line->command == "CAP" && line->parameter(1).toUpper() == "LS"_L1) {
            if (!m_capabilities.takeOffer(*line))
                found(*line);
        } else if (line->command == "451" || line->command == "421" || line->command == "PONG") {
            if (!m_heardCap)
                found(*line);
        } else if (line->command == "PING") {
            m_channel->send("PONG :" + line->parameter(0).toUtf8());
        } else if (line->command == "ERROR") {
            closed(Error{ErrorKind::Denied, line->parameters.isEmpty() ? u"refused"_s : line->parameters.last(), 0});
        }
    }

    void found(const Line& line)
    {
        m_heardCap = true;
        chat::Discovery discovery;
        discovery.config = m_asked;
        const bool encrypted = m_connection.encrypted;
        if (m_config.endpoint.webSocket.isEmpty()) {
            discovery.config.server
                = u"%1:%2"_s.arg(m_config.endpoint.host.contains(u':') ? u'[' + m_config.endpoint.host + u']' : m_config.endpoint.host)
                      .arg(m_config.endpoint.port);
            if (m_config.endpoint.security != net::Endpoint::Security::StartTls)
                discovery.config.options[u"tls"_s] = encrypted;
        }
        discovery.detail
            = QStringList{line.source.isEmpty() ? m_config.endpoint.host : line.source, encrypted ? m_connection.protocol : u"not encrypted"_s,
                m_capabilities.isOffered("sasl") ? u"SASL "_s + m_capabilities.mechanisms().join(u' ') : u"no sign-in"_s}
                  .join(u", "_s);
        for (chat::CredentialField field : ircFields()) {
            if (field.key == "server"_L1)
                continue; // it is found
            if (field.key == "password"_L1 && !m_capabilities.isOffered("sasl"))
                continue;
            if (field.key == "sasl"_L1 && !m_capabilities.mechanisms().isEmpty())
                field.choices.removeIf(
                    [this](const QString& choice) { return choice == choice.toUpper() && !m_capabilities.mechanisms().contains(choice); });
            discovery.fields.append(field);
        }
        answer(discovery);
    }

    void closed(const Error& why)
    {
        if (!m_channel)
            return;
        const auto problem = m_channel->certificateProblem();
        m_channel->disconnect(this);
        m_channel.release()->deleteLater(); // it may be its own signal
        if (problem) {
            chat::Discovery discovery;
            discovery.config = m_asked;
            discovery.certificate = problem;
            discovery.detail = why.detail;
            return answer(discovery);
        }
        if (std::exchange(m_plainIsLeft, false)) {
            m_firstError = why;
            m_config.endpoint.security = net::Endpoint::Security::Plain;
            m_config.endpoint.port = m_plainPort;
            return look();
        }
        answer(m_firstError.value_or(why));
    }

    void answer(base::Expected<chat::Discovery> result)
    {
        if (m_channel) {
            m_channel->disconnect(this);
            m_channel->send("QUIT");
            m_channel->close();
            m_channel.release()->deleteLater();
        }
        m_promise.answer(std::move(result));
        deleteLater();
    }

    chat::AccountConfig m_asked;
    chat::AccountConfig m_account; ///< with a nick, which is needed to read it and not asked for yet
    OpenChannel m_open;
    base::Clock& m_clock;
    base::Promise<chat::Discovery> m_promise;
    IrcConfig m_config;
    std::unique_ptr<net::RemoteChannel> m_channel;
    net::ConnectionInfo m_connection;
    Capabilities m_capabilities;
    std::optional<Error> m_firstError;
    quint16 m_plainPort = kPlainPort;
    bool m_plainIsLeft = false;
    bool m_heardCap = false;
};

} // namespace

base::Async<chat::Discovery> discover(const chat::AccountConfig& account, OpenChannel open, base::Clock& clock)
{
    base::Promise<chat::Discovery> promise;
    auto* look = new Look(account, std::move(open), clock, promise);
    look->begin();
    return promise.async();
}

} // namespace ridealong::irc

#include "discovery.moc"
