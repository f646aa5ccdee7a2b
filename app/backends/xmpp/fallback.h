// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"

namespace ridealong::xmpp {

inline constexpr int kMaxFallbackRanges = 20; ///< of a message; more are not looked at

/// The body for people to read: the one without a language, else the first. Cut at kMaxTextChars.
QString bodyOf(const Element& message);
/// Without what stands in it only for clients that do not know the extensions `features` (XEP-0428). Ranges count code points; one that
/// makes no sense is not there.
QString withoutFallback(const Element& message, const QString& body, const QList<QStringView>& features);
/// Marks a part of a body for others, in code points.
Element fallbackMark(QStringView feature, qsizetype from, qsizetype end);
qsizetype codePoints(QStringView text);

} // namespace ridealong::xmpp
