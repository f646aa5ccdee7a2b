// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/noticebar.h"
#include "support/activate.h"
#include "window/application.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

/// What the program starts from here on belongs to ana and to no other test.
inline void useAHubOfItsOwn(const QTemporaryDir& folder)
{
    qputenv("XDG_DATA_HOME", folder.filePath(u"data"_s).toUtf8());
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    qputenv("USER", "ana");
}

/// The program from its start to its end; several one after the other are days at one profile.
struct Day
{
    explicit Day(const QString& folder) : program((QDir().mkpath(folder), folder))
    {
        program.start([this](const base::Expected<workspace::OpenReport>&) { opened = true; });
        if (!QTest::qWaitFor([this] { return opened; }, 30'000))
            qWarning("the profile never opened");
        activate(window());
    }
    window::MainWindow& window() { return program.mainWindow(); }
    /// The first start makes an account, a hub and its rooms.
    bool isReady() { return !program.wiring().current().isEmpty() && program.workspace().accounts().first()->isConnected(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* target = QApplication::focusWidget();
        QTest::keyClick(target ? target : &window(), key, modifiers);
    }
    void type(const QString& text) const
    {
        for (const QChar c : text)
            QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown, QString(c), Qt::NoModifier);
    }
    QStringList texts()
    {
        QStringList found;
        const model::TimelineModel* timeline = window().page()->model();
        for (int i = 0; timeline && i < timeline->rowCount(); ++i)
            if (timeline->row(i).kind == model::TimelineRow::Kind::Message && !timeline->row(i).pending)
                found += timeline->row(i).message.text;
        return found;
    }
    const console::Run* newestRun()
    {
        const auto& runs = program.workspace().console().runs();
        return runs.empty() ? nullptr : program.workspace().console().find(runs.back());
    }
    QString notice()
    {
        const auto* bar = window().findChild<kit::NoticeBar*>();
        return bar->isVisible() ? bar->text() : QString();
    }

    bool opened = false;
    window::Application program;
};

} // namespace ridealong::tests
