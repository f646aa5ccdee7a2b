// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "xmpp/pep.h"

#include <QHash>
#include <QObject>

namespace ridealong::xmpp {

/// Up to where the account has read a conversation.
struct DisplayedMark
{
    Jid conversation; ///< somebody's bare address, a room, or somebody in a room with the nick
    Jid by; ///< whose archive names it: a room, or our account
    QString archiveId; ///< of the newest message that was read

    bool operator==(const DisplayedMark&) const = default;
};

/// What we have read, for our other clients, and what they have (XEP-0490). Only who knows the order of the messages can say which of two
/// marks is the later one, so that is the caller's: a mark that changed may be behind what is read here.
class DisplayedSync : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kPause{2000}; ///< between two marks of one conversation: who scrolls reads many messages
    static constexpr qsizetype kMaxConversations = 2000; ///< whose marks are known

    DisplayedSync(Outlet outlet, const Jid& self, base::Clock& clock) : m_pep(std::move(outlet)), m_self(self.bare()), m_clock(clock) {}

    /// A new stream: asks for all. What waited to be told is forgotten, for meanwhile another client may have read on.
    void begin();
    /// The server tells what another client (or this one) read: true.
    bool handle(const Element& message);

    bool isFetched() const { return m_isFetched; }
    const DisplayedMark* find(const Jid& conversation) const; ///< the server's; until the next change
    QList<DisplayedMark> all() const { return m_marks.values(); }

    /// Tells the server, at once or after the pause. Before fetched() nothing is told: what is read further here than there is to be
    /// told after it. Where a changed mark is the later one it is to be given here, too: what waits is dropped then.
    void display(const DisplayedMark& mark);

signals:
    void fetched(const ridealong::base::Status& status); ///< any may have changed
    void changed(const ridealong::xmpp::DisplayedMark& mark);

private:
    bool mayName(const DisplayedMark& mark) const;
    std::optional<DisplayedMark> readMark(const PepItem& item) const;
    void take(const DisplayedMark& mark);
    void send(const DisplayedMark& mark);
    void pauseIsOver(const Jid& conversation);

    Pep m_pep;
    Jid m_self;
    base::Clock& m_clock;
    bool m_isFetched = false;
    quint64 m_stream = 0; ///< pauses of an earlier one end nothing
    QHash<Jid, DisplayedMark> m_marks;
    QHash<Jid, std::optional<DisplayedMark>> m_pausing; ///< what is to be told after the pause
};

} // namespace ridealong::xmpp
