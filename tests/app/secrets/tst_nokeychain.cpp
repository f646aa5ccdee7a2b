// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Real machines without a keychain: no session bus, a bus without a keyring, and a keyring that never answers.
#include "secrets/fallbackstore.h"
#include "secrets/keychainstore.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusVirtualObject>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;
using secrets::KeychainStore;
using tests::await;

namespace {

const base::AccountId kAnna(u"irc-1"_s);
const QString kPassword = u"password"_s;
constexpr int kPatienceMs = 60'000;
const char kScenario[] = "RIDEALONG_TEST_SCENARIO";

template <typename T> QString kindOf(const base::Expected<T>& answer) { return answer ? u"no error"_s : base::toString(answer.error().kind); }

} // namespace

/// Which bus there is is decided when a process first asks, so each of these is a process of its own: this program again.
class TestNoKeychain : public QObject
{
    Q_OBJECT
private:
    enum class Bus { None, Bare, Usual };
    void runInside(const QString& scenario, Bus bus)
    {
        QTemporaryDir folder;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"})
            environment.remove(QString::fromLatin1(name));
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path());
        environment.insert(u"HOME"_s, folder.path());
        environment.insert(u"XDG_DATA_HOME"_s, folder.path());
        environment.insert(QString::fromLatin1(kScenario), scenario);
        QProcess inner;
        inner.setProcessEnvironment(environment);
        inner.setProcessChannelMode(QProcess::ForwardedChannels);
        const QString self = QCoreApplication::applicationFilePath();
        QFile configuration(folder.filePath(u"bus.conf"_s));
        QVERIFY(configuration.open(QIODevice::WriteOnly));
        // Without a folder of services nobody is started by being asked for.
        configuration.write(
            "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
            "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        configuration.close();
        switch (bus) {
        case Bus::None: inner.start(self, {}); break;
        case Bus::Bare: inner.start(u"dbus-run-session"_s, {u"--config-file"_s, configuration.fileName(), u"--"_s, self}); break;
        case Bus::Usual: inner.start(u"dbus-run-session"_s, {u"--"_s, self}); break;
        }
        QVERIFY(inner.waitForFinished(kPatienceMs * 3));
        QCOMPARE(inner.exitStatus(), QProcess::NormalExit);
        QCOMPARE(inner.exitCode(), 0);
    }

private slots:
    void aMachineWithoutASessionBusHasNoKeychain() { runInside(u"none"_s, Bus::None); }
    void aBusWithoutAKeyringIsNoKeychain()
    {
        QVERIFY2(!QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty(), "dbus-run-session is needed (./dev setup installs it)");
        runInside(u"none"_s, Bus::Bare);
    }
    void aKeyringWithoutACollectionTakesNothing() { runInside(u"fresh"_s, Bus::Usual); }
    void aKeyringThatNeverAnswersIsATimeout() { runInside(u"silent"_s, Bus::Bare); }
};

/// Owns the name of the Secret Service and answers nothing, as a daemon does that waits for a prompt nobody sees.
class SilentService final : public QDBusVirtualObject
{
public:
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage&, const QDBusConnection&) override
    {
        ++asked;
        return true;
    }
    int asked = 0;
};

class Inside : public QObject
{
    Q_OBJECT
private slots:
    void none()
    {
        tests::FakeClock clock;
        KeychainStore store(clock);
        QCOMPARE(kindOf(await(store.read(kAnna, kPassword), kPatienceMs)), u"Unsupported"_s);
        QCOMPARE(kindOf(await(store.write(kAnna, kPassword, u"x"_s), kPatienceMs)), u"Unsupported"_s);
        secrets::FallbackStore fallback(std::make_unique<KeychainStore>(clock));
        QVERIFY(await(fallback.write(kAnna, kPassword, u"x"_s), kPatienceMs));
        QCOMPARE(*await(fallback.read(kAnna, kPassword), kPatienceMs), u"x"_s);
        QVERIFY(await(fallback.remove(kAnna, kPassword), kPatienceMs));
        QVERIFY(fallback.problem());
        // Never a file.
        QCOMPARE(QDir(qEnvironmentVariable("HOME")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList(u"bus.conf"_s));
    }

    /// Somebody's first login: the bus starts a daemon, and it has nothing to put a secret into.
    void fresh()
    {
        tests::FakeClock clock;
        KeychainStore store(clock);
        QCOMPARE(*await(store.read(kAnna, kPassword), kPatienceMs), QString());
        QCOMPARE(kindOf(await(store.write(kAnna, kPassword, u"x"_s), kPatienceMs)), u"Unsupported"_s);
    }

    void silent()
    {
        SilentService service;
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"silent"_s);
        QVERIFY(bus.registerVirtualObject(u"/"_s, &service, QDBusConnection::SubPath));
        QVERIFY(bus.registerService(u"org.freedesktop.secrets"_s));
        tests::FakeClock clock;
        KeychainStore store(clock);
        const auto first = store.read(kAnna, kPassword);
        const auto second = store.write(kAnna, kPassword, u"x"_s); // waits behind the first, and not longer than its own time
        QTRY_VERIFY_WITH_TIMEOUT(service.asked > 0, kPatienceMs);
        clock.advance(KeychainStore::kJobTimeout - std::chrono::milliseconds(1));
        QCOMPARE(clock.pending(), 2);
        clock.advance(std::chrono::milliseconds(1));
        QCOMPARE(kindOf(await(first)), u"Timeout"_s);
        QCOMPARE(kindOf(await(second)), u"Timeout"_s);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (const QString scenario = qEnvironmentVariable(kScenario); !scenario.isEmpty()) {
        Inside inside;
        return QTest::qExec(&inside, {application.applicationName(), scenario});
    }
    TestNoKeychain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_nokeychain.moc"
