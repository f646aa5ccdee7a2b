// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The headless client's ledger.
#include "chat/ledgercsv.h"
#include "workspace/headless.h"
#include "workspace/json.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr int kMostRuns = 100'000; ///< in one reply

std::optional<chat::LedgerOrder> orderFromString(const QString& text)
{
    using Order = chat::LedgerOrder;
    static const QHash<QString, Order> kOrders{{QString(), Order::Started}, {u"started"_s, Order::Started}, {u"sender"_s, Order::Sender},
        {u"command"_s, Order::Command}, {u"conversation"_s, Order::Conversation}, {u"environment"_s, Order::Environment}, {u"state"_s, Order::State},
        {u"duration"_s, Order::Duration}, {u"exitCode"_s, Order::ExitCode}};
    const auto found = kOrders.find(text);
    return found == kOrders.end() ? std::nullopt : std::optional(*found);
}

/// Nothing: it asks for an order that is none.
std::optional<chat::LedgerQuery> queryOf(const QJsonObject& request)
{
    const auto order = orderFromString(request[u"order"_s].toString());
    if (!order)
        return std::nullopt;
    chat::LedgerQuery query;
    query.text = request[u"text"_s].toString();
    query.conversation = conversationOf(request);
    query.sinceMs = request[u"since"_s].toInteger();
    query.untilMs = request[u"until"_s].toInteger();
    query.failedOnly = request[u"failedOnly"_s].toBool();
    query.limit = std::clamp(request[u"limit"_s].toInt(1000), 1, kMostRuns);
    query.offset = std::max(0, request[u"offset"_s].toInt());
    query.order = *order;
    query.ascending = request[u"ascending"_s].toBool();
    query.account = base::AccountId(request[u"account"_s].toString());
    query.bot = base::UserId(request[u"bot"_s].toString());
    query.kind = request[u"kind"_s].toString();
    return query;
}

QJsonObject toJson(const chat::RunRecord& record)
{
    const chat::RunReport& report = record.report;
    QJsonObject object{{u"run"_s, report.run.text()}, {u"command"_s, report.command}, {u"kind"_s, record.kind}, {u"bot"_s, report.bot.text()},
        {u"sender"_s, report.senderName}, {u"conversation"_s, report.conversation.text()}, {u"environment"_s, report.environment},
        {u"state"_s, chat::toString(report.state)}, {u"startedAt"_s, report.startedAtMs}, {u"bytes"_s, report.outputBytes}};
    if (report.exitCode)
        object[u"exitCode"_s] = *report.exitCode;
    if (report.endedAtMs > 0)
        object[u"durationMs"_s] = std::max<qint64>(0, report.endedAtMs - report.startedAtMs);
    if (!report.detail.isEmpty())
        object[u"detail"_s] = report.detail;
    if (report.confidence)
        object[u"confidence"_s] = double(*report.confidence) / 100;
    if (report.cause)
        object[u"message"_s] = report.cause.text();
    return object;
}

QJsonObject toJson(const chat::CommandRecord& record)
{
    QJsonObject object{{u"kind"_s, record.kind}, {u"bot"_s, record.bot.text()}, {u"account"_s, record.account.text()}, {u"runs"_s, record.runs},
        {u"ended"_s, record.ended}, {u"succeeded"_s, record.succeeded}, {u"lastCommand"_s, record.lastCommand}, {u"lastBy"_s, record.lastBy},
        {u"lastAt"_s, record.lastAtMs}, {u"lastState"_s, chat::toString(record.lastState)}};
    if (record.succeeded > 0)
        object[u"typicalMs"_s] = record.typicalMs;
    return object;
}

/// As a list under that name, or as the text of a CSV file.
template <typename Records> QJsonObject told(const Records& records, const QString& name, bool asCsv)
{
    if (asCsv)
        return {{u"csv"_s, QString::fromUtf8(chat::toCsv(records))}};
    QJsonArray array;
    for (const auto& record : records)
        array.append(toJson(record));
    return {{name, array}};
}

} // namespace

void Headless::registerLedger()
{
    const Error noOrder{ErrorKind::Invalid, u"no such order"_s, 0};
    m_handlers[u"ledger"_s] = {{}, [this, noOrder](const QJsonObject& request, const QJsonValue& id) {
                                   const auto query = queryOf(request);
                                   if (!query)
                                       return fail(id, noOrder);
                                   answer(m_workspace.ledger(*query), id, [asCsv = request[u"csv"_s].toBool()](const QList<chat::RunRecord>& runs) {
                                       return told(runs, u"runs"_s, asCsv);
                                   });
                               }};
    m_handlers[u"ledger.commands"_s]
        = {{}, [this, noOrder](const QJsonObject& request, const QJsonValue& id) {
               const auto query = queryOf(request);
               if (!query)
                   return fail(id, noOrder);
               answer(m_workspace.commandLedger(*query), id,
                   [asCsv = request[u"csv"_s].toBool()](const QList<chat::CommandRecord>& commands) { return told(commands, u"commands"_s, asCsv); });
           }};
}

} // namespace ridealong::workspace
