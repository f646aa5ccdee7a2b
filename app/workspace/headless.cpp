// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "workspace/headless.h"

#include "palette/form.h"
#include "store/profilestore.h"
#include "workspace/json.h"

#include <QFile>
#include <QJsonDocument>

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

int limitOf(const QJsonObject& request, int fallback) { return std::clamp(request[u"limit"_s].toInt(fallback), 1, 100'000); }

/// What the request names; the rest stays. An option that is null goes.
void takeConfig(chat::AccountConfig& config, const QJsonObject& request)
{
    for (const auto& [key, text] : {std::pair(u"name"_s, &config.name), std::pair(u"user"_s, &config.user), std::pair(u"server"_s, &config.server)})
        if (request[key].isString())
            *text = request[key].toString();
    const QVariantMap options = request[u"options"_s].toObject().toVariantMap();
    for (auto it = options.cbegin(); it != options.cend(); ++it)
        it.value().isNull() ? void(config.options.remove(it.key())) : void(config.options.insert(it.key(), it.value()));
}

/// "password", and the fields of "secrets" for those that are called otherwise.
chat::Secrets secretsOf(const QJsonObject& request)
{
    chat::Secrets secrets;
    const QJsonObject named = request[u"secrets"_s].toObject();
    for (auto it = named.begin(); it != named.end(); ++it)
        secrets.insert(it.key(), it.value().toString());
    if (request[u"password"_s].isString())
        secrets.insert(u"password"_s, request[u"password"_s].toString());
    return secrets;
}

QJsonArray toArray(const QList<chat::Message>& messages)
{
    QJsonArray array;
    for (const chat::Message& message : messages)
        array.append(toJson(message));
    return array;
}

} // namespace

Headless::Headless(Workspace& workspace, std::function<void(const QByteArray&)> write, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_write(std::move(write))
{
    registerAccounts();
    registerChat();
    registerFiles();
    registerConsole();
    registerLedger();
    registerPalette();
    registerDrafts();
    registerEvents();
    m_handlers[u"quit"_s] = {{}, [this](const QJsonObject&, const QJsonValue& id) {
                                 reply(id);
                                 emit quitRequested();
                             }};
}

void Headless::handle(const QByteArray& line)
{
    if (line.trimmed().isEmpty())
        return;
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parsed);
    if (!document.isObject())
        return fail(QJsonValue::Null, {ErrorKind::Invalid, u"not a JSON object: "_s + parsed.errorString(), 0});
    const QJsonObject request = document.object();
    const QJsonValue id = request[u"id"_s];
    const QString name = request[u"do"_s].toString();
    const auto handler = m_handlers.constFind(name);
    if (handler == m_handlers.cend())
        return fail(id, {name.startsWith("pair."_L1) ? ErrorKind::Unsupported : ErrorKind::Invalid, u"unknown do '%1'"_s.arg(name), 0});
    for (const QString& field : handler->first)
        if (request[field].isUndefined() || request[field].isNull())
            return fail(id, {ErrorKind::Invalid, u"'%1' is missing"_s.arg(field), 0});
    handler->second(request, id);
}

void Headless::reply(const QJsonValue& id, QJsonObject fields)
{
    fields[u"re"_s] = id;
    fields[u"ok"_s] = true;
    m_write(QJsonDocument(fields).toJson(QJsonDocument::Compact));
}

void Headless::fail(const QJsonValue& id, const Error& error)
{
    m_write(QJsonDocument(QJsonObject{{u"re"_s, id.isUndefined() ? QJsonValue() : id}, {u"ok"_s, false}, {u"error"_s, toJson(error)}})
                .toJson(QJsonDocument::Compact));
}

void Headless::event(const QString& name, QJsonObject fields)
{
    fields[u"event"_s] = name;
    m_write(QJsonDocument(fields).toJson(QJsonDocument::Compact));
}

void Headless::registerAccounts()
{
    m_handlers[u"account.add"_s] = {{u"backend"_s, u"user"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                        chat::AccountConfig config;
                                        config.backend = request[u"backend"_s].toString();
                                        takeConfig(config, request);
                                        answer(m_workspace.addAccount(config, secretsOf(request)), id, [](const base::AccountId& account) {
                                            return QJsonObject{{u"account"_s, account.text()}};
                                        });
                                    }};
    m_handlers[u"account.update"_s] = {{u"account"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                           const Account* account = m_workspace.account(base::AccountId(request[u"account"_s].toString()));
                                           if (!account)
                                               return fail(id, {ErrorKind::NotFound, u"no such account"_s, 0});
                                           chat::AccountConfig config = account->config();
                                           takeConfig(config, request);
                                           answer(m_workspace.updateAccount(config, secretsOf(request)), id);
                                       }};
    m_handlers[u"account.remove"_s] = {{u"account"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                           answer(m_workspace.removeAccount(base::AccountId(request[u"account"_s].toString())), id);
                                       }};
    m_handlers[u"account.list"_s]
        = {{}, [this](const QJsonObject&, const QJsonValue& id) {
               QJsonArray accounts;
               for (Account* account : m_workspace.accounts())
                   accounts.append(QJsonObject{{u"account"_s, account->config().id.text()}, {u"backend"_s, account->config().backend},
                       {u"name"_s, account->config().name}, {u"user"_s, account->config().user},
                       {u"state"_s, chat::toString(account->backend().status().state)}});
               reply(id, {{u"accounts"_s, accounts}});
           }};
    const auto withAccount = [this](void (Account::*act)()) {
        return [this, act](const QJsonObject& request, const QJsonValue& id) {
            Account* account = m_workspace.account(base::AccountId(request[u"account"_s].toString()));
            if (!account)
                return fail(id, {ErrorKind::NotFound, u"no such account"_s, 0});
            (account->*act)();
            reply(id);
        };
    };
    m_handlers[u"account.connect"_s] = {{u"account"_s}, withAccount(&Account::connectNow)};
    m_handlers[u"account.disconnect"_s] = {{u"account"_s}, withAccount(&Account::disconnectNow)};
    m_handlers[u"account.away"_s] = {{u"account"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                         Account* account = m_workspace.account(base::AccountId(request[u"account"_s].toString()));
                                         chat::AwayFacet* away = account ? account->backend().facets().away : nullptr;
                                         if (!away)
                                             return fail(id, {ErrorKind::Unsupported, u"nobody can be told"_s, 0});
                                         away->setAway(request[u"text"_s].toString());
                                         reply(id);
                                     }};
    m_handlers[u"network"_s] = {{u"online"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                    m_workspace.setNetworkOnline(request[u"online"_s].toBool());
                                    reply(id);
                                }};
    m_handlers[u"stats"_s]
        = {{}, [this](const QJsonObject& request, const QJsonValue& id) {
               qint64 resident = 0;
               if (QFile statm(u"/proc/self/statm"_s); statm.open(QIODevice::ReadOnly))
                   resident = statm.readAll().split(' ').value(1).toLongLong() * 4096;
               const auto stalls = m_workspace.watchdog().counters();
               if (request[u"reset"_s].toBool())
                   m_workspace.watchdog().reset();
               reply(id,
                   {{u"eventLoop"_s, QJsonObject{{u"stalls"_s, stalls.stalls}, {u"longestMs"_s, double(stalls.longestNs) / 1e6}}},
                       {u"memory"_s, QJsonObject{{u"residentBytes"_s, resident}, {u"consoleBytes"_s, m_workspace.console().memoryBytes()}}},
                       {u"rows"_s,
                           QJsonObject{{u"conversations"_s, m_workspace.conversations().rowCount()},
                               {u"runs"_s, qint64(m_workspace.console().runs().size())}, {u"outbox"_s, m_workspace.outbox().items().size()}}}});
           }};
}

void Headless::registerChat()
{
    m_handlers[u"conversation.list"_s] = {
        {}, [this](const QJsonObject& request, const QJsonValue& id) {
            const QString wanted = request[u"account"_s].toString();
            QJsonArray conversations;
            for (int i = 0; i < m_workspace.conversations().rowCount(); ++i) {
                const model::ConversationRow& row = m_workspace.conversations().row(i);
                if (row.kind != model::ConversationRow::Kind::Conversation || (!wanted.isEmpty() && row.account.text() != wanted))
                    continue;
                QJsonObject object{{u"conversation"_s, row.conversation.id.text()}, {u"account"_s, row.account.text()},
                    {u"name"_s, row.conversation.name}, {u"kind"_s, row.conversation.kind == chat::ConversationKind::Room ? u"room"_s : u"direct"_s},
                    {u"unread"_s, row.unread}, {u"mentions"_s, row.mentions}};
                if (!row.conversation.environment.isEmpty())
                    object[u"environment"_s] = row.conversation.environment;
                conversations.append(object);
            }
            reply(id, {{u"conversations"_s, conversations}});
        }};
    m_handlers[u"conversation.join"_s]
        = {{u"account"_s, u"name"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               answer(m_workspace.join(base::AccountId(request[u"account"_s].toString()), request[u"name"_s].toString()), id,
                   [](const base::ConversationId& conversation) {
                       return QJsonObject{{u"conversation"_s, conversation.text()}};
                   });
           }};
    m_handlers[u"timeline"_s]
        = {{u"conversation"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               const auto conversation = conversationOf(request);
               const auto page = [this, id, conversation, limit = limitOf(request, 50), thread = base::MessageId(request[u"thread"_s].toString())](
                                     qint64 before) {
                   chat::MessageQuery query;
                   query.conversation = conversation;
                   query.thread = thread;
                   query.beforeOrder = before;
                   query.limit = limit;
                   answer(m_workspace.store().messages(query), id, [](const chat::MessagePage& found) {
                       QJsonArray gaps;
                       for (const chat::Gap& gap : found.gaps)
                           gaps.append(toJson(gap));
                       return QJsonObject{{u"messages"_s, toArray(found.messages)}, {u"gaps"_s, gaps}, {u"reachedEnd"_s, found.reachedEnd}};
                   });
               };
               if (request[u"before"_s].isString()) {
                   m_workspace.orderOf(conversation, base::MessageId(request[u"before"_s].toString()))
                       .then(this, [this, id, page](base::Expected<qint64> order) { order ? page(*order) : fail(id, order.error()); });
               } else {
                   page(request[u"before"_s].toInteger());
               }
           }};
    m_handlers[u"search"_s] = {{u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                   chat::SearchQuery query = chat::parseSearch(request[u"text"_s].toString(), QDate::currentDate());
                                   query.conversation = conversationOf(request);
                                   search(id, query, request[u"from"_s].toString().toLongLong(), limitOf(request, 50), {});
                               }};
    m_handlers[u"outbox"_s] = {{}, [this](const QJsonObject&, const QJsonValue& id) {
                                   QJsonArray items;
                                   for (const chat::OutboxItem& item : m_workspace.outbox().items())
                                       items.append(toJson(item));
                                   reply(id, {{u"items"_s, items}});
                               }};
    m_handlers[u"outbox.retry"_s] = {{u"txn"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                         answer(m_workspace.outbox().retry(base::TransactionId(request[u"txn"_s].toString())), id);
                                     }};
    m_handlers[u"outbox.discard"_s] = {{u"txn"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                           answer(m_workspace.outbox().discard(base::TransactionId(request[u"txn"_s].toString())), id);
                                       }};
}

/// Goes on until there are as many as were asked for: a script wants one answer.
void Headless::search(const QJsonValue& id, const chat::SearchQuery& query, qint64 from, int limit, const QJsonArray& before)
{
    m_workspace.store().search(query, from, limit - int(before.size())).then(this, [=, this](base::Expected<chat::SearchPage> page) {
        if (!page)
            return fail(id, page.error());
        QJsonArray messages = before;
        for (const chat::SearchHit& hit : page->hits)
            messages.append(toJson(hit.message));
        if (page->next != 0 && messages.size() < limit)
            return search(id, query, page->next, limit, messages);
        QJsonObject fields{{u"messages"_s, messages}};
        if (page->next != 0)
            fields[u"next"_s] = QString::number(page->next); // more than a JSON number keeps
        for (const auto& [name, list] : {std::pair(u"misunderstood"_s, query.misunderstood), std::pair(u"unknownPlaces"_s, page->unknownPlaces)})
            if (!list.isEmpty())
                fields[name] = QJsonArray::fromStringList(list);
        reply(id, fields);
    });
}

void Headless::registerEvents()
{
    connect(&m_workspace, &Workspace::accountStatusChanged, this, [this](const base::AccountId& id) {
        const Account* account = m_workspace.account(id);
        if (!account)
            return;
        const chat::ConnectionStatus status = account->status();
        event(u"connection"_s, {{u"account"_s, id.text()}, {u"state"_s, chat::toString(status.state)}, {u"detail"_s, status.error.detail}});
    });
    connect(&m_workspace, &Workspace::committed, this, [this](const base::AccountId&, const chat::SyncBatch& batch) {
        for (const chat::Event& happened : batch.events)
            if (const auto* change = std::get_if<chat::MessageChanged>(&happened))
                event(u"message"_s, toJson(change->message));
        for (const chat::Gap& gap : batch.gaps)
            event(u"gap"_s, {{u"conversation"_s, gap.conversation.text()}, {u"filled"_s, false}, {u"lost"_s, gap.lost}});
        for (const chat::GapChange& change : batch.gapChanges)
            if (!change.after || change.after->lost != change.before.lost) // one that only became smaller is no news
                event(u"gap"_s,
                    {{u"conversation"_s, change.before.conversation.text()}, {u"filled"_s, !change.after},
                        {u"lost"_s, change.after && change.after->lost}});
    });
    connect(&m_workspace, &Workspace::secretsNotKept, this, [this](const Error& why) {
        event(u"notice"_s, {{u"text"_s, u"secrets are kept for this run only: "_s + why.detail}});
    });
    connect(&m_workspace, &Workspace::failed, this, [this](const Error& error) {
        event(u"notice"_s, {{u"text"_s, base::toString(error.kind) + u": "_s + error.detail}});
    });
    connect(&m_workspace, &Workspace::hubKeptAside, this, [this](const QString& path) {
        event(u"notice"_s, {{u"text"_s, u"the hub's database was damaged and is kept as "_s + path}});
    });
    connect(&m_workspace.outbox(), &outbox::Outbox::changed, this, [this](const chat::OutboxItem& item) {
        QJsonObject fields{{u"txn"_s, item.transaction.text()}, {u"state"_s, chat::toString(item.state)}};
        if (item.why)
            fields[u"detail"_s] = base::toString(item.why->kind) + u": "_s + item.why->detail;
        event(u"outbox"_s, fields);
    });
    connect(&m_workspace.console(), &console::Console::changed, this, [this](const console::ConsoleChange& change) {
        const console::Run* run = m_workspace.console().find(change.run);
        if (!run)
            return;
        // Only what a script can act on: a new state or progress, not every growth of the output.
        const chat::RunReport& report = run->report;
        if (chat::isFinal(report.state) && run->receivedBytes < report.outputBytes)
            return; // the end is told when all of the output can be read
        const auto told = m_toldRuns.constFind(change.run);
        if (told != m_toldRuns.cend() && told->state == report.state && told->progress == report.progress && told->exitCode == report.exitCode)
            return;
        m_toldRuns[change.run] = report;
        QJsonObject fields{
            {u"run"_s, report.run.text()}, {u"state"_s, chat::toString(report.state)}, {u"lines"_s, run->lines ? run->lines->lineCount() : 0}};
        if (report.progress)
            fields[u"progress"_s] = toJson(*report.progress);
        if (report.exitCode)
            fields[u"exitCode"_s] = *report.exitCode;
        event(u"run"_s, fields);
    });
}

} // namespace ridealong::workspace
