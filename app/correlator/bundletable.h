// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

namespace ridealong::correlator {

/// A table that an envelope carries beside its message (application/vnd.dataresource+json: Frictionless' tabular data resource, rows as objects
/// or lists) as comma-separated values, the heading first. Empty: it is none, or over a limit; then the message's own words stand.
QString tableText(const QJsonObject& resource);
inline constexpr qsizetype kMaxTableFields = 200;
inline constexpr qsizetype kMaxTableRecords = 10'000;

} // namespace ridealong::correlator
