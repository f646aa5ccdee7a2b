// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/rowwords.h"

#include "kit/messagedocument.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::sidebar {
namespace {

constexpr int kMaxCount = 99;
constexpr int kMaxTip = 300; ///< characters of a topic or an error

QString words(const char* text, int count = -1) { return QCoreApplication::translate("SidebarWords", text, nullptr, count); }

} // namespace

QString bareName(const chat::Conversation& conversation)
{
    const QString name = kit::safeName(conversation.name).simplified();
    return conversation.kind == chat::ConversationKind::Room && name.startsWith(u'#') ? name.mid(1).trimmed() : name;
}

QString shownName(const chat::Conversation& conversation)
{
    const QString name = bareName(conversation);
    return conversation.kind == chat::ConversationKind::Room ? u"# "_s + name : name;
}

QString stateWord(const chat::ConnectionStatus& status)
{
    switch (status.state) {
    case chat::ConnectionState::Disconnected: return words(QT_TRANSLATE_NOOP("SidebarWords", "offline"));
    case chat::ConnectionState::Connecting: return words(QT_TRANSLATE_NOOP("SidebarWords", "connecting"));
    case chat::ConnectionState::Connected: return words(QT_TRANSLATE_NOOP("SidebarWords", "connected"));
    case chat::ConnectionState::Waiting: return words(QT_TRANSLATE_NOOP("SidebarWords", "reconnecting"));
    case chat::ConnectionState::Failed: return words(QT_TRANSLATE_NOOP("SidebarWords", "cannot connect"));
    }
    return {};
}

kit::Token stateToken(const chat::ConnectionStatus& status)
{
    switch (status.state) {
    case chat::ConnectionState::Disconnected: return kit::Token::Faint;
    case chat::ConnectionState::Connecting:
    case chat::ConnectionState::Waiting: return kit::Token::Warning;
    case chat::ConnectionState::Connected: return kit::Token::Success;
    case chat::ConnectionState::Failed: return kit::Token::Danger;
    }
    return kit::Token::Faint;
}

QString presenceWord(chat::Presence presence)
{
    switch (presence) {
    case chat::Presence::Offline: return words(QT_TRANSLATE_NOOP("SidebarWords", "offline"));
    case chat::Presence::Away: return words(QT_TRANSLATE_NOOP("SidebarWords", "away"));
    case chat::Presence::Online: return words(QT_TRANSLATE_NOOP("SidebarWords", "online"));
    }
    return {};
}

QString countText(int count) { return count > kMaxCount ? u"%1+"_s.arg(kMaxCount) : QString::number(count); }

QString spokenRow(const model::ConversationRow& row, bool muted)
{
    if (row.kind == model::ConversationRow::Kind::Account)
        return u"%1, %2"_s.arg(kit::safeName(row.accountName), stateWord(row.status));
    QStringList parts{bareName(row.conversation)};
    if (row.bot)
        parts << words(QT_TRANSLATE_NOOP("SidebarWords", "bot"));
    if (row.presence)
        parts << presenceWord(*row.presence);
    if (!row.conversation.environment.isEmpty())
        parts << kit::safeName(row.conversation.environment);
    if (row.mentions > 0)
        parts << words(QT_TRANSLATE_N_NOOP("SidebarWords", "%n mention(s)"), row.mentions);
    if (row.unread > 0)
        parts << words(QT_TRANSLATE_N_NOOP("SidebarWords", "%n unread"), row.unread);
    if (row.hasDraft)
        parts << words(QT_TRANSLATE_NOOP("SidebarWords", "draft"));
    if (muted)
        parts << words(QT_TRANSLATE_NOOP("SidebarWords", "no notifications"));
    return parts.join(u", "_s);
}

QString toolTipOf(const model::ConversationRow& row, bool muted)
{
    QStringList lines{spokenRow(row, muted)};
    const QString more = row.kind == model::ConversationRow::Kind::Account ? row.status.error.detail : row.conversation.topic;
    if (!more.trimmed().isEmpty())
        lines << more.left(kMaxTip).simplified();
    for (QString& line : lines)
        line = line.toHtmlEscaped();
    return u"<qt>"_s + lines.join(u"<br>"_s) + u"</qt>"_s;
}

} // namespace ridealong::sidebar
