// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/gist.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestAttachment : public QObject
{
    Q_OBJECT
private slots:
    void namesAreSafe_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("safe");
        QTest::newRow("plain") << u"report.pdf"_s << u"report.pdf"_s;
        QTest::newRow("blanks and letters") << u"Größe der Arrays  März.csv"_s << u"Größe der Arrays März.csv"_s;
        QTest::newRow("up") << u"../../etc/passwd"_s << u"passwd"_s;
        QTest::newRow("absolute") << u"/etc/passwd"_s << u"passwd"_s;
        QTest::newRow("other separator") << u"C:\\Windows\\system.ini"_s << u"system.ini"_s;
        QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
        QTest::newRow("only dots") << u"..."_s << u"file"_s;
        QTest::newRow("nothing") << QString() << u"file"_s;
        QTest::newRow("folder") << u"name/"_s << u"file"_s;
        QTest::newRow("turned around") << u"photo\u202Egpj.exe"_s << u"photogpj.exe"_s;
        QTest::newRow("controls") << u"a\nb\tc\x01.txt"_s << u"abc.txt"_s;
        QTest::newRow("NUL") << QString(u"a\0b.txt"_s) << u"ab.txt"_s;
        QTest::newRow("wild") << u"a*b?c:d|e.txt"_s << u"a_b_c_d_e.txt"_s;
        QTest::newRow("ends in dots") << u"name. ."_s << u"name"_s;
        QTest::newRow("only a suffix") << u"\u202E.png"_s << u"png"_s;
        QTest::newRow("long") << QString(300, u'x') + u".tar.gz"_s << QString(117, u'x') + u".gz"_s;
        QTest::newRow("long, no suffix") << QString(300, u'x') << QString(120, u'x');
        QTest::newRow("half a pair") << QString(u"a"_s + QChar(0xD83D) + u"b.txt"_s) << u"ab.txt"_s;
    }

    void namesAreSafe()
    {
        QFETCH(QString, given);
        QFETCH(QString, safe);
        QCOMPARE(chat::safeFileName(given), safe);
        QCOMPARE(chat::safeFileName(safe), safe); // once is enough
    }

    void copiesAreKnownWhereverTheyLie()
    {
        QCOMPARE(chat::copyKey(u"/home/ana/profile/files/attached/token/a.png"_s), u"token/a.png"_s);
        QList<chat::Attachment> files{{{}, u"a.png"_s, {}, 1, {}, u"/old/token/a.png"_s}, {base::FileId(u"f1"_s), u"b.log"_s, {}, 1, {}, {}}};
        chat::moveCopies(files, u"/new/attached"_s);
        QCOMPARE(files[0].path, u"/new/attached/token/a.png"_s);
        QVERIFY(files[1].path.isEmpty()); // the server's alone
    }

    void aMessageWithoutTextIsCalledByItsFiles()
    {
        chat::Message message;
        QVERIFY(chat::gist(message).isEmpty());
        message.attachments = {{{}, u"a.png"_s, {}, 1, {}, {}}, {{}, u"b.log"_s, {}, 1, {}, {}}};
        QCOMPARE(chat::gist(message), u"a.png, b.log"_s);
        message.text = u"look"_s;
        QCOMPARE(chat::gist(message), u"look"_s);
    }

    void aLongNameFitsAFileSystem()
    {
        const QString emoji = u"🍜"_s.repeated(200) + u".png"_s;
        const QString safe = chat::safeFileName(emoji);
        QVERIFY(safe.toUtf8().size() <= 255);
        QVERIFY(safe.endsWith(u"🍜.png"_s));
        QVERIFY(chat::safeFileName(u"語"_s.repeated(200)).toUtf8().size() <= 255);
    }
};

QTEST_GUILESS_MAIN(TestAttachment)
#include "tst_attachment.moc"
