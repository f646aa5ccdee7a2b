// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/archive.h"

#include "xmpp/conditions.h"
#include "xmpp/knownmessages.h"
#include "xmpp/namespaces.h"

#include <QDateTime>
#include <QPointer>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Element field(QStringView name, const QString& value)
{
    return Element(u"field", ns::kDataForm).with(u"var", name.toString()).with(Element(u"value", ns::kDataForm).withText(value));
}

QString stampOf(qint64 timeMs) { return QDateTime::fromMSecsSinceEpoch(timeMs).toUTC().toString(Qt::ISODateWithMs); }

Element formOf(const ArchiveQuery& query)
{
    Element form(u"x", ns::kDataForm);
    form.setAttribute(u"type", u"submit"_s);
    form.append(field(u"FORM_TYPE", ns::kArchive.toString()).with(u"type", u"hidden"_s));
    if (!query.with.isEmpty())
        form.append(field(u"with", query.with.toString()));
    if (query.startMs)
        form.append(field(u"start", stampOf(*query.startMs)));
    if (query.endMs)
        form.append(field(u"end", stampOf(*query.endMs)));
    return form;
}

Element resultSetOf(const ArchiveQuery& query)
{
    using Place = ArchiveQuery::Place;
    Element set(u"set", ns::kResultSet);
    set.append(Element(u"max", ns::kResultSet).withText(QString::number(std::clamp(query.limit, 1, kMaxArchivePage))));
    if (query.place != Place::After)
        set.append(Element(u"before", ns::kResultSet).withText(query.place == Place::Before ? query.id : QString()));
    else if (!query.id.isEmpty())
        set.append(Element(u"after", ns::kResultSet).withText(query.id));
    return set;
}

/// What it weighs, about: all that came with it.
size_t weightOf(const Element& element)
{
    auto characters = size_t(element.text().size());
    for (const Element::Attribute& attribute : element.attributes())
        characters += size_t(attribute.value.size());
    for (const Element* child : element.children())
        characters += weightOf(*child);
    return characters + sizeof(Element);
}

/// What a result holds; nothing for one without a stanza, a name or a time.
std::optional<Archived> archivedIn(const Element& result, const Jid& archive)
{
    const Element* forwarded = result.find(u"forwarded", ns::kForward);
    const Element* delay = forwarded ? forwarded->find(u"delay", ns::kDelay) : nullptr;
    const Element* message = forwarded ? forwarded->find(u"message", ns::kClient) : nullptr;
    const auto time = delay ? timeFromStamp(delay->attribute(u"stamp")) : std::nullopt;
    const QString id = result.attribute(u"id");
    if (!message || !time || id.isEmpty() || id.size() > kMaxIdChars)
        return std::nullopt;
    return Archived{archive, id, *time, *message};
}

} // namespace

Archive::Archive(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&m_session, &Session::received, this, &Archive::receive);
}

base::Async<ArchivePage> Archive::page(const ArchiveQuery& query)
{
    Open open;
    open.id = u"a%1"_s.arg(++m_lastNumber);
    open.archive = query.archive;
    open.most = size_t(std::clamp(query.limit, 1, kMaxArchivePage));
    const auto async = open.promise.async();
    Element iq = Element(u"iq", ns::kClient)
                     .with(u"type", u"set"_s)
                     .with(Element(u"query", ns::kArchive).with(u"queryid", open.id).with(formOf(query)).with(resultSetOf(query)));
    // Our own archive is our account's; a server may not know a name for it that somebody else could ask by.
    if (query.archive != m_session.jid().bare())
        iq.setAttribute(u"to", query.archive.toString());
    const QPointer<Archive> self(this);
    m_session.request(
        iq,
        [self, id = open.id](const Answer& answer) {
            if (self)
                self->answered(id, answer);
        },
        kPatience);
    m_open.push_back(std::move(open));
    return async;
}

void Archive::cancel()
{
    for (const Open& open : std::exchange(m_open, {}))
        open.promise.answer(Error{ErrorKind::Cancelled, u"not asked for any more"_s, 0});
}

void Archive::receive(const Element& stanza)
{
    const Element* result = stanza.is(u"message", ns::kClient) ? stanza.find(u"result", ns::kArchive) : nullptr;
    if (!result)
        return;
    const QString id = result->attribute(u"queryid"), from = stanza.attribute(u"from");
    const auto open = std::find_if(m_open.begin(), m_open.end(), [&id](const Open& o) { return o.id == id; });
    if (open == m_open.end())
        return;
    // Our own server may leave our own address out; any other archive has to sign.
    const Jid own = m_session.jid().bare(), archive = from.isEmpty() ? own : Jid::parse(from).valueOr(Jid());
    if (archive != open->archive)
        return;
    open->bytes += weightOf(stanza);
    if (open->page.stanzas.size() >= open->most || open->bytes > kMaxHeldBytes) {
        open->isTooMuch = true;
        open->page.stanzas.clear();
        return;
    }
    if (auto archived = archivedIn(*result, open->archive))
        open->page.stanzas.push_back(std::move(*archived));
}

void Archive::answered(const QString& id, const Answer& answer)
{
    const auto at = std::find_if(m_open.begin(), m_open.end(), [&id](const Open& o) { return o.id == id; });
    if (at == m_open.end())
        return; // cancelled
    Open done = std::move(*at);
    m_open.erase(at);
    if (answer.error)
        return done.promise.answer(*answer.error);
    const Element* fin = answer.stanza.find(u"fin", ns::kArchive);
    if (!fin || done.isTooMuch)
        return done.promise.answer(Error{ErrorKind::Protocol, fin ? u"an archive gave more than was asked for"_s : u"no end of the results"_s, 0});
    ArchivePage& page = done.page;
    page.isComplete = fin->attribute(u"complete") == "true"_L1 || fin->attribute(u"complete") == "1"_L1;
    if (const Element* set = fin->find(u"set", ns::kResultSet)) {
        page.first = set->textOf(u"first", ns::kResultSet);
        page.last = set->textOf(u"last", ns::kResultSet);
        bool isNumber = false;
        const qint64 count = set->textOf(u"count", ns::kResultSet).toLongLong(&isNumber);
        if (isNumber && count >= 0)
            page.count = count;
    }
    for (QString* end : {&page.first, &page.last})
        if (end->size() > kMaxIdChars)
            end->clear();
    if (!page.stanzas.empty() && page.first.isEmpty())
        page.first = page.stanzas.front().id;
    if (!page.stanzas.empty() && page.last.isEmpty())
        page.last = page.stanzas.back().id;
    done.promise.answer(std::move(page));
}

} // namespace ridealong::xmpp
