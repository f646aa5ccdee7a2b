// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::kit {
class ActionRegistry;
}
class QWidget;

namespace ridealong::window {

// The ids of all actions. What they do is connected in the main window; what they are called and which keys they have
// stands in the one table of actiontable.cpp.
namespace action {
inline constexpr auto kSwitcher = "go.switcher";
inline constexpr auto kPalette = "go.palette";
inline constexpr auto kSearch = "go.search";
inline constexpr auto kNextConversation = "go.next";
inline constexpr auto kPreviousConversation = "go.previous";
inline constexpr auto kNextUnread = "go.unread";
inline constexpr auto kFilter = "go.filter";
inline constexpr auto kJoinRoom = "go.join";
inline constexpr auto kDirect = "go.direct";
inline constexpr auto kDate = "timeline.date";
inline constexpr auto kComposer = "focus.composer";
inline constexpr auto kTimeline = "focus.timeline";
inline constexpr auto kConsole = "focus.console";
inline constexpr auto kCommandLine = "focus.command";
inline constexpr auto kNewest = "timeline.newest";
inline constexpr auto kMarkRead = "timeline.read";
inline constexpr auto kNotifyMenu = "conversation.notify";
inline constexpr auto kPeople = "room.people";
inline constexpr auto kInvite = "room.invite";
inline constexpr auto kTopic = "room.topic";
inline constexpr auto kNick = "room.nick";
inline constexpr auto kBans = "room.bans";
inline constexpr auto kRoomSettings = "room.settings";
inline constexpr auto kContact = "person.contact";
inline constexpr auto kBlock = "person.block";
inline constexpr auto kFindRuns = "console.find";
inline constexpr auto kAttach = "attach";
inline constexpr auto kSaveDraft = "drafts.save";
inline constexpr auto kRetryAll = "drafts.retry";
inline constexpr auto kShowConsole = "view.console";
inline constexpr auto kShowDrafts = "view.drafts";
inline constexpr auto kShowThreads = "view.threads";
inline constexpr auto kShowApprovals = "view.approvals";
inline constexpr auto kShowPairing = "view.pairing";
inline constexpr auto kShowLedger = "view.ledger";
inline constexpr auto kLarger = "view.larger";
inline constexpr auto kSmaller = "view.smaller";
inline constexpr auto kNormalSize = "view.normal";
inline constexpr auto kNextTheme = "view.theme";
inline constexpr auto kResetLayout = "view.reset";
inline constexpr auto kAddAccount = "accounts.add";
inline constexpr auto kAccounts = "accounts.manage";
inline constexpr auto kBlocked = "accounts.blocked";
inline constexpr auto kAway = "app.away";
inline constexpr auto kPreferences = "app.preferences";
inline constexpr auto kShortcuts = "app.shortcuts";
inline constexpr auto kScripts = "app.scripts";
inline constexpr auto kQuietHour = "app.quiet";
inline constexpr auto kQuit = "app.quit";
} // namespace action

/// Adds all of them, in the order of the menus.
void registerActions(kit::ActionRegistry& registry, QWidget* window);

} // namespace ridealong::window
