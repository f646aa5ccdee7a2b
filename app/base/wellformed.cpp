// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/wellformed.h"

#include <algorithm>

namespace ridealong::base {

QString wellFormed(const QString& text)
{
    const auto suspect = [](QChar c) { return c.isSurrogate() || c.unicode() >= 0xfffe; };
    const auto first = std::ranges::find_if(text, suspect);
    if (first == text.cend())
        return text;
    QString made = text;
    for (qsizetype i = first - text.cbegin(); i < made.size(); ++i) {
        if (made.at(i).isHighSurrogate() && i + 1 < made.size() && made.at(i + 1).isLowSurrogate())
            ++i;
        else if (suspect(made.at(i)))
            made[i] = QChar(QChar::ReplacementCharacter);
    }
    return made;
}

} // namespace ridealong::base
