// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::kit {

/// How long something took or has taken so far: "0.4 s", "48 s", "41:07", "2:03:09". Never negative.
QString elapsedText(qint64 milliseconds);
/// About how long: "2 s", "41 min", "3 h", "2 days".
QString aboutText(qint64 milliseconds);
/// How long ago: "just now", "41 min ago", "yesterday", "5 days ago".
QString agoText(qint64 milliseconds);
/// "512 bytes", "1.5 KiB", "64 MiB".
QString bytesText(qint64 bytes);

} // namespace ridealong::kit
