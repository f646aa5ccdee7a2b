// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>

#include <memory>

namespace ridealong::tests {

/// A real ridealong-headless process and the dialogue with it: requests get their replies, events are kept to be looked at.
class HeadlessClient : public QObject
{
    Q_OBJECT
public:
    explicit HeadlessClient(QString profileFolder, QObject* parent = nullptr);
    ~HeadlessClient() override;

    void start();
    void killHard(); ///< SIGKILL, and waits for the end
    int quit(); ///< end of input; the exit status
    bool isRunning() const { return m_process && m_process->state() != QProcess::NotRunning; }

    /// The reply, or an object with "timeout".
    QJsonObject ask(const QString& what, QJsonObject fields = {});
    /// Writes a request and does not wait; its reply is in replies() later.
    int post(const QString& what, QJsonObject fields = {});
    void writeRaw(const QByteArray& line);

    /// The first event of that name since the last forgetEvents() for which `accept` is true; waits for it. Empty: none came.
    QJsonObject waitFor(const QString& event, const std::function<bool(const QJsonObject&)>& accept = {}, int timeoutMs = 20'000);
    void forgetEvents() { m_events.clear(); }
    const QList<QJsonObject>& events() const { return m_events; }
    const QHash<int, QJsonObject>& replies() const { return m_replies; }
    const QList<QJsonObject>& strayReplies() const { return m_strays; } ///< with "re": null

    // The dialogue's common phrases.
    QString addLocal(const QString& user, const QString& socketPath); ///< the account
    QString room(const QString& account, const QString& name); ///< the conversation, waits until it is there
    QStringList texts(const QString& conversation, int limit = 10'000);

signals:
    void lineRead();

private:
    void read();
    bool waitUntil(const std::function<bool()>& condition, int timeoutMs);

    QString m_profile;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_buffer;
    QList<QJsonObject> m_events;
    QHash<int, QJsonObject> m_replies;
    QList<QJsonObject> m_strays;
    int m_nextId = 1;
};

} // namespace ridealong::tests
