// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/application.h"
#include "window/singleinstance.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>

using namespace ridealong;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    if (argc == 2 && (qstrcmp(argv[1], "--version") == 0 || qstrcmp(argv[1], "-v") == 0)) { // also where there is no display
        std::puts("ridealong " RIDEALONG_VERSION);
        return 0;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"ridealong"_s);
    QApplication::setApplicationDisplayName(u"Ridealong"_s);
    QApplication::setApplicationVersion(QStringLiteral(RIDEALONG_VERSION));
    QApplication::setDesktopFileName(u"org.ridealong.Ridealong"_s);

    QCommandLineParser options;
    options.setApplicationDescription(QCoreApplication::translate("main", "A desktop chat client for engineers."));
    options.addHelpOption();
    options.addVersionOption();
    options.addOption({u"profile"_s, QCoreApplication::translate("main", "Folder that holds everything; the user's own by default."), u"DIR"_s});
    options.process(application);

    const QString folder = options.isSet(u"profile"_s) ? QDir(options.value(u"profile"_s)).absolutePath()
                                                       : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "ridealong: cannot make the folder %s\n", qPrintable(folder));
        return 1;
    }
    window::SingleInstance instance(folder);
    if (instance.raiseOther())
        return 0;

    window::Application ridealong(folder);
    QObject::connect(&instance, &window::SingleInstance::raiseRequested, &ridealong.mainWindow(), &window::MainWindow::bringToFront);
    ridealong.start([&instance](const base::Expected<workspace::OpenReport>& opened) {
        if (opened)
            instance.listen(); // the profile is ours now
        else if (opened.error().kind == base::ErrorKind::Denied && instance.raiseOther())
            QCoreApplication::quit(); // the other one was starting too, and had not listened yet
    });
    return application.exec();
}
