// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "secrets/fallbackstore.h"
#include "support/await.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;
using secrets::FallbackStore;
using secrets::MemoryStore;
using secrets::SecretStore;
using tests::await;

namespace {

const base::AccountId kAnna(u"irc-1"_s);
const base::AccountId kBen(u"irc-2"_s);
const QString kPassword = u"password"_s;

/// A keychain that works, or refuses everything with one error.
class Keychain final : public SecretStore
{
public:
    base::Async<QString> read(const base::AccountId& account, const QString& field) override
    {
        return refusal ? base::Async<QString>::ready(*refusal) : memory.read(account, field);
    }
    base::Async<base::Done> write(const base::AccountId& account, const QString& field, const QString& value) override
    {
        return refusal ? base::Async<base::Done>::ready(*refusal) : memory.write(account, field, value);
    }
    base::Async<base::Done> remove(const base::AccountId& account, const QString& field) override
    {
        return refusal ? base::Async<base::Done>::ready(*refusal) : memory.remove(account, field);
    }

    std::optional<base::Error> refusal;
    MemoryStore memory;
};

struct Fixture
{
    Keychain& keychain = *new Keychain;
    FallbackStore store{std::unique_ptr<SecretStore>(&keychain)};
    QSignalSpy told{&store, &FallbackStore::keptForThisRunOnly};
};

const base::Error kNone{ErrorKind::Unsupported, u"no keychain"_s, 0};

template <typename T> QString kindOf(const base::Expected<T>& answer) { return answer ? u"no error"_s : base::toString(answer.error().kind); }

} // namespace

class TestSecretStores : public QObject
{
    Q_OBJECT
private slots:
    void memoryKeepsEachAccountAndFieldApart()
    {
        MemoryStore store;
        QVERIFY(await(store.write(kAnna, kPassword, u"grün"_s)));
        QVERIFY(await(store.write(kAnna, u"serverPassword"_s, u"blau"_s)));
        QVERIFY(await(store.write(kBen, kPassword, u"rot"_s)));
        QCOMPARE(*await(store.read(kAnna, kPassword)), u"grün"_s);
        QCOMPARE(*await(store.read(kBen, kPassword)), u"rot"_s);
        QVERIFY(await(store.remove(kAnna, kPassword)));
        QVERIFY(await(store.remove(kAnna, kPassword))); // there is none: done all the same
        QCOMPARE(*await(store.read(kAnna, kPassword)), QString());
        QCOMPARE(*await(store.read(kAnna, u"serverPassword"_s)), u"blau"_s);
        QVERIFY(await(store.write(kBen, kPassword, {})));
        QVERIFY(!store.has(kBen, kPassword));
    }

    void takesSecretsUpToTheLimit()
    {
        MemoryStore store;
        const QString most = QString(SecretStore::kMaxSecretBytes - 2, u'a') + u'ä'; // two bytes of UTF-8
        QVERIFY(await(store.write(kAnna, kPassword, most)));
        QCOMPARE(*await(store.read(kAnna, kPassword)), most);
        QCOMPARE(kindOf(await(store.write(kAnna, kPassword, most + u'a'))), u"Invalid"_s);
        QCOMPARE(*await(store.read(kAnna, kPassword)), most); // what was there stays
    }

    void refusesWhatAKeyringWouldChange()
    {
        QCOMPARE(kindOf(SecretStore::check(u"a\0b"_s)), u"Invalid"_s);
        QCOMPARE(kindOf(SecretStore::check(QString(QChar(0xd800)))), u"Invalid"_s);
        QVERIFY(SecretStore::check(u"\U0001f511 ключ"_s));
        QVERIFY(SecretStore::check({}));
    }

    void usesTheKeychainAloneWhileItWorks()
    {
        Fixture f;
        QVERIFY(await(f.store.write(kAnna, kPassword, u"s3cret"_s)));
        QCOMPARE(*await(f.keychain.memory.read(kAnna, kPassword)), u"s3cret"_s);
        f.keychain.refusal = kNone;
        QCOMPARE(kindOf(await(f.store.read(kAnna, kPassword))), u"Unsupported"_s); // no copy was made
        QCOMPARE(f.told.count(), 0);
        QVERIFY(!f.store.problem());
    }

    void keepsForThisRunWhatTheKeychainRefusesAndSaysSoOnce_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("none") << int(ErrorKind::Unsupported);
        QTest::newRow("locked") << int(ErrorKind::Denied);
        QTest::newRow("hangs") << int(ErrorKind::Timeout);
    }
    void keepsForThisRunWhatTheKeychainRefusesAndSaysSoOnce()
    {
        QFETCH(int, kind);
        Fixture f;
        f.keychain.refusal = base::Error{ErrorKind(kind), u"why"_s, 0};
        QVERIFY(await(f.store.write(kAnna, kPassword, u"one"_s)));
        QVERIFY(await(f.store.write(kBen, kPassword, u"two"_s)));
        QCOMPARE(*await(f.store.read(kAnna, kPassword)), u"one"_s);
        QCOMPARE(*await(f.store.read(kBen, kPassword)), u"two"_s);
        QCOMPARE(f.told.count(), 1);
        QCOMPARE(base::toString(f.told.first().first().value<base::Error>().kind), base::toString(ErrorKind(kind)));
        QCOMPARE(base::toString(f.store.problem()->kind), base::toString(ErrorKind(kind)));
        QCOMPARE(kindOf(await(f.store.read(kAnna, u"other"_s))), base::toString(ErrorKind(kind))); // never written: the truth
    }

    void givesUpItsCopyWhenTheKeychainTakesTheSecret()
    {
        Fixture f;
        f.keychain.refusal = kNone;
        QVERIFY(await(f.store.write(kAnna, kPassword, u"old"_s)));
        f.keychain.refusal.reset();
        QVERIFY(await(f.store.write(kAnna, kPassword, u"new"_s)));
        QCOMPARE(*await(f.store.read(kAnna, kPassword)), u"new"_s);
        f.keychain.refusal = kNone;
        QVERIFY(!await(f.store.read(kAnna, kPassword)));
    }

    void prefersTheNewSecretInMemoryToTheOldOneInTheKeychain()
    {
        Fixture f;
        QVERIFY(await(f.store.write(kAnna, kPassword, u"old"_s)));
        f.keychain.refusal = base::Error{ErrorKind::Denied, u"locked"_s, 0};
        QVERIFY(await(f.store.write(kAnna, kPassword, u"new"_s)));
        f.keychain.refusal.reset();
        QCOMPARE(*await(f.store.read(kAnna, kPassword)), u"new"_s);
    }

    void removesFromBoth()
    {
        Fixture f;
        f.keychain.refusal = kNone;
        QVERIFY(await(f.store.write(kAnna, kPassword, u"x"_s)));
        QVERIFY(await(f.store.remove(kAnna, kPassword))); // no keychain: nothing in it
        f.keychain.refusal.reset();
        QCOMPARE(*await(f.store.read(kAnna, kPassword)), QString());
        QVERIFY(await(f.store.write(kAnna, kPassword, u"y"_s)));
        f.keychain.refusal = base::Error{ErrorKind::Denied, u"locked"_s, 0};
        QCOMPARE(kindOf(await(f.store.remove(kAnna, kPassword))), u"Denied"_s); // it is still there, and that is said
    }

    void refusesASecretThatIsNone()
    {
        Fixture f;
        QCOMPARE(kindOf(await(f.store.write(kAnna, kPassword, QString(SecretStore::kMaxSecretBytes + 1, u'a')))), u"Invalid"_s);
        QCOMPARE(f.told.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSecretStores)
#include "tst_secretstores.moc"
