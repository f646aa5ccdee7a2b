// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sasl/mechanism.h"

#include "sasl/saslprep.h"
#include "sasl/scram.h"

#include <QTest>
#include <QtEndian>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::sasl;

namespace {

/// Numbers that make a SCRAM nonce of 20 characters.
class NonceRandom final : public base::Random
{
public:
    explicit NonceRandom(const QByteArray& nonce)
    {
        const QByteArray bytes = QByteArray::fromBase64(nonce) + '\0';
        for (int i = 0; i < 2; ++i)
            m_words[i] = qFromLittleEndian<quint64>(bytes.constData() + 8 * i);
    }
    quint64 next() override { return m_words[m_next++ % 2]; }

private:
    quint64 m_words[2] = {};
    int m_next = 0;
};

// RFC 7677 §3.
const QByteArray kNonce = "rOprNGfwEbeRWgbNEkqO";
const QByteArray kServerNonce = kNonce + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
const QByteArray kSalt = "W22ZaJ0SNY7soEsUEjb6gQ==";
const QByteArray kServerFirst = "r=" + kServerNonce + ",s=" + kSalt + ",i=4096";
const QByteArray kClientFinal = "c=biws,r=" + kServerNonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
const QByteArray kServerFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

std::unique_ptr<Mechanism> mechanism(const QByteArray& name, const QString& user = u"user"_s, const QString& password = u"pencil"_s)
{
    NonceRandom random(kNonce);
    return makeMechanism(name, {user, password}, random);
}

/// A SCRAM exchange that waits for the server's first message.
std::unique_ptr<Mechanism> begunScram()
{
    auto scram = mechanism("SCRAM-SHA-256");
    if (!scram->respond({}))
        qFatal("SCRAM does not begin");
    return scram;
}

QString failure(const base::Expected<QByteArray>& answer)
{
    if (answer)
        qFatal("no error, but: %s", answer->constData());
    return toString(answer.error().kind);
}

} // namespace

class SaslTest : public QObject
{
    Q_OBJECT

private slots:
    void plainSaysAllAtOnce()
    {
        const auto plain = mechanism("PLAIN", u"jü"_s, u"a b,=c"_s);
        QCOMPARE(plain->name(), QByteArray("PLAIN"));
        QVERIFY(!plain->isComplete());
        QCOMPARE(*plain->respond({}), QByteArray("\0j\xC3\xBC\0a b,=c", 11));
        QVERIFY(plain->isComplete());
        QCOMPARE(failure(plain->respond({})), u"Auth"_s);
        QCOMPARE(failure(mechanism("PLAIN")->respond("what?")), u"Auth"_s);
    }

    void externalNamesAUserOrNobody()
    {
        QCOMPARE(*mechanism("EXTERNAL", {}, {})->respond({}), QByteArray());
        const auto external = mechanism("EXTERNAL", u"alice"_s, {});
        QCOMPARE(*external->respond({}), QByteArray("alice"));
        QVERIFY(external->isComplete());
    }

    void othersAreNotThere()
    {
        for (const char* name : {"", "plain", "SCRAM-SHA-512", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "ANONYMOUS"})
            QVERIFY(!mechanism(name));
    }

    void scramAgreesWithTheRfc()
    {
        const auto scram = mechanism("SCRAM-SHA-256");
        QVERIFY(!scram->slowPart({}));
        QCOMPARE(*scram->respond({}), "n,,n=user,r=" + kNonce);
        QCOMPARE(*scram->respond(kServerFirst), kClientFinal);
        QVERIFY(!scram->isComplete()); // the server has proved nothing yet
        QCOMPARE(*scram->respond(kServerFinal), QByteArray());
        QVERIFY(scram->isComplete());
        QCOMPARE(failure(scram->respond({})), u"Auth"_s);
        QVERIFY(!scram->isComplete());
    }

    void scramWithSha1AgreesWithItsRfc()
    {
        // RFC 5802 §5; its nonce is longer than ours.
        const QByteArray nonce = "fyko+d2lbbFgONRv9qkxdawL", serverNonce = nonce + "3rfcNHYJY1ZVvWVs7j";
        Scram scram(QCryptographicHash::Sha1, false, {u"user"_s, u"pencil"_s}, nonce);
        QCOMPARE(scram.name(), QByteArray("SCRAM-SHA-1"));
        QCOMPARE(*scram.respond({}), "n,,n=user,r=" + nonce);
        const QByteArray serverFirst = "r=" + serverNonce + ",s=QSXCR+Q6sek8bf92,i=4096";
        QCOMPARE(scram.slowPart(serverFirst)->run().size(), 20);
        QCOMPARE(*scram.respond(serverFirst), "c=biws,r=" + serverNonce + ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        QCOMPARE(*scram.respond("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="), QByteArray());
        QVERIFY(scram.isComplete());
    }

    void scramBindsToTheConnection()
    {
        const ChannelBinding binding{QByteArray("\x01\x00\xFFhash", 7), true};
        for (const QByteArray name : {"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"}) {
            NonceRandom random(kNonce);
            const auto scram = makeMechanism(name, {u"user"_s, u"pencil"_s}, random, binding);
            QVERIFY(scram);
            QCOMPARE(scram->name(), name);
            QCOMPARE(*scram->respond({}), "p=tls-server-end-point,,n=user,r=" + kNonce);
            const QByteArray bound = ("p=tls-server-end-point,," + binding.serverEndPoint).toBase64();
            QVERIFY(scram->respond(kServerFirst)->startsWith("c=" + bound + ",r=" + kServerNonce + ",p="));
        }
    }

    void scramSaysWhatItCouldBind()
    {
        const auto header = [](const ChannelBinding& binding) {
            NonceRandom random(kNonce);
            const QByteArray first = *makeMechanism("SCRAM-SHA-256", {u"user"_s, u"pencil"_s}, random, binding)->respond({});
            return first.left(first.indexOf("n=user"));
        };
        QCOMPARE(header({}), QByteArray("n,,"));
        QCOMPARE(header({{}, true}), QByteArray("n,,"));
        QCOMPARE(header({"hash", false}), QByteArray("y,,")); // a server that did offer it knows that its list was cut
        QCOMPARE(header({"hash", true}), QByteArray("n,,")); // by another way than ours
        NonceRandom random(kNonce);
        const auto scram = makeMechanism("SCRAM-SHA-256", {u"user"_s, u"pencil"_s}, random, {"hash", false});
        QVERIFY(scram->respond({}));
        QVERIFY(scram->respond(kServerFirst)->startsWith("c=eSws,r="));
    }

    void scramTakesItsKeyFromElsewhere()
    {
        const auto scram = begunScram();
        const auto work = scram->slowPart(kServerFirst);
        QVERIFY(work);
        QCOMPARE(work->iterations, 4096);
        QCOMPARE(work->salt, QByteArray::fromBase64(kSalt));
        const QByteArray key = work->run();
        QCOMPARE(key.size(), 32);
        scram->setSlowPart(*work, key);
        QCOMPARE(*scram->respond(kServerFirst), kClientFinal);
        QVERIFY(!scram->slowPart(kServerFirst));
        // The key that was given is the one that is used…
        const auto other = begunScram();
        other->setSlowPart(*work, QByteArray(32, 'x'));
        QVERIFY(*other->respond(kServerFirst) != kClientFinal);
        // … but not for another challenge.
        const auto third = begunScram();
        third->setSlowPart({work->hash, work->password, work->salt, 5000}, QByteArray(32, 'x'));
        QCOMPARE(*third->respond(kServerFirst), kClientFinal);
    }

    void scramEscapesTheName() { QCOMPARE(*mechanism("SCRAM-SHA-256", u"a=b,c"_s)->respond({}), "n,,n=a=3Db=2Cc,r=" + kNonce); }

    void scramRefusesFirstMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        const QByteArray tail = ",s=" + kSalt + ",i=4096";
        const auto row = [](const char* name, const QByteArray& message) { QTest::newRow(name) << message; };
        row("empty", {});
        row("another nonce", "r=xxxx" + tail);
        row("our nonce alone", "r=" + kNonce + tail);
        row("empty nonce", "r=" + tail);
        row("mandatory extension", "m=x," + kServerFirst);
        row("order", "s=" + kSalt + ",r=" + kServerNonce + ",i=4096");
        row("no salt", "r=" + kServerNonce + ",s=,i=4096");
        row("bad salt", "r=" + kServerNonce + ",s=!!!!,i=4096");
        row("short salt", "r=" + kServerNonce + ",s=abc,i=4096");
        row("long salt", "r=" + kServerNonce + ",s=" + QByteArray(kMaxScramSaltBytes + 1, 'x').toBase64() + ",i=4096");
        for (const char* count : {"", "0", "-1", "4095", "1000001", "99999999999999999999", "4096x", " 4096", "+4096"})
            row(count, "r=" + kServerNonce + ",s=" + kSalt + ",i=" + count);
        row("error", "e=unknown-user");
        row("NUL", QByteArray(100, '\0'));
        row("1 MB", QByteArray(1 << 20, ','));
    }
    void scramRefusesFirstMessages()
    {
        QFETCH(QByteArray, message);
        const auto scram = begunScram();
        QVERIFY(!scram->slowPart(message));
        QCOMPARE(failure(scram->respond(message)), u"Auth"_s);
        QCOMPARE(failure(scram->respond(kServerFirst)), u"Auth"_s); // what failed stays failed
    }

    void scramTakesTheLimits()
    {
        const auto work = begunScram()->slowPart("r=" + kServerNonce + ",s=" + QByteArray(kMaxScramSaltBytes, 'x').toBase64() + ",i=1000000,ext=1");
        QVERIFY(work);
        QCOMPARE(work->iterations, kMaxScramIterations);
    }

    void scramRefusesAServerWithoutProof()
    {
        for (const QByteArray& answer :
            {QByteArray(), QByteArray("v="), QByteArray("v=!"), QByteArray("v=AAAA"), "v=" + QByteArray(32, 'x').toBase64(), "x=1," + kServerFinal}) {
            const auto scram = begunScram();
            QVERIFY(scram->respond(kServerFirst));
            QCOMPARE(failure(scram->respond(answer)), u"Auth"_s);
            QVERIFY(!scram->isComplete());
            QCOMPARE(failure(scram->respond(kServerFinal)), u"Auth"_s);
        }
        const auto scram = begunScram();
        QVERIFY(scram->respond(kServerFirst));
        const auto refused = scram->respond(QByteArray("e=invalid-proof\x1b[2J") + QByteArray(1000, 'x'));
        QCOMPARE(failure(refused), u"Auth"_s);
        QVERIFY(refused.error().detail.contains(u"invalid-proof?[2J"_s));
        QVERIFY(refused.error().detail.size() < 100);
    }

    void namesAndPasswordsArePrepared()
    {
        QCOMPARE(*prepared(u"I\u00ADX"_s), QByteArray("IX")); // RFC 4013 §3
        QCOMPARE(*prepared(u"user"_s), QByteArray("user"));
        QCOMPARE(*prepared(u"USER"_s), QByteArray("USER"));
        QCOMPARE(*prepared(u"\u00AA"_s), QByteArray("a"));
        QCOMPARE(*prepared(u"\u2168"_s), QByteArray("IX"));
        QCOMPARE(*prepared(u"a\u00A0b\u3000c"_s), QByteArray("a b c"));
        QCOMPARE(*prepared(u"😀"_s), QByteArray("\xF0\x9F\x98\x80"));
        for (const QString& bad :
            {QString(), u"\u00AD"_s, u"a\u0007"_s, QString(QChar(u'\0')), u"a\nb"_s, u"\u0085"_s, QString(QChar(0xD800)), u"\uFFFE"_s}) {
            QCOMPARE(failure(prepared(bad)), u"Invalid"_s);
            QCOMPARE(failure(mechanism("PLAIN", bad)->respond({})), u"Invalid"_s);
            QCOMPARE(failure(mechanism("PLAIN", u"user"_s, bad)->respond({})), u"Invalid"_s);
            QCOMPARE(failure(mechanism("SCRAM-SHA-256", bad)->respond({})), u"Invalid"_s);
            QCOMPARE(failure(mechanism("SCRAM-SHA-256", u"user"_s, bad)->respond({})), u"Invalid"_s);
        }
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::SaslTest)
#include "tst_sasl.moc"
