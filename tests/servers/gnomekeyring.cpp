// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/gnomekeyring.h"

#include "servers/waituntil.h"

#include <QDir>
#include <QFile>

namespace ridealong::tests {

class GnomeKeyring::Bus : public TestServer
{
public:
    Bus() : TestServer(QStringLiteral("dbus")) {}
    QString missing() const override
    {
        return findProgram(QStringLiteral("dbus-daemon")).isEmpty() ? notInstalled(QStringLiteral("dbus-daemon")) : QString();
    }
    QString address() const { return QStringLiteral("unix:path=%1/bus").arg(folder()); }

protected:
    /// A bus that starts nothing by itself: the question whether our keyring is ready would start another one before it.
    bool prepare() override
    {
        QFile::remove(folder() + QStringLiteral("/bus"));
        return write(QStringLiteral("bus.conf"),
            "<busconfig><type>session</type><listen>" + address().toUtf8()
                + "</listen><policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow "
                  "own=\"*\"/></policy></busconfig>\n");
    }
    Command command() const override
    {
        return {.program = findProgram(QStringLiteral("dbus-daemon")),
            .arguments = {QStringLiteral("--config-file=%1/bus.conf").arg(folder()), QStringLiteral("--nofork"), QStringLiteral("--nopidfile")},
            .asServerUser = false};
    }
    bool isReady() override { return QFile::exists(folder() + QStringLiteral("/bus")); }
};

GnomeKeyring::GnomeKeyring() : TestServer(QStringLiteral("keyring")), m_bus(std::make_unique<Bus>()) {}
GnomeKeyring::~GnomeKeyring() = default;

QString GnomeKeyring::missing() const
{
    return findProgram(QStringLiteral("gnome-keyring-daemon")).isEmpty() ? notInstalled(QStringLiteral("gnome-keyring")) : m_bus->missing();
}

bool GnomeKeyring::start() { return (m_bus->isRunning() || m_bus->start() || fail(m_bus->error())) && TestServer::start(); }

void GnomeKeyring::stop()
{
    TestServer::stop();
    m_bus->stop();
}

QProcessEnvironment GnomeKeyring::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_bus->address());
    environment.insert(QStringLiteral("HOME"), folder());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder() + QStringLiteral("/run"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), folder() + QStringLiteral("/data"));
    for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY"})
        environment.remove(QString::fromLatin1(display)); // there is nobody to answer a prompt
    return environment;
}

void GnomeKeyring::enter() const
{
    for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"})
        qputenv(name, environment().value(QString::fromLatin1(name)).toUtf8());
}

bool GnomeKeyring::prepare()
{
    // Not the server's user: both sides of the bus have to be the same one.
    const QString run = folder() + QStringLiteral("/run");
    return QDir().mkpath(run) && QDir().mkpath(folder() + QStringLiteral("/data"))
        && QFile::setPermissions(run, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

TestServer::Command GnomeKeyring::command() const
{
    return {.program = findProgram(QStringLiteral("gnome-keyring-daemon")),
        .arguments = {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")},
        .environment = environment(),
        .input = "password of the login",
        .asServerUser = false};
}

bool GnomeKeyring::isReady()
{
    // The collection of the login is what a secret is stored in; the bus's name is taken a moment before it is there.
    QProcess ask;
    ask.setProcessEnvironment(environment());
    ask.start(QStringLiteral("dbus-send"),
        {QStringLiteral("--session"), QStringLiteral("--print-reply"), QStringLiteral("--dest=org.freedesktop.secrets"),
            QStringLiteral("/org/freedesktop/secrets/collection/login"), QStringLiteral("org.freedesktop.DBus.Properties.Get"),
            QStringLiteral("string:org.freedesktop.Secret.Collection"), QStringLiteral("string:Locked")});
    waitUntil([&ask] { return ask.state() == QProcess::NotRunning; }, 2000);
    return ask.readAllStandardOutput().contains("boolean false");
}

} // namespace ridealong::tests
