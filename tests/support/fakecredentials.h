// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/credentials.h"

#include <QHash>

namespace ridealong::tests {

/// Secrets that a test knows, by field.
class FakeCredentials final : public chat::Credentials
{
public:
    QHash<QString, QString> secrets;
    base::Async<QString> secret(const QString& field) override { return base::Async<QString>::ready(base::Expected<QString>(secrets.value(field))); }
};

} // namespace ridealong::tests
