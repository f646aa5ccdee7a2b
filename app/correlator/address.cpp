// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/address.h"

#include <QRegularExpression>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

/// "hubot ping", "@hubot: ping", "hubot, ping". A name alone is a greeting.
QString behindName(const QString& text, const QString& name)
{
    const qsizetype at = text.startsWith(u'@') ? 1 : 0;
    if (name.isEmpty() || !QStringView(text).sliced(at).startsWith(name, Qt::CaseInsensitive))
        return {};
    qsizetype end = at + name.size();
    if (end < text.size() && (text[end] == u':' || text[end] == u','))
        ++end;
    if (end >= text.size() || !text[end].isSpace())
        return {};
    return text.sliced(end).trimmed();
}

/// "!deploy", but neither "!!" nor "! that".
QString behindPrefix(const QString& text, const QString& prefix)
{
    if (!text.startsWith(prefix) || text.size() == prefix.size())
        return {};
    const QChar next = text[prefix.size()];
    return next.isLetterOrNumber() ? text.sliced(prefix.size()).trimmed() : QString();
}

} // namespace

std::optional<Addressed> addressedIn(const QString& text, const Room& room)
{
    const QString said = text.trimmed();
    if (said.isEmpty())
        return std::nullopt;
    for (const BotInRoom& bot : room.bots)
        if (bot.profile->byName || room.isDirect)
            if (const QString command = behindName(said, bot.name); !command.isEmpty())
                return Addressed{{bot.user}, command};
    // Errbot takes its own name as well once it is configured so; who says it means it.
    for (const BotInRoom& bot : room.bots)
        if (!bot.profile->byName)
            if (const QString command = behindName(said, bot.name); !command.isEmpty())
                return Addressed{{bot.user}, command};
    Addressed found;
    for (const BotInRoom& bot : room.bots)
        for (const QString& prefix : bot.profile->prefixes)
            if (const QString command = behindPrefix(said, prefix); !command.isEmpty()) {
                found.bots += bot.user;
                found.command = command;
                found.sign = prefix;
                break;
            }
    if (!found.bots.isEmpty())
        return found;
    if (room.isDirect && room.bots.size() == 1 && room.bots.first().profile->bareInDirect)
        return Addressed{{room.bots.first().user}, said};
    return std::nullopt;
}

CommandKeys keysOf(const QString& command)
{
    static const QRegularExpression space(u"\\s+"_s);
    const QStringList words = command.left(200).split(space, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    CommandKeys keys{words[0].left(60).toLower(), words[0].left(60).toLower()};
    static const QRegularExpression word(u"\\A[a-z][a-z_-]{1,30}\\z"_s);
    if (words.size() > 1 && word.match(words[1].toLower()).hasMatch())
        keys.narrow += u' ' + words[1].toLower();
    return keys;
}

} // namespace ridealong::correlator
