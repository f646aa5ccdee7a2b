// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/history.h"
#include "chat/outboxitem.h"
#include "console/console.h"
#include "palette/form.h"
#include "palette/palette.h"

#include <QJsonArray>
#include <QJsonObject>

namespace ridealong::workspace {

// The values of headless.md, one function each.
QJsonObject toJson(const base::Error& error);
QJsonObject toJson(const chat::Attachment& file);
QJsonObject toJson(const chat::Message& message);
QJsonObject toJson(const chat::Gap& gap);
QJsonObject toJson(const chat::OutboxItem& item);
QJsonObject toJson(const chat::Progress& progress);
QJsonObject toJson(const console::Run& run);
QJsonObject toJson(const palette::Candidate& candidate);
QJsonArray toJson(const QList<palette::Problem>& problems);

base::ConversationId conversationOf(const QJsonObject& request);

} // namespace ridealong::workspace
