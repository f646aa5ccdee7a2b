// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"
#include "kit/virtualview.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

using namespace Qt::StringLiterals;
using namespace ridealong::kit;

class TestTheme : public QObject
{
    Q_OBJECT
private slots:
    void everyTextIsReadableOnEverySurface()
    {
        Theme resources; // compiles the theme files in
        for (const auto& name : {u"dark"_s, u"light"_s, u"high-contrast-dark"_s, u"high-contrast-light"_s}) {
            QFile file(u":/themes/%1.json"_s.arg(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto theme = readTheme(file.readAll());
            QVERIFY(theme.hasValue());
            for (const Token text :
                {Token::Text, Token::Muted, Token::Faint, Token::Accent, Token::Success, Token::Warning, Token::Danger, Token::Pair, Token::Drive})
                for (const Token ground : {Token::Window, Token::Panel, Token::Raised, Token::Inset})
                    QVERIFY2(contrast((*theme)[text], (*theme)[ground]) >= kReadableContrast,
                        qPrintable(u"%1 %2 on %3"_s.arg(name).arg(int(text)).arg(int(ground))));
            QVERIFY(contrast((*theme)[Token::Text], (*theme)[Token::Selection]) >= kReadableContrast);
            QVERIFY(contrast((*theme)[Token::AccentText], (*theme)[Token::Accent]) >= kReadableContrast);
        }
    }
    void keepsItsPaletteWhenTheSystemChangesNothing()
    {
        Theme theme;
        theme.setChoice(ThemeChoice::Dark);
        theme.applyTo(*qApp);
        QSignalSpy changed(&theme, &Theme::changed);
        QWindow window;
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&window, &event);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(QGuiApplication::palette().color(QPalette::Window), theme.color(Token::Window));
    }
    void tellsWhichKeyIsMissing()
    {
        const auto theme = readTheme(R"({"name":"x","dark":true,"tokens":{}})");
        QVERIFY(!theme && theme.error().detail.contains(u"window"_s));
    }
    void heightsSumUpAfterChanges()
    {
        HeightIndex index;
        QCOMPARE(index.itemAt(5), -1);
        index.reset(4, 10);
        index.set(1, 30);
        QCOMPARE(index.total(), 60);
        index.insert(2, 2, 5);
        QCOMPARE(index.top(4), 50);
        QCOMPARE(index.itemAt(39), 1);
        QCOMPARE(index.itemAt(40), 2);
        QCOMPARE(index.itemAt(9999), 5);
        index.remove(0, 2);
        QCOMPARE(index.total(), 30);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
