# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
import json
import time

from errbot import BotPlugin, arg_botcmd, botcmd

STEPS = 5


class Ridealong(BotPlugin):
    """What the tests ask of an Errbot: one answer of each kind."""

    @botcmd
    def say(self, message, args):
        """Says the text again."""
        return args

    @botcmd
    def table(self, message, args):
        """Aligned columns."""
        return "HOST   STATE  CPU\nweb-1  up      3%\nweb-2  down   --"

    @botcmd
    def hosts(self, message, args):
        """Words, and a table that stands for them where somebody reads run events."""
        events = self._bot.plugin_manager.get_plugin_obj_by_name("RunEvents")
        if events is not None:
            events.table(["host", "state"], [["web-1", "up"], ["web-2", "down"]])
        return "web-1 up, web-2 down"

    @botcmd
    def document(self, message, args):
        """A JSON document over several lines."""
        return json.dumps({"service": "api", "ok": True, "hosts": ["a", "b"]}, indent=2)

    @arg_botcmd("env", type=str, choices=["staging", "production"], help="where to")
    @arg_botcmd("--version", type=str, default="latest", help="which build")
    def deploy(self, message, env=None, version=None):
        """Progress in 5 steps."""
        for step in range(1, STEPS + 1):
            yield f"deploying {version} to {env} {step * 100 // STEPS}%"
            time.sleep(0.05)
        yield "done"

    @botcmd
    def slow(self, message, args):
        """Answers after so many milliseconds."""
        time.sleep(int(args) / 1000)
        return "slow is done"

    @botcmd
    def crash(self, message, args):
        """Throws an error."""
        raise RuntimeError("crashed as asked")
