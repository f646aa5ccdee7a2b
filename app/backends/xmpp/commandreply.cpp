// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/commandreply.h"

#include "xmpp/conditions.h"
#include "xmpp/dataform.h"
#include "xmpp/namespaces.h"

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::CommandAction;
using chat::CommandNote;
using chat::CommandStage;

struct ActionRow
{
    QStringView name;
    CommandAction action;
};
constexpr ActionRow kActions[] = {{u"prev", CommandAction::Previous}, {u"next", CommandAction::Next}, {u"complete", CommandAction::Complete}};

// Those after which the same stage may be answered otherwise. After all others nobody knows of it any more, or there is no use in it.
constexpr QStringView kMendable[]
    = {u"bad-request", u"conflict", u"jid-malformed", u"not-acceptable", u"not-allowed", u"policy-violation", u"resource-constraint"};

void readNotes(const Element& command, CommandStage& stage)
{
    for (const Element* note : command.children(u"note", ns::kCommands)) {
        const QString type = note->attribute(u"type"), text = note->text().trimmed();
        if (text.isEmpty())
            continue;
        if (stage.notes.size() >= kMaxNotes)
            return;
        using Severity = CommandNote::Severity;
        const Severity severity = type == "error"_L1 ? Severity::Error : type == "warn"_L1 ? Severity::Warning : Severity::Info;
        stage.notes.append({severity, text.left(kMaxNoteChars)});
    }
}

base::Status readPayload(const Element& command, CommandStage& stage)
{
    bool hasForm = false;
    for (const Element* x : command.children(u"x", ns::kDataForm)) {
        const bool isResult = x->attribute(u"type") == "result"_L1;
        if (isResult && stage.table.isEmpty())
            stage.table = readTable(*x);
        // A form to answer goes before a result to read.
        if (hasForm || (isResult && !stage.form.isEmpty()))
            continue;
        auto form = readForm(*x);
        if (!form)
            return form.error();
        if (isResult && !stage.table.isEmpty())
            form->title.clear(); // the table's
        form->isResult = isResult || stage.isOver; // ejabberd tells results by forms that nobody can answer
        stage.form = std::move(*form);
        hasForm = !isResult;
    }
    return base::Done{};
}

/// XEP-0050 §3.4: without a word about actions there is one step, the last; "execute" names the default, which is "next" unless said.
void readActions(const Element& command, CommandStage& stage)
{
    const Element* actions = command.find(u"actions", ns::kCommands);
    std::optional<CommandAction> wanted;
    for (const ActionRow& row : kActions) {
        if (!actions)
            break;
        if (actions->has(row.name, ns::kCommands))
            stage.actions |= row.action;
        if (actions->attribute(u"execute") == row.name)
            wanted = row.action;
    }
    if (wanted)
        stage.actions |= *wanted;
    if (!(stage.actions & (CommandAction::Next | CommandAction::Complete)))
        stage.actions |= CommandAction::Complete;
    if (!wanted || *wanted == CommandAction::Previous)
        wanted = stage.actions & CommandAction::Next ? CommandAction::Next : CommandAction::Complete;
    stage.defaultAction = *wanted;
}

} // namespace

base::Expected<CommandReply> readCommandReply(const Element& iq)
{
    const Element* command = iq.find(u"command", ns::kCommands);
    const QString status = command ? command->attribute(u"status") : QString();
    if (status != "executing"_L1 && status != "completed"_L1 && status != "canceled"_L1)
        return Error{ErrorKind::Protocol, command ? u"a command of an unknown status"_s : u"an answer without a command"_s, 0};
    CommandReply reply;
    reply.session = command->attribute(u"sessionid");
    if (reply.session.size() > kMaxSessionIdChars)
        return Error{ErrorKind::Protocol, u"the name of a session is too long"_s, 0};
    reply.stage.isOver = status != "executing"_L1;
    reply.stage.isCancelled = status == "canceled"_L1;
    readNotes(*command, reply.stage);
    if (const auto read = readPayload(*command, reply.stage); !read)
        return read.error();
    if (!reply.stage.isOver)
        readActions(*command, reply.stage);
    return reply;
}

CommandRefusal readCommandRefusal(const Element& iq)
{
    CommandRefusal refusal{stanzaError(iq), true};
    const QString condition = stanzaCondition(iq);
    QString own; // of commands, beside the general one (§4.5)
    if (const Element* error = iq.find(u"error", ns::kClient))
        for (const Element* child : error->children())
            if (child->xmlns() == ns::kCommands)
                own = child->name();
    const bool isLost = own == "session-expired"_L1 || own == "bad-sessionid"_L1;
    if (!own.isEmpty())
        refusal.error.detail = own.left(kMaxFormKeyChars) + u": "_s + refusal.error.detail;
    if (isLost)
        refusal.error.kind = ErrorKind::NotFound;
    refusal.isOver = isLost || std::find(std::begin(kMendable), std::end(kMendable), condition) == std::end(kMendable);
    return refusal;
}

} // namespace ridealong::xmpp
