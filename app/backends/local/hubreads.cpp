// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubcore.h"
#include "local/hubrequests.h"
#include "local/limits.h"
#include "local/wirevalues.h"

#include "chat/backend.h"

#include <QPointer>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMax = std::numeric_limits<qint64>::max();

} // namespace

void HubRequests::history(HubSession& session, Fields& request, qint64 id)
{
    const auto before = request.integer("before"_L1, 0, kMax);
    const auto limit = int(request.integer("limit"_L1, 1, kMaxHistoryMessages));
    const auto* where = conversation(session, request, id);
    if (!where)
        return;
    session.enqueueRead([this, session = &session, id, key = where->conversation.id.key(), before, limit](const auto& done) {
        m_hub.store().history(key, before, limit).then(session, [session, id, done](const base::Expected<store::HubHistory>& history) {
            if (history) {
                QCborArray messages;
                for (const auto& message : history->messages)
                    messages.append(encode(message, session->user()));
                session->answer(id, QCborMap{{"messages"_L1, messages}, {"start"_L1, history->reachedStart}});
            } else {
                session->refuse(id, history.error());
            }
            done();
        });
    });
}

void HubRequests::commands(HubSession& session, Fields& request, qint64 id)
{
    const auto* where = conversation(session, request, id);
    if (!where)
        return;
    session.enqueueRead([this, session = &session, id, conversation = where->conversation](const auto& done) {
        QCborArray list;
        qint64 bytes = 0;
        for (const auto& bot : m_hub.bots())
            for (const auto& spec : bot->commands(conversation)) {
                const auto encoded = encode(spec);
                bytes += encodeFrame(encoded).size();
                if (list.size() < kMaxCommands && bytes < net::FrameChannel::kMaxFrameBytes - kFrameFillBytes)
                    list.append(encoded);
            }
        session->answer(id, QCborMap{{"list"_L1, list}});
        done();
    });
}

void HubRequests::getFile(HubSession& session, Fields& request, qint64 id)
{
    const base::FileId file(request.text("file"_L1, kMaxIdLength));
    const auto offset = request.integer("offset"_L1, 0, kMax);
    const auto* where = conversation(session, request, id);
    if (!where)
        return;
    session.enqueueRead([this, session = &session, id, key = where->conversation.id.key(), file, offset](const auto& done) {
        m_hub.files().get(key, file, offset, kFileReadBytes).then(session, [session, id, done](const base::Expected<QByteArray>& piece) {
            if (piece)
                session->answer(id, QCborMap{{"piece"_L1, *piece}});
            else
                session->refuse(id, piece.error());
            done();
        });
    });
}

void HubRequests::readRun(HubSession& session, Fields& request, qint64 id)
{
    const base::RunId run(request.text("run"_L1, kMaxIdLength));
    const auto offset = request.integer("offset"_L1, 0, kMax);
    const auto bytes = request.integer("bytes"_L1, 1, chat::RunFeed::kMaxReadBytes);
    if (!request.ok())
        return;
    session.enqueueRead([this, session = &session, id, run, offset, bytes](const auto& done) {
        const auto readOf = [this, session, id, run, offset, bytes, done](const std::optional<chat::RunReport>& report) {
            if (!report || !m_hub.rooms.find(report->conversation.key(), session->user())) {
                session->refuse(id, {base::ErrorKind::NotFound, u"no such run"_s, 0});
                done();
            } else {
                const auto left = std::max<qint64>(0, report->outputBytes - offset);
                readOutput(*session, id, run, offset, std::min(bytes, left), done);
            }
        };
        if (const auto* open = m_hub.runs().find(run)) {
            readOf(*open);
            return;
        }
        m_hub.store().run(run).then(session, [readOf](const base::Expected<std::optional<store::HubRun>>& stored) {
            readOf(stored && *stored ? HubRuns::fromStored(**stored) : std::nullopt);
        });
    });
}

void HubRequests::readOutput(HubSession& session, qint64 id, const base::RunId& run, qint64 offset, qint64 bytes, const std::function<void()>& done)
{
    if (bytes <= 0) {
        session.answer(id, QCborMap{{"bytes"_L1, QByteArray("")}});
        done();
        return;
    }
    m_hub.outputs().read(run, offset, bytes).then(&session, [session = &session, id, done](const base::Expected<QByteArray>& piece) {
        if (piece)
            session->answer(id, QCborMap{{"bytes"_L1, *piece}});
        else
            session->refuse(id, piece.error());
        done();
    });
}

void HubRequests::cancelRun(HubSession& session, Fields& request, qint64 id)
{
    const base::RunId run(request.text("run"_L1, kMaxIdLength));
    if (!request.ok())
        return;
    const auto* report = m_hub.runs().find(run);
    auto* bot = report && m_hub.rooms.find(report->conversation.key(), session.user()) ? m_hub.bot(report->bot) : nullptr;
    if (bot)
        session.answer(id, bot->cancel(run, m_hub.memberFor(session.user())));
    else
        session.refuse(id, {base::ErrorKind::NotFound, u"no such run here"_s, 0});
}

void HubRequests::decideRun(HubSession& session, Fields& request, qint64 id)
{
    const base::RunId run(request.text("run"_L1, kMaxIdLength));
    const bool approve = request.flag("approve"_L1);
    if (!request.ok())
        return;
    const auto* report = m_hub.runs().find(run);
    auto* bot = report && m_hub.rooms.find(report->conversation.key(), session.user()) ? m_hub.bot(report->bot) : nullptr;
    if (bot)
        session.answer(id, bot->decide(run, m_hub.memberFor(session.user()), approve));
    else
        session.refuse(id, {base::ErrorKind::NotFound, u"no such run here"_s, 0});
}

} // namespace ridealong::local
