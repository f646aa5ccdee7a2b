// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/namespaces.h"
#include "xmpp/stanzachannel.h"

#include <memory>

namespace ridealong::tests {

/// A real stream to a real server that breaks where the test says. The bytes on the way are encrypted, so it breaks at the client's end.
class FaultyChannel final : public xmpp::StanzaChannel
{
public:
    /// What is to happen to the connections of a client; outlives them.
    struct Faults
    {
        enum class Cut { None, BeforeTheServer, AfterTheServer };
        Cut next = Cut::None; ///< of the next message that says something
        FaultyChannel* channel = nullptr; ///< that stands now

        void drop() const
        {
            if (channel)
                channel->breakDown();
        }
    };

    FaultyChannel(std::unique_ptr<xmpp::StanzaChannel> real, Faults& faults) : m_real(std::move(real)), m_faults(faults)
    {
        m_faults.channel = this;
        connect(m_real.get(), &StanzaChannel::connected, this, &StanzaChannel::connected);
        connect(m_real.get(), &StanzaChannel::secured, this, &StanzaChannel::secured);
        connect(m_real.get(), &StanzaChannel::opened, this, &StanzaChannel::opened);
        connect(m_real.get(), &StanzaChannel::heard, this, &StanzaChannel::heard);
        connect(m_real.get(), &StanzaChannel::written, this, &StanzaChannel::written);
        connect(m_real.get(), &StanzaChannel::closed, this, &StanzaChannel::closed);
        connect(m_real.get(), &StanzaChannel::received, this, &FaultyChannel::take);
    }
    ~FaultyChannel() override
    {
        if (m_faults.channel == this)
            m_faults.channel = nullptr;
    }

    void open(const QString& domain) override { m_real->open(domain); }
    void send(const xmpp::Element& element) override
    {
        const bool says = element.name() == QLatin1String("message") && element.has(u"body", xmpp::ns::kClient);
        if (!says || m_faults.next == Faults::Cut::None || !m_awaited.isEmpty())
            return m_real->send(element);
        if (std::exchange(m_faults.next, Faults::Cut::None) == Faults::Cut::BeforeTheServer) {
            QMetaObject::invokeMethod(this, &FaultyChannel::breakDown, Qt::QueuedConnection);
            m_broken = true;
            return;
        }
        m_awaited = element.attribute(u"id");
        m_real->send(element);
    }
    void startTls() override { m_real->startTls(); }
    qint64 bytesToWrite() const override { return m_real->bytesToWrite(); }
    void close() override { m_real->close(); }
    void drop() override { m_real->drop(); }
    std::optional<base::CertificateProblem> certificateProblem() const override { return m_real->certificateProblem(); }

private:
    void take(const xmpp::Element& element)
    {
        if (m_broken)
            return;
        if (m_awaited.isEmpty()) {
            emit received(element);
            return;
        }
        // The server has it, and the client hears nothing of that.
        if (element.attribute(u"id") == m_awaited || element.is(u"a", xmpp::ns::kStreamManagement)) {
            m_broken = true;
            QMetaObject::invokeMethod(this, &FaultyChannel::breakDown, Qt::QueuedConnection);
        }
    }
    void breakDown()
    {
        m_broken = true;
        m_real->disconnect(this);
        m_real->drop();
        emit closed({base::ErrorKind::Offline, QStringLiteral("cut by the test"), 0});
    }

    std::unique_ptr<xmpp::StanzaChannel> m_real;
    Faults& m_faults;
    QString m_awaited; ///< the id of the message whose echo ends it all
    bool m_broken = false;
};

} // namespace ridealong::tests
