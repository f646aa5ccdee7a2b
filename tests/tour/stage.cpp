// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "stage.h"

#include "support/activate.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QTest>

#include <cstdio>

namespace ridealong::tour {

using namespace Qt::StringLiterals;

Stage::Stage(QWidget& window, QString folder, std::function<void(const QString&)> setTheme)
    : m_window(window),
      m_folder(std::move(folder)),
      m_setTheme(std::move(setTheme))
{
    m_folder.mkpath(u"."_s);
}

void Stage::settle()
{
    // Two rounds: what the first one paints may lay something out and ask to be painted again.
    for (int round = 0; round < 2; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QTest::qWait(60); // blinking and coalescing timers are shorter
}

void Stage::save(const QString& name)
{
    settle();
    QPixmap picture = m_window.grab();
    QPainter painter(&picture);
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other == &m_window || !other->isVisible() || other->windowType() == Qt::ToolTip)
            continue;
        painter.drawPixmap(other->mapToGlobal(QPoint()) - m_window.mapToGlobal(QPoint()), other->grab());
    }
    painter.end();
    const QString path = m_folder.filePath(name);
    if (picture.save(path)) {
        ++m_pictures;
    } else {
        std::fprintf(stderr, "tour: cannot write %s\n", qPrintable(path));
        ++m_failures;
    }
}

void Stage::picture(const QString& what)
{
    ++m_number;
    for (const QString& theme : {u"light"_s, u"dark"_s}) {
        m_setTheme(theme);
        save(u"%1-%2-%3.png"_s.arg(m_number, 2, 10, QLatin1Char('0')).arg(what, theme));
    }
}

void Stage::single(const QString& what) { save(u"%1-%2.png"_s.arg(++m_number, 2, 10, QLatin1Char('0')).arg(what)); }

void Stage::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    // Without a window manager nothing makes the window active again when a dialog closes.
    if (!QApplication::activeWindow())
        tests::activate(m_window);
    QWidget* target = QApplication::focusWidget();
    QTest::keyClick(target ? target : &m_window, key, modifiers);
    settle();
}

void Stage::type(const QString& text)
{
    for (const QChar c : text) {
        QWidget* target = QApplication::focusWidget();
        if (!target)
            target = &m_window;
        if (c == u'\n')
            QTest::keyClick(target, Qt::Key_Return, Qt::ShiftModifier);
        else
            QTest::sendKeyEvent(QTest::Click, target, Qt::Key_unknown, QString(c), Qt::NoModifier);
    }
    settle();
}

void Stage::click(QWidget* widget)
{
    if (!widget || !widget->isVisible()) {
        std::fprintf(stderr, "tour: nothing to click\n");
        ++m_failures;
        return;
    }
    QTest::mouseClick(widget, Qt::LeftButton);
    settle();
}

void Stage::bring(QWidget& window)
{
    tests::activate(window);
    settle();
}

bool Stage::waitFor(const QString& what, const std::function<bool()>& condition, int timeoutMs)
{
    if (QTest::qWaitFor(condition, timeoutMs))
        return true;
    std::fprintf(stderr, "tour: gave up waiting for %s\n", qPrintable(what));
    ++m_failures;
    return false;
}

} // namespace ridealong::tour
