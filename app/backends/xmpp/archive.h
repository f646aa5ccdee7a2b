// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "xmpp/messagesource.h"
#include "xmpp/session.h"

#include <optional>
#include <vector>

namespace ridealong::xmpp {

inline constexpr int kMaxArchivePage = 200; ///< stanzas of one answer

/// What of an archive. Without anything: its newest.
struct ArchiveQuery
{
    enum class Place { Newest, Before, After };

    Jid archive; ///< our bare address, or a room's
    Jid with; ///< only what was said with this one; empty: with anybody
    std::optional<qint64> startMs, endMs; ///< only what was said from then, until then
    Place place = Place::Newest;
    QString id; ///< of a stanza of the archive, for Before; for After empty means its beginning
    int limit = kMaxArchivePage;
};

struct ArchivePage
{
    std::vector<Archived> stanzas; ///< oldest first
    QString first, last; ///< ids of the ends, also where nothing between them was of use
    std::optional<qint64> count; ///< of all that fits the query, where the archive says
    bool isComplete = false; ///< there is nothing more in that direction
};

/// Asks archives (XEP-0313) over one session, each question a page. A result counts when it comes from the archive that was asked, for a
/// question that is open; all others are nobody's.
class Archive : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t kMaxHeldBytes = 16u << 20; ///< of one page; what is more makes the page end in an error
    static constexpr std::chrono::milliseconds kPatience{90'000}; ///< servers shape what they send

    explicit Archive(Session& session, QObject* parent = nullptr);

    /// Errors: NotFound (the archive does not know `id` any more: it has expired), Unsupported, Denied, Offline, Timeout, Protocol. Cancelled
    /// by cancel() or by the end of this.
    base::Async<ArchivePage> page(const ArchiveQuery& query);
    /// Ends all open questions with Cancelled.
    void cancel();
    qsizetype open() const { return qsizetype(m_open.size()); }

private:
    struct Open
    {
        QString id;
        Jid archive;
        ArchivePage page;
        size_t bytes = 0;
        size_t most = 0; ///< stanzas
        bool isTooMuch = false;
        base::Promise<ArchivePage> promise;
    };

    void receive(const Element& stanza);
    void answered(const QString& id, const Answer& answer);

    Session& m_session;
    quint64 m_lastNumber = 0;
    std::vector<Open> m_open;
};

} // namespace ridealong::xmpp
