// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Files from one process to another through the Local workspace.
#include "support/localpair.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using tests::HeadlessClient;

class TestFiles : public QObject
{
    Q_OBJECT

    struct Pair : tests::LocalPair
    {
        QString write(const QString& name, const QByteArray& bytes)
        {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
                qFatal("cannot write");
            return file.fileName();
        }
    };

    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<missing>");
    }

private slots:
    void theySendEachOtherFiles()
    {
        Pair pair;
        const QByteArray bytes = QByteArray("0123456789abcdef").repeated(100'000);
        const QString path = pair.write(u"latency.log"_s, bytes);
        const auto sent = pair.ben.ask(
            u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"see"_s}, {u"files"_s, QJsonArray{path, pair.write(u"b.txt"_s, "b")}}});
        QVERIFY(sent[u"ok"_s].toBool());
        QVERIFY(QFile::remove(path)); // what was taken is kept
        const auto message = pair.ana.waitFor(u"message"_s, [](const auto& e) { return e[u"text"_s] == u"see"_s; });
        const QJsonArray files = message[u"files"_s].toArray();
        QCOMPARE(files.size(), 2);
        QCOMPARE(files[0][u"name"_s].toString(), u"latency.log"_s);
        QCOMPARE(files[0][u"bytes"_s].toInteger(), qint64(bytes.size()));
        const QString target = pair.folder.filePath(u"got.log"_s);
        const auto saved = pair.ana.ask(u"file.save"_s, {{u"conversation"_s, pair.anaOps}, {u"message"_s, message[u"id"_s]}, {u"path"_s, target}});
        QVERIFY2(saved[u"ok"_s].toBool(), qPrintable(saved[u"error"_s][u"detail"_s].toString()));
        QCOMPARE(contentOf(target), bytes);
        const auto second = pair.ana.ask(u"file.save"_s,
            {{u"conversation"_s, pair.anaOps}, {u"message"_s, message[u"id"_s]}, {u"file"_s, files[1][u"file"_s]}, {u"path"_s, target}});
        QVERIFY(second[u"ok"_s].toBool());
        QCOMPARE(contentOf(target), QByteArray("b"));
    }

    void whatCannotBeSentIsSaid()
    {
        Pair pair;
        const auto nowhere = pair.ben.ask(
            u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"x"_s}, {u"files"_s, QJsonArray{pair.folder.filePath(u"no"_s)}}});
        QCOMPARE(nowhere[u"error"_s][u"kind"_s].toString(), u"NotFound"_s);
        const auto folder
            = pair.ben.ask(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"x"_s}, {u"files"_s, QJsonArray{pair.folder.path()}}});
        QCOMPARE(folder[u"error"_s][u"kind"_s].toString(), u"Invalid"_s);
        QVERIFY(pair.ben.texts(pair.benOps).isEmpty());
        const auto nothing
            = pair.ben.ask(u"file.save"_s, {{u"conversation"_s, pair.benOps}, {u"message"_s, u"no"_s}, {u"path"_s, pair.folder.filePath(u"x"_s)}});
        QCOMPARE(nothing[u"error"_s][u"kind"_s].toString(), u"NotFound"_s);
    }

    void aFileWaitsThroughAKillForTheConnection()
    {
        Pair pair;
        const QByteArray bytes = QByteArray("x").repeated(3 << 20);
        pair.ben.ask(u"network"_s, {{u"online"_s, false}});
        const QString path = pair.write(u"dump.bin"_s, bytes);
        const auto sent = pair.ben.ask(u"send"_s, {{u"conversation"_s, pair.benOps}, {u"text"_s, u"offline"_s}, {u"files"_s, QJsonArray{path}}});
        QVERIFY(sent[u"ok"_s].toBool());
        pair.ben.killHard();
        QVERIFY(QFile::remove(path));
        pair.ana.forgetEvents();
        pair.ben.start();
        const auto message = pair.ana.waitFor(u"message"_s, [](const auto& e) { return e[u"text"_s] == u"offline"_s; });
        QCOMPARE(message[u"files"_s].toArray().size(), 1);
        const QString target = pair.folder.filePath(u"got.bin"_s);
        QVERIFY(pair.ana.ask(u"file.save"_s, {{u"conversation"_s, pair.anaOps}, {u"message"_s, message[u"id"_s]}, {u"path"_s, target}})[u"ok"_s]
                    .toBool());
        QCOMPARE(contentOf(target), bytes);
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
