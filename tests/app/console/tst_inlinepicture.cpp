// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/inlinepicture.h"

#include <QTest>

using namespace ridealong::console;

class InlinePictureTest : public QObject
{
    Q_OBJECT

private slots:
    void isFoundInALine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("found"); // before|name|type|base64; empty: none
        QTest::newRow("a URL") << QByteArray("data:image/png;base64,QUJD") << QByteArray("||png|QUJD");
        QTest::newRow("with blanks") << QByteArray("  data:image/png;base64,QUJD \r") << QByteArray("||png|QUJD");
        QTest::newRow("Markdown") << QByteArray("![load](data:image/jpeg;base64,QUJD)") << QByteArray("|load|jpeg|QUJD");
        QTest::newRow("behind words") << QByteArray("load: ![](data:image/gif;base64,QUJD) now") << QByteArray("load:||gif|QUJD");
        QTest::newRow("its last name") << QByteArray("![a ![b](data:image/png;base64,QUJD)") << QByteArray("![a|b|png|QUJD");
        QTest::newRow("not closed") << QByteArray("![a](data:image/png;base64,QUJD") << QByteArray();
        QTest::newRow("not opened") << QByteArray("a](data:image/png;base64,QUJD)") << QByteArray();
        QTest::newRow("no base64") << QByteArray("data:image/svg+xml,<svg/>") << QByteArray();
        QTest::newRow("no picture") << QByteArray("data:text/html;base64,QUJD") << QByteArray();
        QTest::newRow("elsewhere") << QByteArray("![a](https://example.org/a.png)") << QByteArray();
        QTest::newRow("a link") << QByteArray("[a](data:image/png;base64,QUJD)") << QByteArray();
        QTest::newRow("an endless type") << QByteArray("data:image/" + QByteArray(33, 'x') + ";base64,QUJD") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void isFoundInALine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, found);
        const auto picture = pictureIn(line);
        QCOMPARE(picture ? picture->before.toByteArray() + '|' + picture->name.toByteArray() + '|' + picture->type.toByteArray() + '|'
                    + picture->base64.toByteArray()
                         : QByteArray(),
            found);
    }
    void isMadeOfWhatTerminalsDraw_data()
    {
        QTest::addColumn<QByteArray>("string");
        QTest::addColumn<QByteArray>("made");
        const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n").toBase64();
        QTest::newRow("PNG") << QByteArray("1337;File=inline=1:" + png) << QByteArray("![](data:image/png;base64," + png + ')');
        QTest::newRow("named") << QByteArray("1337;File=name=" + QByteArray("a [b]\n\x1b\xc2\x9b").toBase64() + ";inline=1:QUJD")
                               << QByteArray("![a b](data:image/*;base64,QUJD)");
        QTest::newRow("to download") << QByteArray("1337;File=name=YQ==:QUJD") << QByteArray();
        QTest::newRow("not yet whole") << QByteArray("1337;File=inline=1") << QByteArray();
        QTest::newRow("other commands") << QByteArray("1337;SetMark") << QByteArray();
        QTest::newRow("line ends in it") << QByteArray("1337;File=inline=1:QU\nJD)![") << QByteArray("![](data:image/*;base64,QUJD)");
    }
    void isMadeOfWhatTerminalsDraw()
    {
        QFETCH(QByteArray, string);
        QTEST(pictureFromOsc(string), "made");
    }
    void keepsThePlaceOfALargerOne()
    {
        const QByteArray most(kMaxPictureBytes, 'A');
        QCOMPARE(pictureIn(pictureFromOsc("1337;File=inline=1:" + most))->base64.size(), kMaxPictureBytes);
        QCOMPARE(pictureIn(pictureFromOsc("1337;File=inline=1:" + most + 'A'))->base64.size(), 0);
    }
};

QTEST_GUILESS_MAIN(InlinePictureTest)
#include "tst_inlinepicture.moc"
