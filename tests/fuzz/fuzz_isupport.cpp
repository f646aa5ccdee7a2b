// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Tokens of 005, one line of input for each 005. The laws: signs and modes match, numbers are in range, folding twice is folding.
#include "irc/isupport.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong::irc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    Isupport isupport;
    for (const QString& line : text.split(u'\n'))
        isupport.take(line.split(u' '));
    const QString modes = isupport.prefixModes();
    if (modes.size() != isupport.prefixes().size() || modes.size() > kMaxPrefixes)
        std::abort();
    for (const QChar mode : modes)
        if (isupport.modeKind(mode) != 'P')
            std::abort();
    if (isupport.lineBytes() < 510 || isupport.lineBytes() > kMaxLineLength - 2)
        std::abort();
    if (isupport.nickLength() < 1 || isupport.nickLength() > 512 || isupport.historyLimit() < 1 || isupport.historyLimit() > 1000)
        std::abort();
    for (const auto mapping : {CaseMapping::Ascii, CaseMapping::Rfc1459, CaseMapping::Rfc1459Strict}) {
        const QString folded = foldCase(text, mapping);
        if (folded.size() != text.size() || foldCase(folded, mapping) != folded)
            std::abort();
    }
    (void)isupport.isChannel(text);
    (void)isupport.deniesClientTag(text);
    return 0;
}
