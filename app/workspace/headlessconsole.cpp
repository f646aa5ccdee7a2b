// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The headless client's console, palette and drafts.
#include "palette/form.h"
#include "store/profilestore.h"
#include "workspace/headless.h"
#include "workspace/json.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

QString lineText(const console::LineStore& lines, qint64 index)
{
    return index < lines.committedCount() ? QString::fromUtf8(lines.line(index).text) : QString::fromUtf8(lines.tailLine(index).text);
}

} // namespace

void Headless::registerConsole()
{
    m_handlers[u"run"_s] = {{u"conversation"_s, u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                answer(m_workspace.run(conversationOf(request), request[u"text"_s].toString()), id, [](const base::RunId& run) {
                                    return QJsonObject{{u"run"_s, run.text()}};
                                });
                            }};
    m_handlers[u"run.cancel"_s] = {{u"run"_s},
        [this](const QJsonObject& request, const QJsonValue& id) { answer(m_workspace.cancelRun(base::RunId(request[u"run"_s].toString())), id); }};
    m_handlers[u"run.decide"_s] = {{u"run"_s, u"approve"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                       answer(m_workspace.decideRun(base::RunId(request[u"run"_s].toString()), request[u"approve"_s].toBool()), id);
                                   }};
    m_handlers[u"console"_s] = {{}, [this](const QJsonObject& request, const QJsonValue& id) {
                                    const QString conversation = request[u"conversation"_s].toString();
                                    const QString state = request[u"state"_s].toString();
                                    if (!state.isEmpty() && !chat::runStateFromString(state))
                                        return fail(id, {ErrorKind::Invalid, u"no run state '%1'"_s.arg(state), 0});
                                    QJsonArray runs;
                                    for (const base::RunId& run : m_workspace.console().runs()) {
                                        const console::Run* known = m_workspace.console().find(run);
                                        if ((conversation.isEmpty() || known->report.conversation.text() == conversation)
                                            && (state.isEmpty() || chat::toString(known->report.state) == state))
                                            runs.append(toJson(*known));
                                    }
                                    reply(id, {{u"runs"_s, runs}});
                                }};
    m_handlers[u"console.lines"_s] = {{u"run"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                          const console::Run* run = m_workspace.console().find(base::RunId(request[u"run"_s].toString()));
                                          if (!run)
                                              return fail(id, {ErrorKind::NotFound, u"no such run"_s, 0});
                                          const qint64 total = run->lines ? run->lines->lineCount() : 0;
                                          const qint64 from = std::clamp<qint64>(request[u"from"_s].toInteger(0), 0, total);
                                          const qint64 count
                                              = std::clamp<qint64>(request[u"count"_s].toInteger(1000), 0, std::min<qint64>(total - from, 100'000));
                                          QJsonArray lines;
                                          for (qint64 i = from; i < from + count; ++i)
                                              lines.append(lineText(*run->lines, i));
                                          reply(id, {{u"lines"_s, lines}, {u"total"_s, total}});
                                      }};
    m_handlers[u"console.search"_s] = {{u"pattern"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                           console::Console::SearchQuery query;
                                           query.pattern = request[u"pattern"_s].toString();
                                           query.regex = request[u"regex"_s].toBool();
                                           query.ignoreCase = request[u"ignoreCase"_s].toBool(true);
                                           query.wholeWord = request[u"wholeWord"_s].toBool();
                                           if (const base::RunId run(request[u"run"_s].toString()); !run.isEmpty())
                                               query.runs = {run};
                                           query.limit = std::clamp(request[u"limit"_s].toInt(1000), 1, 100'000);
                                           answer(m_workspace.console().search(query), id, [](const console::Console::SearchResult& result) {
                                               QJsonArray hits;
                                               for (const auto& hit : result.hits)
                                                   hits.append(QJsonObject{{u"run"_s, hit.run.text()}, {u"line"_s, hit.line}, {u"column"_s, hit.byte},
                                                       {u"length"_s, hit.byteLength}});
                                               return QJsonObject{{u"hits"_s, hits}, {u"total"_s, result.total}};
                                           });
                                       }};
}

void Headless::registerPalette()
{
    m_handlers[u"palette"_s] = {{u"query"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                    QJsonArray commands;
                                    const int limit = std::clamp(request[u"limit"_s].toInt(20), 1, 10'000);
                                    for (const palette::Candidate& candidate :
                                        m_workspace.palette().query(request[u"query"_s].toString(), conversationOf(request).account(), limit))
                                        commands.append(toJson(candidate));
                                    reply(id, {{u"commands"_s, commands}});
                                }};
    m_handlers[u"palette.refresh"_s]
        = {{u"conversation"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               answer(m_workspace.refreshCommands(conversationOf(request)), id, [](int count) { return QJsonObject{{u"count"_s, count}}; });
           }};
    m_handlers[u"palette.compose"_s] = {{u"command"_s, u"bot"_s, u"arguments"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                            const chat::CommandSpec* spec = m_workspace.palette().find(
                                                base::UserId(request[u"bot"_s].toString()), request[u"command"_s].toString());
                                            if (!spec)
                                                return fail(id, {ErrorKind::NotFound, u"no such command"_s, 0});
                                            palette::Values values;
                                            const QJsonObject arguments = request[u"arguments"_s].toObject();
                                            for (auto it = arguments.begin(); it != arguments.end(); ++it) {
                                                if (it->isBool() && !it->toBool())
                                                    continue;
                                                values[it.key()] = it->toVariant().toString();
                                            }
                                            const palette::Composed composed = palette::compose(*spec, values);
                                            reply(id, {{u"text"_s, composed.text}, {u"problems"_s, toJson(composed.problems)}});
                                        }};
}

void Headless::registerDrafts()
{
    m_handlers[u"draft.add"_s]
        = {{u"conversation"_s, u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               chat::Draft draft;
               draft.conversation = conversationOf(request);
               draft.text = request[u"text"_s].toString();
               Account* owner = m_workspace.accountOf(draft.conversation);
               if (!owner || !owner->conversation(draft.conversation))
                   return fail(id, {ErrorKind::NotFound, u"no such conversation"_s, 0});
               draft.kind = m_workspace.kindOf(draft.conversation, draft.text);
               draft.orderWhenWritten = owner->read(draft.conversation).newest;
               answer(m_workspace.drafts().put(draft), id, [](const base::DraftId& added) { return QJsonObject{{u"draft"_s, added.text()}}; });
           }};
    m_handlers[u"draft.update"_s]
        = {{u"draft"_s, u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               const chat::Draft* known = m_workspace.drafts().find(base::DraftId(request[u"draft"_s].toString()));
               if (!known)
                   return fail(id, {ErrorKind::NotFound, u"no such draft"_s, 0});
               chat::Draft draft = *known;
               draft.text = request[u"text"_s].toString();
               draft.kind = m_workspace.kindOf(draft.conversation, draft.text);
               answer(m_workspace.drafts().put(draft), id, [](const base::DraftId& updated) { return QJsonObject{{u"draft"_s, updated.text()}}; });
           }};
    m_handlers[u"draft.discard"_s]
        = {{u"draft"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               const QString draft = request[u"draft"_s].toString();
               answer(m_workspace.drafts().remove(base::DraftId(draft)), id, [draft](const base::Done&) { return QJsonObject{{u"draft"_s, draft}}; });
           }};
    m_handlers[u"draft.send"_s] = {{u"draft"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                       answer(m_workspace.sendDraft(base::DraftId(request[u"draft"_s].toString()), request[u"confirm"_s].toBool()),
                                           id, [](const base::TransactionId& transaction) {
                                               return QJsonObject{{u"txn"_s, transaction.text()}};
                                           });
                                   }};
    m_handlers[u"draft.list"_s] = {{}, [this](const QJsonObject&, const QJsonValue& id) {
                                       // How much was said since is asked of the store, one question a draft; the reply goes out with the last
                                       // answer.
                                       const QList<chat::Draft> drafts = m_workspace.drafts().drafts();
                                       if (drafts.isEmpty())
                                           return reply(id, {{u"drafts"_s, QJsonArray()}});
                                       auto objects = std::make_shared<QList<QJsonObject>>(drafts.size());
                                       auto open = std::make_shared<qsizetype>(drafts.size());
                                       for (qsizetype i = 0; i < drafts.size(); ++i) {
                                           const chat::Draft& draft = drafts[i];
                                           const chat::CommandSpec* spec = m_workspace.specOf(draft.conversation, draft.text);
                                           (*objects)[i] = {{u"draft"_s, draft.id.text()}, {u"conversation"_s, draft.conversation.text()},
                                               {u"text"_s, draft.text}, {u"kind"_s, chat::toString(draft.kind)}, {u"writtenAt"_s, draft.writtenAtMs},
                                               {u"problems"_s, spec ? toJson(palette::parse(*spec, draft.text).problems) : QJsonArray()}};
                                           m_workspace.newerMessages(draft).then(this, [this, id, i, objects, open](base::Expected<int> newer) {
                                               (*objects)[i][u"newerMessages"_s] = newer.valueOr(0);
                                               if (--*open > 0)
                                                   return;
                                               QJsonArray array;
                                               for (const QJsonObject& object : std::as_const(*objects))
                                                   array.append(object);
                                               reply(id, {{u"drafts"_s, array}});
                                           });
                                       }
                                   }};
    m_handlers[u"console.draft"_s] = {{u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                          m_workspace.settings().setValue(settings::Key::ConsoleDraft, request[u"text"_s].toString());
                                          reply(id);
                                      }};
}

} // namespace ridealong::workspace
