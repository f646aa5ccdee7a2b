// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/message.h"
#include "chat/run.h"
#include "correlator/course.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QStringList>

namespace ridealong::correlator {

/// "deploy", and "deploy staging" when the second word is one that commands are made of. By these habits are kept.
struct CommandKeys
{
    QString wide; ///< one word
    QString narrow; ///< two, or the same

    bool operator==(const CommandKeys&) const = default;
};

/// Why a message stands in a run.
enum class Evidence {
    Guessed, ///< by time, words and habits
    Named, ///< an id of an execution that both name
    Linked, ///< a reply, a thread, a reaction
    Told, ///< the bot's envelope
    ByHand, ///< somebody put it there
};

/// One message of an answer.
struct Part
{
    base::MessageId message;
    QString text; ///< plain, without the name it calls and without a trailer
    qint64 timeMs = 0;
    qint64 order = 0;
    bool isCut = false; ///< goes on in the middle of a word of the part before
    Evidence evidence = Evidence::Guessed;
    int confidence = 100; ///< in percent, of a guess
    QString displayId; ///< an envelope's

    bool operator==(const Part&) const = default;
};

/// A command in a room and everything that was said to it.
struct CorrelatedRun
{
    chat::RunReport report;
    QList<Part> parts; ///< in the order of the conversation
    QList<base::UserId> candidates; ///< the bots that may be meant; one when that is clear
    QList<base::MessageId> commands; ///< the first is report.cause; more when runs were joined
    base::TransactionId transaction; ///< ours, when we asked
    QString sign; ///< "!", when that and no name addressed the bot
    QStringList names; ///< the asker's, the present one last
    QString told; ///< the bot's own id of the run
    qint64 toldSequence = -1; ///< of the envelope that spoke last of its state
    QString execution; ///< an execution's id in the bot's words
    QStringList answers; ///< what its asker may say next
    bool othersMayAnswer = false;
    std::optional<chat::RunState> reacted; ///< what its bot's reactions say, where it has such
    qint64 stirredMs = 0; ///< when somebody answered it last, or its bot reacted: words may follow
    Course course;
    bool isHeard = false; ///< nobody was addressed: a bot listens for such words
    bool isDone = false; ///< the bot said that it is over, or always says so much
    CommandKeys keys; ///< of its command, and so are
    QSet<QString> words;
    qint64 causeTimeMs = 0; ///< of the command, on the server's clock like all times of messages
    qint64 causeOrder = 0;
    qint64 touchedMs = 0; ///< on our clock: when something happened last

    bool isWaitedFor() const { return parts.isEmpty() || parts.last().timeMs < stirredMs; } ///< the last word is not the bot's
    qint64 lastTimeMs() const { return std::max(stirredMs, parts.isEmpty() ? causeTimeMs : parts.last().timeMs); }
};

/// What the console shows of it.
QByteArray outputOf(const CorrelatedRun& run);
/// The part that line `line` of outputOf belongs to; −1: none.
qsizetype partOfLine(const CorrelatedRun& run, qint64 line);
/// In percent: the least certain of its parts; 100 without any.
int confidenceOf(const CorrelatedRun& run);

} // namespace ridealong::correlator
