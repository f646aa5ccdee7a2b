// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Text of a command from anywhere: parsing and composing never fail, and composing what was parsed parses the same.
#include "palette/form.h"
#include "palette/matcher.h"

#include <cstdlib>

using namespace ridealong;
using namespace ridealong::palette;
using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    chat::CommandSpec spec;
    spec.name = u"do"_s;
    for (const auto& [name, option] : {std::pair(u"a"_s, QString()), std::pair(u"b"_s, QString()), std::pair(u"c"_s, u"-c"_s), std::pair(u"d"_s, u"--d"_s)}) {
        chat::Argument argument;
        argument.name = name;
        argument.option = option;
        spec.arguments += argument;
    }
    const Parsed parsed = parse(spec, u"do "_s + text);
    const Composed composed = compose(spec, parsed.values);
    if (parsed.problems.isEmpty() && composed.problems.isEmpty()) {
        Values values = parsed.values;
        for (auto it = values.begin(); it != values.end();)
            it = it->isEmpty() ? values.erase(it) : ++it;
        if (parse(spec, composed.text).values != values)
            std::abort();
    }
    const auto cut = text.indexOf(u'\n');
    if (cut > 0)
        for (const int at : Matcher::positions(text.left(cut), text.mid(cut)))
            if (at < 0 || at >= text.size() - cut)
                std::abort();
    return 0;
}
