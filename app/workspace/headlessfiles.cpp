// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Sending, with files or without, and fetching them.
#include "store/profilestore.h"
#include "workspace/headless.h"
#include "workspace/json.h"

namespace ridealong::workspace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

void Headless::registerFiles()
{
    m_handlers[u"send"_s] = {{u"conversation"_s, u"text"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
                                 QStringList paths;
                                 for (const QJsonValue& path : request[u"files"_s].toArray())
                                     paths += path.toString();
                                 if (paths.size() > chat::kMaxAttachments)
                                     return fail(id, {ErrorKind::Invalid, u"more than %1 files"_s.arg(chat::kMaxAttachments), 0});
                                 sendWith(request, id, paths, {});
                             }};
    m_handlers[u"file.save"_s]
        = {{u"conversation"_s, u"message"_s, u"path"_s}, [this](const QJsonObject& request, const QJsonValue& id) {
               const base::ConversationId conversation = conversationOf(request);
               const base::FileId wanted(request[u"file"_s].toString());
               m_workspace.store()
                   .message(conversation, base::MessageId(request[u"message"_s].toString()))
                   .then(this, [this, id, conversation, wanted, path = request[u"path"_s].toString()](base::Expected<QList<chat::Message>> found) {
                       if (!found)
                           return fail(id, found.error());
                       for (const chat::Message& message : std::as_const(*found))
                           for (const chat::Attachment& file : message.attachments)
                               if (wanted.isEmpty() || file.id == wanted) // without a name: the first
                                   return answer(m_workspace.saveFile(conversation, file, path), id);
                       fail(id, {ErrorKind::NotFound, u"no such file in that message"_s, 0});
                   });
           }};
}

/// One file after the other, then the message.
void Headless::sendWith(const QJsonObject& request, const QJsonValue& id, QStringList paths, const QList<chat::Attachment>& attached)
{
    const base::ConversationId conversation = conversationOf(request);
    if (paths.isEmpty())
        return answer(m_workspace.send(conversation, request[u"text"_s].toString(), base::MessageId(request[u"thread"_s].toString()),
                          base::MessageId(request[u"replyTo"_s].toString()), attached),
            id, [](const base::TransactionId& transaction) {
                return QJsonObject{{u"txn"_s, transaction.text()}};
            });
    const QString path = paths.takeFirst();
    m_workspace.attachFile(conversation, path).then(this, [this, request, id, paths, attached](const base::Expected<chat::Attachment>& file) {
        if (!file)
            return fail(id, file.error());
        sendWith(request, id, paths, attached + QList{*file});
    });
}

} // namespace ridealong::workspace
