// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/savehandover.h"

#include "consoleview/runwords.h"
#include "kit/durations.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

base::Expected<base::Done> write(
    const QList<console::HandoverRun>& runs, HandoverFormat format, const console::HandoverOptions& options, const QString& path)
{
    QSaveFile file(path);
    const auto failed = [&] { return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, file.errorString()), 0}; };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    const auto status = [&] {
        switch (format) {
        case HandoverFormat::Asciicast: return console::writeAsciicast(file, runs, options);
        case HandoverFormat::Ansi: return console::writeAnsi(file, runs, options);
        case HandoverFormat::Markdown: break;
        }
        return console::writeMarkdown(file, runs, options);
    }();
    if (!status)
        return status.error().kind == base::ErrorKind::Storage ? failed() : status.error();
    if (!file.commit())
        return failed();
    return base::Done{};
}

} // namespace

QString handoverFilter(HandoverFormat format)
{
    switch (format) {
    case HandoverFormat::Asciicast: return Words::tr("Terminal recording (*.cast)");
    case HandoverFormat::Ansi: return Words::tr("Text with colours (*.ansi)");
    case HandoverFormat::Markdown: break;
    }
    return Words::tr("Markdown (*.md)");
}

QString handoverSuffix(HandoverFormat format)
{
    switch (format) {
    case HandoverFormat::Asciicast: return u".cast"_s;
    case HandoverFormat::Ansi: return u".ansi"_s;
    case HandoverFormat::Markdown: break;
    }
    return u".md"_s;
}

console::HandoverOptions handoverOptions(const QString& title)
{
    console::HandoverOptions options;
    options.words = {.title = title,
        .sender = Words::tr("Asked by"),
        .room = Words::tr("Room"),
        .environment = Words::tr("Environment"),
        .started = Words::tr("Started"),
        .duration = Words::tr("Took"),
        .state = Words::tr("State"),
        .exitCode = Words::tr("Exit code"),
        .noOutput = Words::tr("No output."),
        .omitted = Words::tr("%1 bytes of output are left out."),
        .missing = Words::tr("output is missing here"),
        .castTimes = Words::tr("Of a run only beginning and end are known: its lines are spread evenly between them."),
        .stateOf = stateWord,
        .durationOf = kit::elapsedText};
    options.zone = QTimeZone::systemTimeZone();
    return options;
}

base::Async<base::Done> saveHandover(
    const QList<console::HandoverRun>& runs, HandoverFormat format, const console::HandoverOptions& options, const QString& path)
{
    base::Promise<base::Done> promise;
    QThreadPool::globalInstance()->start([=] { promise.answer(write(runs, format, options, path)); });
    return promise.async();
}

} // namespace ridealong::consoleview
