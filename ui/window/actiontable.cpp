// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/actiontable.h"

#include "kit/actions.h"

#include <QCoreApplication>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Actions", text); }

struct Row
{
    const char* id;
    const char* group;
    const char* text;
    const char* keys;
    const char* icon;
};

// clang-format off
constexpr Row kRows[]{
    {action::kSwitcher, QT_TRANSLATE_NOOP("Actions", "Go"), QT_TRANSLATE_NOOP("Actions", "Go to a conversation or person"), "Ctrl+K", "search"},
    {action::kPalette, "Go", QT_TRANSLATE_NOOP("Actions", "Open the palette"), "Ctrl+Shift+P", "palette"},
    {action::kSearch, "Go", QT_TRANSLATE_NOOP("Actions", "Search messages"), "Ctrl+Shift+F", "search"},
    {action::kNextUnread, "Go", QT_TRANSLATE_NOOP("Actions", "Next unread conversation"), "Alt+Shift+Down", ""},
    {action::kNextConversation, "Go", QT_TRANSLATE_NOOP("Actions", "Next conversation"), "Alt+Down", ""},
    {action::kPreviousConversation, "Go", QT_TRANSLATE_NOOP("Actions", "Previous conversation"), "Alt+Up", ""},
    {action::kFilter, "Go", QT_TRANSLATE_NOOP("Actions", "Filter the conversations"), "Ctrl+Shift+K", "filter"},
    {action::kJoinRoom, "Go", QT_TRANSLATE_NOOP("Actions", "Join or create a room …"), "Ctrl+J", "plus"},
    {action::kDirect, "Go", QT_TRANSLATE_NOOP("Actions", "Write to somebody …"), "Ctrl+Shift+D", "person"},
    {action::kComposer, "Go", QT_TRANSLATE_NOOP("Actions", "Write a message"), "Ctrl+L", "edit"},
    {action::kTimeline, "Go", QT_TRANSLATE_NOOP("Actions", "Walk through the messages"), "Ctrl+T", "chat"},
    {action::kConsole, "Go", QT_TRANSLATE_NOOP("Actions", "Walk through the runs"), "Ctrl+Shift+E", "console"},
    {action::kCommandLine, "Go", QT_TRANSLATE_NOOP("Actions", "Write a command"), "Ctrl+E", "palette"},
    {action::kNewest, QT_TRANSLATE_NOOP("Actions", "Conversation"), QT_TRANSLATE_NOOP("Actions", "Jump to the newest message"), "Ctrl+End", "jump-down"},
    {action::kDate, "Conversation", QT_TRANSLATE_NOOP("Actions", "Go to a date …"), "Ctrl+G", "clock"},
    {action::kMarkRead, "Conversation", QT_TRANSLATE_NOOP("Actions", "Mark as read"), "Shift+Esc", "check"},
    {action::kAttach, "Conversation", QT_TRANSLATE_NOOP("Actions", "Attach files …"), "Ctrl+O", "attach"},
    {action::kSaveDraft, "Conversation", QT_TRANSLATE_NOOP("Actions", "Put what is written aside as a draft"), "Ctrl+Shift+S", "drafts"},
    {action::kNotifyMenu, "Conversation", QT_TRANSLATE_NOOP("Actions", "Choose what I am notified of here"), "Ctrl+Shift+N", "bell"},
    {action::kPeople, "Conversation", QT_TRANSLATE_NOOP("Actions", "People in the room …"), "Ctrl+Shift+M", "person"},
    {action::kInvite, "Conversation", QT_TRANSLATE_NOOP("Actions", "Invite somebody …"), "Ctrl+Shift+I", "plus"},
    {action::kTopic, "Conversation", QT_TRANSLATE_NOOP("Actions", "Change the topic …"), "", "edit"},
    {action::kNick, "Conversation", QT_TRANSLATE_NOOP("Actions", "Change my name here …"), "", ""},
    {action::kBans, "Conversation", QT_TRANSLATE_NOOP("Actions", "Who is banned …"), "", ""},
    {action::kRoomSettings, "Conversation", QT_TRANSLATE_NOOP("Actions", "Room settings …"), "", "settings"},
    {action::kContact, "Conversation", QT_TRANSLATE_NOOP("Actions", "Add to my contacts, or take away"), "", ""},
    {action::kBlock, "Conversation", QT_TRANSLATE_NOOP("Actions", "Block, or unblock"), "", ""},
    {action::kFindRuns, QT_TRANSLATE_NOOP("Actions", "Console"), QT_TRANSLATE_NOOP("Actions", "Search runs and output"), "Ctrl+F", "search"},
    {action::kRetryAll, "Console", QT_TRANSLATE_NOOP("Actions", "Send failed messages again"), "Ctrl+Shift+R", "retry"},
    {action::kShowConsole, QT_TRANSLATE_NOOP("Actions", "View"), QT_TRANSLATE_NOOP("Actions", "Console"), "Ctrl+1", "console"},
    {action::kShowDrafts, "View", QT_TRANSLATE_NOOP("Actions", "Drafts"), "Ctrl+2", "drafts"},
    {action::kShowThreads, "View", QT_TRANSLATE_NOOP("Actions", "Threads"), "Ctrl+3", "threads"},
    {action::kShowApprovals, "View", QT_TRANSLATE_NOOP("Actions", "Approvals"), "Ctrl+4", "approvals"},
    {action::kShowPairing, "View", QT_TRANSLATE_NOOP("Actions", "Pairing"), "Ctrl+5", "pairing"},
    {action::kShowLedger, "View", QT_TRANSLATE_NOOP("Actions", "Ledger: who ran what"), "Ctrl+6", "table"},
    {action::kLarger, "View", QT_TRANSLATE_NOOP("Actions", "Larger text"), "Ctrl++", ""},
    {action::kSmaller, "View", QT_TRANSLATE_NOOP("Actions", "Smaller text"), "Ctrl+-", ""},
    {action::kNormalSize, "View", QT_TRANSLATE_NOOP("Actions", "Normal text size"), "Ctrl+0", ""},
    {action::kNextTheme, "View", QT_TRANSLATE_NOOP("Actions", "Next theme"), "Ctrl+Shift+T", "moon"},
    {action::kResetLayout, "View", QT_TRANSLATE_NOOP("Actions", "Docks back to where they were"), "", ""},
    {action::kAddAccount, QT_TRANSLATE_NOOP("Actions", "Ridealong"), QT_TRANSLATE_NOOP("Actions", "Add an account …"), "Ctrl+Shift+A", "plus"},
    {action::kAccounts, "Ridealong", QT_TRANSLATE_NOOP("Actions", "Accounts …"), "Ctrl+Alt+A", "person"},
    {action::kBlocked, "Ridealong", QT_TRANSLATE_NOOP("Actions", "Blocked people …"), "", ""},
    {action::kAway, "Ridealong", QT_TRANSLATE_NOOP("Actions", "I am away …"), "Ctrl+Shift+Y", "clock"},
    {action::kPreferences, "Ridealong", QT_TRANSLATE_NOOP("Actions", "Settings …"), "Ctrl+,", "settings"},
    {action::kShortcuts, "Ridealong", QT_TRANSLATE_NOOP("Actions", "All shortcuts"), "F1", "keyboard"},
    {action::kScripts, "Ridealong", QT_TRANSLATE_NOOP("Actions", "Open my scripts folder"), "", ""},
    {action::kQuietHour, "Ridealong", QT_TRANSLATE_NOOP("Actions", "No notifications for an hour"), "", "bell-off"},
    {action::kQuit, "Ridealong", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", ""},
};
// clang-format on

} // namespace

void registerActions(kit::ActionRegistry& registry, QWidget* window)
{
    for (const Row& row : kRows)
        registry.add(
            {QString::fromLatin1(row.id), tr(row.group), tr(row.text), QKeySequence(QString::fromLatin1(row.keys)), QString::fromLatin1(row.icon)},
            window);
}

} // namespace ridealong::window
