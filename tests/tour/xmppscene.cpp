// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmppscene.h"

#include "accountdialogs/accountdialog.h"
#include "accountdialogs/startpage.h"
#include "servers/prosody.h"
#include "stage.h"
#include "window/application.h"

#include <QPointer>

#include <cstdio>

namespace ridealong::tour {

using namespace Qt::StringLiterals;

void playXmpp(window::Application& program, Stage& stage)
{
    window::MainWindow& window = program.mainWindow();
    program.theme().setChoice(kit::ThemeChoice::Dark);
    const tests::Certificates certificates;
    tests::Prosody server(certificates, {});
    if (!server.missing().isEmpty() || !server.start() || !server.makeRoom(u"ops"_s, {.title = u"Storage migration"_s})
        || !server.addUser(u"admin"_s, u"a-good-password"_s)) {
        std::printf("left out: a room of a real XMPP server (%s)\n", qPrintable(server.missing() + server.error()));
        return;
    }
    stage.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    if (QPointer dialog = window.findChild<accountdialogs::AccountDialog*>()) {
        stage.bring(*dialog);
        dialog->start()->setKind(u"xmpp"_s);
        stage.press(Qt::Key_Tab);
        stage.type(u"admin@chat.test"_s);
        stage.picture(u"xmpp-address"_s);
        stage.press(Qt::Key_Escape); // no DNS knows the server of this tour
        stage.bring(window);
    }
    chat::AccountConfig config;
    config.backend = u"xmpp"_s;
    config.name = u"Chat.test"_s;
    config.user = u"admin@chat.test"_s;
    config.server = u"127.0.0.1:%1"_s.arg(server.startTlsPort());
    config.options = {{u"caFile"_s, server.caFile()}, {u"proxy"_s, u"direct"_s}, {u"rooms"_s, u"ops@conference.chat.test"_s}};
    auto& workspace = program.workspace();
    base::ConversationId room;
    workspace.addAccount(config, {{u"password"_s, u"a-good-password"_s}}).then(&window, [&room](const base::Expected<base::AccountId>& id) {
        if (id)
            room = {*id, u"ops@conference.chat.test"_s};
    });
    const auto isThere = [&] {
        const auto* account = room.isEmpty() ? nullptr : workspace.accountOf(room);
        return account && account->isConnected() && account->conversation(room);
    };
    if (!stage.waitFor(u"the room of the XMPP server"_s, isThere, 60'000))
        return;
    program.wiring().openConversation(room);
    stage.press(Qt::Key_L, Qt::ControlModifier);
    stage.type(u"The **second** array is quiet; `host 7` next."_s);
    stage.press(Qt::Key_Return);
    stage.picture(u"xmpp-room"_s);
}

} // namespace ridealong::tour
