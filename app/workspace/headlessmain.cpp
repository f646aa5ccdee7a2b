// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "workspace/headless.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QSocketNotifier>

#include <cerrno>
#include <cstdio>
#include <unistd.h>

using namespace ridealong;
using namespace Qt::StringLiterals;

namespace {

void writeLine(const QByteArray& line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"ridealong"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(RIDEALONG_VERSION));

    QCommandLineParser options;
    options.setApplicationDescription(u"Ridealong without a window: JSON lines in, JSON lines out."_s);
    options.addHelpOption();
    options.addVersionOption();
    options.addOption({u"profile"_s, u"Folder that holds everything."_s, u"DIR"_s});
    options.addOption({u"memory-secrets"_s, u"Keep secrets in memory instead of the system keychain."_s});
    options.process(application);
    if (!options.isSet(u"profile"_s)) {
        std::fputs("ridealong-headless: --profile DIR is missing\n", stderr);
        return 2;
    }
    const QString folder = QDir(options.value(u"profile"_s)).absolutePath();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "ridealong-headless: cannot make the folder %s\n", qPrintable(folder));
        return 1;
    }

    base::SystemClock clock;
    base::SystemRandom random;
    workspace::Workspace workspace({folder, options.isSet(u"memory-secrets"_s)}, clock, random);
    workspace::Headless headless(workspace, writeLine);
    QObject::connect(&headless, &workspace::Headless::quitRequested, &application, &QCoreApplication::quit, Qt::QueuedConnection);

    QByteArray buffer;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    input.setEnabled(false); // requests wait until the profile is open
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        char piece[65536];
        const ssize_t got = ::read(STDIN_FILENO, piece, sizeof piece);
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (got > 0)
            buffer.append(piece, got);
        for (qsizetype end; (end = buffer.indexOf('\n')) >= 0; buffer.remove(0, end + 1))
            headless.handle(buffer.left(end));
        if (got <= 0) {
            headless.handle(buffer);
            input.setEnabled(false);
            application.quit();
        } else if (buffer.size() > workspace::Headless::kMaxLineBytes) {
            buffer.clear();
            headless.handle("a line over the limit"); // answered with the error of a line that is no JSON
        }
    });

    workspace.open().then(&application, [&](base::Expected<workspace::OpenReport> opened) {
        if (!opened) {
            std::fprintf(stderr, "ridealong-headless: %s: %s\n", qPrintable(base::toString(opened.error().kind)), qPrintable(opened.error().detail));
            return QCoreApplication::exit(1);
        }
        if (!opened->databaseKeptAside.isEmpty())
            std::fprintf(stderr, "ridealong-headless: the database was damaged; it is kept as %s\n", qPrintable(opened->databaseKeptAside));
        input.setEnabled(true);
    });
    return application.exec();
}
