# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""One command and what is told of it: CloudEvents 1.0 with the words of CDEvents (resources/schema/run-event.json), and the line of text
for backends that can carry nothing else. Nothing here knows Errbot."""
import datetime
import json
import re
import threading

MAX_TASK_CHARS = 200
MAX_COMMAND_CHARS = 2000
MAX_ERROR_CHARS = 500
SHORT_COMMAND_CHARS = 200  # where there is no room for more
SHORT_ERROR_CHARS = 80
MAX_LABEL_CHARS = 120
TABLE = "application/vnd.dataresource+json"
STATES = ("success", "failure", "error", "cancelled", "denied")
PERCENT = re.compile(r"(?<![\d.,])(100|\d{1,2}) ?%")
NUMBERS = re.compile(r"[\d#=.█▓▒░ ]+")


def error_text(error):
    """The first line: the rest is for the log."""
    return str(error).split("\n", 1)[0][:MAX_ERROR_CHARS]


class Run:
    def __init__(self, run_id, source, task, cause, now):
        self.id = run_id
        self.source = source
        self.task = re.sub(r"\s+", " ", task)[:MAX_TASK_CHARS] or "command"
        self.cause = {key: str(value) for key, value in cause.items() if value}
        self.cause["command"] = self.cause.get("command", "")[:MAX_COMMAND_CHARS]
        self.now = now
        self.started = now()
        self.finished = False
        self.executes = False  # a function of a plug-in; else something only answered
        self.outcome = None  # where something said it already
        self.errors = ""
        self.said = 0  # messages
        self.table = None  # what the next message says in words
        self._seq = 0
        self._skeleton = None
        self._lock = threading.Lock()  # a command may have threads of its own

    def event(self, kind, **data):
        with self._lock:
            seq = self._seq
            self._seq += 1
        time = datetime.datetime.fromtimestamp(self.now(), datetime.timezone.utc)
        return {
            "specversion": "1.0",
            "id": f"{self.id}-{seq}",
            "source": self.source,
            "type": f"dev.ridealong.run.{kind}.v1",
            "subject": self.id,
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": {"taskName": self.task, "seq": seq, "cause": self.cause, **data},
        }

    def set_table(self, fields, rows):
        """Columns by their names, or as {"name", "title"}; rows as lists or dictionaries of what JSON has. Else: TypeError or ValueError."""
        table = {"schema": {"fields": [{"name": field} if isinstance(field, str) else field for field in fields]}, "data": list(rows)}
        json.dumps(table, allow_nan=False)  # fails here, where its author sees it
        self.table = table

    def event_with(self, text, whole=True, **data):
        """The event that goes with a message, or with a part of one. An empty bundle says that the output is what stands beside it."""
        self.said += 1
        table, self.table = self.table, None
        if table and whole:  # beside a part of a text it would stand for that part alone
            return self.event("output", bundle={TABLE: table}, **data)
        progress = self._progress_in(text)
        return self.event("progress", progress=progress, **data) if progress else self.event("output", bundle={}, **data)

    def finish(self, outcome, errors="", **data):
        self.finished = True
        more = {"errors": errors} if errors else {}
        duration = max(0, round((self.now() - self.started) * 1000))
        return self.event("finished", outcome=outcome, durationMs=duration, **more, **data)

    def _progress_in(self, text):
        """A line with a percentage is progress when it is the last one again with another number. The first one could be anything: a
        disk is 91 % full, too."""
        found = [] if "\n" in text else PERCENT.findall(text)
        skeleton = NUMBERS.sub("0", text) if len(found) == 1 else None
        again = skeleton is not None and skeleton == self._skeleton
        self._skeleton = skeleton
        return {"state": "normal", "percent": int(found[0]), "label": text.strip()[:MAX_LABEL_CHARS]} if again else None


def encode(event, max_bytes):
    """As JSON of at most max_bytes; what people read says the command, so that is shortened first, and left out if need be. None: not
    even that helps."""
    data = event["data"]
    command = data["cause"].get("command", "")
    short = {**data, "cause": {**data["cause"], "command": command[:SHORT_COMMAND_CHARS]}}
    without = {**data, "cause": {key: value for key, value in data["cause"].items() if key != "command"}}
    shortest = dict(without)
    if "errors" in data:
        shortest["errors"] = data["errors"][:SHORT_ERROR_CHARS]
    if "bundle" in data:
        shortest["bundle"] = {}
    for candidate in (data, short, without, shortest):
        text = json.dumps({**event, "data": candidate}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(text) <= max_bytes:
            return text
    return None


def trailer(event):
    data = event["data"]
    state = data.get("outcome")
    parts = ["run:" + event["subject"], re.sub(r"\s+", "-", data["taskName"]), state if state in STATES else "running"]
    if "percent" in data.get("progress", {}):
        parts.append(f"{data['progress']['percent']}%")
    if "durationMs" in data:
        parts.append(f"{data['durationMs'] / 1000:.1f}s")
    if re.fullmatch(r"[\w-]+", data.get("environment", ""), re.ASCII):
        parts.append("env=" + data["environment"])
    return "[" + " ".join(parts) + "]"
