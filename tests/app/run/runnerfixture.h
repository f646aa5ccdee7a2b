// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/bot.h"
#include "run/runnerbot.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace ridealong::tests {

/// A hub as the bot sees it: keeps the last report of each run, and what was said.
class FakeBotHost final : public chat::BotHost
{
public:
    explicit FakeBotHost(QString folder) : m_folder(std::move(folder)) {}

    void report(const chat::RunReport& report) override
    {
        ++reportCount;
        chat::RunReport& known = reports[report.run];
        if (chat::isFinal(known.state))
            ++reportsAfterTheEnd;
        history[report.run] += report.state;
        known = report;
        if (told)
            told(report);
    }
    void post(const base::ConversationId&, const QString& text, const base::MessageId&) override { posts += text; }
    QString outputPath(const base::RunId& run) const override { return outputOverride.isEmpty() ? m_folder + u'/' + run.text() : outputOverride; }

    std::function<void(const chat::RunReport&)> told; ///< may be null
    QHash<base::RunId, chat::RunReport> reports;
    QHash<base::RunId, QList<chat::RunState>> history;
    QStringList posts;
    QString outputOverride;
    int reportCount = 0;
    int reportsAfterTheEnd = 0;

private:
    QString m_folder;
};

/// A runner with a folder of scripts, and rooms to speak in.
struct Room
{
    QTemporaryDir folder;
    FakeBotHost host{make(QStringLiteral("output"))};
    base::SystemClock systemClock;
    FakeRandom random{quint64(QDateTime::currentMSecsSinceEpoch())};
    run::RunnerLimits limits;
    std::unique_ptr<scripts::ScriptLibrary> library;
    std::unique_ptr<run::RunnerBot> bot;
    base::Clock* clock = &systemClock;
    QString environment = QStringLiteral("sandbox");

    QString make(const QString& name) const
    {
        QDir(folder.path()).mkpath(name);
        return folder.path() + u'/' + name;
    }
    QString path(const QString& name) const { return folder.path() + u'/' + name; }

    void script(const QString& name, const QByteArray& content, bool executable = true)
    {
        QFile file(make(QStringLiteral("scripts")) + u'/' + name);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        Q_ASSERT(written);
        file.close();
        file.setPermissions(executable ? QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner : QFile::ReadOwner | QFile::WriteOwner);
    }

    void begin(const QStringList& folders = {})
    {
        library = std::make_unique<scripts::ScriptLibrary>(folders.isEmpty() ? QStringList{make(QStringLiteral("scripts"))} : folders);
        bot = std::make_unique<run::RunnerBot>(host, *library, *clock, random, limits, make(QStringLiteral("work")), make(QStringLiteral("state")));
    }

    /// What the hub does with a message. The run's id, or none when it was not for the runner.
    base::RunId say(const QString& text, const QString& who = QStringLiteral("Ana"))
    {
        chat::Message message;
        message.text = text;
        message.sender = base::UserId(who.toLower());
        message.senderName = who;
        chat::Conversation room;
        room.id = base::ConversationId(base::AccountId(QStringLiteral("local")), QStringLiteral("#ops"));
        room.environment = environment;
        const auto report = bot->accept(message, room);
        if (!report)
            return {};
        host.report(*report);
        bot->begin(*report);
        return report->run;
    }
    base::RunId run(const QString& command) { return say(QStringLiteral("runner ") + command); }

    const chat::RunReport& report(const base::RunId& id) { return host.reports[id]; }
    bool isOver(const base::RunId& id) { return chat::isFinal(report(id).state); }
    QByteArray output(const base::RunId& id)
    {
        QFile file(host.outputPath(id));
        return file.open(QIODevice::ReadOnly) ? file.read(report(id).outputBytes) : QByteArray();
    }
    static chat::Member person(const QString& name) { return {base::UserId(name.toLower()), name, false, chat::Presence::Online}; }
};

} // namespace ridealong::tests
