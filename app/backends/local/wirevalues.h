// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"
#include "chat/message.h"
#include "chat/run.h"
#include "chat/syncbatch.h"
#include "local/wire.h"
#include "store/hubdatabase.h"

namespace ridealong::local {

// Values on the wire. Encoders write what decoders read; decoders put the given account into the ids and leave an error
// in the fields when something is wrong.

QCborMap encode(const chat::Message& message, const base::UserId& viewer);
chat::Message decodeMessage(Fields& fields, const base::AccountId& account);

QCborArray encode(const QList<chat::Attachment>& files);
QList<chat::Attachment> decodeFiles(Fields& fields); ///< "files"; missing: none

QCborMap encode(const store::HubConversation& conversation, const QString& nameForViewer);
struct WireConversation
{
    chat::Conversation conversation;
    QList<base::UserId> users; ///< with Direct: the two
};
WireConversation decodeConversation(Fields& fields, const base::AccountId& account);

QCborMap encode(const chat::Member& member);
chat::Member decodeMember(Fields& fields);

QCborMap encode(const chat::RunReport& report);
chat::RunReport decodeRun(Fields& fields, const base::AccountId& account);

QCborMap encode(const chat::CommandSpec& spec);
chat::CommandSpec decodeCommand(Fields& fields, const base::AccountId& account);

} // namespace ridealong::local
