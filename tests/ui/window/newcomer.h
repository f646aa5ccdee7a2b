// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountdialog.h"
#include "composer/composer.h"
#include "support/activate.h"
#include "support/shots.h"
#include "window/application.h"

#include <QApplication>
#include <QDir>
#include <QTest>

namespace ridealong::tests {

inline constexpr int kPatienceMs = 60'000;

/// Loopback needs no proxy, whatever the machine's environment says.
inline void forgetProxies()
{
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
}

/// The program with a profile, from its start to its end, and somebody who adds an account of one kind by the keyboard.
struct Day
{
    Day(const QString& folder, QString kind) : backend(std::move(kind)), program((QDir().mkpath(folder), folder))
    {
        program.start([this](const base::Expected<workspace::OpenReport>&) { opened = true; });
        if (!QTest::qWaitFor([this] { return opened; }, kPatienceMs))
            qWarning("the profile never opened");
        activate(program.mainWindow());
    }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QVERIFY2(QApplication::focusWidget(), "nothing has the focus");
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    static void type(const QString& text)
    {
        for (const QChar c : text)
            QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
    }
    accountdialogs::AccountDialog* dialog() { return program.mainWindow().findChild<accountdialogs::AccountDialog*>(); }
    workspace::Account* account()
    {
        for (workspace::Account* one : program.workspace().accounts())
            if (one->config().backend == backend)
                return one;
        return nullptr;
    }
    /// Of that account: the Local workspace has an #ops of its own.
    QString roomInFront()
    {
        if (!account() || program.wiring().current().account() != account()->config().id)
            return {};
        const chat::Conversation* conversation = program.workspace().conversation(program.wiring().current());
        return conversation ? conversation->name : QString();
    }
    void beginsToAddAnAccount()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!program.wiring().current().isEmpty(), kPatienceMs); // the Local workspace's first room
        press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(dialog());
        activate(*dialog());
    }
    /// Out of the list, by a part of what stands there.
    void picks(const QString& part, const QString& room)
    {
        type(part);
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(roomInFront(), room, kPatienceMs);
        QTRY_VERIFY(!dialog());
    }
    void says(const QString& text)
    {
        activate(program.mainWindow());
        program.mainWindow().page()->composer()->focusEditor();
        type(text);
        press(Qt::Key_Return);
    }
    void keepShot(const QString& name) { tests::keepShot(dialog()->grab(), QStringLiteral("newcomer-") + name); }

    QString backend;
    bool opened = false;
    window::Application program;
};

} // namespace ridealong::tests
