// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

class QDBusServiceWatcher;

namespace ridealong::notify {

/// What a popup says. Plain text: nothing in it is markup, whatever it looks like.
struct Popup
{
    QString key; ///< of ours; a popup takes the place of the one before with the same key
    QString title;
    QString body;
    QString open; ///< what a click does, in words

    bool operator==(const Popup&) const = default;
};

/// Popups of the desktop: org.freedesktop.Notifications, version 1.2 of the Desktop Notifications Specification. The bus is
/// asked for only when there is something to show.
class DesktopNotices : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxTitle = 120;
    static constexpr qsizetype kMaxBody = 400;
    static constexpr int kMaxWaiting = 20; ///< until the desktop said what it can do
    static constexpr int kAnswerMs = 5000;

    using Bus = std::function<QDBusConnection()>;
    explicit DesktopNotices(
        Bus bus = [] { return QDBusConnection::sessionBus(); }, QObject* parent = nullptr);
    ~DesktopNotices() override;

    void show(const Popup& popup);
    void close(const QString& key);

signals:
    void activated(const QString& key); ///< clicked
    void dismissed(const QString& key); ///< by the user
    /// Nobody shows it: no bus, no notification service, or it refused. No error for a person.
    void unavailable(const ridealong::notify::Popup& popup);

private slots: // called by name, by the bus
    void onAction(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    struct Shown
    {
        uint id = 0; ///< the desktop's; 0: not known yet
        bool asked = false; ///< its answer is on the way
        std::optional<Popup> next; ///< shown when the answer is here
        bool closing = false;
    };

    bool connectToBus();
    void askCapabilities();
    void send(const Popup& popup);
    void refuse(const Popup& popup);
    void forgetAll(); ///< another notification service has taken over
    QString keyOf(uint id) const;

    Bus m_makeBus;
    std::optional<QDBusConnection> m_bus;
    QDBusServiceWatcher* m_watcher = nullptr;
    std::optional<QStringList> m_capabilities;
    bool m_asking = false;
    QList<Popup> m_waiting;
    QHash<QString, Shown> m_shown;
};

/// `text` as the body of a popup for a desktop that reads markup in it.
QString escapedBody(const QString& text);

} // namespace ridealong::notify
