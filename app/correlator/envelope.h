// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/run.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace ridealong::correlator {

inline constexpr qsizetype kMaxEnvelopeBytes = 64 * 1024;
inline constexpr int kMaxEnvelopeDepth = 16;
inline constexpr qsizetype kMaxEnvelopeText = 4000; ///< characters of any text in it that we keep

/// What a bot tells of a run beside its words: a CloudEvent of resources/schema/run-event.json, or a trailer in the text. Whether it may
/// be believed the correlator decides: this only says that it is well made.
struct Envelope
{
    enum class Kind { Queued, Started, Output, Progress, Approval, Finished };
    Kind kind = Kind::Output;
    QString run; ///< the bot's own id of it
    QString task;
    qint64 sequence = -1; ///< −1: a trailer has none
    QString causeMessage, causeUser, causeRoom, causeCommand; ///< what it claims to answer
    QString environment;
    bool dryRun = false;
    QString url; ///< http(s) only
    QString displayId; ///< output with the same one is replaced when `update` is set
    bool update = false;
    QString table; ///< what it carries as one, see bundletable.h; empty: nothing
    std::optional<chat::Progress> progress;
    QString approval; ///< "pending", "approved", "denied", "expired"; empty: none
    QStringList groups; ///< who may approve; empty: who gave the command
    QStringList replies; ///< what to say then: the first approves, the second denies
    std::optional<chat::RunState> outcome;
    std::optional<int> exitCode;
    qint64 durationMs = -1;
    QString errors;

    bool operator==(const Envelope&) const = default;
};

/// Errors: Invalid, with the field that is wrong. Unknown fields are no error, an unknown type is.
base::Expected<Envelope> readEnvelope(const QByteArray& json);

/// "[run:8b9a0b45 migrate.start success exit=0 12.3s env=prod]" as the last line of a text; `textEnd` is where the text before it ends.
struct Trailer
{
    Envelope envelope;
    qsizetype textEnd = 0;
};
std::optional<Trailer> trailerOf(const QString& text);

} // namespace ridealong::correlator
