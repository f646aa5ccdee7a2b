// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Against a real GNOME Keyring in a session of its own: started by withkeyring.sh.
#include "secrets/keychainstore.h"
#include "secrets/keyringlock.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;
using secrets::KeychainStore;
using secrets::KeyringLock;
using secrets::SecretStore;
using tests::await;

namespace {

const base::AccountId kAnna(u"irc-1"_s);
const base::AccountId kBen(u"irc-2"_s);
const QString kPassword = u"password"_s;
constexpr int kPatienceMs = 60'000;

/// What another program sees: libsecret's own tool.
QByteArray seenByOthers(const QString& key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"server"_s, u"ridealong"_s, u"user"_s, key});
    tool.waitForFinished(kPatienceMs);
    return tool.readAllStandardOutput();
}

void lockKeyring()
{
    QDBusMessage lock
        = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    lock << QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
    const QDBusMessage reply = QDBusConnection::sessionBus().call(lock);
    QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
}

template <typename T> QString kindOf(const base::Expected<T>& answer) { return answer ? u"no error"_s : base::toString(answer.error().kind); }

} // namespace

class TestKeychainStore : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        qDBusRegisterMetaType<QList<QDBusObjectPath>>();
        QVERIFY2(QDBusConnection::sessionBus().isConnected(), "run by withkeyring.sh");
        QVERIFY(await(secrets::keyringLock(), kPatienceMs).value() == KeyringLock::Unlocked);
    }

    void keepsASecretWhereOtherProgramsFindIt()
    {
        QVERIFY(await(m_store.write(kAnna, kPassword, u"s3cret"_s), kPatienceMs));
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), u"s3cret"_s);
        QCOMPARE(seenByOthers(u"irc-1/password"_s), "s3cret");
        KeychainStore another(m_clock); // as after a restart
        QCOMPARE(*await(another.read(kAnna, kPassword), kPatienceMs), u"s3cret"_s);
    }

    void whatIsNotThereIsEmpty()
    {
        QCOMPARE(*await(m_store.read(kBen, kPassword), kPatienceMs), QString());
        QVERIFY(await(m_store.remove(kBen, kPassword), kPatienceMs));
    }

    void keepsEverySecretAsItIs_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::newRow("UTF-8") << u"pässwörd ключ \U0001f511 パス"_s;
        QTest::newRow("right to left and zero width") << u"\u202eabc\u200d\u0301"_s;
        QTest::newRow("spaces and lines") << u"  two\nlines\t "_s;
        QTest::newRow("looks like base64") << u"AAAA===="_s;
        QTest::newRow("one letter") << u"x"_s;
        QTest::newRow("64 KiB") << QString(SecretStore::kMaxSecretBytes - 2, u'z') + u'é';
    }
    void keepsEverySecretAsItIs()
    {
        QFETCH(QString, secret);
        QVERIFY(await(m_store.write(kAnna, kPassword, secret), kPatienceMs));
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), secret);
    }

    void refusesWhatIsTooLongOrCut()
    {
        QVERIFY(await(m_store.write(kAnna, kPassword, u"before"_s), kPatienceMs));
        QCOMPARE(kindOf(await(m_store.write(kAnna, kPassword, QString(SecretStore::kMaxSecretBytes + 1, u'z')))), u"Invalid"_s);
        QCOMPARE(kindOf(await(m_store.write(kAnna, kPassword, u"a\0b"_s))), u"Invalid"_s);
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), u"before"_s);
    }

    void replacesAndRemoves()
    {
        QVERIFY(await(m_store.write(kAnna, u"serverPassword"_s, u"other"_s), kPatienceMs));
        QVERIFY(await(m_store.write(kAnna, kPassword, u"new"_s), kPatienceMs));
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), u"new"_s);
        QVERIFY(await(m_store.write(kAnna, kPassword, {}), kPatienceMs)); // an empty one is none
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), QString());
        QCOMPARE(*await(m_store.read(kAnna, u"serverPassword"_s), kPatienceMs), u"other"_s);
        QVERIFY(await(m_store.remove(kAnna, u"serverPassword"_s), kPatienceMs));
        QCOMPARE(seenByOthers(u"irc-1/serverPassword"_s), "");
    }

    void manyAtOnceAreAllAnswered()
    {
        QList<base::Async<base::Done>> writes;
        for (int i = 0; i < 20; ++i)
            writes.append(m_store.write(kAnna, u"field-%1"_s.arg(i), u"value-%1"_s.arg(i)));
        for (const auto& write : std::as_const(writes))
            QVERIFY(await(write, kPatienceMs));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(*await(m_store.read(kAnna, u"field-%1"_s.arg(i)), kPatienceMs), u"value-%1"_s.arg(i));
    }

    void anAnswerThatIsLateIsATimeoutAndHarmsNothing()
    {
        QVERIFY(await(m_store.write(kAnna, kPassword, u"s3cret"_s), kPatienceMs));
        const auto late = m_store.read(kAnna, kPassword);
        m_clock.advance(KeychainStore::kJobTimeout); // before the event loop has had a chance
        QCOMPARE(kindOf(await(late)), u"Timeout"_s);
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), u"s3cret"_s);
    }

    void aStoreThatGoesLeavesItsJobsInPeace()
    {
        auto store = std::make_unique<KeychainStore>(m_clock);
        const auto read = store->read(kAnna, kPassword);
        store.reset();
        m_clock.advance(KeychainStore::kJobTimeout); // the clock lets go of it, too
        QCOMPARE(kindOf(await(read, kPatienceMs)), u"Cancelled"_s);
        QCOMPARE(*await(m_store.read(kAnna, kPassword), kPatienceMs), u"s3cret"_s); // behind the abandoned one
    }

    // Last: the keyring does not come back from these.

    void aLockedKeyringIsDeniedAndNotEmpty()
    {
        lockKeyring();
        QVERIFY(await(secrets::keyringLock(), kPatienceMs).value() == KeyringLock::Locked);
        QCOMPARE(kindOf(await(m_store.read(kAnna, kPassword), kPatienceMs)), u"Denied"_s);
        QCOMPARE(kindOf(await(m_store.write(kAnna, kPassword, u"x"_s), kPatienceMs)), u"Denied"_s);
        QCOMPARE(kindOf(await(m_store.remove(kAnna, kPassword), kPatienceMs)), u"Denied"_s);
    }

private:
    tests::FakeClock m_clock;
    KeychainStore m_store{m_clock};
};

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
