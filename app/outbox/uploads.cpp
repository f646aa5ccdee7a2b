// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "outbox/uploads.h"

namespace ridealong::outbox {

using namespace Qt::StringLiterals;

Uploads::~Uploads() = default;

bool Uploads::isNeeded(const chat::OutboxItem& item)
{
    return std::any_of(item.attachments.cbegin(), item.attachments.cend(), [](const chat::Attachment& file) { return file.id.isEmpty(); });
}

void Uploads::start(chat::Backend& backend, const chat::OutboxItem& item)
{
    m_running[item.transaction] = {&backend, item, nullptr};
    QMetaObject::invokeMethod(
        this, [this, transaction = item.transaction] { next(transaction); }, Qt::QueuedConnection);
}

void Uploads::cancel(const base::TransactionId& transaction) { m_running.erase(transaction); }

void Uploads::next(const base::TransactionId& transaction)
{
    const auto at = m_running.find(transaction);
    if (at == m_running.end())
        return;
    Running& running = at->second;
    QList<chat::Attachment>& files = running.item.attachments;
    const auto file = std::find_if(files.begin(), files.end(), [](const chat::Attachment& one) { return one.id.isEmpty(); });
    if (file == files.end())
        return end(transaction, files);
    chat::FileFacet* facet = running.backend ? running.backend->facets().files : nullptr;
    if (!facet)
        return end(transaction, base::Error{base::ErrorKind::Unsupported, u"this server takes no files"_s, 0});
    qint64 before = 0;
    qint64 total = 0;
    for (const chat::Attachment& one : std::as_const(files)) {
        before += one.id.isEmpty() ? 0 : std::max<qint64>(0, one.bytes);
        total += std::max<qint64>(0, one.bytes);
    }
    running.transfer = facet->upload(running.item.conversation, *file);
    connect(running.transfer.get(), &chat::Transfer::progressed, this,
        [this, transaction, before, total](qint64 bytes, qint64) { emit progressed(transaction, before + bytes, total); });
    connect(running.transfer.get(), &chat::Transfer::ended, this,
        [this, transaction, index = file - files.begin()](const base::Expected<chat::Attachment>& result) {
            const auto ended = m_running.find(transaction);
            if (ended == m_running.end())
                return;
            ended->second.transfer.release()->deleteLater(); // it is its signal that brought us here
            if (!result)
                return end(transaction, result.error());
            chat::Attachment& uploaded = ended->second.item.attachments[index];
            const QString path = uploaded.path;
            uploaded = *result;
            uploaded.path = path; // until the message is sent, for sending it again
            next(transaction);
        });
}

void Uploads::end(const base::TransactionId& transaction, const base::Expected<QList<chat::Attachment>>& files)
{
    const base::Expected<QList<chat::Attachment>> result = files; // it may lie in what goes away now
    m_running.erase(transaction);
    emit ended(transaction, result);
}

} // namespace ridealong::outbox
