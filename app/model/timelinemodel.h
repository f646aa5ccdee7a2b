// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "chat/history.h"
#include "chat/outboxitem.h"
#include "chat/run.h"
#include "model/rowlistmodel.h"

#include <functional>
#include <memory>

namespace ridealong::model {

/// One row of a timeline, ready to be laid out.
struct TimelineRow
{
    enum class Kind { Message, Day, Unread, Gap };
    Kind kind = Kind::Message;
    chat::Message message; ///< Message
    bool continuesGroup = false; ///< same sender within five minutes: no name and time of its own
    bool mentionsMe = false;
    bool mine = false;
    std::optional<chat::OutboxItem> pending; ///< ours, not yet at the server: what the outbox says of it
    int replies = 0; ///< of the thread below it
    qint64 lastReplyAtMs = 0;
    QString replyToName; ///< of message.replyTo, when known
    QString replyToText; ///< its first line
    std::optional<chat::RunReport> run; ///< of message.run
    qint64 timeMs = 0; ///< Day: noon of that day, local time; else of the message
    chat::Gap gap; ///< Gap
    chat::GapState gapState = chat::GapState::Open; ///< Gap, unless it is lost
    qint64 gapFromMs = 0; ///< Gap: time of the message before it; 0: none. `timeMs` is that of the one behind it; 0: none

    bool operator==(const TimelineRow&) const = default;
};

/// A window on one conversation (or one thread): what is loaded of it, oldest first, and how it changes. More is read from
/// the source as the view nears an edge; the far side is let go over kMaxRows.
class TimelineModel : public RowListModel<TimelineRow>
{
    Q_OBJECT
public:
    using Source = std::function<base::Async<chat::MessagePage>(const chat::MessageQuery&)>;
    static constexpr int kPageMessages = 200;
    static constexpr int kMaxRows = 4000;

    TimelineModel(base::ConversationId conversation, base::MessageId thread, chat::Member self, Source source, QObject* parent = nullptr);
    ~TimelineModel() override;

    const base::ConversationId& conversation() const;
    const base::MessageId& thread() const;
    const chat::Member& self() const;

    int rowOf(const base::MessageId& id) const; ///< -1 when not loaded
    bool hasOlder() const;
    bool hasNewer() const; ///< false: the window ends at the newest message
    bool isLoading() const;
    bool isEmptyAndComplete() const; ///< nothing was ever said here

    /// DisplayRole: "Ana, 09:41: text", for screen readers and tests.
    QVariant data(const QModelIndex& index, int role) const override;

    using GapStates = std::function<chat::GapState(const chat::Gap&)>;
    void setGapStates(GapStates states); ///< asked for each gap that is shown
    void refreshGap(const chat::Gap& gap); ///< its state is another one now
    bool hasGaps() const; ///< among what is loaded

    /// The source may have older messages after all: a connection came that can be asked.
    void expectOlder();

    // What comes in.
    void apply(const chat::SyncBatch& batch);
    void apply(const chat::OutboxItem& item); ///< with state Sent or discarded: taken away once the message itself is there
    void discard(const base::TransactionId& transaction);
    void apply(const chat::RunReport& report);
    /// Where the unread line stands: messages of others after it. 0: none.
    void setUnreadAfter(qint64 order);

public slots:
    void loadOlder();
    void loadNewer();
    void loadNewest(); ///< drops the window and reads the end
    void loadAround(qint64 order); ///< drops the window and reads on both sides

signals:
    void loadingChanged();
    void loadFailed(const ridealong::base::Error& error);

private:
    struct Data;
    enum class Edge { Older, Newer };

    static QList<TimelineRow> makeRows(const Data& data, qsizetype firstMessage, qsizetype lastMessage); ///< without the last
    int rowBehind(qint64 order) const; ///< of the last message up to that order
    void rebuildFrom(qsizetype message, Grow grow = Grow::Below); ///< rows of messages[message…] and of what is pending
    void ask(chat::MessageQuery query, std::function<void(chat::MessagePage&)> take);
    void merge(const chat::SyncBatch& batch);
    void noteThreads(const chat::MessagePage& page);
    void refreshThread(const base::MessageId& root);
    void trim(Edge edge); ///< lets go what is over kMaxRows at that edge

    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::model
