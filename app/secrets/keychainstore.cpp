// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/keychainstore.h"

#include "secrets/keyringlock.h"

#include <qt6keychain/keychain.h>

namespace ridealong::secrets {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

const QString kService = u"ridealong"_s;

QString keyOf(const base::AccountId& account, const QString& field) { return account.text() + u'/' + field; }

ErrorKind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return ErrorKind::Denied;
    default: return ErrorKind::Unsupported; // OtherError is what a missing bus, daemon or collection looks like
    }
}

} // namespace

KeychainStore::KeychainStore(base::Clock& clock, QObject* parent) : SecretStore(parent), m_clock(clock) {}

/// Starts the job and answers for it when it is late, has failed, or its keyring is locked; else `done` answers.
template <typename T, typename Done> void KeychainStore::run(QKeychain::Job* job, const base::Promise<T>& promise, const QString& key, Done done)
{
    // setInsecureFallback stays off: it would write the secret into a file.
    job->setKey(key);
    // The job deletes itself when it ends and is never deleted before: libsecret calls back into it whatever happened meanwhile.
    // One job runs at a time, so behind one that hangs the others wait too, each for its own time at most.
    auto* scope = new QObject(this);
    connect(job, &QKeychain::Job::finished, scope, [scope, promise, done](QKeychain::Job* ended) {
        scope->deleteLater();
        const QKeychain::Error error = ended->error();
        const QString detail = ended->errorString();
        // libsecret removes what it sees, and behind a lock it sees nothing: that, too, it calls a success.
        const bool mayBeLocked = error != QKeychain::NoError || qobject_cast<QKeychain::DeletePasswordJob*>(ended);
        if (!mayBeLocked)
            return done(ended);
        if (error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser)
            return promise.answer(Error{ErrorKind::Denied, detail, 0});
        // A locked keyring answers like an empty one or like none at all.
        keyringLock().then(scope->parent(), [promise, done, error, detail](const base::Expected<KeyringLock>& lock) {
            if (lock && *lock == KeyringLock::Locked)
                return promise.answer(Error{ErrorKind::Denied, u"the keyring is locked"_s, 0});
            if (error == QKeychain::EntryNotFound || error == QKeychain::NoError)
                return done(nullptr);
            promise.answer(Error{kindOf(error), u"%1 (error %2)"_s.arg(detail).arg(int(error)), 0});
        });
    });
    m_clock.after(kJobTimeout, scope, [scope, promise] {
        scope->deleteLater();
        promise.answer(Error{ErrorKind::Timeout, u"the keyring did not answer within %1 s"_s.arg(kJobTimeout.count() / 1000), 0});
    });
    job->start();
}

base::Async<QString> KeychainStore::read(const base::AccountId& account, const QString& field)
{
    base::Promise<QString> promise;
    run(new QKeychain::ReadPasswordJob(kService), promise, keyOf(account, field),
        [promise](QKeychain::Job* ended) { promise.answer(ended ? static_cast<QKeychain::ReadPasswordJob*>(ended)->textData() : QString()); });
    return promise.async();
}

base::Async<base::Done> KeychainStore::write(const base::AccountId& account, const QString& field, const QString& value)
{
    if (value.isEmpty())
        return remove(account, field);
    if (auto checked = check(value); !checked)
        return base::Async<base::Done>::ready(checked);
    base::Promise<base::Done> promise;
    auto* job = new QKeychain::WritePasswordJob(kService);
    job->setTextData(value);
    run(job, promise, keyOf(account, field), [promise](QKeychain::Job* ended) {
        if (ended)
            promise.answer(base::Done());
        else // "not found" of a write: the collection is not there
            promise.answer(Error{ErrorKind::Unsupported, u"the keyring has no collection to write to"_s, 0});
    });
    return promise.async();
}

base::Async<base::Done> KeychainStore::remove(const base::AccountId& account, const QString& field)
{
    base::Promise<base::Done> promise;
    run(new QKeychain::DeletePasswordJob(kService), promise, keyOf(account, field), [promise](QKeychain::Job*) { promise.answer(base::Done()); });
    return promise.async();
}

} // namespace ridealong::secrets
