# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""A JSON object for each line of IRC or stanza of XMPP, in the order in which they went out. The cause is the very message object that
Errbot handles in this thread, or answers; no text is looked at."""
import contextvars
import json
import os
import threading

from errbot import BotPlugin

CAUSE = contextvars.ContextVar("truth_cause", default=None)


class Truth(BotPlugin):
    """Writes down what really happened."""

    def activate(self):
        super().activate()
        self.connects = 0
        self.heard = 0
        self.sent = 0
        self.lock = threading.RLock()
        self.file = open(os.environ["RIDEALONG_TRUTH"], "a", buffering=1)

    def callback_connect(self):
        # Called after our own activation, and again when all plug-ins are active: then these are around whatever those have wrapped.
        self.connects += 1
        if self.connects != 2:
            return
        for name, around in (("callback_message", self.hear), ("process_message", self.process), ("send_message", self.say),
                             ("_execute_and_send", self.execute)):
            self.wrap(self._bot, name, around)
        if hasattr(self._bot, "send_run_event"):
            self.wrap(self._bot, "send_run_event", self.tell)
        if self._bot.mode == "irc":
            self.wrap(self._bot.conn.connection, "privmsg", self.write)
        else:
            self.wrap(self._bot.conn.client, "send_message", self.write)

    @staticmethod
    def wrap(whose, name, around):
        original = getattr(whose, name)
        setattr(whose, name, lambda *args, **named: around(original, *args, **named))

    def hear(self, original, message):
        own = message.frm.nick == self.bot_config.CHATROOM_FN
        if message.is_group and not own and not message.delayed and message.body:
            self.heard += 1
            message.heard = self.heard
        return original(message)

    def under(self, message, original, *args, **named):
        token = CAUSE.set(message)
        try:
            return original(*args, **named)
        finally:
            CAUSE.reset(token)

    def process(self, original, message):
        return self.under(message, original, message)

    def execute(self, original, *args, **named):
        return self.under(named["msg"], original, *args, **named)

    def say(self, original, message):
        # What names the message that it answers says so itself, from whatever thread.
        cause = message.parent or CAUSE.get()
        return self.under(cause, original, message)

    def write(self, original, *args, **named):
        text = named["mbody"] if "mbody" in named else args[1]
        with self.lock:  # so that the order here is the order on the wire
            done = original(*args, **named)  # raises when the line is too long: then nothing was sent
            if text:  # of an empty one nobody hears
                self.note(CAUSE.get(), text)
        return done

    def tell(self, original, message, target, event):
        with self.lock:
            self.note(message, "")
            return original(message, target, event)

    def note(self, cause, text):
        self.sent += 1
        print(json.dumps({"sent": self.sent, "heard": getattr(cause, "heard", 0), "nick": cause.frm.nick if cause else "",
                          "command": cause.body if cause else "", "lines": text.count("\n") + 1}), file=self.file)
