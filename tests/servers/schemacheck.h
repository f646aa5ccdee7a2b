// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

namespace ridealong::tests {

/// What is wrong with the value by the JSON Schema (2020-12), with where; empty: nothing. It knows the keywords that
/// resources/schema/run-event.json uses, and a schema with another is wrong, too.
QString schemaOffence(const QJsonObject& schema, const QJsonValue& value, const QString& where = QStringLiteral("$"));

} // namespace ridealong::tests
