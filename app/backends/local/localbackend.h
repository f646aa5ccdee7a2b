// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "local/hub.h"

namespace ridealong::local {

/// Makes the hub when this process becomes it; the composition root adds the bots there.
using HubFactory = std::function<std::unique_ptr<Hub>(const QString& socketPath)>;

/// The Local workspace. On every attempt to connect it first tries to become the hub (the lock decides), else it joins the
/// one that is; when that one's process dies, whoever comes first takes over and the others reconnect.
class LocalBackend : public chat::Backend
{
    Q_OBJECT
public:
    LocalBackend(base::AccountId account, QString user, QString socketPath, HubFactory makeHub, base::Clock& clock, QObject* parent = nullptr);
    ~LocalBackend() override;

    void start(const QByteArray& cursor) override;
    void stop() override;
    chat::ConnectionStatus status() const override;
    chat::Member self() const override;
    chat::Limits limits() const override;
    chat::Facets facets() override;
    base::Async<chat::SendResult> send(const chat::Outgoing& outgoing) override;
    base::Async<chat::VerifyResult> verify(const base::ConversationId&, const base::TransactionId&) override;

    /// The user's own hub: among the application's data, which outlive the session (the runtime directory does not).
    static QString defaultSocketPath();

signals:
    /// This process became the hub, and this is how its database came up.
    void hubOpened(const ridealong::store::OpenReport& report);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::local
