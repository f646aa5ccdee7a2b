// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubrequests.h"

#include "local/hubcore.h"
#include "local/limits.h"
#include "local/wirevalues.h"

#include <QPointer>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();

} // namespace

void HubRequests::handle(HubSession& session, Fields& request)
{
    static const QHash<QString, Handler> handlers{
        {u"send"_s, &HubRequests::send},
        {u"verify"_s, &HubRequests::verify},
        {u"edit"_s, &HubRequests::edit},
        {u"remove"_s, &HubRequests::remove},
        {u"react"_s, &HubRequests::react},
        {u"read"_s, &HubRequests::read},
        {u"join"_s, &HubRequests::join},
        {u"direct"_s, &HubRequests::direct},
        {u"ping"_s, &HubRequests::ping},
        {u"file.begin"_s, &HubRequests::beginFile},
        {u"file.put"_s, &HubRequests::putFile},
        {u"file.giveUp"_s, &HubRequests::giveUpFile},
        {u"file.get"_s, &HubRequests::getFile},
        {u"history"_s, &HubRequests::history},
        {u"commands"_s, &HubRequests::commands},
        {u"run.read"_s, &HubRequests::readRun},
        {u"run.cancel"_s, &HubRequests::cancelRun},
        {u"run.decide"_s, &HubRequests::decideRun},
    };
    const auto id = request.integer("id"_L1, 1, kMax);
    const auto handler = handlers.value(request.text("do"_L1, kMaxIdLength));
    if (!request.ok())
        return;
    if (handler)
        (this->*handler)(session, request, id);
    else
        session.refuse(id, {base::ErrorKind::Unsupported, u"this hub does not know that request"_s, 0});
}

const store::HubConversation* HubRequests::conversation(HubSession& session, Fields& request, qint64 id)
{
    const auto key = request.text("c"_L1, kMaxIdLength);
    if (!request.ok())
        return nullptr;
    const auto* found = m_hub.rooms.find(key, session.user());
    if (!found)
        session.refuse(id, {base::ErrorKind::NotFound, u"no such conversation"_s, 0});
    return found;
}

bool HubRequests::checkText(HubSession& session, const QString& text, qint64 id)
{
    const auto bytes = text.toUtf8().size();
    if (text.trimmed().isEmpty())
        session.refuse(id, {base::ErrorKind::Invalid, u"an empty message"_s, 0});
    else if (bytes > kMaxMessageBytes)
        session.refuse(id, {base::ErrorKind::Invalid, u"%1 bytes; %2 are allowed"_s.arg(bytes).arg(kMaxMessageBytes), 0});
    else
        return true;
    return false;
}

void HubRequests::write(HubSession& session, qint64 id, store::HubWrite write)
{
    m_hub.store().write(std::move(write), [session = QPointer(&session), id](const store::HubOutcome& outcome) {
        if (session)
            session->answer(id, outcome.status);
    });
}

void HubRequests::send(HubSession& session, Fields& request, qint64 id)
{
    chat::Message message;
    message.transaction = base::TransactionId(request.text("txn"_L1, kMaxIdLength));
    message.text = request.text("text"_L1, kMaxRequestBytes);
    message.thread = base::MessageId(request.optionalText("thread"_L1, kMaxIdLength));
    message.replyTo = base::MessageId(request.optionalText("replyTo"_L1, kMaxIdLength));
    if (message.transaction.isEmpty())
        request.refuse("txn"_L1, "is missing");
    const auto files = decodeFiles(request);
    const auto* where = conversation(session, request, id);
    if (!where || ((files.isEmpty() || !message.text.isEmpty()) && !checkText(session, message.text, id)))
        return;
    message.conversation = where->conversation.id;
    message.sender = session.user();
    message.senderName = m_hub.rooms.nameOf(session.user());
    m_hub.typing.set(session.user(), where->conversation.id.key(), false);
    if (files.isEmpty()) {
        post(session, id, message, *where);
        return;
    }
    m_hub.files()
        .check(where->conversation.id.key(), session.user(), files)
        .then(&session, [this, session = &session, id, message, where = *where](const base::Expected<QList<chat::Attachment>>& checked) mutable {
            if (!checked) {
                session->refuse(id, checked.error());
                return;
            }
            message.attachments = *checked;
            post(*session, id, message, where);
        });
}

void HubRequests::post(HubSession& session, qint64 id, chat::Message message, const store::HubConversation& where)
{
    m_hub.post(std::move(message), where, [session = QPointer(&session), id](const store::HubOutcome& outcome) {
        if (!session)
            return;
        if (!outcome.status)
            session->refuse(id, outcome.status.error());
        else
            session->answer(id, QCborMap{{"m"_L1, outcome.message.text()}, {"order"_L1, outcome.order}, {"run"_L1, outcome.run.text()}});
    });
}

void HubRequests::verify(HubSession& session, Fields& request, qint64 id)
{
    const base::TransactionId transaction(request.text("txn"_L1, kMaxIdLength));
    if (!conversation(session, request, id))
        return;
    m_hub.store().write(store::HubLookup{session.user(), transaction}, [session = QPointer(&session), id](const store::HubOutcome& outcome) {
        if (!session)
            return;
        if (!outcome.status)
            session->refuse(id, outcome.status.error());
        else
            session->answer(id, QCborMap{{"m"_L1, outcome.message.text()}, {"order"_L1, outcome.order}});
    });
}

void HubRequests::edit(HubSession& session, Fields& request, qint64 id)
{
    const base::MessageId message(request.text("m"_L1, kMaxIdLength));
    const auto text = request.text("text"_L1, kMaxRequestBytes);
    const auto* where = conversation(session, request, id);
    if (where && checkText(session, text, id))
        write(session, id, store::HubEdit{m_hub.store().nextSequence(), session.user(), where->conversation.id.key(), message, text, false});
}

void HubRequests::remove(HubSession& session, Fields& request, qint64 id)
{
    const base::MessageId message(request.text("m"_L1, kMaxIdLength));
    if (const auto* where = conversation(session, request, id))
        m_hub.store().write(store::HubEdit{m_hub.store().nextSequence(), session.user(), where->conversation.id.key(), message, {}, true},
            [this, session = QPointer(&session), id, key = where->conversation.id.key()](const store::HubOutcome& outcome) {
                m_hub.files().remove(key, outcome.droppedFiles);
                if (session)
                    session->answer(id, outcome.status);
            });
}

void HubRequests::react(HubSession& session, Fields& request, qint64 id)
{
    const base::MessageId message(request.text("m"_L1, kMaxIdLength));
    auto mine = request.texts("mine"_L1, kMaxOwnReactions, kMaxReactionLength);
    mine.removeDuplicates();
    if (mine.contains(QString()))
        request.refuse("mine"_L1, "has an empty one");
    if (const auto* where = conversation(session, request, id))
        write(session, id, store::HubReactions{m_hub.store().nextSequence(), session.user(), where->conversation.id.key(), message, mine});
}

void HubRequests::read(HubSession& session, Fields& request, qint64 id)
{
    const base::MessageId thread(request.optionalText("thread"_L1, kMaxIdLength));
    const auto order = request.integer("order"_L1, 0, kMax);
    if (const auto* where = conversation(session, request, id)) {
        const auto bounded = std::min(order, m_hub.store().publishedSequence()); // nobody has read what is not there yet
        write(session, id, store::HubRead{m_hub.store().nextSequence(), session.user(), where->conversation.id.key(), thread, bounded});
    }
}

void HubRequests::join(HubSession& session, Fields& request, qint64 id)
{
    const auto name = request.text("name"_L1, kMaxRequestBytes);
    if (!request.ok())
        return;
    if (const auto added = m_hub.rooms.addRoom(name); added)
        made(session, id, added->key, added->isNew);
    else
        session.refuse(id, added.error());
}

void HubRequests::direct(HubSession& session, Fields& request, qint64 id)
{
    const base::UserId other(request.text("user"_L1, kMaxIdLength));
    if (!request.ok())
        return;
    if (const auto added = m_hub.rooms.addDirect(session.user(), other); added)
        made(session, id, added->key, added->isNew);
    else
        session.refuse(id, added.error());
}

void HubRequests::made(HubSession& session, qint64 id, const QString& key, bool isNew)
{
    if (!isNew) {
        session.answer(id, QCborMap{{"c"_L1, key}});
        return;
    }
    m_hub.store().write(*m_hub.rooms.find(key), [this, session = QPointer(&session), id, key](const store::HubOutcome& outcome) {
        m_hub.tellRoom(key);
        if (!session)
            return;
        if (outcome.status)
            session->answer(id, QCborMap{{"c"_L1, key}});
        else
            session->refuse(id, outcome.status.error());
    });
}

void HubRequests::beginFile(HubSession& session, Fields& request, qint64 id)
{
    const auto bytes = request.integer("bytes"_L1, 0, kMax);
    const auto* where = conversation(session, request, id);
    if (!where)
        return;
    if (const auto file = m_hub.files().begin(where->conversation.id.key(), session.user(), bytes); file)
        session.answer(id, QCborMap{{"file"_L1, file->text()}});
    else
        session.refuse(id, file.error());
}

void HubRequests::putFile(HubSession& session, Fields& request, qint64 id)
{
    const base::FileId file(request.text("file"_L1, kMaxIdLength));
    const auto offset = request.integer("offset"_L1, 0, kMaxFileBytes);
    const auto piece = request.bytes("piece"_L1, kFileChunkBytes);
    if (!request.ok())
        return;
    m_hub.files().put(file, session.user(), offset, piece).then(&session, [session = &session, id](const base::Status& done) {
        session->answer(id, done);
    });
}

void HubRequests::giveUpFile(HubSession& session, Fields& request, qint64 id)
{
    const base::FileId file(request.text("file"_L1, kMaxIdLength));
    if (!request.ok())
        return;
    m_hub.files().giveUp(file, session.user());
    session.answer(id, QCborMap());
}

void HubRequests::ping(HubSession& session, Fields&, qint64 id) { session.answer(id, QCborMap()); }

} // namespace ridealong::local
