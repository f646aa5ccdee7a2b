// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/accountdiscovery.h"

#include "xmpp/namespaces.h"
#include "xmpp/route.h"
#include "xmpp/stanzachannel.h"
#include "xmpp/starttls.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr std::chrono::seconds kLookPatience{20};
constexpr int kMaxPlaces = 4; ///< that are tried

/// One look at an address; deletes itself when it has answered.
class Look final : public QObject
{
    Q_OBJECT
public:
    Look(chat::AccountConfig account, XmppConfig config, XmppOutside outside, base::Promise<chat::Discovery> promise)
        : m_account(std::move(account)),
          m_config(std::move(config)),
          m_outside(std::move(outside)),
          m_http(m_outside.clock, m_config.tls, m_config.proxy),
          m_discovery(m_outside.lookUp, m_http, m_outside.random),
          m_route(m_config.account.domain(), m_config.endpoint, m_discovery),
          m_promise(std::move(promise)),
          m_tls([this](const Element& element) { m_channel->send(element); },
              [this](const base::Status& agreed) { agreed ? m_channel->startTls() : closed(agreed.error()); })
    {}

    void begin()
    {
        ++m_tried;
        m_route.next().then(this, [this](const base::Expected<net::Endpoint>& endpoint) { endpoint ? look(*endpoint) : answer(endpoint.error()); });
    }

private:
    void look(const net::Endpoint& endpoint)
    {
        m_endpoint = endpoint;
        m_connection = {};
        m_channel = m_outside.open(endpoint, m_config);
        const auto open = [this](const net::ConnectionInfo& info) {
            m_connection = info;
            m_channel->open(m_config.account.domain());
        };
        connect(m_channel.get(), &StanzaChannel::connected, this, open);
        connect(m_channel.get(), &StanzaChannel::secured, this, open);
        connect(m_channel.get(), &StanzaChannel::received, this, &Look::take);
        connect(m_channel.get(), &StanzaChannel::closed, this, &Look::closed);
        m_outside.clock.after(kLookPatience, m_channel.get(), [this] { closed({ErrorKind::Timeout, u"the server says nothing"_s, 0}); });
    }

    void take(const Element& element)
    {
        if (!element.is(u"features", ns::kStream))
            return (void)m_tls.handle(element);
        if (!m_connection.encrypted && m_endpoint.webSocket.isEmpty())
            return m_tls.begin(element);
        QStringList mechanisms;
        if (const Element* offered = element.find(u"mechanisms", ns::kSasl))
            for (const Element* mechanism : offered->children(u"mechanism", ns::kSasl))
                if (mechanisms.size() < 10)
                    mechanisms.append(mechanism->text().trimmed().left(30));
        chat::Discovery discovery = whatIsAsked();
        const QString place = m_endpoint.webSocket.isEmpty() ? u"%1:%2"_s.arg(m_endpoint.host).arg(m_endpoint.port) : m_endpoint.webSocket.toString();
        discovery.detail = QStringList{m_config.account.domain(), place, m_connection.encrypted ? m_connection.protocol : u"not encrypted"_s,
            u"SASL "_s + mechanisms.join(u' ')}
                               .join(u", "_s);
        answer(discovery);
    }

    chat::Discovery whatIsAsked() const
    {
        chat::Discovery discovery;
        discovery.config = m_account;
        for (const chat::CredentialField& field : xmppFields())
            if (field.key != "user"_L1) // that is how it was found
                discovery.fields.append(field);
        return discovery;
    }

    void closed(const Error& why)
    {
        if (!m_channel)
            return;
        const auto problem = m_channel->certificateProblem();
        drop();
        if (problem) {
            chat::Discovery discovery = whatIsAsked();
            discovery.fields.clear();
            discovery.certificate = problem;
            discovery.detail = why.detail;
            return answer(discovery);
        }
        if (!m_config.endpoint && m_tried < kMaxPlaces) {
            m_firstError = m_firstError.value_or(why);
            return begin();
        }
        answer(m_firstError.value_or(why));
    }

    void drop()
    {
        m_channel->disconnect(this);
        m_channel->close();
        m_channel.release()->deleteLater(); // it may be its own signal
    }

    void answer(const base::Expected<chat::Discovery>& result)
    {
        if (m_channel)
            drop();
        m_promise.answer(result);
        deleteLater();
    }

    chat::AccountConfig m_account;
    XmppConfig m_config;
    XmppOutside m_outside;
    net::HttpClient m_http;
    Discovery m_discovery;
    Route m_route;
    base::Promise<chat::Discovery> m_promise;
    StartTls m_tls;
    net::Endpoint m_endpoint;
    net::ConnectionInfo m_connection;
    std::unique_ptr<StanzaChannel> m_channel;
    std::optional<Error> m_firstError;
    int m_tried = 0;
};

} // namespace

base::Async<chat::Discovery> discover(const chat::AccountConfig& asked, const XmppOutside& outside)
{
    chat::AccountConfig account = asked;
    if (account.user.isEmpty()) // one address is all that there is to be said at first, and the domain says where its server is
        account.user = std::exchange(account.server, {});
    if (account.name.isEmpty())
        account.name = account.user;
    const auto config = xmppConfig(account);
    if (!config)
        return base::Async<chat::Discovery>::ready(config.error());
    base::Promise<chat::Discovery> promise;
    (new Look(account, *config, outside, promise))->begin();
    return promise.async();
}

} // namespace ridealong::xmpp

#include "accountdiscovery.moc"
