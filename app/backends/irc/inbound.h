// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/syncbatch.h"
#include "irc/batches.h"
#include "irc/conversations.h"
#include "irc/isupport.h"

#include <QCache>

namespace ridealong::irc {

// Our client tags. Others see a message without them as an ordinary one.
inline constexpr auto kTransactionTag = "+ridealong.dev/txn"; ///< our transaction
/// "TXN/2/5/s": this line is the second of five of one message, and goes on after a
/// (s)pace, a (n)ew line or (-) nothing, or is an (e)mpty line.
inline constexpr auto kPartTag = "+ridealong.dev/part";
inline constexpr auto kThreadTag = "+ridealong.dev/thread"; ///< the id of the thread's root
inline constexpr auto kFenceTag = "+ridealong.dev/fence"; ///< to ourselves: whatever was sent before it has arrived
inline constexpr auto kFrameTag = "+ridealong.dev/p"; ///< a frame of the ephemeral link, base64url
inline constexpr auto kFrameConversationTag = "+ridealong.dev/c"; ///< the conversation it is about

inline constexpr auto kRunTag = "+ridealong.dev/run"; ///< what a bot tells of a run: its event, base64url

inline constexpr int kMaxParts = 100; ///< of one message
inline constexpr qsizetype kMaxAssembledChars = 256 * 1024; ///< of one message put together; servers that announce a limit have less

/// Where a line with text belongs, and who it is from.
struct Addressed
{
    QString key; ///< of the conversation
    QString name;
    chat::ConversationKind kind = chat::ConversationKind::Room;
    bool own = false; ///< our own, echoed or from another client of ours
};

/// Makes messages of lines: PRIVMSG, NOTICE, TAGMSG, multi-line batches, and the lines of ours that belong together.
class Inbound
{
public:
    Inbound(const Isupport& isupport, Conversations& conversations, base::Clock& clock)
        : m_isupport(isupport),
          m_conversations(conversations),
          m_clock(clock)
    {}

    void setSelf(const QString& nick) { m_self = nick; }
    std::optional<Addressed> addressOf(const Line& line) const;

    /// A piece of history begins, with an order of its own.
    void beginReplay() { m_replayOrder = 0; }
    /// A message, or nothing for a line that is none (typing, CTCP). `replayed`: from a history, in its order.
    std::optional<chat::Message> read(const Line& line, const Addressed& where, bool replayed);
    std::optional<chat::Message> readMultiline(const Batch& batch, const Addressed& where, bool replayed);

    /// What its sender tells of a run beside this message; asked once.
    std::optional<chat::RunTold> takeTold(const chat::Message& message);
    static QByteArray envelopeOf(const Line& line); ///< empty: none, or no base64

    /// When a line was said, by the server's clock as far as that can be believed.
    qint64 timeOfLine(const Line& line) const;
    /// The id under which a message is known, for an id of one of its lines.
    base::MessageId canonical(const QString& key, const QString& id) const;
    /// A message's own transaction, only for our own.
    static QString transactionOf(const Line& line);
    /// One's own message without an echo.
    chat::Message ownMessage(const QString& key, const base::TransactionId& transaction, const QString& text);

private:
    struct Assembly ///< of a message in several lines, by conversation, sender and transaction
    {
        chat::Message message;
        int parts = 0;
        int have = 0;
    };
    static std::optional<qint64> saidTime(const Line& line);
    void place(chat::Message& message, const QString& key, const Line& line, bool replayed);
    QString idOf(const Line& line, const chat::Message& message);
    void addText(chat::Message& message, const QString& raw) const;
    std::optional<chat::Message> addPart(const chat::Message& message, const Line& line, const QString& key);

    const Isupport& m_isupport;
    Conversations& m_conversations;
    base::Clock& m_clock;
    QString m_self;
    qint64 m_replayOrder = 0; ///< of the last replayed line of this piece
    QCache<QString, Assembly> m_assemblies{200};
    QCache<QString, QByteArray> m_told{1000}; ///< "KEY ID" → the envelope that came with the line
    QCache<QString, QString> m_aliases{5000}; ///< "KEY ID" of a later line → id of the first
};

} // namespace ridealong::irc
