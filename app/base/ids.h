// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QMetaType>
#include <QString>

#include <compare>

namespace ridealong::base {

/// A string that cannot be mistaken for another kind of id. Empty means "none".
template <typename Tag> class Id
{
public:
    Id() = default;
    explicit Id(QString text) : m_text(std::move(text)) {}

    const QString& text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    explicit operator bool() const { return !isEmpty(); }

    friend bool operator==(const Id& a, const Id& b) { return a.m_text == b.m_text; }
    friend bool operator<(const Id& a, const Id& b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Id& id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    QString m_text;
};

using AccountId = Id<struct AccountTag>; ///< ours, made when the account is added; letters, digits, '-'
using UserId = Id<struct UserTag>; ///< the backend's name of a person or bot, unique within an account
using MessageId = Id<struct MessageTag>; ///< the server's, unique within a conversation
using RunId = Id<struct RunTag>; ///< the bot's or ours, unique within an account
using TransactionId = Id<struct TransactionTag>; ///< ours, 128 random bits as 22 characters of base64url; never reused
using DraftId = Id<struct DraftTag>; ///< ours
using FileId = Id<struct FileTag>; ///< the server's, unique within an account

/// A room, channel or direct chat: which account, and the backend's own key there.
class ConversationId
{
public:
    ConversationId() = default;
    ConversationId(AccountId account, QString key) : m_account(std::move(account)), m_key(std::move(key)) {}

    const AccountId& account() const { return m_account; }
    const QString& key() const { return m_key; }
    bool isEmpty() const { return m_account.isEmpty(); }

    /// "ACCOUNT/KEY"; an account id has no '/', so it parses back whatever the key holds.
    QString text() const { return m_account.text() + u'/' + m_key; }
    static ConversationId fromText(const QString& text)
    {
        const auto slash = text.indexOf(u'/');
        return slash > 0 ? ConversationId(AccountId(text.left(slash)), text.mid(slash + 1)) : ConversationId();
    }

    friend bool operator==(const ConversationId&, const ConversationId&) = default;
    friend bool operator<(const ConversationId& a, const ConversationId& b)
    {
        return a.m_account == b.m_account ? a.m_key < b.m_key : a.m_account < b.m_account;
    }
    friend size_t qHash(const ConversationId& id, size_t seed = 0) { return qHashMulti(seed, id.m_account, id.m_key); }

private:
    AccountId m_account;
    QString m_key;
};

} // namespace ridealong::base
