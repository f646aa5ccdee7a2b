// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/console.h"
#include "support/fakeclock.h"

#include <QTest>

namespace ridealong::tests {

/// Runs as a bot would report them.
class Samples
{
public:
    Samples(console::Console& console, FakeClock& clock) : m_console(console), m_clock(clock) {}

    const base::ConversationId room{base::AccountId(QStringLiteral("local")), QStringLiteral("ops")};

    chat::RunReport report(const QString& id, const QString& command, chat::RunState state, qint64 secondsAgo = 60)
    {
        chat::RunReport report;
        report.run = base::RunId(id);
        report.conversation = room;
        report.sender = base::UserId(QStringLiteral("ana"));
        report.senderName = QStringLiteral("Ana");
        report.command = command;
        report.state = state;
        report.startedAtMs = m_clock.nowMs() - secondsAgo * 1000;
        if (chat::isFinal(state))
            report.endedAtMs = report.startedAtMs + 1800;
        report.revision = 1;
        return report;
    }

    /// Adds a run with its whole output, as the follower does: open, output, then its last report.
    base::RunId add(chat::RunReport last, const QByteArray& output = {})
    {
        const auto run = last.run;
        auto first = last;
        first.state = chat::RunState::Running;
        first.endedAtMs = 0;
        first.exitCode.reset();
        m_console.apply(first);
        if (!output.isEmpty()) {
            bool done = false;
            QObject context;
            m_console.append(run, output).then(&context, [&](const base::Expected<base::Done>&) { done = true; });
            [&] { QTRY_VERIFY(done); }();
        }
        last.outputBytes = output.size();
        last.revision = 2;
        m_console.apply(last);
        return run;
    }

    static QByteArray numbered(int lines, const QByteArray& text = "line ")
    {
        QByteArray out;
        for (int i = 0; i < lines; ++i)
            out += text + QByteArray::number(i) + '\n';
        return out;
    }

private:
    console::Console& m_console;
    FakeClock& m_clock;
};

inline const QByteArray kAnsiSample
    = "\x1b[90m09:35\x1b[0m  \x1b[32mok\x1b[0m    lun 0112  copied   512 GB   1.9 GB/s\n"
      "\x1b[90m09:38\x1b[0m  \x1b[32mok\x1b[0m    lun 0113  copied   512 GB   2.0 GB/s\n"
      "\x1b[90m09:41\x1b[0m  \x1b[33mwarn\x1b[0m  lun 0114  retry 1  latency 38 ms\n"
      "\x1b[90m09:43\x1b[0m  \x1b[34mcopy\x1b[0m  lun 0114  \x1b[34m\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88"
      "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\x1b[90m\xe2\x96\x91\xe2\x96\x91\xe2\x96\x91\xe2\x96\x91\xe2\x96\x91\x1b[0m  62 %\n"
      "\x1b[1mbold\x1b[0m \x1b[3mitalic\x1b[0m \x1b[4munderline\x1b[0m \x1b[4:3mcurly\x1b[0m \x1b[9mstrike\x1b[0m \x1b[7minverse\x1b[0m "
      "\x1b[38;5;208m256\x1b[0m \x1b[38;2;255;105;180mrgb\x1b[0m \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e caf\xc3\xa9 "
      "\x1b]8;;https://example.org/run\x1b\\a link\x1b]8;;\x1b\\\n";
inline const QByteArray kTableSample = "LUN   STATE    LEFT    RATE      ETA\n"
                                       "0114  copying  198 GB  0.6 GB/s  10:14\n"
                                       "0115  copying  401 GB  1.9 GB/s  10:02\n"
                                       "0116  queued   512 GB  0.1 GB/s  10:30\n";
inline const QByteArray kJsonSample
    = "{\n  \"host\": \"vmax1\",\n  \"cpus\": 64,\n  \"busy\": true,\n  \"load\": [0.4, 1.5, 2.25],\n  \"note\": null\n}\n";
inline const QByteArray kDiffSample
    = "diff --git a/etc/app.conf b/etc/app.conf\n--- a/etc/app.conf\n+++ b/etc/app.conf\n@@ -1,4 +1,4 @@\n [server]\n-port = 80\n+port = "
      "8080\n host = example.org\n";
inline const QByteArray kLogSample
    = "2026-11-24T09:00:01Z INFO  start listening on :8080\n2026-11-24T09:00:02Z DEBUG pool of 8 workers\n"
      "2026-11-24T09:00:04Z WARN  disk 91 % full\n2026-11-24T09:00:05Z ERROR cannot write /var/log/app: No space left on device\n"
      "2026-11-24T09:00:06Z INFO  retry in 5 s\n";

} // namespace ridealong::tests
