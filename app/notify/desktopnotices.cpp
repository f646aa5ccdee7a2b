// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "notify/desktopnotices.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QVariantMap>

namespace ridealong::notify {

using namespace Qt::StringLiterals;

namespace {

const QString kService = u"org.freedesktop.Notifications"_s;
const QString kPath = u"/org/freedesktop/Notifications"_s;
const QString kInterface = u"org.freedesktop.Notifications"_s;
const QString kDefaultAction = u"default"_s; ///< a click on the popup itself
constexpr uint kDismissedByUser = 2;
constexpr int kDesktopDecides = -1; ///< how long it stays
/// Critical ones stay until they are clicked and break into "do not disturb": no message of a chat is that.
constexpr uchar kNormal = 1;

QDBusMessage call(const QString& method) { return QDBusMessage::createMethodCall(kService, kPath, kInterface, method); }

/// No control characters, at most so long.
QString plain(const QString& text, qsizetype most, bool lines)
{
    QString made;
    for (const QChar c : text.left(most))
        made += c == u'\n' && lines ? c : c.category() == QChar::Other_Control ? QChar(u' ') : c;
    if (!made.isEmpty() && made.back().isHighSurrogate())
        made.chop(1); // the cut was within a character
    return text.size() > most ? made + u'…' : made;
}

} // namespace

QString escapedBody(const QString& text)
{
    QString made;
    for (const QChar c : text) {
        if (c == u'&')
            made += u"&amp;"_s;
        else if (c == u'<')
            made += u"&lt;"_s;
        else if (c == u'>')
            made += u"&gt;"_s;
        else
            made += c;
    }
    return made;
}

DesktopNotices::DesktopNotices(Bus bus, QObject* parent) : QObject(parent), m_makeBus(std::move(bus)) {}
DesktopNotices::~DesktopNotices() = default;

bool DesktopNotices::connectToBus()
{
    if (m_bus && m_bus->isConnected())
        return true;
    m_bus = m_makeBus();
    if (!m_bus->isConnected())
        return false;
    m_bus->connect(kService, kPath, kInterface, u"ActionInvoked"_s, this, SLOT(onAction(uint, QString)));
    m_bus->connect(kService, kPath, kInterface, u"NotificationClosed"_s, this, SLOT(onClosed(uint, uint)));
    delete m_watcher;
    m_watcher = new QDBusServiceWatcher(kService, *m_bus, QDBusServiceWatcher::WatchForUnregistration, this);
    connect(m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &DesktopNotices::forgetAll);
    return true;
}

void DesktopNotices::forgetAll()
{
    m_capabilities.reset();
    m_shown.clear(); // the numbers mean nothing to whoever comes next
}

QString DesktopNotices::keyOf(uint id) const
{
    for (auto shown = m_shown.cbegin(); shown != m_shown.cend(); ++shown)
        if (id != 0 && shown->id == id)
            return shown.key();
    return {};
}

// ---- showing ----

void DesktopNotices::show(const Popup& popup)
{
    if (!connectToBus())
        return refuse(popup);
    if (m_capabilities)
        return send(popup);
    m_waiting.removeIf([&](const Popup& waiting) { return waiting.key == popup.key; });
    m_waiting.append(popup);
    if (m_waiting.size() > kMaxWaiting)
        m_waiting.removeFirst();
    askCapabilities();
}

void DesktopNotices::askCapabilities()
{
    if (std::exchange(m_asking, true))
        return;
    auto* asked = new QDBusPendingCallWatcher(m_bus->asyncCall(call(u"GetCapabilities"_s), kAnswerMs), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        asked->deleteLater();
        m_asking = false;
        const QDBusPendingReply<QStringList> reply = *asked;
        if (!reply.isError())
            m_capabilities = reply.value();
        for (const Popup& popup : std::exchange(m_waiting, {}))
            m_capabilities ? send(popup) : refuse(popup); // the next one asks again: it may have been started
    });
}

void DesktopNotices::refuse(const Popup& popup)
{
    // Not before show() returns: whoever calls it hears of it as of an answer.
    QMetaObject::invokeMethod(
        this, [this, popup] { emit unavailable(popup); }, Qt::QueuedConnection);
}

void DesktopNotices::send(const Popup& popup)
{
    Shown& shown = m_shown[popup.key];
    shown.closing = false;
    if (shown.asked) {
        shown.next = popup; // its number is on the way; without it there would be two
        return;
    }
    shown.asked = true;
    const bool hasBody = m_capabilities->contains(u"body"_s);
    QString title = plain(popup.title, kMaxTitle, false);
    QString body = plain(popup.body, kMaxBody, true);
    if (!hasBody && !body.isEmpty()) {
        title = plain(u"%1: %2"_s.arg(title, body), kMaxTitle, false);
        body.clear();
    }
    if (m_capabilities->contains(u"body-markup"_s))
        body = escapedBody(body);
    const QStringList actions = m_capabilities->contains(u"actions"_s) ? QStringList{kDefaultAction, popup.open} : QStringList();
    const QVariantMap hints{
        {u"desktop-entry"_s, u"org.ridealong.Ridealong"_s}, {u"category"_s, u"im.received"_s}, {u"urgency"_s, QVariant::fromValue(kNormal)}};
    QDBusMessage message = call(u"Notify"_s);
    message << u"Ridealong"_s << shown.id << u"org.ridealong.Ridealong"_s << title << body << actions << hints << kDesktopDecides;
    auto* asked = new QDBusPendingCallWatcher(m_bus->asyncCall(message, kAnswerMs), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked, popup] {
        asked->deleteLater();
        const QDBusPendingReply<uint> reply = *asked;
        if (reply.isError())
            refuse(popup);
        const auto known = m_shown.find(popup.key);
        if (known == m_shown.end())
            return; // another service has taken over meanwhile
        known->asked = false;
        known->id = reply.isError() ? 0 : reply.value();
        const std::optional<Popup> next = std::exchange(known->next, std::nullopt);
        if (known->closing)
            close(popup.key);
        else if (next && m_capabilities)
            send(*next);
    });
}

void DesktopNotices::close(const QString& key)
{
    m_waiting.removeIf([&](const Popup& waiting) { return waiting.key == key; });
    const auto shown = m_shown.find(key);
    if (shown == m_shown.end())
        return;
    shown->next.reset();
    if (shown->asked) {
        shown->closing = true;
        return;
    }
    const uint id = shown->id;
    m_shown.erase(shown);
    if (id != 0)
        m_bus->asyncCall(call(u"CloseNotification"_s) << id, kAnswerMs); // gone already is as good
}

// ---- what the desktop tells ----

void DesktopNotices::onAction(uint id, const QString& action)
{
    const QString key = keyOf(id); // of other programs' popups we hear too
    if (!key.isEmpty() && action == kDefaultAction)
        emit activated(key);
}

void DesktopNotices::onClosed(uint id, uint reason)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return;
    if (const auto shown = m_shown.find(key); shown->asked)
        shown->id = 0; // the next one is on its way already
    else
        m_shown.erase(shown);
    if (reason == kDismissedByUser)
        emit dismissed(key);
}

} // namespace ridealong::notify
