// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "chat/credentials.h"

#include <QVariantMap>

#include <functional>
#include <vector>

namespace ridealong::chat {

/// What the user filled in to add an account.
struct AccountConfig
{
    base::AccountId id;
    QString backend; ///< Descriptor::id
    QString name;
    QString user;
    QString server; ///< URL, host:port or path, as the backend wants it; empty: its default
    QVariantMap options;
};

struct CredentialField
{
    enum class Kind { Text, Secret, Choice, Flag, File };
    QString key; ///< "user", "server", "password", or a key of options
    Kind kind = Kind::Text;
    bool required = false;
    QStringList choices;
    QString defaultValue;
};

/// What was found at an address, before anybody signs in.
struct Discovery
{
    AccountConfig config; ///< as given, completed by what was found: server, options
    QList<CredentialField> fields; ///< what is still to be asked, in this order; values already in `config` are proposals
    QString detail; ///< technical: "TestNet, irc.test.local:6697, TLS 1.3, SASL PLAIN EXTERNAL"
    std::optional<base::CertificateProblem> certificate; ///< nothing is sent there until an exception is made
};

/// One kind of backend: a folder and this line in the registry.
struct BackendDescriptor
{
    QString id; ///< "local", "irc" …
    QList<CredentialField> fields; ///< all it knows, with its defaults; the accounts dialog is drawn from them
    /// The credentials outlive the backend. A field that was never filled in is answered at once, without asking the keychain.
    std::function<std::unique_ptr<Backend>(const AccountConfig&, Credentials&)> create;
    /// Looks what is at `config.server`. Null: there is nothing to look up, all fields are asked at once.
    std::function<base::Async<Discovery>(const AccountConfig&)> discover;
};

class BackendRegistry
{
public:
    void add(BackendDescriptor descriptor) { m_descriptors.push_back(std::move(descriptor)); }
    const std::vector<BackendDescriptor>& descriptors() const { return m_descriptors; }
    const BackendDescriptor* find(QStringView id) const
    {
        for (const auto& descriptor : m_descriptors)
            if (descriptor.id == id)
                return &descriptor;
        return nullptr;
    }

private:
    std::vector<BackendDescriptor> m_descriptors;
};

} // namespace ridealong::chat
