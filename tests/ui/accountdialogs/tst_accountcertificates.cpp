// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/certificateview.h"
#include "dialogfixture.h"

#include <QCheckBox>

using namespace ridealong;
using namespace ridealong::tests;

class TestAccountCertificates : public QObject
{
    Q_OBJECT
private slots:
    void aCertificateIsTrustedByAnExplicitActOnly()
    {
        Fixture f;
        f.toLooking();
        chat::Discovery untrusted;
        untrusted.config = f.service.looks.back().config;
        untrusted.certificate = FakeService::problem();
        f.service.looks.back().promise.answer(untrusted);
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Certificate));
        QPushButton* trust = f.button(u"next"_s);
        QVERIFY(!trust->isEnabled());
        QVERIFY(!trust->isDefault() && !trust->autoDefault());
        QCOMPARE(QApplication::focusWidget(), f.button(u"back"_s));
        const QString shown = f.dialog->certificate()->text();
        for (const QString& word :
            {u"irc.example.org could not prove who it is"_s, u"chat.example.net, *.example.net"_s, u"Example Private Authority"_s,
                u"does not know the authority"_s, u"valid until"_s, u"not for irc.example.org"_s, u"030A 1118 1F26 2D34"_s})
            QVERIFY2(shown.contains(word), qPrintable(word + u" / "_s + shown));
        QVERIFY(!shown.contains(u"another certificate"_s));
        auto* compared = f.dialog->findChild<QCheckBox*>(u"compared"_s);
        compared->setFocus();
        Fixture::press(Qt::Key_Return); // Enter is no act
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        Fixture::press(Qt::Key_Space);
        QVERIFY(trust->isEnabled());
        Fixture::press(Qt::Key_Return);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        trust->setFocus();
        Fixture::press(Qt::Key_Space);
        QCOMPARE(int(f.dialog->step()), int(Step::Looking)); // again, and now it is let through
        QCOMPARE(f.service.looks.size(), size_t(2));
        QCOMPARE(f.service.looks.back().config.options.value(u"certificateException"_s).toString(),
            QString::fromLatin1(FakeService::problem().sha256.toHex()));
        f.service.looks.back().promise.answer(f.service.discovery(f.service.looks.back().config));
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Settings));
        f.line(u"user"_s)->setText(u"ana"_s);
        f.click(u"next"_s);
        QVERIFY(f.service.saves.back().config.options.contains(u"certificateException"_s)); // remembered
    }

    void notTrustingLeadsBackAndAnotherServerGetsNoTrust()
    {
        Fixture f;
        f.toLooking();
        chat::Discovery untrusted;
        untrusted.config = f.service.looks.back().config;
        untrusted.certificate = FakeService::problem();
        f.service.looks.back().promise.answer(untrusted);
        QTRY_COMPARE(int(f.dialog->step()), int(Step::Certificate));
        f.dialog->findChild<QCheckBox*>(u"compared"_s)->setChecked(true);
        f.click(u"next"_s);
        f.click(u"back"_s); // stops the second look
        f.dialog->start()->setAddress(u"irc.example.com"_s);
        f.click(u"next"_s);
        QCOMPARE(f.service.looks.back().config.server, u"irc.example.com"_s);
        QVERIFY(!f.service.looks.back().config.options.contains(u"certificateException"_s));
    }

    void aChangedCertificateIsAWarningOfItsOwn()
    {
        Fixture f;
        f.toConnecting();
        auto failed = status(ConnectionState::Failed, ErrorKind::Untrusted);
        failed.certificate = FakeService::problem();
        failed.certificate->afterException = true;
        f.service.setStatus(kId, failed);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        QVERIFY(f.dialog->certificate()->text().contains(u"another certificate than the one you decided to trust"_s));
        f.dialog->findChild<QCheckBox*>(u"compared"_s)->setChecked(true);
        f.click(u"next"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Connecting));
        QVERIFY(f.service.saves.back().config.id == kId);
        QVERIFY(f.service.saves.back().config.options.contains(u"certificateException"_s));
    }

    void whereNoCertificateWasShownThereIsNothingToTrust()
    {
        Fixture f;
        f.toConnecting();
        auto failed = status(ConnectionState::Failed, ErrorKind::Untrusted);
        failed.certificate = base::CertificateProblem{.host = kAddress, .reasons = {u"no certificate"_s}};
        f.service.setStatus(kId, failed);
        QCOMPARE(int(f.dialog->step()), int(Step::Certificate));
        QVERIFY(!f.button(u"next"_s)->isVisible());
        QVERIFY(!f.dialog->findChild<QCheckBox*>(u"compared"_s)->isVisible());
        f.click(u"back"_s);
        QCOMPARE(int(f.dialog->step()), int(Step::Settings));
    }
};

QTEST_MAIN(TestAccountCertificates)
#include "tst_accountcertificates.moc"
