// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountdialog.h"
#include "accountdialogs/fieldform.h"
#include "accountdialogs/startpage.h"
#include "fakeservice.h"
#include "kit/theme.h"
#include "support/activate.h"
#include "support/fakeclock.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace accountdialogs;
using base::ErrorKind;
using chat::ConnectionState;
using Step = AccountDialog::Step;

inline const base::AccountId kId(u"irc-1"_s);
inline const QString kAddress = u"irc.example.org"_s;

inline chat::ConnectionStatus status(ConnectionState state, ErrorKind kind = ErrorKind::Cancelled, const QString& detail = {})
{
    chat::ConnectionStatus made;
    made.state = state;
    made.error = {kind, detail, 0};
    return made;
}

/// The dialog, open and active, and the program behind it; how to get to its later steps.
struct Fixture
{
    Fixture() { open(); }
    void open()
    {
        dialog = std::make_unique<AccountDialog>(service, theme, clock);
        dialog->show();
        activate(*dialog);
    }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* target = QApplication::focusWidget();
        QVERIFY2(target, "nothing has the focus");
        QTest::keyClick(target, key, modifiers);
    }
    static void type(const QString& text)
    {
        QVERIFY2(QApplication::focusWidget(), "nothing has the focus");
        QTest::keyClicks(QApplication::focusWidget(), text);
    }
    QPushButton* button(const QString& name) const { return dialog->findChild<QPushButton*>(name); }
    QLineEdit* line(const QString& key) const { return qobject_cast<QLineEdit*>(dialog->form()->editor(key)); }
    void click(const QString& name) const { QTest::mouseClick(button(name), Qt::LeftButton); }

    void toLooking()
    {
        dialog->start()->setAddress(kAddress);
        dialog->start()->focusAddress();
        press(Qt::Key_Return);
        QCOMPARE(int(dialog->step()), int(Step::Looking));
    }
    void toSettings()
    {
        toLooking();
        service.looks.back().promise.answer(service.discovery(service.looks.back().config));
        QTRY_COMPARE(int(dialog->step()), int(Step::Settings));
    }
    void toConnecting()
    {
        toSettings();
        line(u"user"_s)->setText(u"ana"_s);
        line(u"password"_s)->setText(u"s3cret"_s);
        click(u"next"_s);
        QCOMPARE(int(dialog->step()), int(Step::Connecting));
        service.take(kId, status(ConnectionState::Connecting));
        QTRY_VERIFY(dialog->account() == kId);
    }

    FakeClock clock;
    kit::Theme theme;
    FakeService service;
    std::unique_ptr<AccountDialog> dialog;
};

} // namespace ridealong::tests
