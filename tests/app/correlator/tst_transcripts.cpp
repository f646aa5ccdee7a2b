// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Bots that cannot be run here, as their sources say that they speak: what their profiles make of it, run by run, beside the transcripts.
// UPDATE_GOLDEN=1 writes it anew, to be read before it is kept.
#include "support/runrecording.h"

#include <QTest>

using namespace ridealong;
using namespace ridealong::tests;
using namespace Qt::StringLiterals;

namespace {

QString pathOf(const QString& name) { return QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/runs/") + name; }

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray described(const correlator::CorrelatedRun& run)
{
    QByteArray text = run.report.senderName.toUtf8() + ": " + run.report.command.toUtf8() + "\n  " + chat::toString(run.report.state).toUtf8();
    if (!run.report.detail.isEmpty())
        text += " (" + run.report.detail.toUtf8() + ')';
    if (run.report.exitCode)
        text += ", exit " + QByteArray::number(*run.report.exitCode);
    text += '\n';
    for (const QByteArray& line : correlator::outputOf(run).split('\n'))
        if (!line.isEmpty())
            text += "  | " + line + '\n';
    return text;
}

} // namespace

class TestTranscripts : public QObject
{
    Q_OBJECT
private slots:
    void areRead_data()
    {
        QTest::addColumn<QString>("profile");
        QTest::newRow("poshbot-reconstructed-1") << u"poshbot"_s;
        QTest::newRow("poshbot-reconstructed-2") << u"poshbot"_s;
        QTest::newRow("stackstorm-reconstructed-1") << u"stackstorm"_s;
        QTest::newRow("stackstorm-reconstructed-2") << u"stackstorm"_s;
        QTest::newRow("chatopsrpc-reconstructed-1") << u"chatops-rpc"_s;
    }
    void areRead()
    {
        QFETCH(QString, profile);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const auto recording = readRecording(pathOf(name + u".jsonl"_s), true);
        QVERIFY(!recording.empty());
        RunReplay replay(QStringLiteral(RIDEALONG_SOURCE_DIR "/resources/bots"));
        const auto* known = replay.book.find(profile);
        QVERIFY(known);
        for (const ReplayedMessage& one : recording)
            if (one.message.fromBot
                && std::none_of(replay.room.bots.begin(), replay.room.bots.end(), [&](const auto& bot) { return bot.user == one.message.sender; }))
                replay.room.bots += {one.message.sender, one.message.senderName, known};
        const Grouping found = replay.play(recording);
        QVERIFY2(found.mistakes.isEmpty(), qPrintable(found.mistakes.join(u'\n')));
        QVERIFY(found.commands > 0 && found.belonging > 0);
        QByteArray text;
        for (const ReplayedMessage& one : recording)
            if (!one.command.isEmpty()) {
                const auto* run = replay.correlator.ofCommand(one.message.conversation, one.message.id);
                QVERIFY2(run, qPrintable(one.message.text));
                text += described(*run);
            }
        const QString golden = pathOf(name + u".txt"_s);
        if (qEnvironmentVariableIsSet("UPDATE_GOLDEN")) {
            QFile file(golden);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        }
        QCOMPARE(text, contentsOf(golden));
    }
};

QTEST_GUILESS_MAIN(TestTranscripts)
#include "tst_transcripts.moc"
