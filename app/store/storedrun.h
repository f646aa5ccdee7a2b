// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/ledger.h"

#include <QByteArray>

namespace ridealong::store {

/// One message of a run's output.
struct StoredPart
{
    base::MessageId message;
    QString text;
    qint64 timeMs = 0;
    qint64 order = 0;
    bool isCut = false;
    int evidence = 0;
    int confidence = 100;
};

struct StoredRun
{
    chat::RunRecord record;
    QByteArray rest; ///< what else is known of it; opaque to the store (JSON)
    QList<StoredPart> parts; ///< empty for a run whose bot keeps its output
};

/// So long the words of a run are kept with it; the run itself stays.
inline constexpr qint64 kKeepPartsMs = qint64(90) * 24 * 3'600'000;

} // namespace ridealong::store
