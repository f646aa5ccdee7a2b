// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/loopbackport.h"

#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace ridealong::tests {

/// A real program on loopback that a test starts, stops and kills: with a temporary folder and free ports of its own, which it keeps
/// over restarts. It dies with the test program, also when that crashes. What it printed in its last run stays in
/// build/…/server-logs/TESTPROGRAM/FUNCTION-ROW-NAME.PROCESS.log. All functions wait with the event loop going on, and none waits for ever.
class TestServer : public QObject
{
    Q_OBJECT
public:
    ~TestServer() override;

    /// What is not installed on this machine, as a sentence; empty when the server can be had. For QSKIP.
    virtual QString missing() const = 0;

    /// Waits until it is ready. False: error() says why.
    virtual bool start();
    virtual void stop(); ///< asks it to end (SIGTERM), and kills it when it does not
    void kill(); ///< SIGKILL
    bool restart(); ///< stop and start, same ports, same data
    void freeze(); ///< SIGSTOP: connections stay, nothing is answered
    void thaw();

    bool isRunning() const { return m_process && m_process->state() != QProcess::NotRunning; }
    qint64 processId() const { return m_process ? m_process->processId() : 0; }
    QString name() const { return m_name; }
    QString folder() const { return m_folder.path(); } ///< its temporary folder, with its data
    QString error() const { return m_error; }
    QByteArray log(qint64 from = 0) const; ///< what it printed, over all its runs, from that byte on

protected:
    explicit TestServer(QString name);

    /// What to run, in folder().
    struct Command
    {
        QString program;
        QStringList arguments;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        QByteArray input; ///< on its standard input, which is then closed
        bool asServerUser = true; ///< as user `irc` when the test is root, as servers refuse to be root
    };
    virtual bool prepare() = 0; ///< before each start: writes the configuration
    virtual Command command() const = 0;
    virtual bool isReady() = 0; ///< asked again and again after the start

    /// Runs a program of the server's to its end, as the server itself is run. What it printed; nothing when it failed, and error() says how.
    std::optional<QByteArray> ask(const Command& what);
    /// False when none answers at 127.0.0.1:port now.
    static bool portAnswers(quint16 port);
    /// Writes a file which the server may read and write; `name` is relative to folder().
    bool write(const QString& name, const QByteArray& contents);
    /// Lets the server's user own the file or folder.
    void giveToServer(const QString& path) const;
    /// tests/servers/config/NAME with each @KEY@ replaced.
    static QByteArray configuration(const QString& name, const QHash<QString, QString>& values);
    static QString findProgram(const QString& program); ///< also in /usr/sbin; empty when there is none
    static QString notInstalled(const QString& what);
    bool fail(const QString& why);

private:
    void launch(QProcess& process, const Command& what) const;

    QString m_name;
    QTemporaryDir m_folder;
    QString m_logFile;
    QString m_error;
    std::unique_ptr<QProcess> m_process;
};

} // namespace ridealong::tests
