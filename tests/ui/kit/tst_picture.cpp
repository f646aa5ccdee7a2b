// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/picture.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::ErrorKind;

class TestPicture : public QObject
{
    Q_OBJECT

    QString write(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(u"picture"_s)); // no suffix: the content decides
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    static QByteArray encoded(const QImage& image, const char* format)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return bytes;
    }
    static QImage drawn(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter(&image).fillRect(0, 0, width / 2, height, Qt::red);
        return image;
    }

private slots:
    void readsPictures_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("png") << QByteArray("png");
        QTest::newRow("jpeg") << QByteArray("jpeg");
    }
    void readsPictures()
    {
        QFETCH(QByteArray, format);
        const QString path = write(encoded(drawn(400, 200), format.constData()));
        const auto whole = kit::readPicture(path, {1000, 1000});
        QVERIFY2(whole, whole ? "" : qPrintable(whole.error().detail));
        QCOMPARE(whole->size(), QSize(400, 200)); // never larger than it is
        const auto small = kit::readPicture(path, {100, 100});
        QVERIFY(small);
        QCOMPARE(small->size(), QSize(100, 50));
        QSize own;
        QVERIFY(kit::readPicture(path, {100, 100}, &own));
        QCOMPARE(own, QSize(400, 200));
        QVERIFY(qRed(small->pixel(10, 25)) > 200 && qGreen(small->pixel(10, 25)) < 60);
    }

    void refusesWhatIsNoPicture_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << QByteArray("hello, hello, hello");
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10'/></svg>");
        QTest::newRow("pdf") << QByteArray("%PDF-1.7 and so on and on");
        QTest::newRow("xpm") << QByteArray("/* XPM */ static char * a[] = {\"1 1 1 1\", \"a c red\", \"a\"};");
        QTest::newRow("ico") << QByteArray("\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\0\0", 16);
    }
    void refusesWhatIsNoPicture()
    {
        QFETCH(QByteArray, bytes);
        const auto picture = kit::readPicture(write(bytes), {100, 100});
        QVERIFY(!picture && picture.error().kind == ErrorKind::Unsupported);
    }

    void refusesWhatWouldFillTheMemory_data()
    {
        QTest::addColumn<quint32>("width");
        QTest::addColumn<quint32>("height");
        QTest::newRow("side") << quint32(kit::kMaxPictureSide + 1) << quint32(1);
        QTest::newRow("pixels") << quint32(8192) << quint32(4097);
        QTest::newRow("bomb") << quint32(0x7FFFFFFF) << quint32(0x7FFFFFFF);
        QTest::newRow("negative") << quint32(0xFFFFFFFF) << quint32(0xFFFFFFFF);
        QTest::newRow("zero") << quint32(0) << quint32(0);
    }
    void refusesWhatWouldFillTheMemory()
    {
        QFETCH(quint32, width);
        QFETCH(quint32, height);
        QByteArray bytes = encoded(drawn(16, 16), "png");
        qToBigEndian(width, bytes.data() + 16);
        qToBigEndian(height, bytes.data() + 20);
        const auto picture = kit::readPicture(write(bytes), {100, 100});
        QVERIFY(!picture && picture.error().kind == ErrorKind::Invalid);
    }

    void takesABrokenFileWithoutHarm()
    {
        for (const char* format : {"png", "jpeg"}) {
            const QByteArray whole = encoded(drawn(64, 64), format);
            for (qsizetype cut = 0; cut < whole.size(); cut += 7)
                (void)kit::readPicture(write(whole.left(cut)), {32, 32}); // an error or a part of it; the sanitizers look on
            for (qsizetype at = 8; at < whole.size(); at += 5) {
                QByteArray broken = whole;
                broken[at] = char(~broken[at]);
                (void)kit::readPicture(write(broken), {32, 32});
            }
        }
        QVERIFY(kit::readPicture(m_folder.filePath(u"nowhere"_s), {32, 32}).error().kind == ErrorKind::Storage);
    }

    void triesPicturesOnly()
    {
        chat::Attachment file;
        for (const auto& [type, expected] : {std::pair(u"image/png"_s, true), {u"IMAGE/JPEG"_s, true}, {u"image/svg+xml"_s, false},
                 {u"application/pdf"_s, false}, {QString(), false}}) {
            file.mediaType = type;
            QCOMPARE(kit::isPicture(file), expected);
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestPicture)
#include "tst_picture.moc"
