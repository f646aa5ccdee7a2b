// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Plays the main job through the real interface, and leaves a picture of every step in dark and in light.
#include "accountdialogs/accountdialog.h"
#include "accountdialogs/awaydialog.h"
#include "accountdialogs/roompicker.h"
#include "composer/composer.h"
#include "consolescene.h"
#include "consoleview/consolepanel.h"
#include "paletteview/paletteview.h"
#include "runscene.h"
#include "searchview/searchpanel.h"
#include "stage.h"
#include "xmppscene.h"
#include "servers/bots.h"
#include "servers/inspircd.h"
#include "support/activate.h"
#include "timelineview/picturedialog.h"
#include "timelineview/timelineview.h"
#include "window/application.h"

#include <QApplication>
#include <QClipboard>
#include <QCommandLineParser>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QPointer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <cmath>
#include <cstdio>

using namespace ridealong;
using namespace Qt::StringLiterals;

namespace {

/// The play: one function a scene, in the order of a first day.
class Tour
{
public:
    Tour(window::Application& program, tour::Stage& stage, const QString& folder) : m_program(program), m_stage(stage), m_folder(folder) {}

    void play()
    {
        firstStart();
        conversation();
        palette();
        migration();
        reports();
        failure();
        steering();
        findInOutput(m_stage, *window().console());
        million();
        tour::showFormats(m_program, m_stage);
        thread();
        finding();
        production();
        drafts();
        help();
        files();
        sizes();
        irc();
        tour::playXmpp(m_program, m_stage);
    }

private:
    window::MainWindow& window() { return m_program.mainWindow(); }
    console::Console& console() { return m_program.workspace().console(); }

    const console::Run* newestRun()
    {
        const auto& runs = console().runs();
        return runs.empty() ? nullptr : console().find(runs.back());
    }
    bool waitForEnd(const QString& command)
    {
        constexpr int kPatienceMs = 300'000; // real work, on whatever machine
        return m_stage.waitFor(
            u"the end of "_s + command,
            [&] {
                const console::Run* run = newestRun();
                return run && run->report.command.startsWith(command) && chat::isFinal(run->report.state)
                    && run->receivedBytes >= run->report.outputBytes;
            },
            kPatienceMs);
    }
    void say(const QString& text)
    {
        m_stage.press(Qt::Key_L, Qt::ControlModifier);
        m_stage.type(text);
        m_stage.press(Qt::Key_Return);
    }
    /// Through the console's command line.
    void run(const QString& command)
    {
        m_stage.press(Qt::Key_E, Qt::ControlModifier);
        m_stage.press(Qt::Key_A, Qt::ControlModifier);
        m_stage.type(command);
        m_stage.press(Qt::Key_Return);
    }
    void goTo(const QString& room)
    {
        m_stage.press(Qt::Key_K, Qt::ControlModifier);
        m_stage.type(room);
        m_stage.press(Qt::Key_Return);
    }

    void firstStart()
    {
        m_stage.waitFor(u"the Local workspace"_s,
            [&] { return m_program.workspace().conversations().rowCount() >= 4 && !m_program.wiring().current().isEmpty(); });
        m_stage.waitFor(u"the commands"_s, [&] { return m_program.workspace().palette().commands().size() > 6; });
        goTo(u"ops"_s);
        m_stage.picture(u"first-start"_s);
    }

    void conversation()
    {
        say(u"Arrays are quiet since 08:30, you can start. I hand over the **batch list** in the thread."_s);
        say(u"Before anything is copied, `migrate --dry-run` must show the same files:\n```sh\nfind /srv/vmax1 -type f | wc -l   # 48,211\n```"_s);
        say(u"I try it on made-up data first."_s);
        m_stage.waitFor(u"the messages"_s, [&] { return window().page()->model() && window().page()->model()->rowCount() >= 4; });
        m_stage.picture(u"local-workspace"_s);
        m_stage.press(Qt::Key_K, Qt::ControlModifier);
        m_stage.picture(u"switcher"_s);
        m_stage.press(Qt::Key_Escape);
    }

    void palette()
    {
        run(u"runner demo-data vmax1 --files 900 --kilobytes 96"_s);
        waitForEnd(u"demo-data"_s);
        m_stage.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.type(u"migr start"_s);
        m_stage.picture(u"palette"_s);
        m_stage.press(Qt::Key_Tab);
        m_stage.type(u"vmax1"_s);
        m_stage.press(Qt::Key_Tab);
        m_stage.type(u"vmax7"_s);
        m_stage.picture(u"palette-form"_s);
        m_stage.press(Qt::Key_Return);
    }

    void migration()
    {
        m_stage.waitFor(
            u"progress of the migration"_s,
            [&] {
                const console::Run* running = newestRun();
                return running && running->report.command.startsWith(u"migrate"_s) && running->progress() && running->progress()->percent > 30;
            },
            120'000);
        m_stage.picture(u"migration-running"_s);
        waitForEnd(u"migrate"_s);
        m_stage.picture(u"migration-done"_s);
    }

    void reports()
    {
        run(u"runner host"_s);
        waitForEnd(u"host"_s);
        m_stage.picture(u"json"_s);
        run(u"runner processes --count 12"_s);
        waitForEnd(u"processes"_s);
        m_stage.picture(u"table"_s);
        if (makeRepository()) {
            run(u"runner git-diff repository"_s);
            waitForEnd(u"git-diff"_s);
            m_stage.picture(u"diff"_s);
        }
        run(u"runner colors"_s);
        waitForEnd(u"colors"_s);
        m_stage.picture(u"colors"_s);
        m_stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.press(Qt::Key_I);
        m_stage.picture(u"console-invisible"_s);
        m_stage.press(Qt::Key_I);
    }

    void failure()
    {
        run(u"runner check / --free 100"_s);
        waitForEnd(u"check"_s);
        run(u"runner hosst"_s);
        waitForEnd(u"hosst"_s);
        m_stage.picture(u"failure"_s);
    }

    void steering()
    {
        run(u"runner slow"_s);
        m_stage.waitFor(u"a slow run"_s, [&] { return newestRun() && newestRun()->report.state == chat::RunState::Running; });
        m_stage.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.press(Qt::Key_C);
        m_stage.waitFor(u"the cancelled run"_s, [&] { return newestRun() && newestRun()->report.state == chat::RunState::Cancelled; });
        m_stage.picture(u"cancelled"_s);
    }

    void million()
    {
        if (!tour::writeCountingScript(m_program.workspace().userScriptsFolder()))
            return;
        m_stage.waitFor(u"the new script"_s, [&] {
            const auto commands = m_program.workspace().palette().commands();
            return std::ranges::any_of(commands, [](const chat::CommandSpec& spec) { return spec.name == u"count"; });
        });
        run(u"runner count 1000000"_s);
        waitForEnd(u"count"_s);
        tour::turnPages(m_stage);
    }

    void thread()
    {
        // By keyboard alone: into the timeline, up to the first message, its thread.
        m_stage.press(Qt::Key_T, Qt::ControlModifier);
        m_stage.press(Qt::Key_Home);
        m_stage.press(Qt::Key_Down);
        m_stage.press(Qt::Key_T);
        m_stage.waitFor(u"the thread"_s, [&] { return window().threadPage()->model() != nullptr; });
        m_stage.type(u"LUN 0112 to 0140, four streams."_s);
        m_stage.press(Qt::Key_Return);
        m_stage.type(u"0114 is the slow one, watch its latency."_s);
        m_stage.press(Qt::Key_Return);
        m_stage.waitFor(u"the replies"_s, [&] { return window().threadPage()->model() && window().threadPage()->model()->rowCount() >= 3; });
        m_stage.picture(u"thread"_s);
    }

    void finding()
    {
        m_stage.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.picture(u"search-empty"_s);
        m_stage.type(u"latency in:ops"_s);
        m_stage.waitFor(u"what was found"_s, [&] {
            const auto* list = window().search()->findChild<QListView*>(u"searchResults"_s);
            return list->isVisible() && list->model()->rowCount() >= 1;
        });
        m_stage.picture(u"search"_s);
        m_stage.press(Qt::Key_Escape);
    }

    void production()
    {
        goTo(u"prod"_s);
        m_stage.press(Qt::Key_E, Qt::ControlModifier);
        m_stage.type(u"runner migrate start vmax1 vmax9"_s);
        m_stage.picture(u"production-review"_s);
        m_stage.press(Qt::Key_Return);
        m_stage.type(u"prod"_s);
        m_stage.picture(u"production-confirm"_s);
        m_stage.press(Qt::Key_Return);
        m_stage.waitFor(u"the approval"_s, [&] { return newestRun() && newestRun()->report.state == chat::RunState::AwaitingApproval; });
        m_stage.press(Qt::Key_4, Qt::ControlModifier);
        m_stage.picture(u"approvals"_s);
        goTo(u"ops"_s);
    }

    void drafts()
    {
        m_program.workspace().setNetworkOnline(false); // the unplugged cable is the one thing that no key can do
        say(u"Written on the train, goes by itself."_s);
        say(u"runner disk"_s);
        m_stage.press(Qt::Key_2, Qt::ControlModifier);
        m_stage.picture(u"drafts-offline"_s);
        m_program.workspace().setNetworkOnline(true);
        m_stage.waitFor(u"the connection"_s, [&] { return m_program.workspace().accounts().first()->isConnected(); });
        m_stage.waitFor(u"the outbox"_s, [&] { return m_program.workspace().outbox().items().size() == 1; });
        m_stage.picture(u"drafts-review"_s);
        m_stage.press(Qt::Key_5, Qt::ControlModifier);
        m_stage.picture(u"pairing"_s);
        m_stage.press(Qt::Key_1, Qt::ControlModifier);
    }

    /// A picture out of the clipboard and a file beside it.
    void files()
    {
        const auto attached
            = [&](int count) { m_stage.waitFor(u"what was pasted"_s, [&] { return window().page()->composer()->attachments().size() == count; }); };
        m_stage.press(Qt::Key_L, Qt::ControlModifier);
        QGuiApplication::clipboard()->setImage(chart());
        m_stage.press(Qt::Key_V, Qt::ControlModifier);
        attached(1);
        const QString log = m_folder + u"/vmax1-latency.log"_s;
        QFile file(log);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray("2026-03-05T08:41:07Z lun=0114 read_ms=41.7 write_ms=58.2 queue=31\n").repeated(20'000));
        file.close();
        auto* data = new QMimeData;
        data->setUrls({QUrl::fromLocalFile(log)});
        QGuiApplication::clipboard()->setMimeData(data);
        m_stage.press(Qt::Key_V, Qt::ControlModifier);
        attached(2);
        m_stage.type(u"Latency of LUN 0114 since nine, and the log it comes from."_s);
        m_stage.picture(u"attaching"_s);
        m_stage.press(Qt::Key_Return);
        // Below it waits what is not sent yet.
        const auto hasFiles = [&](int row) {
            const auto* timeline = window().page()->model();
            return row >= 0 && row < timeline->rowCount() && timeline->row(row).message.attachments.size() == 2 && timeline->row(row).message.id;
        };
        m_stage.waitFor(u"the message with its files"_s, [&] {
            const int rows = window().page()->model()->rowCount();
            return hasFiles(rows - 1) || hasFiles(rows - 2);
        });
        m_stage.press(Qt::Key_End, Qt::ControlModifier);
        m_stage.picture(u"files"_s);
        m_stage.press(Qt::Key_T, Qt::ControlModifier);
        for (int i = 0; i < 3 && !hasFiles(window().page()->timeline()->currentRow()); ++i)
            m_stage.press(Qt::Key_Up);
        m_stage.press(Qt::Key_Return);
        auto* viewer = window().findChild<timelineview::PictureDialog*>();
        if (m_stage.waitFor(u"the picture"_s, [&] { return viewer && !viewer->picture().isNull(); })) {
            m_stage.bring(*viewer);
            m_stage.picture(u"picture"_s);
            m_stage.press(Qt::Key_Escape);
        }
        m_stage.press(Qt::Key_L, Qt::ControlModifier);
    }

    /// A newcomer on a real server with a real bot; left out where they are not installed.
    void irc()
    {
        m_program.theme().setChoice(kit::ThemeChoice::Dark);
        const tests::Certificates certificates;
        tests::InspIrcd::Options options;
        options.withAtheme = true;
        options.channels = {{u"#ops"_s, u"Storage migration, batch 4"_s, 0}, {u"#deploys"_s, u"What goes out today"_s, 0}};
        tests::InspIrcd server(certificates, options);
        if (!server.missing().isEmpty() || !server.start() || !server.registerAccount("ana", "a-good-password")) {
            std::printf("left out: a room of a real IRC server (%s)\n", qPrintable(server.missing() + server.error()));
            return;
        }
        tests::HubotBot hubot({server.plainPort(), u"#ops"_s});
        const bool withBot = hubot.missing().isEmpty() && hubot.start();

        using Step = accountdialogs::AccountDialog::Step;
        m_stage.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QPointer dialog = window().findChild<accountdialogs::AccountDialog*>();
        const auto reaches = [&](Step step, const QString& what) {
            return m_stage.waitFor(
                what, [&] { return dialog && dialog->step() == step; }, 60'000);
        };
        if (!dialog)
            return;
        m_stage.bring(*dialog);
        m_stage.press(Qt::Key_Tab);
        m_stage.type(u"127.0.0.1:%1"_s.arg(server.tlsPort()));
        m_stage.picture(u"account-address"_s);
        m_stage.press(Qt::Key_Return);
        if (!reaches(Step::Certificate, u"the certificate of the server"_s))
            return;
        m_stage.picture(u"account-certificate"_s);
        m_stage.press(Qt::Key_Tab, Qt::ShiftModifier); // from the button that goes back to the check mark before it
        m_stage.press(Qt::Key_Space);
        m_stage.press(Qt::Key_Tab);
        m_stage.press(Qt::Key_Tab);
        m_stage.press(Qt::Key_Space);
        if (!reaches(Step::Settings, u"the sign-in"_s))
            return;
        m_stage.type(u"ana"_s);
        m_stage.press(Qt::Key_Tab);
        m_stage.type(u"a-good-password"_s);
        m_stage.picture(u"account-sign-in"_s);
        m_stage.press(Qt::Key_Return);
        if (!reaches(Step::Done, u"the rooms of the server"_s))
            return;
        m_stage.waitFor(u"the list of rooms"_s, [&] { return dialog && dialog->picker()->shownRooms() >= 2; });
        m_stage.picture(u"account-rooms"_s);
        m_stage.type(u"#op"_s);
        m_stage.press(Qt::Key_Down);
        m_stage.press(Qt::Key_Return);
        m_stage.waitFor(u"the room"_s, [&] { return !dialog && m_program.wiring().current().account() != base::AccountId(); });
        m_stage.bring(window());
        say(u"Good morning. Are the arrays quiet?"_s);
        if (withBot)
            tour::askTheBot(m_program, m_stage);
        m_stage.picture(u"irc-room"_s);
        m_stage.press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
        if (auto* away = window().findChild<accountdialogs::AwayDialog*>()) {
            m_stage.bring(*away);
            m_stage.type(u"Back at four"_s);
            m_stage.picture(u"away"_s);
            m_stage.press(Qt::Key_Return);
            m_stage.waitFor(u"the server's word that we are away"_s, [&] {
                const auto* account = m_program.workspace().accountOf(m_program.wiring().current());
                return account && account->self().presence == chat::Presence::Away;
            });
            m_stage.bring(window());
            m_stage.picture(u"is-away"_s);
        }
    }

    static QImage chart()
    {
        constexpr QSize kSize(1280, 560);
        QImage image(kSize, QImage::Format_RGB32);
        image.fill(QColor(0x14, 0x18, 0x20));
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QColor(0x2A, 0x31, 0x3D));
        for (int y = 80; y < kSize.height(); y += 80)
            painter.drawLine(40, y, kSize.width() - 40, y);
        QPolygonF line;
        for (int x = 40; x <= kSize.width() - 40; x += 6)
            line << QPointF(x, 430 - 60 * std::sin(x / 90.0) - (x > 700 && x < 900 ? 220 * std::sin((x - 700) * 3.14159 / 200) : 0) - (x * 37 % 23));
        painter.setPen(QPen(QColor(0x6C, 0xA8, 0xFF), 3));
        painter.drawPolyline(line);
        return image;
    }

    void help()
    {
        m_stage.press(Qt::Key_F1);
        m_stage.picture(u"shortcuts"_s);
        m_stage.press(Qt::Key_Escape);
        m_stage.press(Qt::Key_Comma, Qt::ControlModifier);
        m_stage.picture(u"settings"_s);
        m_stage.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.picture(u"settings-local"_s);
        m_stage.press(Qt::Key_Escape);
    }

    void sizes()
    {
        m_program.theme().setScale(2.0);
        m_stage.picture(u"text-200"_s);
        m_program.theme().setScale(1.0);
        window().resize(1280, 800);
        m_stage.picture(u"1280x800"_s);
        window().resize(2560, 1440);
        m_stage.picture(u"2560x1440"_s);
        m_program.theme().setChoice(kit::ThemeChoice::HighContrast);
        window().resize(1440, 900);
        m_stage.single(u"high-contrast"_s);
    }

    /// A small repository with a change in it, made by the real git; false where there is none.
    bool makeRepository()
    {
        const QString folder = m_folder + u"/repository"_s;
        QDir().mkpath(folder);
        const auto write = [&](const QByteArray& text) {
            QFile file(folder + u"/limits.conf"_s);
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        const auto git = [&](const QStringList& arguments) {
            QProcess process;
            process.setWorkingDirectory(folder);
            process.start(u"git"_s, QStringList{u"-c"_s, u"user.name=Tour"_s, u"-c"_s, u"user.email=tour@example.invalid"_s} + arguments);
            return process.waitForFinished() && process.exitCode() == 0;
        };
        return write("streams = 4\nretries = 1\nverify = yes\nwindow = 08:30-12:00\n") && git({u"init"_s, u"-q"_s}) && git({u"add"_s, u"."_s})
            && git({u"commit"_s, u"-qm"_s, u"Limits of the migration"_s})
            && write("streams = 8\nretries = 1\nverify = yes\nwindow = 08:30-14:00\nreport = 5 %\n");
    }

    window::Application& m_program;
    tour::Stage& m_stage;
    QString m_folder;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"ridealong"_s);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({u"out"_s, u"Where the pictures go."_s, u"DIR"_s, u"shots"_s});
    options.process(application);

    QTemporaryDir folder;
    QTemporaryDir home; // scripts begin there, so paths in the pictures are short
    qputenv("HOME", home.path().toUtf8());
    qputenv("XDG_DATA_HOME", folder.filePath(u"data"_s).toUtf8()); // the tour's own hub, not the user's
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    if (qEnvironmentVariableIsEmpty("USER") || qEnvironmentVariable("USER") == u"root"_s)
        qputenv("USER", "ana");

    window::Application program(folder.filePath(u"profile"_s));
    QDir().mkpath(folder.filePath(u"profile"_s));
    program.start({});
    program.mainWindow().resize(1440, 900);
    tour::Stage stage(program.mainWindow(), options.value(u"out"_s),
        [&](const QString& theme) { program.theme().setChoice(theme == "dark"_L1 ? kit::ThemeChoice::Dark : kit::ThemeChoice::Light); });
    // Under a bare X server there is no window manager to make a window active; keys need one that is.
    tests::activate(program.mainWindow());
    Tour(program, stage, home.path()).play();

    std::printf("%d pictures in %s\n", stage.pictures(), qPrintable(QDir(options.value(u"out"_s)).absolutePath()));
    return stage.failures() == 0 ? 0 : 1;
}
