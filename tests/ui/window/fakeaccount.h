// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/activate.h"
#include "support/await.h"
#include "support/fakebackend.h"
#include "window/application.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

/// The real program with one account, whose server the test plays, and its first conversation in front.
struct FakeAccount
{
    /// `dress` gives the backend its facets, `members` are in the conversation.
    FakeAccount(const chat::Conversation& first, const QList<chat::Member>& members, std::function<void(FakeBackend&)> dress)
        : program((QDir().mkpath(folder.filePath(QStringLiteral("profile"))), folder.filePath(QStringLiteral("profile"))))
    {
        program.workspace().addBackend({QStringLiteral("fake"), {}, [this, dress](const chat::AccountConfig&, chat::Credentials&) {
                                            auto made = std::make_unique<FakeBackend>();
                                            backend = made.get();
                                            dress(*backend);
                                            return made;
                                        }});
        bool isOpen = false;
        program.start([&isOpen](const base::Expected<workspace::OpenReport>&) { isOpen = true; });
        if (!QTest::qWaitFor([&isOpen] { return isOpen; }, 30'000))
            qWarning("the profile never opened");
        chat::AccountConfig config;
        config.backend = QStringLiteral("fake");
        config.user = QStringLiteral("me");
        config.name = QStringLiteral("Work");
        account = await(program.workspace().addAccount(config)).valueOr({});
        here = base::ConversationId(account, first.id.key());
        backend->setConnected(true);
        chat::Conversation conversation = first;
        conversation.id = here;
        push({chat::ConversationChanged{conversation}, chat::MembersChanged{here, members}});
        if (!QTest::qWaitFor([this] { return program.workspace().conversation(here) != nullptr; }, 30'000))
            qWarning("the conversation never came");
        program.wiring().openConversation(here);
        activate(program.mainWindow());
    }
    void push(const QList<chat::Event>& events) { backend->push({events, {}, {}, {}}); }
    window::ConversationPage& page() { return *program.mainWindow().page(); }

    QTemporaryDir folder;
    FakeBackend* backend = nullptr;
    window::Application program;
    base::AccountId account;
    base::ConversationId here;
};

/// A machine of its own for each test function: no hub of another one is found.
class OwnMachine
{
public:
    OwnMachine()
    {
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
        qputenv("USER", "ana");
    }

private:
    QTemporaryDir m_folder;
};

} // namespace ridealong::tests
