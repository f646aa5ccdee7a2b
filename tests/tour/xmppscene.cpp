// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmppscene.h"

#include "accountdialogs/accountdialog.h"
#include "accountdialogs/startpage.h"
#include "chat/contacts.h"
#include "formview/commandwindow.h"
#include "formview/formview.h"
#include "servers/prosody.h"
#include "roomview/peopledialog.h"
#include "stage.h"
#include "timelineview/datedialog.h"
#include "window/actiontable.h"
#include "window/application.h"

#include <QLineEdit>
#include <QPointer>

#include <cstdio>

namespace ridealong::tour {

using namespace Qt::StringLiterals;

namespace {

const QString kPassword = u"a-good-password"_s;

/// Ana, who runs the server, and Ben, in one program: each sees what the other does.
class Scene
{
public:
    Scene(window::Application& program, Stage& stage, const tests::Prosody& server) : m_program(program), m_stage(stage), m_server(server) {}

    void play()
    {
        askForTheAddress();
        m_ana = signIn(u"admin"_s, u"chat.test"_s, u"ops@conference.chat.test"_s);
        const base::ConversationId room(m_ana, u"ops@conference.chat.test"_s);
        if (!waitForConversation(room))
            return;
        m_program.wiring().openConversation(room);
        m_stage.press(Qt::Key_L, Qt::ControlModifier);
        m_stage.type(u"The **second** array is quiet; `host 7` next."_s);
        m_stage.press(Qt::Key_Return);
        m_stage.picture(u"xmpp-room"_s);
        m_stage.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        showDialog<roomview::PeopleDialog>(u"xmpp-people"_s);
        trigger(window::action::kRoomSettings);
        showCommand(u"xmpp-room-settings"_s);
        addAUser();
        becomeContacts();
        m_program.wiring().openConversation(room);
        m_stage.press(Qt::Key_G, Qt::ControlModifier);
        showDialog<timelineview::DateDialog>(u"date"_s);
    }

private:
    window::MainWindow& window() { return m_program.mainWindow(); }
    void trigger(const char* action)
    {
        window().actionRegistry().find(QString::fromLatin1(action))->trigger();
        m_stage.settle();
    }
    template <typename Dialog> void showDialog(const QString& picture)
    {
        QPointer dialog = window().findChild<Dialog*>();
        if (!m_stage.waitFor(picture, [&] { return dialog && dialog->isVisible(); }))
            return;
        m_stage.bring(*dialog);
        m_stage.picture(picture);
        dialog->close();
        m_stage.bring(window());
    }
    void showCommand(const QString& picture)
    {
        QPointer dialog = window().findChild<formview::CommandWindow*>();
        if (m_stage.waitFor(picture, [&] { return dialog && dialog->isVisible() && !dialog->isBusy(); }))
            showDialog<formview::CommandWindow>(picture);
    }
    void askForTheAddress()
    {
        m_stage.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        if (QPointer dialog = window().findChild<accountdialogs::AccountDialog*>()) {
            m_stage.bring(*dialog);
            dialog->start()->setKind(u"xmpp"_s);
            m_stage.press(Qt::Key_Tab);
            m_stage.type(u"admin@chat.test"_s);
            m_stage.picture(u"xmpp-address"_s);
            m_stage.press(Qt::Key_Escape); // no DNS knows the server of this tour
            m_stage.bring(window());
        }
    }
    base::AccountId signIn(const QString& user, const QString& name, const QString& rooms)
    {
        chat::AccountConfig config;
        config.backend = u"xmpp"_s;
        config.name = name;
        config.user = user + u"@chat.test"_s;
        config.server = u"127.0.0.1:%1"_s.arg(m_server.startTlsPort());
        config.options = {{u"caFile"_s, m_server.caFile()}, {u"proxy"_s, u"direct"_s}, {u"rooms"_s, rooms}};
        base::AccountId account;
        m_program.workspace().addAccount(config, {{u"password"_s, kPassword}}).then(&window(), [&account](const base::Expected<base::AccountId>& id) {
            account = id.valueOr({});
        });
        m_stage.waitFor(
            user, [&] { return !account.isEmpty() && m_program.workspace().account(account)->isConnected(); }, 60'000);
        return account;
    }
    bool waitForConversation(const base::ConversationId& id)
    {
        return m_stage.waitFor(
            id.text(), [&] { return m_program.workspace().conversation(id) != nullptr; }, 60'000);
    }
    /// The server's own command, from the palette to its end.
    void addAUser()
    {
        m_stage.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        m_stage.type(u"add user"_s);
        m_stage.picture(u"xmpp-command"_s);
        m_stage.press(Qt::Key_Return);
        QPointer dialog = window().findChild<formview::CommandWindow*>();
        if (!m_stage.waitFor(u"the form of a command"_s, [&] { return dialog && dialog->isVisible() && !dialog->isBusy(); }))
            return;
        m_stage.bring(*dialog);
        for (const auto& [field, value] :
            {std::pair(u"accountjid"_s, u"ben@chat.test"_s), {u"password"_s, kPassword}, {u"password-verify"_s, kPassword}})
            if (auto* line = qobject_cast<QLineEdit*>(dialog->form()->input(field)))
                line->setText(value);
        m_stage.picture(u"xmpp-form"_s);
        m_stage.press(Qt::Key_Return, Qt::ControlModifier);
        if (m_stage.waitFor(u"the end of the command"_s, [&] { return dialog->isOver(); }))
            m_stage.picture(u"xmpp-form-done"_s);
        dialog->close();
        m_stage.bring(window());
    }
    void becomeContacts()
    {
        const base::AccountId ben = signIn(u"ben"_s, u"Ben's"_s, {});
        const base::ConversationId direct(m_ana, u"ben@chat.test"_s);
        if (chat::ContactFacet* contacts = m_program.workspace().contacts(ben))
            contacts->add(base::UserId(u"admin@chat.test"_s)).ignore();
        if (!waitForConversation(direct))
            return;
        m_program.wiring().openConversation(direct);
        m_stage.picture(u"xmpp-request"_s);
    }

    window::Application& m_program;
    Stage& m_stage;
    const tests::Prosody& m_server;
    base::AccountId m_ana;
};

} // namespace

void playXmpp(window::Application& program, Stage& stage)
{
    program.theme().setChoice(kit::ThemeChoice::Dark);
    const tests::Certificates certificates;
    tests::Prosody server(certificates, {});
    if (!server.missing().isEmpty() || !server.start() || !server.addUser(u"admin"_s, kPassword)
        || !server.makeRoom(u"ops"_s, {.title = u"Storage migration"_s, .owner = u"admin"_s})) {
        std::printf("left out: a room of a real XMPP server (%s)\n", qPrintable(server.missing() + server.error()));
        return;
    }
    Scene(program, stage, server).play();
}

} // namespace ridealong::tour
