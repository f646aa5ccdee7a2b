// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/environment.h"

#include <algorithm>
#include <array>

#include <unistd.h>

namespace ridealong::run {

namespace {

constexpr std::array kAllowed{"PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK"};

bool has(const QList<QByteArray>& environment, const QByteArray& name)
{
    const auto isName = [start = name + '='](const QByteArray& entry) { return entry.startsWith(start) && entry.size() > start.size(); };
    return std::any_of(environment.begin(), environment.end(), isName);
}

} // namespace

QList<QByteArray> scriptEnvironment(const QList<QByteArray>& ours)
{
    QList<QByteArray> environment;
    for (const QByteArray& entry : ours) {
        const QByteArray name = entry.left(entry.indexOf('='));
        const bool allowed = std::find(kAllowed.begin(), kAllowed.end(), name) != kAllowed.end() || name.startsWith("LC_");
        if (allowed)
            environment += entry;
    }
    if (!has(environment, "PATH"))
        environment += "PATH=/usr/local/bin:/usr/bin:/bin";
    if (!has(environment, "LANG") && !has(environment, "LC_ALL") && !has(environment, "LC_CTYPE"))
        environment += "LC_CTYPE=C.UTF-8";
    environment += {"TERM=xterm-256color", "COLORTERM=truecolor", "PAGER=cat", "GIT_PAGER=cat", "GIT_TERMINAL_PROMPT=0"};
    return environment;
}

QList<QByteArray> processEnvironment()
{
    QList<QByteArray> environment;
    for (char** entry = environ; entry && *entry; ++entry)
        environment += QByteArray(*entry);
    return environment;
}

QByteArray findProgram(const QByteArray& program, const QList<QByteArray>& environment)
{
    if (program.contains('/'))
        return access(program.constData(), X_OK) == 0 ? program : QByteArray();
    for (const QByteArray& entry : environment) {
        if (!entry.startsWith("PATH="))
            continue;
        for (const QByteArray& folder : entry.sliced(5).split(':')) {
            const QByteArray path = folder + '/' + program;
            if (folder.startsWith('/') && access(path.constData(), X_OK) == 0)
                return path;
        }
    }
    return {};
}

} // namespace ridealong::run
