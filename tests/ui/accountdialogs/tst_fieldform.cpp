// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/fieldform.h"
#include "accountdialogs/words.h"
#include "fakeservice.h"
#include "kit/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::accountdialogs;
using chat::CredentialField;
using Kind = CredentialField::Kind;

namespace {

/// Of a kind that nobody has words for, a field of every kind, required and not.
QList<CredentialField> everyKind()
{
    return {{u"user"_s, Kind::Text, true, {}, {}}, {u"password"_s, Kind::Secret, true, {}, {}},
        {u"colourOfTheBikeShed"_s, Kind::Text, false, {}, u"green"_s}, {u"level"_s, Kind::Choice, false, {u"low"_s, u"high"_s}, u"high"_s},
        {u"quiet"_s, Kind::Flag, false, {}, u"false"_s}, {u"loud"_s, Kind::Flag, false, {}, u"true"_s}, {u"token"_s, Kind::Secret, false, {}, {}},
        {u"keyFile"_s, Kind::File, false, {}, {}}};
}

struct Fixture
{
    explicit Fixture(const chat::AccountConfig& config = {}, const QStringList& stored = {})
    {
        form.setFields(u"smoke"_s, everyKind(), config, stored);
    }
    template <typename Widget> Widget* editor(const QString& key) const { return qobject_cast<Widget*>(form.editor(key)); }
    QLineEdit* line(const QString& key) const { return editor<QLineEdit>(key); }

    kit::Theme theme;
    FieldForm form{theme};
};

} // namespace

class TestFieldForm : public QObject
{
    Q_OBJECT
private slots:
    void drawsAFieldOfEveryKind()
    {
        Fixture f;
        QVERIFY(f.line(u"user"_s));
        QCOMPARE(f.line(u"password"_s)->echoMode(), QLineEdit::Password);
        QCOMPARE(f.line(u"colourOfTheBikeShed"_s)->text(), u"green"_s);
        QCOMPARE(f.line(u"colourOfTheBikeShed"_s)->accessibleName(), u"Colour of the bike shed"_s);
        QCOMPARE(f.editor<QComboBox>(u"level"_s)->currentData().toString(), u"high"_s);
        QVERIFY(!f.editor<QCheckBox>(u"quiet"_s)->isChecked());
        QVERIFY(f.editor<QCheckBox>(u"loud"_s)->isChecked());
        QVERIFY(f.line(u"keyFile"_s));
        QVERIFY(f.form.editor(u"name"_s)); // what the account is called in the list
    }

    void foldsWhatIsRare()
    {
        Fixture f;
        f.form.show();
        QVERIFY(f.form.isFolded());
        QVERIFY(f.line(u"user"_s)->isVisible());
        QVERIFY(f.line(u"password"_s)->isVisible());
        QVERIFY(!f.line(u"token"_s)->isVisible());
        f.form.findChild<QToolButton*>(u"moreFields"_s)->click();
        QVERIFY(f.line(u"token"_s)->isVisible());
    }

    void whatIsAsByDefaultIsNotStored()
    {
        Fixture f;
        f.line(u"user"_s)->setText(u" ana "_s);
        chat::AccountConfig config;
        config.options[u"other"_s] = 7;
        const chat::AccountConfig applied = f.form.applied(config);
        QCOMPARE(applied.user, u"ana"_s);
        QCOMPARE(applied.options, (QVariantMap{{u"other"_s, 7}})); // and what has no field stays
    }

    void whatIsChangedIsStoredAndReadBack()
    {
        Fixture f;
        f.line(u"colourOfTheBikeShed"_s)->setText(u"red"_s);
        f.editor<QComboBox>(u"level"_s)->setCurrentIndex(0);
        f.editor<QCheckBox>(u"quiet"_s)->setChecked(true);
        f.editor<QCheckBox>(u"loud"_s)->setChecked(false);
        const chat::AccountConfig applied = f.form.applied({});
        QCOMPARE(
            applied.options, (QVariantMap{{u"colourOfTheBikeShed"_s, u"red"_s}, {u"level"_s, u"low"_s}, {u"quiet"_s, true}, {u"loud"_s, false}}));
        const Fixture again(applied);
        QCOMPARE(again.line(u"colourOfTheBikeShed"_s)->text(), u"red"_s);
        QCOMPARE(again.editor<QComboBox>(u"level"_s)->currentData().toString(), u"low"_s);
        QVERIFY(again.editor<QCheckBox>(u"quiet"_s)->isChecked());
        QVERIFY(!again.editor<QCheckBox>(u"loud"_s)->isChecked());
        QCOMPARE(again.form.applied(applied).options, applied.options);
    }

    void secretsNeverComeNearTheConfig()
    {
        Fixture f;
        f.line(u"password"_s)->setText(u" with spaces "_s);
        QVERIFY(f.form.applied({}).options.isEmpty());
        QCOMPARE(f.form.secrets(), (chat::Secrets{{u"password"_s, u" with spaces "_s}}));
    }

    void asksForWhatIsNeededOnceSomebodyWantsToGoOn()
    {
        Fixture f;
        f.form.show();
        QCOMPARE(f.form.problem(u"user"_s), QString());
        QVERIFY(!f.form.check());
        QVERIFY(!f.form.problem(u"user"_s).isEmpty());
        QVERIFY(!f.form.problem(u"password"_s).isEmpty());
        f.line(u"user"_s)->setText(u"ana"_s);
        f.line(u"password"_s)->setText(u"x"_s);
        QVERIFY(f.form.check());
        QCOMPARE(f.form.problem(u"user"_s), QString());
    }

    void aStoredSecretIsNotAskedForUnlessItIsForgotten()
    {
        Fixture f({}, {u"password"_s});
        f.line(u"user"_s)->setText(u"ana"_s);
        QVERIFY(f.form.check());
        QVERIFY(f.form.secrets().isEmpty());
        f.form.findChild<QToolButton*>(u"forget-password"_s)->click();
        QVERIFY(!f.form.check());
        QCOMPARE(f.form.secrets(), (chat::Secrets{{u"password"_s, QString()}}));
    }

    void aFileMustBeThere()
    {
        Fixture f({}, {u"password"_s});
        f.form.show();
        f.line(u"user"_s)->setText(u"ana"_s);
        f.line(u"keyFile"_s)->setText(u"/no/such/file.pem"_s);
        QVERIFY(!f.form.check());
        QVERIFY(!f.form.isFolded()); // it is shown where the trouble is
        QTemporaryFile file;
        QVERIFY(file.open());
        f.line(u"keyFile"_s)->setText(file.fileName());
        QVERIFY(f.form.check());
        QCOMPARE(f.form.applied({}).options.value(u"keyFile"_s).toString(), file.fileName());
    }

    void showsAListAsItIsWritten()
    {
        chat::AccountConfig config;
        config.options[u"colourOfTheBikeShed"_s] = QStringList{u"red"_s, u"green"_s}; // an array in the headless protocol
        const Fixture f(config);
        QCOMPARE(f.line(u"colourOfTheBikeShed"_s)->text(), u"red, green"_s);
    }

    void showsASecretOnlyWhileAsked()
    {
        Fixture f;
        for (auto* button : f.form.findChildren<QToolButton*>())
            if (button->text() == u"Show"_s) {
                button->click();
                break;
            }
        QCOMPARE(f.line(u"password"_s)->echoMode(), QLineEdit::Normal);
        QCOMPARE(f.line(u"token"_s)->echoMode(), QLineEdit::Password);
    }

    void enterSubmitsAndWritingIsTold()
    {
        Fixture f;
        f.form.show();
        QSignalSpy submitted(&f.form, &FieldForm::submitted);
        QSignalSpy edited(&f.form, &FieldForm::edited);
        QTest::keyClicks(f.line(u"user"_s), u"an"_s);
        QCOMPARE(edited.size(), 2);
        QTest::keyClick(f.line(u"user"_s), Qt::Key_Return);
        QCOMPARE(submitted.size(), 1);
    }

    void knowsTheWordsOfIrcAndSpellsWhatItDoesNotKnow()
    {
        QCOMPARE(kindWords(u"irc"_s).name, u"IRC"_s);
        QCOMPARE(kindWords(u"carrierPigeon"_s).name, u"Carrier pigeon"_s);
        QCOMPARE(fieldWords(u"irc"_s, u"user"_s).label, u"Nick"_s);
        QCOMPARE(fieldWords(u"mattermost"_s, u"user"_s).label, u"User name"_s);
        QVERIFY(!fieldWords(u"irc"_s, u"password"_s).rare);
        QVERIFY(fieldWords(u"irc"_s, u"websocket"_s).rare);
        QCOMPARE(choiceWord(u"sasl"_s, u"NEW-THING"_s), u"NEW-THING"_s);
        QCOMPARE(hostOf(u"irc.example.org:6697"_s), u"irc.example.org"_s);
        QCOMPARE(hostOf(u"[2001:db8::1]:6697"_s), u"2001:db8::1"_s);
        QCOMPARE(hostOf(u"wss://chat.example.org/x"_s), u"chat.example.org"_s);
        QCOMPARE(hostOf(u"not an address"_s), u"not an address"_s);
        QCOMPARE(fingerprintGroups(QByteArray::fromHex("00112233")), u"0011 2233"_s);
    }

    void aNameFromOutsideCannotDressUp()
    {
        base::CertificateProblem problem = tests::FakeService::problem();
        problem.host = u"irc.example.org\u202egpj.exe"_s;
        QVERIFY(!certificateReason(u"host name"_s, problem).contains(QChar(0x202e)));
        QVERIFY(!certificateReason(u"a \u202e new reason"_s, problem).contains(QChar(0x202e)));
        QVERIFY(!discoveryProblem(u"irc"_s, problem.host, {base::ErrorKind::Offline, {}, 0}).contains(QChar(0x202e)));
    }
};

QTEST_MAIN(TestFieldForm)
#include "tst_fieldform.moc"
