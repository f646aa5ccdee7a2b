// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/headlessclient.h"

#include <QTemporaryDir>

namespace ridealong::tests {

/// Two people on one hub, each a process of its own, both in #ops. Ana's process is the hub.
struct LocalPair
{
    QTemporaryDir folder;
    HeadlessClient ana{folder.filePath(QStringLiteral("ana"))};
    HeadlessClient ben{folder.filePath(QStringLiteral("ben"))};
    QString anaAccount, benAccount, anaOps, benOps;

    LocalPair()
    {
        const QString hub = folder.filePath(QStringLiteral("hub.sock"));
        const QString room = QStringLiteral("#ops");
        ana.start();
        anaAccount = ana.addLocal(QStringLiteral("ana"), hub);
        anaOps = ana.room(anaAccount, room);
        ben.start();
        benAccount = ben.addLocal(QStringLiteral("ben"), hub);
        benOps = ben.room(benAccount, room);
    }
};

} // namespace ridealong::tests
