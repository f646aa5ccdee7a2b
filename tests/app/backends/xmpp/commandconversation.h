// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmppdialogue.h"

#include "xmpp/commandexecution.h"

namespace ridealong::tests {

inline const xmpp::Jid kBot = *xmpp::Jid::parse(u"deployer@chat.test/hubot");
inline const QByteArray kForm
    = "<x xmlns='jabber:x:data' type='form'><title>Deploy</title><field var='FORM_TYPE' type='hidden'><value>urn:deploy</value>"
      "</field><field var='env' type='text-single'><required/></field></x>";
inline const QByteArray kAnswer = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:deploy</value></field>"
                                  "<field var='env'><value>staging</value></field></x>";
inline const QByteArray kTable = "<x xmlns='jabber:x:data' type='result'><title>Hosts</title><reported><field var='host' label='Host'/></reported>"
                                 "<item><field var='host'><value>web1</value></field></item></x>";
inline const chat::FormValues kStaging{{QStringLiteral("env"), {QStringLiteral("staging")}}};

/// Ana's session, a command that she runs, and its bot, which the test speaks for.
struct CommandConversation
{
    XmppDialogue xmpp;
    xmpp::Outlet outlet{[](const xmpp::Element&) -> base::Status { return base::Done{}; },
        [this](const xmpp::Element& iq, xmpp::Requests::Handler handler) { xmpp.session->request(iq, std::move(handler)); }};
    std::unique_ptr<xmpp::CommandExecution> execution;
    QByteArray id; ///< of the step that waits
    QList<chat::CommandStage> stages;
    QList<base::Error> errors;
    int ends = 0;
    std::function<void()> whenTold; ///< at each stage, failure and end

    CommandConversation() { xmpp.enterPlainly(); }

    void begin()
    {
        execution = std::make_unique<xmpp::CommandExecution>(outlet, kBot, QStringLiteral("urn:deploy"));
        const auto tell = [this] {
            if (whenTold)
                whenTold();
        };
        QObject::connect(execution.get(), &xmpp::CommandExecution::stage, &scope, [this, tell](const chat::CommandStage& stage) {
            stages.append(stage);
            tell();
        });
        QObject::connect(execution.get(), &xmpp::CommandExecution::failed, &scope, [this, tell](const base::Error& error) {
            errors.append(error);
            tell();
        });
        QObject::connect(execution.get(), &xmpp::CommandExecution::ended, &scope, [this, tell] {
            ++ends;
            tell();
        });
    }
    xmpp::Element next()
    {
        xmpp::Element element = xmpp.server.next();
        while (element.has(u"ping", xmpp::ns::kPing)) // the session's own
            element = xmpp.server.next();
        return element;
    }
    /// The next that the client asks is this step.
    void expectStep(const QByteArray& action, const QByteArray& session = {}, const QByteArray& payload = {}, const char* file = __builtin_FILE(),
        int line = __builtin_LINE())
    {
        const xmpp::Element iq = next();
        id = iq.attribute(u"id").toUtf8();
        const QByteArray sessionId = session.isEmpty() ? QByteArray() : " sessionid='" + session + "'";
        const xmpp::Element wanted = ScriptedStream::read("<iq type='set' to='deployer@chat.test/hubot' id='" + id
            + "'><command xmlns='http://jabber.org/protocol/commands' node='urn:deploy' action='" + action + "'" + sessionId + ">" + payload
            + "</command></iq>");
        if (iq.toXml() != wanted.toXml())
            QTest::qFail(("expected " + wanted.toXml() + ", the client sent " + iq.toXml()).constData(), file, line);
    }
    void expectNothing()
    {
        (void)xmpp.sendMessage("end");
        QCOMPARE(next().attribute(u"id"), QStringLiteral("end"));
    }
    void answer(const QByteArray& attributes, const QByteArray& inside = {}, const QByteArray& from = "deployer@chat.test/hubot")
    {
        xmpp.server.say("<iq type='result' from='" + from + "' id='" + id
            + "'><command xmlns='http://jabber.org/protocol/commands' node='urn:deploy' " + attributes + ">" + inside + "</command></iq>");
    }
    void refuse(const QByteArray& condition, const QByteArray& own = {})
    {
        const QByteArray inside = own.isEmpty() ? QByteArray() : "<" + own + " xmlns='http://jabber.org/protocol/commands'/>";
        xmpp.server.say("<iq type='error' from='deployer@chat.test/hubot' id='" + id + "'><error type='cancel'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>" + inside + "</error></iq>");
    }
    /// As far as the form.
    void beginAndGetTheForm(const QByteArray& actions = "<actions execute='complete'><prev/><next/><complete/></actions>")
    {
        begin();
        expectStep("execute");
        answer("status='executing' sessionid='s1'", actions + kForm);
        QCOMPARE(stages.size(), 1);
    }

    QObject scope;
};

} // namespace ridealong::tests
