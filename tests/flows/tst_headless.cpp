// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The whole of app/ as one real process, by the contract of headless.md.
#include "support/headlessclient.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::HeadlessClient;

class TestHeadless : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HeadlessClient> m_client;
    QString m_account;
    QString m_ops;

    QString finished(const QString& run)
    {
        return m_client
            ->waitFor(u"run"_s,
                [&](const QJsonObject& event) {
                    static const QStringList ends{u"succeeded"_s, u"failed"_s, u"error"_s, u"denied"_s, u"cancelled"_s};
                    return event[u"run"_s] == run && ends.contains(event[u"state"_s].toString());
                })[u"state"_s]
            .toString();
    }
    QString output(const QString& run)
    {
        QStringList lines;
        for (const QJsonValue& line :
            m_client->ask(u"console.lines"_s, {{u"run"_s, run}, {u"from"_s, 0}, {u"count"_s, 10'000}})[u"lines"_s].toArray())
            lines += line.toString();
        return lines.join(u'\n');
    }

private slots:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(u"profile/scripts"_s));
        QFile script(m_folder.filePath(u"profile/scripts/echo-arguments"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(
            "#!/bin/sh\n# Description:\n#   Prints what it was given.\n# Commands:\n#   echo-arguments <words...> - One a line\n# Risk: safe\n"
            "for word in \"$@\"; do printf '<%s>\\n' \"$word\"; done\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
        m_client = std::make_unique<HeadlessClient>(m_folder.filePath(u"profile"_s));
        m_client->start();
        m_account = m_client->addLocal(u"ana"_s, m_folder.filePath(u"hub.sock"_s));
        QVERIFY(!m_account.isEmpty());
        m_ops = m_client->room(m_account, u"#ops"_s);
        QVERIFY(!m_ops.isEmpty());
    }

    void cleanupTestCase() { QCOMPARE(m_client->quit(), 0); }

    void answersNonsenseWithAnErrorAndGoesOn()
    {
        QJsonObject reply = m_client->ask(u"no.such.thing"_s);
        QCOMPARE(reply[u"ok"_s], false);
        QCOMPARE(reply[u"error"_s][u"kind"_s], u"Invalid"_s);
        reply = m_client->ask(u"send"_s, {{u"conversation"_s, m_ops}});
        QCOMPARE(reply[u"error"_s][u"kind"_s], u"Invalid"_s);
        m_client->writeRaw("this is no JSON");
        m_client->writeRaw("[1,2,3]");
        QVERIFY(m_client->ask(u"account.list"_s)[u"ok"_s].toBool());
        QCOMPARE(m_client->strayReplies().size(), 2);
    }

    void roomsCarryTheirEnvironment()
    {
        QHash<QString, QString> environments;
        for (const QJsonValue& value : m_client->ask(u"conversation.list"_s)[u"conversations"_s].toArray())
            environments[value[u"name"_s].toString()] = value[u"environment"_s].toString();
        QCOMPARE(environments[u"#ops"_s], u"sandbox"_s);
        QCOMPARE(environments[u"#prod"_s], u"production"_s);
        QVERIFY(environments.contains(u"#help"_s));
    }

    void aMessageComesBackStored()
    {
        const QString transaction = m_client->ask(u"send"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"hello *there*"_s}})[u"txn"_s].toString();
        QVERIFY(!transaction.isEmpty());
        QVERIFY(!m_client->waitFor(u"outbox"_s, [&](const auto& e) { return e[u"txn"_s] == transaction && e[u"state"_s] == u"sent"_s; }).isEmpty());
        QVERIFY(!m_client->waitFor(u"message"_s, [&](const auto& e) { return e[u"txn"_s] == transaction; }).isEmpty());
        QVERIFY(m_client->texts(m_ops).contains(u"hello *there*"_s));
        const QJsonArray found = m_client->ask(u"search"_s, {{u"text"_s, u"there"_s}})[u"messages"_s].toArray();
        QCOMPARE(found.size(), 1);
    }

    void aCommandRunsAsARealProcessWithExactArguments()
    {
        QTRY_VERIFY(m_client->ask(u"palette.refresh"_s, {{u"conversation"_s, m_ops}})[u"count"_s].toInt() > 6);
        const QJsonObject composed = m_client->ask(u"palette.compose"_s,
            {{u"command"_s, u"echo-arguments"_s}, {u"bot"_s, u"runner"_s},
                {u"arguments"_s, QJsonObject{{u"words"_s, u"$HOME `id`; rm 'x' \"ä\""_s}}}});
        QCOMPARE(composed[u"problems"_s].toArray().size(), 0);
        const QString run = m_client->ask(u"run"_s, {{u"conversation"_s, m_ops}, {u"text"_s, composed[u"text"_s]}})[u"run"_s].toString();
        QVERIFY(!run.isEmpty());
        QCOMPARE(finished(run), u"succeeded"_s);
        QTRY_VERIFY(output(run).contains(u"$HOME"_s));
        QVERIFY2(output(run).contains(u"`id`"_s), qPrintable(output(run)));
    }

    void aFailingCommandTellsItsExitCode()
    {
        const QString run = m_client->ask(u"run"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"check 100 --path /"_s}})[u"run"_s].toString();
        QVERIFY(!run.isEmpty());
        QVERIFY(QStringList({u"failed"_s, u"error"_s}).contains(finished(run)));
    }

    void anUnknownCommandIsAnErrorWithAHint()
    {
        const QString run = m_client->ask(u"run"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"runner hosst"_s}})[u"run"_s].toString();
        QCOMPARE(finished(run), u"error"_s);
        for (const QJsonValue& value : m_client->ask(u"console"_s)[u"runs"_s].toArray())
            if (value[u"run"_s] == run)
                QVERIFY2(value[u"detail"_s].toString().contains(u"host"_s), qPrintable(value[u"detail"_s].toString()));
    }

    void aJsonReportIsFoundBySearch()
    {
        const QString run = m_client->ask(u"run"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"runner host"_s}})[u"run"_s].toString();
        QCOMPARE(finished(run), u"succeeded"_s);
        QTRY_VERIFY(m_client->ask(u"console.search"_s, {{u"pattern"_s, u"\"kernel\""_s}})[u"total"_s].toInt() >= 1);
    }

    void aDraftIsCheckedAndNeverGoesByItself()
    {
        const QString draft
            = m_client->ask(u"draft.add"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"runner processes --count many"_s}})[u"draft"_s].toString();
        QVERIFY(!draft.isEmpty());
        const QJsonArray drafts = m_client->ask(u"draft.list"_s)[u"drafts"_s].toArray();
        QCOMPARE(drafts.size(), 1);
        QCOMPARE(drafts[0][u"kind"_s], u"command"_s);
        QVERIFY(!drafts[0][u"problems"_s].toArray().isEmpty());
        QVERIFY(m_client->ask(u"draft.discard"_s, {{u"draft"_s, draft}})[u"ok"_s].toBool());
        QCOMPARE(m_client->ask(u"draft.list"_s)[u"drafts"_s].toArray().size(), 0);
    }

    void offlineTextWaitsAndGoesByItselfACommandGoesToReview()
    {
        QVERIFY(m_client->ask(u"network"_s, {{u"online"_s, false}})[u"ok"_s].toBool());
        const QString text = m_client->ask(u"send"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"written offline"_s}})[u"txn"_s].toString();
        const QString command = m_client->ask(u"send"_s, {{u"conversation"_s, m_ops}, {u"text"_s, u"runner disk"_s}})[u"txn"_s].toString();
        QHash<QString, QString> states;
        for (const QJsonValue& item : m_client->ask(u"outbox"_s)[u"items"_s].toArray())
            states[item[u"txn"_s].toString()] = item[u"state"_s].toString();
        QCOMPARE(states[text], u"queued"_s);
        QCOMPARE(states[command], u"review"_s);
        m_client->forgetEvents();
        QVERIFY(m_client->ask(u"network"_s, {{u"online"_s, true}})[u"ok"_s].toBool());
        QVERIFY(!m_client->waitFor(u"outbox"_s, [&](const auto& e) { return e[u"txn"_s] == text && e[u"state"_s] == u"sent"_s; }).isEmpty());
        QCOMPARE(m_client->ask(u"outbox"_s)[u"items"_s].toArray().size(), 1);
        QVERIFY(m_client->ask(u"outbox.discard"_s, {{u"txn"_s, command}})[u"ok"_s].toBool());
        QTRY_COMPARE(m_client->texts(m_ops).count(u"written offline"_s), 1); // stored when it comes back, a moment after it was taken
    }

    void anAccountIsCheckedChangedAndRemoved()
    {
        QJsonObject irc{{u"backend"_s, u"irc"_s}, {u"name"_s, u"Away"_s}, {u"user"_s, u"ana"_s}, {u"password"_s, u"tops3cret"_s}};
        QCOMPARE(m_client->ask(u"account.add"_s, irc)[u"error"_s][u"kind"_s], u"Invalid"_s); // the server is missing
        irc[u"server"_s] = u"127.0.0.1:1"_s; // nobody answers there
        irc[u"options"_s] = QJsonObject{{u"proxy"_s, u"direct"_s}, {u"realName"_s, u"Ana"_s}};
        const QString account = m_client->ask(u"account.add"_s, irc)[u"account"_s].toString();
        QVERIFY(!account.isEmpty());
        const auto listed = [&] {
            for (const QJsonValue& known : m_client->ask(u"account.list"_s)[u"accounts"_s].toArray())
                if (known[u"account"_s] == account)
                    return known.toObject();
            return QJsonObject();
        };
        QCOMPARE(listed()[u"user"_s], u"ana"_s);
        QVERIFY(m_client
                    ->ask(u"account.update"_s,
                        {{u"account"_s, account}, {u"user"_s, u"anna"_s}, {u"secrets"_s, QJsonObject{{u"serverPassword"_s, u"x"_s}}},
                            {u"options"_s, QJsonObject{{u"realName"_s, QJsonValue::Null}}}})[u"ok"_s]
                    .toBool());
        QCOMPARE(listed()[u"user"_s], u"anna"_s);
        QCOMPARE(m_client->ask(u"account.update"_s, {{u"account"_s, account}, {u"user"_s, QString()}})[u"error"_s][u"kind"_s], u"Invalid"_s);
        QVERIFY(m_client->ask(u"account.remove"_s, {{u"account"_s, account}})[u"ok"_s].toBool());
        QVERIFY(listed().isEmpty());
        QCOMPARE(m_client->ask(u"account.remove"_s, {{u"account"_s, account}})[u"error"_s][u"kind"_s], u"NotFound"_s);
        QVERIFY(m_client->ask(u"account.list"_s)[u"accounts"_s].toArray().size() == 1); // the Local workspace is still there
    }
};

QTEST_GUILESS_MAIN(TestHeadless)
#include "tst_headless.moc"
