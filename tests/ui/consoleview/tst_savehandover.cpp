// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/savehandover.h"
#include "support/formatcorpus.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextDocument>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::consoleview;

class SaveHandoverTest : public QObject
{
    Q_OBJECT

    static console::HandoverRun run()
    {
        console::HandoverRun run;
        run.run.report.command = u"uptime"_s;
        run.run.report.state = chat::RunState::Succeeded;
        run.run.report.startedAtMs = 1'795'770'000'000;
        run.run.report.endedAtMs = 1'795'770'002'000;
        run.run.lines = tests::storedOutput("\x1b[32mup\x1b[0m 5 days\n");
        return run;
    }

    static base::Expected<base::Done> saved(const QList<console::HandoverRun>& runs, HandoverFormat format, const QString& path)
    {
        std::optional<base::Expected<base::Done>> answer;
        QObject context;
        saveHandover(runs, format, handoverOptions(u"Shift"_s), path).then(&context, [&](const base::Expected<base::Done>& status) {
            answer = status;
        });
        [&] { QTRY_VERIFY(answer); }();
        return answer.value_or(base::Error{});
    }

    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void savesInEveryFormat()
    {
        QTemporaryDir folder;
        const auto path = [&](HandoverFormat format) { return folder.filePath(u"shift"_s + handoverSuffix(format)); };
        for (const auto format : {HandoverFormat::Markdown, HandoverFormat::Asciicast, HandoverFormat::Ansi}) {
            QVERIFY(saved({run()}, format, path(format)));
            QVERIFY(handoverFilter(format).contains(u'*' + handoverSuffix(format)));
        }
        const QByteArray markdown = contents(path(HandoverFormat::Markdown));
        QVERIFY(markdown.startsWith("# Shift\n\n## `uptime`\n"));
        QVERIFY(markdown.contains("- Took: 2.0 s\n- State: succeeded\n"));
        QVERIFY(markdown.contains("\nup 5 days\n"));
        QVERIFY(contents(path(HandoverFormat::Asciicast)).startsWith("{\"version\": 3,"));
        QVERIFY(contents(path(HandoverFormat::Ansi)).contains("\x1b[0;32mup\x1b[0m 5 days\n"));
    }

    /// A parser of Markdown finds in it what was meant, whatever was printed and said.
    void isReadAsItWasMeant()
    {
        static constexpr const char* kHostile[] = {"# heading", "## heading #", "===", "---", "- item", "* item", "+ item", "1. one", "1) one",
            "> quote", "```", "~~~", "    code", "<b>bold</b>", "<script>", "*em* **strong** _em_ __strong__ ~~gone~~", "[a](http://x)", "![i](x)",
            "&amp; &copy;", "| a | b |", "|---|---|", "`code`", "\\", "[a]: http://x", "<!-- ", "***", "\t# tab"};
        QString all;
        for (const char* text : kHostile)
            all += QString::fromLatin1(text) + u'\n';
        console::HandoverRun hostile = run();
        hostile.run.lines = tests::storedOutput(all.toUtf8());
        hostile.context = {{u"*E* # <i>"_s, 1'795'770'000'000, all}};
        for (const char* text : kHostile)
            hostile.context << console::HandoverContext{QString::fromLatin1(text), 0, QString::fromLatin1(text)};
        hostile.run.report.command = u"a `b` ``c`` # d"_s;
        hostile.run.report.senderName = all;
        hostile.room = u"# *room*"_s;
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(console::writeMarkdown(buffer, {hostile, hostile}, handoverOptions(u"Shift *1*"_s)));
        QTextDocument document;
        document.setMarkdown(QString::fromUtf8(buffer.data()));
        QStringList headings;
        QStringList code;
        QString said;
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
            if (block.blockFormat().headingLevel() > 0)
                headings << block.text();
            else if (block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage))
                code << block.text();
            else if (block.blockFormat().hasProperty(QTextFormat::BlockQuoteLevel))
                said += block.text() + u'\n';
        }
        QCOMPARE(headings, (QStringList{u"Shift *1*"_s, u"a `b` ``c`` # d"_s, u"a `b` ``c`` # d"_s}));
        for (const char* text : kHostile) {
            const QString plain = QString::fromLatin1(text).trimmed(); // what a tab becomes is not ours
            QVERIFY2(std::count_if(code.begin(), code.end(), [&](const QString& line) { return line.trimmed() == plain; }) == 2, text);
            QVERIFY2(said.contains(plain), text);
        }
    }

    void leavesAFileThatItCannotReplace()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"shift.md"_s);
        QVERIFY(saved({run()}, HandoverFormat::Markdown, path));
        const QByteArray before = contents(path);
        const auto none = saved({}, HandoverFormat::Markdown, path);
        QVERIFY(!none);
        QVERIFY(none.error().kind == base::ErrorKind::Invalid);
        QCOMPARE(contents(path), before);
        const auto nowhere = saved({run()}, HandoverFormat::Markdown, folder.filePath(u"none/shift.md"_s));
        QVERIFY(!nowhere);
        QVERIFY(nowhere.error().kind == base::ErrorKind::Storage);
    }
};

QTEST_MAIN(SaveHandoverTest)
#include "tst_savehandover.moc"
