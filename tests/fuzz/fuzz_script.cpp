// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/script.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace ridealong;
    const QByteArray content(reinterpret_cast<const char*>(data), qsizetype(size));
    const scripts::Script script = scripts::parseScript(u"/scripts/fuzz.sh"_s, content);
    // Whatever the header says, the script can be found and run.
    if (script.commands.isEmpty() || script.commands.size() > scripts::kMaxCommands)
        abort();
    for (const chat::CommandSpec& spec : script.commands)
        if (spec.name.isEmpty())
            abort();
    return 0;
}
