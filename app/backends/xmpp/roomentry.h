// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "net/backoff.h"
#include "xmpp/outlet.h"
#include "xmpp/roomfeatures.h"
#include "xmpp/rooms.h"

#include <QObject>

namespace ridealong::xmpp {

/// Gets into a room and stays in it: finds a nick that is free, unlocks a room that is new, asks now and then whether we are still in
/// (XEP-0410: rooms drop people silently), and goes in again. It asks nothing from pause() on, when the connection is gone; then a new stream
/// calls enter(), and a resumed one resume().
class RoomEntry : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds kEntryPatience{60};
    static constexpr std::chrono::minutes kAskEvery{5}; ///< whether we are still in
    static constexpr std::chrono::minutes kAskAgain{1}; ///< when the last answer said neither yes nor no
    static constexpr std::chrono::seconds kFirstPause{2}; ///< before going in again; doubled up to the longest
    static constexpr std::chrono::minutes kLongestPause{5};
    static constexpr int kMaxNicks = 5; ///< that are tried: "ana", "ana_" …

    struct Wish
    {
        Jid room; ///< bare
        QString nick;
        QString password = {};
    };
    enum class State {
        Out, ///< by our own wish, or error() needs a person
        Entering,
        In,
        Waiting, ///< error() may be over later: goes in again by itself
    };

    RoomEntry(Wish wish, Rooms& rooms, Outlet outlet, base::Clock& clock, base::Random& random);

    State state() const { return m_state; }
    /// Auth: a password is needed or another one. Denied: members only, banned, no nick is free. NotFound, RateLimited (full), Offline …
    const base::Error& error() const { return m_error; }
    /// Why we were put out, when we were.
    const std::optional<Departure>& departure() const { return m_departure; }
    const RoomFeatures& features() const { return m_features; } ///< as far as they are known
    const Jid& room() const { return m_wish.room; }

    void setPassword(const QString& password) { m_wish.password = password; }
    void enter();
    void leave();
    void pause();
    void resume();
    /// The machine slept, or the network is another: asks at once.
    void look();

    /// The room's refusal to let us in: true.
    bool handle(const Element& stanza);
    /// What Rooms made of a stanza. Changes of other rooms change nothing.
    void handle(const RoomChange& change);

signals:
    void changed(); ///< state()
    void featuresChanged();

private:
    // roomentry.cpp
    void tryToEnter();
    void tryNextNick(const base::Error& why);
    void awaitAnswer();
    void unlock();
    void settle();
    void putOut(const Departure& departure);
    void giveUp(const base::Error& why);
    void wait(const base::Error& why);
    void become(State state, const base::Error& error = {});
    void endStay();
    void after(std::chrono::milliseconds delay, std::function<void()> then);

    // roomentryquestions.cpp
    void request(const Element& iq, Requests::Handler handler);
    void askFeatures();
    void askLater();
    void askWhetherIn();
    void takeWhetherIn(const Answer& answer);

    Wish m_wish;
    Rooms& m_rooms;
    Outlet m_outlet;
    base::Clock& m_clock;
    base::Random& m_random;
    net::Backoff m_backoff;
    State m_state = State::Out;
    base::Error m_error;
    std::optional<Departure> m_departure;
    RoomFeatures m_features;
    QString m_nick; ///< that is tried
    int m_nicksTried = 0;
    QString m_entryId; ///< of the presence that asks to be let in
    bool m_locked = false; ///< we made the room, and nobody else can get in yet
    quint64 m_stay = 0; ///< answers to an earlier one are dropped
    quint64 m_timer = 0; ///< there is one at a time
    bool m_isPaused = false;
};

} // namespace ridealong::xmpp
