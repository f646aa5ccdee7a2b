// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "xmpp/streamstate.h"

namespace ridealong::xmpp {

/// Both sides say what they have handled (XEP-0198). At most one question of ours is on its way: its answer brings the next when there is
/// need, so that a burst costs few, and a message alone is known to have come as soon as can be. Where the server has none of this, the
/// answer to a ping says that all before it was read.
class StreamManagement
{
public:
    static constexpr std::chrono::seconds kAskAgain{10}; ///< when no answer came and something waits for one

    using Ticket = StreamState::Ticket;
    struct Outside
    {
        Send send;
        std::function<void(std::function<void()> answered)> ping; ///< asks what every server answers
        std::function<void(Ticket upTo)> acknowledged;
        std::function<void(const base::Error&)> fail; ///< the stream is not what the server takes it for
    };

    StreamManagement(StreamState state, base::Clock& clock, Outside outside);

    static bool isOffered(const Element& features);
    const StreamState& state() const { return m_state; }
    StreamState& state() { return m_state; }
    bool isEnabled() const { return m_mode == Mode::Enabled; }

    /// Goes on with the stream of the state. False: the server does not, and what was not acknowledged may have arrived.
    void resume(std::function<void(bool resumed)> done);
    void giveUpResuming(); ///< a server may say nothing at all to an "h" that it does not like
    /// Begins a stream, with acknowledgements if the server has them.
    void enable(const Jid& jid, bool isOffered, std::function<void()> done);
    bool handle(const Element& element);

    /// Sends it and keeps it until it is known to have been handled. 0 before there is a stream.
    Ticket send(const Element& stanza);
    void noteReceived(); ///< a stanza
    void ask();
    void tick();
    void end(); ///< by us, for good: nobody can resume

private:
    enum class Mode { None, Resuming, Enabling, Enabled, ByPings };

    void takeResumed(const Element& element);
    void takeFailed(const Element& element);
    void takeAnswer(const Element& element);
    void answered();
    bool acknowledge(const Element& element);

    StreamState m_state;
    base::Clock& m_clock;
    Outside m_outside;
    Mode m_mode = Mode::None;
    std::function<void(bool)> m_resumed;
    std::function<void()> m_enabled;
    bool m_asked = false; ///< and not answered
    Ticket m_askedUpTo = 0;
    std::chrono::nanoseconds m_askedAt{};
};

} // namespace ridealong::xmpp
