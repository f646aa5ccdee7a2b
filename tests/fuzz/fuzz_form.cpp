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
    for (const auto& [name, option] :
        {std::pair(u"a"_s, QString()), std::pair(u"b"_s, QString()), std::pair(u"c"_s, u"-c"_s), std::pair(u"d"_s, u"--d"_s)}) {
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
    // The lines are commands, the first is typed: what was remembered of shorter queries must not change what is found.
    QStringList lines = text.left(2000).split(u'\n');
    const QString typed = lines.takeFirst().left(24);
    std::vector<Matcher::Item> items;
    for (qsizetype i = 0; i < lines.size(); ++i)
        items.push_back({lines[i], i % 3 ? QString() : lines[i] + u" x"_s, i % 2 ? QString() : typed});
    Matcher used;
    used.setItems(items);
    for (qsizetype length = 1; length <= typed.size(); ++length) {
        Matcher fresh;
        fresh.setItems(items);
        const auto some = used.match(typed.left(length), 3);
        const auto all = fresh.match(typed.left(length), int(items.size()));
        if (some.size() != std::min<size_t>(3, all.size()))
            std::abort();
        for (size_t i = 0; i < some.size(); ++i)
            if (some[i].item != all[i].item || some[i].score != all[i].score)
                std::abort();
    }
    const auto cut = text.indexOf(u'\n');
    if (cut > 0)
        for (const int at : Matcher::positions(text.left(cut), text.mid(cut)))
            if (at < 0 || at >= text.size() - cut)
                std::abort();
    return 0;
}
