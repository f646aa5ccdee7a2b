// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

namespace ridealong::tests {

// What tools print.
inline const QByteArray kPodsJson = R"({
  "apiVersion": "v1",
  "items": [
    {
      "metadata": { "name": "web-7d9c", "namespace": "shop", "labels": { "app": "web", "tier": "front" } },
      "spec": { "replicas": 3, "paused": false, "image": "registry.example.org/shop/web:2026.11.3@sha256:8b1f5ad7e0d34b5f2f1d1d8f3c1b7a9e6f5d4c3b2a190817263544f6e7d8c9b0" },
      "status": { "phase": "Running", "restarts": 0, "load": [0.4, 1.5, 2.25], "message": null }
    }
  ],
  "kind": "List"
}
)";
inline const QByteArray kServiceYaml = R"(apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {app: web, tier: front}
spec:
  ports:
    - port: 80
      targetPort: 8080
    - port: 443
  script: |
    #!/bin/sh
    exec nginx -g "daemon off;"
---
apiVersion: v1
kind: ConfigMap
data:
  retries: 3
)";
inline const QByteArray kHostTable = "HOST      CPU %  LATENCY  STATE\n"
                                     "vmax1     62.1   12 ms    ok\n"
                                     "vmax2     48.0   14 ms    ok\n"
                                     "vmax3     51.7   11 ms    ok\n"
                                     "vmax4     97.3   80 ms    busy\n"
                                     "vmax5     12.0   9 ms     ok\n"
                                     "vmax6     33.9   12 ms    ok\n"
                                     "vmax7     35.2   13 ms    ok\n"
                                     "vmax8     40.8   15 ms    ok\n"
                                     "vmax9     41.1   38 ms    slow\n";
inline const QByteArray kTwoFilesDiff = R"(diff --git a/etc/app.conf b/etc/app.conf
index 83db48f..bf2ac1e 100644
--- a/etc/app.conf
+++ b/etc/app.conf
@@ -1,5 +1,6 @@ [server]
 [server]
-port = 80
+port = 8080
 host = example.org
-timeout = 30 # seconds
+timeout = 45 # seconds
+retries = 3
 log = /var/log/app.log
@@ -40,3 +41,3 @@ [limits]
 open = 1024
-memory = 512M
+memory = 768M
 threads = 8
diff --git a/README.md b/README.md
deleted file mode 100644
--- a/README.md
+++ /dev/null
@@ -1,2 +0,0 @@
-# App
-It serves.
)";
inline const QByteArray kServiceLog = R"(2026-11-24T09:00:01.120Z INFO  start listening on :8080
2026-11-24T09:00:01.125Z DEBUG pool of 8 workers
2026-11-24T09:00:04.000Z WARN  disk 91 % full
2026-11-24T09:00:05.250Z ERROR cannot write /var/log/app: No space left on device
2026-11-24T09:00:06.250Z INFO  retry in 5 s
2026-11-24T09:00:11.260Z INFO  retry in 5 s
2026-11-24T09:00:16.270Z INFO  retry in 5 s
2026-11-24T09:00:21.280Z INFO  retry in 5 s
2026-11-24T09:02:30.000Z INFO  request handled latency=12ms path=/a/very/long/path/that/goes/on/and/on/until/it/has/to/be/wrapped/somewhere
2026-11-24T09:03:30.000Z INFO  done
)";
inline const QByteArray kPythonTrace = R"(starting worker 3
Traceback (most recent call last):
  File "/srv/app/main.py", line 12, in <module>
    run()
  File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
    return runner.run(main)
  File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
    return future.result()
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1498, in full_dispatch
    rv = self.dispatch_request()
  File "/srv/app/orders.py", line 88, in pay
    total = sum(line.price for line in order)
ValueError: price of line 3 is no number: 'n/a'
)";
inline const QByteArray kNotesMarkdown = R"(# Release 2026.11

What changed since **2026.10**:

- faster start, see [the notes](https://example.org/notes)
- `retries` is a number now
- less *noise* in the log

```sh
systemctl restart app
```

| service | state |
| --- | --- |
| web | up |
| db | down |

> Restart the workers by hand.
)";
inline const QByteArray kPythonCode = R"(#!/usr/bin/env python3
# Counts the words of a text.
import sys
from collections import Counter


def words(text: str) -> Counter:
    """All of them, in lower case."""
    return Counter(text.lower().split())


if __name__ == "__main__":
    for word, count in words(sys.stdin.read()).most_common(10):
        print(f"{count:5} {word}")
)";

inline QByteArray pictureSample()
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/format/chat-graph.image"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() + "One peak, at 10:40.\n\ndata:image/png;base64,iVBORw0KGgo=\n" : QByteArray();
}

} // namespace ridealong::tests
