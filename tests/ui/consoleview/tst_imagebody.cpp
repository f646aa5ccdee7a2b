// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Pictures in an output: those that are some, and those that lie.
#include "formatstage.h"

#include "consoleview/imagebody.h"
#include "support/shots.h"

#include <QAccessible>
#include <QBuffer>
#include <QClipboard>
#include <QPainter>
#include <QSignalSpy>

using consoleview::ImageBody;
using tests::FormatStage;

namespace {

QByteArray pictureOf(QSize size, const char* format = "PNG")
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.fillRect(QRect(size.width() / 4, size.height() / 4, size.width() / 2, size.height() / 2), QColor(0x40, 0xa0, 0x60));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QByteArray urlOf(const QByteArray& bytes, const QByteArray& type = "png") { return "data:image/" + type + ";base64," + bytes.toBase64(); }

QByteArray oscOf(const QByteArray& bytes, const QByteArray& more = "inline=1", const QByteArray& end = "\a")
{
    return "\033]1337;File=name=" + QByteArray("load.png").toBase64() + ';' + more + ':' + bytes.toBase64() + end;
}

quint32 crcOf(const QByteArray& bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

/// A PNG whose head says that it is so large; there is nothing behind it.
QByteArray headOf(quint32 width, quint32 height)
{
    QByteArray bytes = pictureOf({1, 1});
    for (int i = 0; i < 4; ++i) {
        bytes[16 + i] = char(width >> (24 - 8 * i));
        bytes[20 + i] = char(height >> (24 - 8 * i));
    }
    const quint32 crc = crcOf(bytes.mid(12, 17));
    for (int i = 0; i < 4; ++i)
        bytes[29 + i] = char(crc >> (24 - 8 * i));
    return bytes;
}

} // namespace

class ImageBodyTest : public QObject
{
    Q_OBJECT

private slots:
    void isFoundWithItsCaption()
    {
        FormatStage stage;
        const auto run = stage.show("CPU of web-1:\n\n![cpu.png](" + urlOf(pictureOf({120, 60})) + ")\n", Format::Text);
        QCOMPARE(stage.view.shownFormat(run), Format::Image);
        const auto* body = stage.body<ImageBody>();
        QVERIFY(body);
        QCOMPARE(body->units().size(), size_t(2));
        QCOMPARE(stage.textAt(0), u"CPU of web-1:"_s);
        QVERIFY(stage.textAt(1).startsWith(u"cpu.png · 120 × 60"_s));
        QCOMPARE(body->units()[1].image.size(), QSize(120, 60));
    }
    void takesWhatATerminalWouldDraw_data()
    {
        QTest::addColumn<QByteArray>("output");
        const QByteArray bytes = pictureOf({32, 32});
        QTest::newRow("BEL") << QByteArray(oscOf(bytes) + '\n');
        QTest::newRow("ST") << QByteArray(oscOf(bytes, "inline=1", "\033\\") + '\n');
        QTest::newRow("with a size") << QByteArray(oscOf(bytes, "size=99;width=10;inline=1;preserveAspectRatio=1") + '\n');
        QTest::newRow("behind words") << QByteArray("here: " + oscOf(bytes) + '\n');
    }
    void takesWhatATerminalWouldDraw()
    {
        QFETCH(QByteArray, output);
        FormatStage stage;
        const auto run = stage.show(output, Format::Text);
        QCOMPARE(stage.view.shownFormat(run), Format::Image);
        QVERIFY(stage.body<ImageBody>());
        QVERIFY(stage.textAt(stage.rows() - 1).startsWith(u"load.png · 32 × 32"_s));
    }
    void isNoPictureToDownload()
    {
        FormatStage stage;
        const auto run = stage.show("done " + oscOf(pictureOf({8, 8}), "inline=0") + "\n", Format::Text);
        QCOMPARE(stage.view.shownFormat(run), Format::Text);
        QCOMPARE(stage.view.copyableText(consoleview::CopyFormat::Text), u"done "_s);
    }
    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("said");
        QTest::newRow("another type") << urlOf("GIF89a no more") << u"cannot be shown"_s;
        QTest::newRow("text") << urlOf("<html>hello</html>") << u"not a picture"_s;
        QTest::newRow("a drawing") << urlOf("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "svg+xml")
                                   << u"not a picture"_s;
        QTest::newRow("no base64") << QByteArray("data:image/png;base64,####") << u"no base64"_s;
        QTest::newRow("nothing") << QByteArray("data:image/png;base64,") << u"without anything"_s;
        QTest::newRow("a bomb") << urlOf(headOf(60'000, 60'000)) << u"60000 × 60000"_s;
        QTest::newRow("one row of two thousand millions") << urlOf(headOf(2'000'000'000, 1)) << u"cannot be shown"_s;
        QTest::newRow("cut off") << urlOf(pictureOf({300, 300}).left(60)) << u"cannot be shown"_s;
        QTest::newRow("too long for a terminal") << QByteArray(oscOf(QByteArray(9 << 20, 'x'))) << u"of more than"_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, said);
        FormatStage stage;
        const auto run = stage.show(line + '\n', Format::Image);
        QCOMPARE(stage.view.shownFormat(run), Format::Image);
        QTRY_VERIFY(stage.body<ImageBody>());
        QCOMPARE(stage.rows(), 1);
        QVERIFY2(stage.textAt(0).contains(said), qPrintable(stage.textAt(0)));
        QVERIFY(stage.body<ImageBody>()->units()[0].isWrong);
        QVERIFY(!stage.view.grab().isNull());
    }
    void keepsNoMoreOfALargeOneThanIsShown()
    {
        FormatStage stage;
        stage.show(urlOf(pictureOf({4000, 1000})) + '\n', Format::Image);
        QTRY_VERIFY(stage.body<ImageBody>());
        const ImageBody::Unit unit = stage.body<ImageBody>()->units()[0];
        QCOMPARE(unit.size, QSize(4000, 1000));
        QCOMPARE(unit.image.size(), QSize(2000, 500));
        QVERIFY(unit.text.contains(u"4000 × 1000"_s));
    }
    void isCopiedAndSavedByKeys()
    {
        FormatStage stage;
        const QByteArray bytes = pictureOf({64, 48});
        stage.show("![../../etc/graph](" + urlOf(bytes) + ")\n", Format::Image);
        QSignalSpy saving(&stage.view, &consoleview::ConsoleView::saveBytesRequested);
        stage.press(Qt::Key_Right);
        QCOMPARE(stage.view.cursor(), 0);
        QVERIFY2(stage.said().startsWith(u"Picture: graph.png · 64 × 48"_s), qPrintable(stage.said()));
        stage.press(Qt::Key_L);
        QCOMPARE(QGuiApplication::clipboard()->image().size(), QSize(64, 48));
        stage.press(Qt::Key_D);
        QCOMPARE(saving.size(), 1);
        QCOMPARE(saving[0][0].toByteArray(), bytes);
        QCOMPARE(saving[0][1].toString(), u"graph.png"_s); // no path of somebody else's
    }
    void showsItsBase64WhenRaw()
    {
        FormatStage stage;
        const QByteArray url = urlOf(pictureOf({64, 48}));
        const auto run = stage.show(url + '\n', Format::Image);
        stage.press(Qt::Key_T);
        QCOMPARE(stage.view.bodyView(run), consoleview::BodyView::Raw);
        QCOMPARE(stage.view.copyableText(consoleview::CopyFormat::Text), QString::fromLatin1(url));
    }
    void paintsAsLargeAsItIs()
    {
        FormatStage stage;
        stage.show(urlOf(pictureOf({200, 100})) + '\n', Format::Image);
        const QImage seen = stage.view.grab().toImage();
        const QColor green(0x40, 0xa0, 0x60);
        int widest = 0;
        for (int y = 0; y < seen.height(); ++y) {
            int run = 0;
            for (int x = 0; x < seen.width(); ++x)
                run += seen.pixelColor(x, y) == green;
            widest = std::max(widest, run);
        }
        QVERIFY2(std::abs(widest - int(100 * seen.devicePixelRatio())) <= 3, qPrintable(QString::number(widest)));
    }
};

QTEST_MAIN(ImageBodyTest)
#include "tst_imagebody.moc"
