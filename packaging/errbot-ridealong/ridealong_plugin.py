# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""Wraps what Errbot handles commands and sends messages with. Errbot runs commands in a pool of threads: which command a thread is at is in a
context variable, and a message that names the one it answers says so itself, from whatever thread."""
import contextvars
import secrets
import threading
import time
from urllib.parse import quote

import errbot
from errbot import BotPlugin
from errbot.backends.base import Room
from ridealong_carriers import carrier_of
from ridealong_runs import Run, error_text, trailer

RUN = contextvars.ContextVar("ridealong_run", default=None)  # that this thread is at
MESSAGE = contextvars.ContextVar("ridealong_message", default=None)  # that is looked at, and may be no command at all
SENDING = contextvars.ContextVar("ridealong_sending", default=None)  # the message of a run that is sent; None: it is something beside it
RUN_ID_BYTES = 6
DEFAULTS = {"TRAILER": True, "ERRORS": True, "ENVIRONMENT": "", "STARTED_MS": 250}


class RunEvents(BotPlugin):
    """Every message of a command says to which command it belongs, without a change to any plug-in."""

    def get_configuration_template(self):
        return dict(DEFAULTS)

    def configure(self, configuration):
        super().configure({**DEFAULTS, **(configuration or {})})

    def activate(self):
        if self.config is None:
            self.config = dict(DEFAULTS)
        super().activate()
        bot = self._bot
        self._lock = threading.Lock()
        self._originals = []
        self._wrap(bot, "callback_message", self._hear)
        self._wrap(bot, "process_message", self._process)
        self._wrap(bot, "_execute_and_send", self._execute)
        self._wrap(bot, "send_simple_reply", self._reply)
        self._wrap(bot, "send_message", self._send)
        self._wrap(bot.flow_executor, "trigger", self._succeeded)
        self._wrap(errbot.ArgumentParser, "error", self._refused)
        self._carrier = carrier_of(bot, self._event_for)
        bot.send_run_event = self._tell

    def deactivate(self):
        if self._carrier:
            self._carrier.restore()
        for whose, name, original, was_own in reversed(self._originals):
            if was_own:
                setattr(whose, name, original)
            else:
                delattr(whose, name)
        del self._bot.send_run_event
        super().deactivate()

    def callback_connect(self):
        if self._carrier:
            self._carrier.connected()

    def _wrap(self, whose, name, around):
        original = getattr(whose, name)
        self._originals.append((whose, name, original, name in vars(whose)))
        setattr(whose, name, lambda *args, **named: around(original, *args, **named))

    def table(self, fields, rows):
        """For a plug-in that wants to say more than its text does: what the next message of its command says in words, as a table."""
        run = RUN.get()
        if run:
            run.set_table(fields, rows)

    # ---- A command's life ----

    def _hear(self, original, message):
        message.ridealong_id = self._carrier.message_id() if self._carrier else ""
        try:
            return original(message)
        finally:
            self._end_of_unexecuted(message, "success")  # a plug-in that listens to everything has answered

    def _process(self, original, message):
        """Whoever reads: a command goes to the pool from here, and that there is no such command is answered here."""
        token = MESSAGE.set(message)
        try:
            return original(message)
        finally:
            MESSAGE.reset(token)
            self._end_of_unexecuted(message, "failure")

    def _end_of_unexecuted(self, message, outcome):
        run = getattr(message, "ridealong_run", None)
        if run and not run.executes and not run.finished:
            self._finish(message, run, outcome)

    def _execute(self, original, *args, **named):
        message, command = named["msg"], named["cmd"]
        run = self._run_of(message, command)
        timer = threading.Timer(self.config["STARTED_MS"] / 1000, self._begun, (message, run))
        timer.daemon = True
        timer.start()
        token = RUN.set(run)
        try:
            return original(*args, **named)
        finally:
            timer.cancel()
            RUN.reset(token)
            self._finish(message, run, run.outcome or "failure", run.errors)

    def _begun(self, message, run):
        if run.said == 0 and not run.finished:
            self._say(message, run, run.event("started", **self._more()))

    def _finish(self, message, run, outcome, errors=""):
        event = run.finish(outcome, errors if self.config["ERRORS"] else "", **self._more())
        self._say(message, run, event)

    def _succeeded(self, original, *args, **named):
        """Errbot triggers flows when a command is through, and only then."""
        run = RUN.get()
        if run and run.outcome is None:
            run.outcome = "success"
        return original(*args, **named)

    def _refused(self, original, parser, text):
        run = RUN.get()
        if run:
            run.outcome, run.errors = "failure", error_text(text)
        return original(parser, text)

    def _reply(self, original, message, text, *args, **named):
        run = RUN.get()
        if run and str(text).startswith(self._bot.MSG_ERROR_OCCURRED) and run.outcome is None:
            run.outcome, run.errors = "error", error_text(text[len(self._bot.MSG_ERROR_OCCURRED) :].lstrip(":\n"))
        return original(message, text, *args, **named)

    def _run_of(self, message, executed=None):
        """With the name of the command that is executed; else it is answered, and nothing more is known."""
        with self._lock:
            run = getattr(message, "ridealong_run", None)
            if run is None:
                text = message.body or ""
                cause = {"message": getattr(message, "ridealong_id", ""), "user": self._nick(message.frm), "room": self._room(message), "command": text}
                first = text[len(self.bot_config.BOT_PREFIX) :].split() if text.startswith(self.bot_config.BOT_PREFIX) else text.split()
                run = Run(secrets.token_hex(RUN_ID_BYTES), "//errbot/" + quote(self._nick(self._bot.bot_identifier), safe=""),
                          executed or (first[0] if first else "command"), cause, time.time)
                run.place = str(self._bot.build_reply(message, "").to)
                message.ridealong_run = run
            run.executes = run.executes or executed is not None
            return run

    @staticmethod
    def _nick(who):
        return str(getattr(who, "nick", None) or getattr(who, "person", who))

    @staticmethod
    def _room(message):
        return str(message.to) if isinstance(message.to, Room) else ""

    def _more(self):
        return {"environment": self.config["ENVIRONMENT"][:64]} if self.config["ENVIRONMENT"] else {}

    # ---- What is sent ----

    def _send(self, original, message):
        run = self._run_sending(message)
        if run is None:
            return original(message)
        token = RUN.set(run)
        sending = SENDING.set((str(message.to), message.body.strip()))
        try:
            if not self._carries() and self.config["TRAILER"]:
                message.body += "\n" + trailer(self._event_for(message.body))
            return original(message)
        finally:
            SENDING.reset(sending)
            RUN.reset(token)

    def _run_sending(self, message):
        if getattr(message, "ridealong_done", False):
            return None
        if message.parent is not None:
            return self._run_of(message.parent)
        if RUN.get():
            return RUN.get()
        looked_at = MESSAGE.get()
        return self._run_of(looked_at) if looked_at is not None else None

    def _carries(self):
        return self._carrier is not None and self._carrier.can_carry

    def _event_for(self, text):
        """For the line or stanza that this thread hands to its connection. Who reads elsewhere need not have read the command: it may
        have been said in private."""
        run, sending = RUN.get(), SENDING.get()
        if run is None or sending is None:
            return None
        place, body = sending
        event = run.event_with(text, "\n" in text or "\n" not in body, **self._more())
        if place != run.place:
            event["data"]["cause"] = {key: value for key, value in run.cause.items() if key in ("user", "room")}
        return event

    def _say(self, message, run, event):
        private = run.task in self.bot_config.DIVERT_TO_PRIVATE
        try:
            self._bot.send_run_event(message, self._bot.build_reply(message, "", private=private).to, event)
        except Exception:  # whatever a backend has against it, the command and the bot go on
            self.log.exception("A run event was not sent.")

    def _tell(self, message, target, event):
        """What there are no words for. A backend that has no way for it says the end in a line of text, and nothing else."""
        if self._carries():
            return self._carrier.tell(target, event)
        if event["type"].endswith(".finished.v1") and self.config["TRAILER"]:
            line = self._bot.build_reply(message, trailer(event))
            line.to = target
            line.ridealong_done = True
            self._bot.send_message(line)
