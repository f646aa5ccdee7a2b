// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"
#include "chat/message.h"

namespace ridealong::store {

// Lists of values that are stored as one column, because they are always read and written together.
QString toColumn(const QList<chat::Reaction>& reactions);
QList<chat::Reaction> reactionsFromColumn(const QString& column);
QString toColumn(const QList<chat::Attachment>& attachments);
QList<chat::Attachment> attachmentsFromColumn(const QString& column);
QString toColumn(const QList<chat::Member>& members);
QList<chat::Member> membersFromColumn(const QString& column);
/// Account and bot are the row's key and not in it.
QString toColumn(const QList<chat::CommandSpec>& specs);
QList<chat::CommandSpec> specsFromColumn(const QString& column, const base::AccountId& account, const base::UserId& bot);

} // namespace ridealong::store
