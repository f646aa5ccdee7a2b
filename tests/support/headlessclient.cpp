// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "support/headlessclient.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

HeadlessClient::HeadlessClient(QString profileFolder, QObject* parent) : QObject(parent), m_profile(std::move(profileFolder)) {}

HeadlessClient::~HeadlessClient()
{
    if (isRunning())
        killHard();
}

void HeadlessClient::start()
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::SeparateChannels);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &HeadlessClient::read);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, [this] {
        for (const QByteArray& line : m_process->readAllStandardError().split('\n'))
            if (!line.isEmpty())
                qInfo().noquote() << "headless:" << line;
    });
    m_process->start(QStringLiteral(RIDEALONG_BIN_DIR) + u"/ridealong-headless"_s, {u"--profile"_s, m_profile, u"--memory-secrets"_s});
    QVERIFY2(m_process->waitForStarted(), "ridealong-headless does not start");
}

void HeadlessClient::killHard()
{
    m_process->kill();
    m_process->waitForFinished();
    read();
    m_buffer.clear();
}

int HeadlessClient::quit()
{
    m_process->closeWriteChannel();
    waitUntil([this] { return m_process->state() == QProcess::NotRunning; }, 20'000);
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

void HeadlessClient::read()
{
    m_buffer += m_process->readAllStandardOutput();
    for (qsizetype end; (end = m_buffer.indexOf('\n')) >= 0; m_buffer.remove(0, end + 1)) {
        const QJsonObject object = QJsonDocument::fromJson(m_buffer.left(end)).object();
        if (object.contains(u"event"_s))
            m_events.append(object);
        else if (object[u"re"_s].isDouble())
            m_replies[object[u"re"_s].toInt()] = object;
        else
            m_strays.append(object);
    }
    emit lineRead();
}

bool HeadlessClient::waitUntil(const std::function<bool()>& condition, int timeoutMs)
{
    return QTest::qWaitFor(condition, timeoutMs); // returns as soon as it is true
}

int HeadlessClient::post(const QString& what, QJsonObject fields)
{
    const int id = m_nextId++;
    fields[u"id"_s] = id;
    fields[u"do"_s] = what;
    writeRaw(QJsonDocument(fields).toJson(QJsonDocument::Compact));
    return id;
}

void HeadlessClient::writeRaw(const QByteArray& line) { m_process->write(line + '\n'); }

QJsonObject HeadlessClient::ask(const QString& what, QJsonObject fields)
{
    const int id = post(what, std::move(fields));
    if (!waitUntil([&] { return m_replies.contains(id) || !isRunning(); }, 30'000) || !m_replies.contains(id))
        return {{u"timeout"_s, what}};
    return m_replies.take(id);
}

QJsonObject HeadlessClient::waitFor(const QString& event, const std::function<bool(const QJsonObject&)>& accept, int timeoutMs)
{
    qsizetype seen = 0;
    QJsonObject found;
    waitUntil(
        [&] {
            for (; seen < m_events.size(); ++seen)
                if (m_events[seen][u"event"_s] == event && (!accept || accept(m_events[seen]))) {
                    found = m_events[seen];
                    return true;
                }
            return false;
        },
        timeoutMs);
    return found;
}

QString HeadlessClient::addLocal(const QString& user, const QString& socketPath)
{
    return ask(u"account.add"_s, {{u"backend"_s, u"local"_s}, {u"name"_s, u"Local"_s}, {u"user"_s, user}, {u"server"_s, socketPath}})[u"account"_s]
        .toString();
}

QString HeadlessClient::room(const QString& account, const QString& name)
{
    QString found;
    waitUntil(
        [&] {
            for (const QJsonValue& value : ask(u"conversation.list"_s, {{u"account"_s, account}})[u"conversations"_s].toArray())
                if (value[u"name"_s].toString() == name)
                    found = value[u"conversation"_s].toString();
            return !found.isEmpty();
        },
        20'000);
    return found;
}

QStringList HeadlessClient::texts(const QString& conversation, int limit)
{
    QStringList all;
    for (const QJsonValue& value : ask(u"timeline"_s, {{u"conversation"_s, conversation}, {u"limit"_s, limit}})[u"messages"_s].toArray())
        all += value[u"text"_s].toString();
    return all;
}

} // namespace ridealong::tests
