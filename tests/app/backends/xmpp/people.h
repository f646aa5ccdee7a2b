// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "roomstanzas.h"
#include "xmppdialogue.h"

#include "xmpp/outlet.h"

namespace ridealong::tests {

/// A session that stands, for classes that work over an outlet.
struct Desk
{
    XmppDialogue xmpp;
    xmpp::Outlet outlet{[this](const xmpp::Element& stanza) {
                            const auto sent = xmpp.session->send(stanza);
                            return sent ? base::Status(base::Done()) : base::Status(sent.error());
                        },
        [this](const xmpp::Element& iq, xmpp::Requests::Handler handler) { xmpp.session->request(iq, std::move(handler)); },
        [this](const xmpp::Element& request, const xmpp::Element& payload) { xmpp.session->answer(request, payload); },
        [this](const xmpp::Element& request, QStringView type, QStringView condition) { xmpp.session->refuse(request, type, condition); }};

    Desk() { xmpp.enterPlainly(); }

    const xmpp::Jid& self() const { return xmpp.session->jid(); } ///< ana@chat.test/desk

    /// What goes out but pings of the session's own.
    xmpp::Element next(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        for (;;) {
            xmpp::Element element = xmpp.server.next(file, line);
            if (!element.has(u"ping", xmpp::ns::kPing))
                return element;
        }
    }
    void expect(const QByteArray& xml, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        compare(next(file, line), ScriptedStream::read(xml), file, line);
    }
    /// A request of the client's, written without its id; the id.
    QByteArray expectRequest(const QByteArray& xml, const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        const xmpp::Element request = next(file, line);
        xmpp::Element wanted = ScriptedStream::read(xml);
        wanted.setAttribute(u"id", request.attribute(u"id"));
        compare(request, wanted, file, line);
        return request.attribute(u"id").toUtf8();
    }
    void expectNothing(const char* file = __builtin_FILE(), int line = __builtin_LINE())
    {
        QCoreApplication::processEvents();
        (void)xmpp.sendMessage("end");
        expect("<message id='end'/>", file, line);
    }
    /// The client's answer to a request of the id "q": it refused.
    void expectRefusal(const QByteArray& to, const QByteArray& condition, const QByteArray& type = "cancel", const char* file = __builtin_FILE(),
        int line = __builtin_LINE())
    {
        const QByteArray address = to.isEmpty() ? QByteArray() : " to='" + to + "'";
        expect("<iq type='error' id='q'" + address + "><error type='" + type + "'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
            file, line);
    }
    void say(const QByteArray& xml) { xmpp.server.say(xml); }
    void answer(const QByteArray& id, const QByteArray& payload = {}, const QByteArray& from = {})
    {
        say("<iq type='result' id='" + id + "'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'") + ">" + payload + "</iq>");
    }
    void refuse(const QByteArray& id, const QByteArray& condition, const QByteArray& from = {}, const QByteArray& more = {})
    {
        say("<iq type='error' id='" + id + "'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'") + "><error type='cancel'><" + condition
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>" + more + "</error></iq>");
    }

private:
    static void compare(const xmpp::Element& sent, const xmpp::Element& wanted, const char* file, int line)
    {
        const QByteArray is = sent.toXml(xmpp::ns::kClient), should = wanted.toXml(xmpp::ns::kClient);
        if (is != should)
            QTest::qFail(("expected " + should + ", the client sent " + is).constData(), file, line);
    }
};

/// How a question ended; waits for it.
template <typename T> base::Expected<T> answerOf(const base::Async<T>& question)
{
    QObject context;
    std::optional<base::Expected<T>> ended;
    question.then(&context, [&ended](const base::Expected<T>& answer) { ended = answer; });
    if (!QTest::qWaitFor([&ended] { return ended.has_value(); }))
        QTest::qFail("a question that nobody answered", __FILE__, __LINE__);
    return ended.value_or(base::Error{base::ErrorKind::Timeout, {}, 0});
}

} // namespace ridealong::tests
