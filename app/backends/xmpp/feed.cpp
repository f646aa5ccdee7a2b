// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/feed.h"

#include "base/log.h"

namespace ridealong::xmpp {

using base::ErrorKind;

void Feed::read(Archive& archive, const QString& lastId)
{
    if (m_state != State::Reading)
        m_read.clear();
    m_state = State::Reading;
    m_archive = &archive;
    m_lastId = lastId;
    m_isWhole = !lastId.isEmpty();
    m_dropped = false;
    dropCatchUp();
    m_catchUp = std::make_unique<CatchUp>(archive, m_of, lastId);
    connect(m_catchUp.get(), &CatchUp::page, this, &Feed::take);
    connect(m_catchUp.get(), &CatchUp::ended, this, &Feed::finish);
    m_catchUp->next();
}

void Feed::take(const ArchivePage& page, bool isAfterGap)
{
    if (isAfterGap)
        m_isWhole = false;
    else if (m_lastId.isEmpty())
        m_isWhole = page.isComplete; // nothing was known, and this is all there is
    for (const Archived& archived : page.stanzas)
        m_read.insert(archived.id);
    m_lastId = page.last;
    const CatchUp* reading = m_catchUp.get();
    emit this->page(page, isAfterGap);
    if (reading && reading == m_catchUp.get()) // whoever took it may have ended it
        m_catchUp->next();
}

void Feed::finish(const base::Status& status)
{
    dropCatchUp();
    if (!status && (status.error().kind == ErrorKind::Offline || status.error().kind == ErrorKind::Cancelled))
        return interrupt();
    if (!status)
        qCInfo(lcNet) << "the archive of" << m_of.toString() << "could not be read:" << status.error().detail;
    if (status && m_dropped && m_archive && !m_lastId.isEmpty()) { // what was left to the archive came after the last page perhaps
        const bool isWhole = m_isWhole;
        read(*m_archive, m_lastId);
        m_isWhole = isWhole;
        return;
    }
    settle(status && m_isWhole);
}

/// It may be what calls.
void Feed::dropCatchUp()
{
    if (!m_catchUp)
        return;
    m_catchUp->disconnect(this);
    m_catchUp.release()->deleteLater();
}

void Feed::goWithout()
{
    dropCatchUp();
    m_read.clear();
    settle(false);
}

void Feed::interrupt()
{
    dropCatchUp();
    m_archive = nullptr;
    if (m_state == State::Reading)
        m_state = State::Idle;
}

void Feed::settle(bool isWhole)
{
    m_state = State::Current;
    m_archive = nullptr;
    emit caughtUp(isWhole);
    for (const auto& what : std::exchange(m_held, {}))
        what();
}

void Feed::live(std::function<void()> what)
{
    if (m_state == State::Current)
        return what();
    m_held.push_back(std::move(what));
    if (m_held.size() < kMaxHeld)
        return;
    if (m_state == State::Idle) // it is not even known whether there is an archive
        return goWithout();
    m_held.clear();
    m_dropped = true;
}

} // namespace ridealong::xmpp
