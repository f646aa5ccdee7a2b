// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Ten thousand messages of a room that were said while nobody was there, read from the archive of a real XMPP server by a real client
// process: how long until the last of them is stored, and whether the event loop stalls. `bench_catchup 1000 ejabberd` does it with fewer and at one
// of the servers.
#include "report.h"
#include "servers/ejabberd.h"
#include "servers/prosody.h"
#include "support/headlessclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace ridealong;
using namespace Qt::StringLiterals;
using namespace ridealong::tests;

namespace {

const QString kPassword = u"xmpp-secret"_s;
constexpr int kPatienceMs = 600'000;

[[noreturn]] void giveUp(const QString& why)
{
    std::fprintf(stderr, "bench_catchup: %s\n", qPrintable(why));
    std::exit(1);
}

QString addAccount(HeadlessClient& client, const XmppServer& server, const QString& user)
{
    return client
        .ask(u"account.add"_s,
            {{u"backend"_s, u"xmpp"_s}, {u"name"_s, u"XMPP"_s}, {u"user"_s, user + u"@"_s + QLatin1String(XmppServer::kDomain)},
                {u"password"_s, kPassword}, {u"server"_s, u"127.0.0.1:%1"_s.arg(server.startTlsPort())},
                {u"options"_s,
                    QJsonObject{{u"caFile"_s, server.caFile()}, {u"proxy"_s, u"direct"_s},
                        {u"rooms"_s, u"ops@"_s + QLatin1String(XmppServer::kRooms)}}}})[u"account"_s]
        .toString();
}

bool hears(HeadlessClient& client, const QString& text)
{
    return !client
                .waitFor(
                    u"message"_s, [&](const QJsonObject& event) { return event[u"text"_s] == text; }, kPatienceMs)
                .isEmpty();
}

void measure(XmppServer& server, const QString& name, int messages)
{
    const auto tell = [&name](const QString& quantity, double value, const QString& unit, std::optional<double> goal = std::nullopt) {
        bench::print({u"catchup"_s, name + u": "_s + quantity, value, unit, goal, unit == u"messages/s"_s, {}, {}});
    };
    if (!server.missing().isEmpty())
        return (void)std::fprintf(stderr, "bench_catchup: %s left out: %s\n", qPrintable(name), qPrintable(server.missing()));
    if (!server.start() || !server.makeRoom(u"ops"_s) || !server.addUser(u"ana"_s, kPassword) || !server.addUser(u"bob"_s, kPassword))
        giveUp(name + u": "_s + server.error());
    QTemporaryDir folder;
    HeadlessClient bob(folder.filePath(u"bob"_s));
    bob.start();
    const QString theirs = bob.room(addAccount(bob, server, u"bob"_s), u"ops"_s);
    HeadlessClient ana(folder.filePath(u"ana"_s));
    ana.start();
    const QString account = addAccount(ana, server, u"ana"_s), ours = ana.room(account, u"ops"_s);
    bob.ask(u"send"_s, {{u"conversation"_s, theirs}, {u"text"_s, u"before"_s}});
    if (ours.isEmpty() || !hears(ana, u"before"_s))
        giveUp(name + u": ana and bob do not meet"_s);
    ana.ask(u"account.disconnect"_s, {{u"account"_s, account}});

    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i <= messages; ++i)
        bob.post(u"send"_s, {{u"conversation"_s, theirs}, {u"text"_s, u"deploy %1 of web finished, all is well"_s.arg(i)}});
    const QString last = u"deploy %1 of web finished, all is well"_s.arg(messages);
    if (!hears(bob, last))
        giveUp(name + u": not all was said"_s);
    tell(u"%1 messages said through the outbox"_s.arg(messages), messages * 1000.0 / double(timer.elapsed()), u"messages/s"_s);

    ana.ask(u"stats"_s, {{u"reset"_s, true}});
    timer.start();
    ana.ask(u"account.connect"_s, {{u"account"_s, account}});
    if (!hears(ana, last))
        giveUp(name + u": not all came"_s);
    tell(u"the newest of them shown"_s, double(timer.elapsed()) / 1000, u"s"_s);
    QSet<QString> texts;
    const auto isLast = [&](const QJsonObject& message) {
        texts.insert(message[u"text"_s].toString());
        return texts.size() == messages + 1; // with the one before
    };
    if (ana.waitFor(u"message"_s, isLast, kPatienceMs).isEmpty())
        giveUp(u"%1: %2 messages came"_s.arg(name).arg(texts.size()));
    tell(u"%1 archived messages stored, signing in included"_s.arg(messages), double(timer.elapsed()) / 1000, u"s"_s, 3);
    const QJsonObject stats = ana.ask(u"stats"_s);
    tell(u"longest pass of the event loop meanwhile"_s, stats[u"eventLoop"_s][u"longestMs"_s].toDouble(), u"ms"_s, 8);
    tell(u"passes over 8 ms"_s, stats[u"eventLoop"_s][u"stalls"_s].toDouble(), u""_s, 0);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int messages = argc > 1 ? atoi(argv[1]) : 10'000;
    const Certificates certificates;
    const QByteArray only = argc > 2 ? argv[2] : "";
    if (only != "ejabberd") {
        Prosody prosody(certificates, {.sqlArchive = true});
        measure(prosody, u"Prosody"_s, messages);
    }
    if (only != "Prosody") {
        Ejabberd ejabberd(certificates, {});
        measure(ejabberd, u"ejabberd"_s, messages);
    }
    return 0;
}
