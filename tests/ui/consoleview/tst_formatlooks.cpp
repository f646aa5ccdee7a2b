// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Every body as people see it, in both themes and at 200 %. With RIDEALONG_SHOTS=folder the pictures are kept.
#include "formatsamples.h"
#include "formatstage.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QMenu>

using tests::FormatStage;

class FormatLooksTest : public QObject
{
    Q_OBJECT

    struct Sample
    {
        const char* name;
        QByteArray output;
        Format format;
        QList<int> keys; ///< pressed before the picture
    };
    static QList<Sample> samples()
    {
        return {
            {"json", tests::kPodsJson, Format::Json, {Qt::Key_Right, Qt::Key_Down, Qt::Key_Down}},
            {"yaml", tests::kServiceYaml, Format::Yaml, {}},
            {"diff", tests::kTwoFilesDiff, Format::Diff, {}},
            {"log", tests::kServiceLog, Format::Log, {Qt::Key_D, Qt::Key_Right, Qt::Key_Down}},
            {"markdown", tests::kNotesMarkdown, Format::Markdown, {}},
            {"code", tests::kPythonCode, Format::Code, {}},
            {"trace", tests::kPythonTrace, Format::StackTrace, {}},
            {"table", tests::kHostTable, Format::Table, {Qt::Key_Right, Qt::Key_Right, Qt::Key_Right, Qt::Key_G}},
            {"image", tests::pictureSample(), Format::Image, {Qt::Key_Right, Qt::Key_Down}},
        };
    }
    static void shoot(const tests::Look& look)
    {
        for (const Sample& sample : samples()) {
            FormatStage stage;
            look.dress(stage.theme);
            stage.view.resize(QSize(680, 420) * std::max(1.0, look.scale * 0.85));
            stage.run = stage.samples.add(stage.samples.report(u"run"_s, QString::fromLatin1(sample.name), chat::RunState::Succeeded), sample.output);
            QTRY_VERIFY(stage.console.find(stage.run)->lines->committedCount() == stage.console.find(stage.run)->lines->lineCount());
            for (int i = 0; i < 20; ++i)
                QCoreApplication::processEvents();
            stage.view.showRun(stage.run);
            if (stage.view.shownFormat(stage.run) != sample.format)
                stage.view.showAs(stage.run, sample.format);
            for (const int key : sample.keys)
                stage.press(key);
            (void)stage.view.grab();
            for (int i = 0; i < 20; ++i)
                QCoreApplication::processEvents(); // highlighting comes in idle slices
            const auto picture = stage.view.grab();
            QVERIFY2(tests::colorsOf(picture.toImage()) > 10, sample.name);
            QVERIFY2(stage.view.paintedRows() > 2, sample.name);
            tests::keepShot(picture, u"body-%1-%2"_s.arg(QString::fromLatin1(sample.name), QString::fromLatin1(look.name)));
        }
    }

private slots:
    void isReadableInTheDark() { shoot(tests::kDark); }
    void isReadableInTheLight() { shoot(tests::kLight); }
    void isReadableAtTwiceTheSize() { shoot({"200", kit::ThemeChoice::Dark, 2}); }
};

QTEST_MAIN(FormatLooksTest)
#include "tst_formatlooks.moc"
