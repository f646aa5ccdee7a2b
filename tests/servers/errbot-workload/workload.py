# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
import json
import os
import threading
import time

from errbot import BotPlugin, arg_botcmd, botcmd, re_botcmd

ANNOUNCEMENTS = ("nightly backup done: 39 GB in 287 s", "[alert] db-2 replication lag 14 s", "web: ok (3/3)", "cron: rotated 12 logs")
ANNOUNCE_SECONDS = 5.1


def number_of(word):
    number = 7
    for character in word:
        number = (number * 31 + ord(character)) % 9973
    return number


class Workload(BotPlugin):
    """What operators ask an Errbot all day. It knows nothing of runs: it is an unmodified plug-in."""

    def activate(self):
        super().activate()
        self.said = 0
        if os.environ.get("RIDEALONG_WORKLOAD_ROOM"):
            self.start_poller(ANNOUNCE_SECONDS, self.announce)

    def announce(self):
        room = self.query_room(os.environ["RIDEALONG_WORKLOAD_ROOM"])
        self.send(room, ANNOUNCEMENTS[self.said % len(ANNOUNCEMENTS)])
        self.said += 1

    @botcmd
    def load(self, message, args):
        """One line about a host."""
        return f"{args} load 0.{number_of(args) % 100}, 2 users"

    @botcmd
    def disk(self, message, args):
        """A table of three lines."""
        return "MOUNT  SIZE  USED\n/      40G   71%\n/srv   1T    12%"

    @botcmd
    def inspect(self, message, args):
        """A JSON document over several lines."""
        return json.dumps({"service": args, "ok": True, "hosts": ["db-1", "db-2"], "p99": number_of(args) % 400}, indent=2)

    @botcmd
    def job(self, message, args):
        """Answers when the job is through."""
        number = number_of(args)
        time.sleep((200 + number % 1800) / 1000)
        return f"job {number} finished, exit code {number % 2}"

    @arg_botcmd("env", type=str, choices=["staging", "production"], help="where to")
    @arg_botcmd("--version", type=str, default="latest", help="which build")
    def release(self, message, env=None, version=None):
        """Progress in five steps."""
        for percent in range(20, 101, 20):
            yield f"releasing {version} to {env}: {percent} %"
            time.sleep(0.2)
        yield "done"

    @botcmd
    def logs(self, message, args):
        """Five lines of a log, one after another."""
        for line in range(1, 6):
            yield f"2026-11-23 10:15:1{line} ERROR worker {line} lost its lease on {args}"
            time.sleep(0.1 + line * 0.04)

    @botcmd
    def essay(self, message, args):
        """So long that it is cut inside words."""
        return "\n".join(f"{number}. paragraph about {args} which says that everything is as it should be" for number in range(1, 25))

    @botcmd
    def sample(self, message, args):
        """Code in a fence, in pieces."""
        yield "```python\nfor host in hosts:\n    check(host)"
        time.sleep(0.12)
        yield f"print('{args}')\n```"

    @botcmd
    def fail(self, message, args):
        """Throws."""
        raise RuntimeError(f"{args} is down")

    @botcmd
    def check(self, message, args):
        """Whether it is well."""
        return f"{args}: ok (3/3)"

    @botcmd
    def probe(self, message, args):
        """The same words by another command."""
        return f"{args}: ok (3/3)"

    @botcmd
    def rotate(self, message, args):
        """Takes longer than others."""
        time.sleep(1.6)
        return "rotated, 4 keys"

    @botcmd
    def joke(self, message, args):
        """An answer that has nothing of the question."""
        return "There are two hard things in computing: naming, caching and off-by-one errors."

    @botcmd
    def notify(self, message, args):
        """Tells who asked by name, and returns nothing."""
        time.sleep(0.3)
        self.send(message.to, f"{args} was told", in_reply_to=message, groupchat_nick_reply=True)

    @botcmd
    def later(self, message, args):
        """Answers from a thread of its own when the command is long over."""
        yield f"queued {args}"
        threading.Timer(0.9, lambda: self.send(message.to, f"{args} processed", in_reply_to=message)).start()

    @re_botcmd(pattern=r"^is (\S+) up\?$", prefixed=False)
    def is_up(self, message, match):
        """Heard without a prefix."""
        return f"{match.group(1)} answers in {number_of(match.group(1)) % 30} ms"
