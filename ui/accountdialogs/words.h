// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backendregistry.h"

namespace ridealong::accountdialogs {

// The one place that knows what the descriptors' ids and keys are called. One that is not here is shown as it is written.

struct KindWords
{
    QString name; ///< "IRC"
    QString says; ///< one sentence for somebody who chooses
    QString addressLabel; ///< of what is asked for first
    QString addressHint; ///< an example of an address
    QString addressSays; ///< below it
    QString icon;
};
KindWords kindWords(const QString& kind);

struct FieldWords
{
    QString label;
    QString hint; ///< below the field, may be empty
    QString placeholder;
    bool rare = false; ///< folds under "More"
};
FieldWords fieldWords(const QString& kind, const QString& key);
QString choiceWord(const QString& key, const QString& choice);

/// "irc.example.org" of "irc.example.org:6697" or of an address with a scheme.
QString hostOf(const QString& server);

/// Why looking at an address failed, and what to do.
QString discoveryProblem(const QString& kind, const QString& address, const base::Error& error);
/// Why an account does not connect, and what to do.
QString connectionProblem(const base::Error& error);
/// Why an account could not be stored.
QString savingProblem(const QString& kind, const base::Error& error);
/// "connected", "connecting …", "trying again in 12 s", "cannot connect", "offline".
QString connectionWords(const chat::ConnectionStatus& status, qint64 nowMs);

/// With a capital letter in front.
QString sentence(const QString& words);

/// What failed, in a sentence, of one of CertificateProblem::reasons.
QString certificateReason(const QString& reason, const base::CertificateProblem& problem);
/// "A1B2 C3D4 …": groups of four, eight a line.
QString fingerprintGroups(const QByteArray& sha256);

} // namespace ridealong::accountdialogs
