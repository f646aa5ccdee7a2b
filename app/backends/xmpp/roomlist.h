// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/clock.h"
#include "chat/backend.h"
#include "xmpp/entityinfo.h"
#include "xmpp/outlet.h"

#include <QObject>

#include <memory>

namespace ridealong::xmpp {

/// Finds rooms of a room service that everybody may see (XEP-0045 §6.3), page by page, and what the first of them are like.
class RoomList : public QObject
{
    Q_OBJECT
public:
    static constexpr int kPageRooms = 250;
    static constexpr int kMaxPages = 200; ///< a service may make them as small as it likes
    static constexpr qsizetype kMaxRooms = 10'000; ///< that are looked at
    static constexpr qsizetype kMaxDescribed = 50; ///< that are asked what they are like
    static constexpr std::chrono::seconds kDescriptionPatience{10}; ///< those that did not answer are told without

    RoomList(Outlet outlet, base::Clock& clock) : m_outlet(std::move(outlet)), m_clock(clock) {}

    /// Rooms with `filter` in their address or their title, at most `limit`, the fullest first as far as that is known. Each is called by its
    /// address. Errors: those of the service's first page.
    base::Async<QList<chat::RoomInfo>> list(const Jid& service, const QString& filter, int limit);

private:
    struct Listing;
    void askPage(const std::shared_ptr<Listing>& listing, const QString& after);
    void takePage(const std::shared_ptr<Listing>& listing, const Answer& answer);
    void describe(const std::shared_ptr<Listing>& listing);
    void takeDescription(const std::shared_ptr<Listing>& listing, qsizetype at, const Answer& answer);

    Outlet m_outlet;
    base::Clock& m_clock;
};

} // namespace ridealong::xmpp
