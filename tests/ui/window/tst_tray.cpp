// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"
#include "support/shots.h"
#include "window/application.h"
#include "window/tray.h"

#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QSystemTrayIcon>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using window::Tray;

class TestTray : public QObject
{
    Q_OBJECT
private slots:
    void theIconShowsWhatThereIsToSee()
    {
        kit::Theme theme;
        const auto picture = [&](int unread, int mentions) { return window::trayIcon(theme, unread, mentions).pixmap(32, 32).toImage(); };
        const QImage quiet = picture(0, 0), unread = picture(5, 0), one = picture(5, 1), two = picture(5, 2), many = picture(50, 10);
        QVERIFY(tests::colorsOf(quiet) > 3); // the program's mark is there
        QVERIFY(unread != quiet && one != unread && two != one && many != two);
        QCOMPARE(picture(6, 0), unread); // a dot counts nothing
        QCOMPARE(picture(5, 11), many);
        const QColor dot = unread.pixelColor(26, 5);
        QCOMPARE(dot, theme.color(kit::Token::Accent));

        QImage sheet(420, 80, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&sheet);
        painter.fillRect(0, 0, 210, 80, QColor(u"#1b1b1b"_s));
        painter.fillRect(210, 0, 210, 80, QColor(u"#f0f0f0"_s));
        int x = 8;
        for (const int side : {0, 210})
            for (const auto& [size, counts] : {std::pair(22, std::pair(0, 0)), std::pair(22, std::pair(3, 0)), std::pair(22, std::pair(3, 2)),
                     std::pair(48, std::pair(3, 9)), std::pair(48, std::pair(3, 12))}) {
                if (side == 210 && x < 210)
                    x = 218;
                painter.drawPixmap(x, 16, window::trayIcon(theme, counts.first, counts.second).pixmap(size, size));
                x += size + 8;
            }
        painter.end();
        tests::keepShot(QPixmap::fromImage(sheet), u"tray-icons"_s);
    }

    void theIconIsDrawnOnlyWhenItLooksDifferent()
    {
        kit::Theme theme;
        Tray tray(theme);
        const auto picture = [&] { return tray.icon().icon().cacheKey(); };
        const qint64 quiet = picture();
        tray.setCounts(1, 0);
        const qint64 dot = picture();
        QVERIFY(dot != quiet);
        tray.setCounts(2, 0);
        QCOMPARE(picture(), dot);
        QVERIFY2(tray.icon().toolTip().contains(u'2'), qPrintable(tray.icon().toolTip()));
        tray.setCounts(2, 1);
        QVERIFY(picture() != dot);
        tray.setCounts(0, 0);
        QVERIFY(!tray.icon().toolTip().contains(u'2'));
    }

    void itsMenuOpensQuietensAndQuits()
    {
        kit::Theme theme;
        Tray tray(theme);
        QSignalSpy opened(&tray, &Tray::openRequested), quiet(&tray, &Tray::quietRequested), quit(&tray, &Tray::quitRequested);
        QAction* entries[]{tray.menu()->actions().at(0), tray.menu()->actions().at(1), tray.menu()->actions().last()};
        entries[0]->trigger();
        entries[1]->trigger();
        entries[2]->trigger();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(quiet.size(), 1);
        QCOMPARE(quiet[0][0].toBool(), true);
        QCOMPARE(quit.size(), 1);
        tray.setQuietUntil(u"15:04"_s);
        QVERIFY(entries[1]->isChecked() && entries[1]->text().contains(u"15:04"_s));
        entries[1]->trigger();
        QCOMPARE(quiet[1][0].toBool(), false);
        tray.setQuietUntil({});
        QVERIFY(!entries[1]->isChecked());
    }

    void closingHidesOnlyWhenItIsWanted()
    {
        const QTemporaryDir folder;
        qputenv("XDG_DATA_HOME", folder.filePath(u"data"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        window::Application program(folder.path());
        window::MainWindow& window = program.mainWindow();
        bool stays = true;
        window.setStaysInTray([&stays] { return stays; });
        window.show();
        QVERIFY(!window.close());
        QVERIFY(window.isHidden());
        window.bringToFront();
        QVERIFY(window.isVisible());
        stays = false;
        QVERIFY(window.close());
        stays = true;
        window.show();
        window.quit(); // for good, whatever is set
        QVERIFY(window.isHidden());
    }
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
