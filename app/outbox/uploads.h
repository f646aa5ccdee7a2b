// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "chat/outboxitem.h"

#include <QPointer>

#include <map>

namespace ridealong::outbox {

/// Brings the files of messages to the server before the messages are sent, one file of a message after the other.
class Uploads : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~Uploads() override;

    static bool isNeeded(const chat::OutboxItem& item);

    /// Brings what is not there yet. Ends with `ended`, never before it returns.
    void start(chat::Backend& backend, const chat::OutboxItem& item);
    bool isRunning(const base::TransactionId& transaction) const { return m_running.contains(transaction); }
    /// Nothing is told of it any more.
    void cancel(const base::TransactionId& transaction);

signals:
    /// Of all files of the message together.
    void progressed(const ridealong::base::TransactionId& transaction, qint64 bytes, qint64 total);
    /// With an id for every file. Errors: those of FileFacet::upload, Unsupported.
    void ended(const ridealong::base::TransactionId& transaction, const ridealong::base::Expected<QList<ridealong::chat::Attachment>>& files);

private:
    struct Running
    {
        QPointer<chat::Backend> backend;
        chat::OutboxItem item;
        std::unique_ptr<chat::Transfer> transfer;
    };

    void next(const base::TransactionId& transaction);
    void end(const base::TransactionId& transaction, const base::Expected<QList<chat::Attachment>>& files);

    std::map<base::TransactionId, Running> m_running;
};

} // namespace ridealong::outbox
