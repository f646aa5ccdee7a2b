// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "composer/composer.h"
#include "window/mainwindow.h"
#include "workspace/workspace.h"

#include <QPointer>
#include <QTimer>

class QMenu;

namespace ridealong::accountdialogs {
class AccountDialog;
class AccountsDialog;
} // namespace ridealong::accountdialogs
namespace ridealong::preferences {
class PreferencesDialog;
}
namespace ridealong::roomview {
class PeopleDialog;
struct Question;
} // namespace ridealong::roomview

namespace ridealong::window {

class AccountDesk;
class AvatarShelf;
class Notifying;

/// The whole conversation between the interface and app/: each intent of a widget is connected to one function of the
/// workspace, and what changes there is set where it is shown. The wiring*.cpp have the way down,
/// presenting.cpp the way up.
class Wiring : public QObject
{
    Q_OBJECT
public:
    Wiring(MainWindow& window, workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock);

    /// After the settings were loaded: the look and the shortcuts.
    void takeSettings();
    /// After the workspace was opened: the last conversation, what went wrong at the start.
    void begin(const workspace::OpenReport& report);
    void openConversation(const base::ConversationId& id);
    void openThread(const base::MessageId& root);
    void closeThread();
    void openPalette(const QString& query = {});
    base::ConversationId current() const { return m_current; }

private:
    /// Where something is written: a conversation, or a thread of it.
    struct Place
    {
        base::ConversationId conversation;
        base::MessageId thread;

        bool operator==(const Place&) const = default;
        friend size_t qHash(const Place& place, size_t seed = 0) { return qHashMulti(seed, place.conversation, place.thread); }
    };

    // wiring.cpp
    void wireRest(); ///< what the window makes behind its first paint
    QList<ConversationPage*> pages(); ///< those that are made
    void wirePage(ConversationPage& page, bool thread);
    void wireConsole();
    void wirePalette();
    void wireDocks();
    void runCommand(const QString& text);
    void wireRuns();
    void wireHandOver();
    void handOver(const QList<base::RunId>& runs, const QString& path);
    void rerun(const base::RunId& run);
    QString changedSince(const QString& text); ///< in words, while a run is written again
    void useAsArguments(const base::RunId& run, const QStringList& values);
    QString commandText(const chat::RunReport& report) const;
    QString nameIn(const chat::RunReport& report) const; ///< of its bot
    void showRun(const base::RunId& run);
    void showContext(const base::RunId& run);
    void decide(const base::RunId& run, bool approve);
    void react(const base::MessageId& message, const QString& emoji);
    void editLast(ConversationPage& page);
    template <typename T> void complainIfFails(const base::Async<T>& async);

    // wiringdrafts.cpp
    void wireDrafts();
    static Place placeOf(const ConversationPage& page);
    ConversationPage* pageShowing(const Place& place); ///< null: it is not in front
    ConversationPage* openPlace(const Place& place); ///< null: there is no such place
    void presentComposer(ConversationPage& page);
    void presentAttachments(ConversationPage& page);
    void setAttachments(const Place& place, const QList<chat::Attachment>& files, bool keepCopies);
    void send(ConversationPage& page, const QString& text, const base::MessageId& replyTo, const QList<chat::Attachment>& files);
    void takeAway(const Place& place, const QList<chat::Attachment>& files);
    void putBack(const Place& place, const QString& text, const QList<chat::Attachment>& files);
    void submitEdit(const chat::Message& message, const QString& text);
    void addDraft(const Place& place, const QString& text, const QList<chat::Attachment>& files = {});
    void saveComposerAsDraft();
    ConversationPage* writeAgain(const Place& place, const QString& text, const QList<chat::Attachment>& files);
    void sendDraft(const base::DraftId& id);
    void retry(const base::TransactionId& id);
    void discard(const base::TransactionId& id);

    // wiringfiles.cpp
    void wireFiles(ConversationPage& page);
    void presentFilesAllowed(ConversationPage& page);
    void chooseFiles(ConversationPage& page);
    void attach(const Place& place, const QStringList& paths);
    void attachPicture(const Place& place, const QImage& picture);
    void keepAttached(const Place& place, const QList<base::Async<chat::Attachment>>& copies);
    void saveFile(const base::ConversationId& conversation, const chat::Attachment& file);

    // wiringcommands.cpp
    void wireCommands();
    void openCommand(const chat::CommandSpec& spec);
    void showDialog(std::unique_ptr<chat::CommandDialog> dialog, const QString& title, const QString& whose, const base::AccountId& account);
    QString nameOfBot(const base::AccountId& account, const base::UserId& bot) const;

    // wiringsearch.cpp
    void wireSearch();
    void askDate();
    void showMessage(const base::ConversationId& conversation, const base::MessageId& thread, const base::MessageId& message);

    // wiringthreads.cpp
    void wireThreads();
    void presentThreadsSoon();
    void presentThreads();

    // wiringledger.cpp
    void wireLedger();
    void presentLedgerHere();
    void saveCsv(const QString& name, const QByteArray& csv);

    // wiringnotify.cpp
    void wireNotify();
    void presentNotifySettings(preferences::PreferencesDialog& dialog);

    // wiringaccounts.cpp
    void wireAccounts();
    accountdialogs::AccountDialog* openAccountDialog();
    void addAccount();
    void reviewCertificate(const base::AccountId& account);
    void manageAccounts(const base::AccountId& account);
    void joinRoom(const base::AccountId& account);
    void enterRoom(const base::ConversationId& room);
    void presentFailure(const base::AccountId& id);
    void leaveAccount(const base::AccountId& id);
    QList<workspace::Account*> accountsThatTellAway() const;
    bool isAway() const;
    void askAway();
    void setAway(const QString& reason); ///< on all of them; empty: back
    void presentAway();

    // wiringroom.cpp
    void wireRoom();
    bool mayInRoom(const char* action, const base::ConversationId& room) const;
    void fillRoomMenu(QMenu& menu, const base::ConversationId& room);
    void presentRoomActions();
    void actInRoom(const char* action); ///< in the room in front
    void showPeople();
    void presentPeople();
    void showBans();
    void showRoomSettings();
    void tellIfFails(const base::Async<base::Done>& async);
    void askInRoom(const roomview::Question& question, QWidget* over, std::function<base::Async<base::Done>(const QString&)> then);
    void askTopic();
    void askNick();
    void askWhomToInvite(QWidget* over);

    // wiringpeople.cpp
    void wirePeople();
    void fillPersonMenu(QMenu& menu, const base::ConversationId& direct);
    void presentPersonActions();
    void presentOffer();
    void answerOffer(int answer);
    void toggleContact(const base::ConversationId& direct);
    void toggleBlocked(const base::ConversationId& direct);
    void showBlocked();
    void askWhomToWriteTo();
    void writeTo(const base::AccountId& account, const base::UserId& user);
    void noteAttention(); ///< whether somebody looks

    // wiringactions.cpp
    void wireActions();
    void wireTheme();
    void keepAppearance();
    void showPreferences(bool shortcuts);
    void presentWritingSettings(preferences::PreferencesDialog& dialog);
    void takeWritingSettings();

    // presenting.cpp
    void presentConversation();
    void presentHead(ConversationPage& page, bool thread);
    void presentStatus();
    void presentUnsent();
    void presentApprovals();
    void presentBehind();
    void followOpened();
    void presentConsoleHint(const QString& text);
    void presentOpenReport(const workspace::OpenReport& report);
    void presentHubKeptAside(const QString& path);
    void noteTyping(const chat::Typing& typing);
    void presentTyping();
    void complain(const base::Error& error);
    QList<composer::Completion> completions(const QString& word) const;
    QString nameOf(const base::ConversationId& id) const;
    QString environmentOf(const base::ConversationId& id) const;

    MainWindow& m_window;
    workspace::Workspace& m_workspace;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    bool m_begun = false; ///< the profile is open
    base::ConversationId m_current;
    base::ConversationId m_toOpen; ///< joined, and not there yet
    QString m_lastAway; ///< what others were told the last time
    QStringList m_typing; ///< names, of the conversation in front
    AccountDesk* m_accountDesk = nullptr;
    QHash<Place, int> m_attaching; ///< files being copied
    QList<chat::Attachment> m_leaving; ///< files on their way into the outbox
    base::Worker m_pictures{QStringLiteral("pictures")}; ///< encodes what is pasted
    Notifying* m_notifying = nullptr;
    QPointer<accountdialogs::AccountDialog> m_accountDialog;
    QPointer<accountdialogs::AccountsDialog> m_accountsDialog;
    QPointer<roomview::PeopleDialog> m_people;
    base::ConversationId m_peopleOf; ///< whose these are
    std::function<void(int answer)> m_offered; ///< what the answers of the bar over the timeline do
    QSet<base::MessageId> m_answered; ///< invitations
    QString m_again; ///< what is to be run again stood so
    QTimer m_unattended; ///< runs while the program is in the background
    AvatarShelf* m_avatars;
    QTimer m_presentUnsent; ///< coalesces: a thousand changed outbox items are one new list
    QTimer m_presentApprovals;
    QTimer m_presentThreads;
    int m_threadsAsked = 0; ///< counts the questions: only the last one's answer is shown
};

template <typename T> void Wiring::complainIfFails(const base::Async<T>& async)
{
    async.then(this, [this](base::Expected<T> answer) {
        if (!answer)
            complain(answer.error());
    });
}

} // namespace ridealong::window
