// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/keyringlock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace ridealong::secrets {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAnswerTimeoutMs = 5'000;

} // namespace

base::Async<KeyringLock> keyringLock()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return base::Async<KeyringLock>::ready(KeyringLock::Unknown);
    // Secret Service API 0.2: the alias "default" is where a secret goes when nothing is said, and where QtKeychain puts it.
    QDBusMessage question = QDBusMessage::createMethodCall(
        u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets/aliases/default"_s, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, kAnswerTimeoutMs));
    base::Promise<KeyringLock> promise;
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, promise] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError() || reply.value().variant().typeId() != QMetaType::Bool)
            return promise.answer(KeyringLock::Unknown);
        promise.answer(reply.value().variant().toBool() ? KeyringLock::Locked : KeyringLock::Unlocked);
    });
    return promise.async();
}

} // namespace ridealong::secrets
