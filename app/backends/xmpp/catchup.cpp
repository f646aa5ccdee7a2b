// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/catchup.h"

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

CatchUp::CatchUp(Archive& archive, Jid of, QString lastId, QObject* parent)
    : QObject(parent),
      m_archive(archive),
      m_of(std::move(of)),
      m_lastId(std::move(lastId))
{}

void CatchUp::next()
{
    if (m_isOver || m_isAsking)
        return;
    if (m_isLast)
        return end(base::Done());
    if (++m_pages > kMaxPages)
        return end(Error{ErrorKind::Protocol, u"an archive without an end"_s, 0});
    ArchiveQuery query;
    query.archive = m_of;
    const bool isNewest = m_lastId.isEmpty();
    if (!isNewest) {
        query.place = ArchiveQuery::Place::After;
        query.id = m_lastId;
    }
    m_isAsking = true;
    m_archive.page(query).then(this, [this, isNewest](const base::Expected<ArchivePage>& page) { take(page, isNewest); });
}

void CatchUp::take(const base::Expected<ArchivePage>& page, bool isNewest)
{
    m_isAsking = false;
    // XEP-0313 §4.3.2: the id is not in the archive (any more). What was said since, up to the newest page, is lost or far to fetch.
    if (!page && page.error().kind == ErrorKind::NotFound && !isNewest && m_pages == 1) {
        m_isExpired = true;
        m_lastId.clear();
        return next();
    }
    if (!page)
        return end(page.error());
    m_isLast = isNewest || page->isComplete;
    // Not complete, and no nearer to the end: it would be asked for the same for ever.
    if (!m_isLast && (page->last.isEmpty() || page->last == m_lastId))
        return end(Error{ErrorKind::Protocol, u"a page of an archive that does not go on"_s, 0});
    m_lastId = page->last;
    const bool isAfterGap = isNewest && m_isExpired;
    if (page->stanzas.empty() && !isNewest)
        return next();
    emit this->page(*page, isAfterGap);
}

void CatchUp::end(const base::Status& status)
{
    m_isOver = true;
    emit ended(status);
}

} // namespace ridealong::xmpp
