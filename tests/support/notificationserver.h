// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace ridealong::tests {

/// What one call of Notify said.
struct Notified
{
    QString program;
    uint replaces = 0;
    QString icon;
    QString title;
    QString body;
    QStringList actions;
    QVariantMap hints;
    int expires = 0;
    uint id = 0; ///< what was answered
};

/// A notification service of a desktop, on the session bus by a connection of its own: what it is told it keeps, and it clicks and closes
/// when the test says so.
class NotificationServer : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    explicit NotificationServer(QStringList capabilities = defaultCapabilities())
        : m_capabilities(std::move(capabilities)),
          m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("notification-server")))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
            QDBusConnection::ExportScriptableSlots | QDBusConnection::ExportScriptableSignals);
        m_owns = m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~NotificationServer() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        m_bus.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
        QDBusConnection::disconnectFromBus(QStringLiteral("notification-server"));
    }
    static QStringList defaultCapabilities() { return {QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")}; }

    bool ownsTheName() const { return m_owns; }
    void refuse(bool refusing) { m_refusing = refusing; }
    void click(uint id, const QString& action = QStringLiteral("default")) { emit ActionInvoked(id, action); }
    void dismiss(uint id, uint reason = 2) { emit NotificationClosed(id, reason); }

    QList<Notified> notified;
    QList<uint> closed;
    int asked = 0; ///< for capabilities

public slots:
    Q_SCRIPTABLE QStringList GetCapabilities()
    {
        ++asked;
        return m_capabilities;
    }
    Q_SCRIPTABLE uint Notify(const QString& program, uint replaces, const QString& icon, const QString& title, const QString& body,
        const QStringList& actions, const QVariantMap& hints, int expires, const QDBusMessage& call)
    {
        if (m_refusing) {
            call.setDelayedReply(true);
            m_bus.send(call.createErrorReply(
                QStringLiteral("org.freedesktop.Notifications.Error.ExcessNotificationGeneration"), QStringLiteral("too many")));
            return 0;
        }
        const uint id = replaces ? replaces : ++m_last;
        notified.append({program, replaces, icon, title, body, actions, hints, expires, id});
        return id;
    }
    Q_SCRIPTABLE void CloseNotification(uint id) { closed.append(id); }

signals:
    Q_SCRIPTABLE void ActionInvoked(uint id, const QString& action);
    Q_SCRIPTABLE void NotificationClosed(uint id, uint reason);

private:
    QStringList m_capabilities;
    QDBusConnection m_bus;
    bool m_owns = false;
    bool m_refusing = false;
    uint m_last = 0;
};

} // namespace ridealong::tests
