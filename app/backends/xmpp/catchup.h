// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/archive.h"

namespace ridealong::xmpp {

/// All that an archive has got since a stanza known last, page by page: the next is asked for only when next() says so, so that nothing
/// piles up. To destroy it is to cancel it.
class CatchUp : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMaxPages = 2000; ///< an archive that never ends is none

    /// `lastId` empty: nothing is known, and the newest page is all.
    CatchUp(Archive& archive, Jid of, QString lastId, QObject* parent = nullptr);

    /// Asks for the first page, or the one after that just given.
    void next();

signals:
    /// `isAfterGap`: the archive has forgotten the stanza known last, and this newest page does not join what was known.
    void page(const ridealong::xmpp::ArchivePage& page, bool isAfterGap);
    /// Once, after the last page: all is here, or why not. What came before the error stays good.
    void ended(const ridealong::base::Status& status);

private:
    void take(const base::Expected<ArchivePage>& page, bool isNewest);
    void end(const base::Status& status);

    Archive& m_archive;
    Jid m_of;
    QString m_lastId;
    int m_pages = 0;
    bool m_isExpired = false;
    bool m_isLast = false; ///< the page just given was
    bool m_isAsking = false;
    bool m_isOver = false;
};

} // namespace ridealong::xmpp
