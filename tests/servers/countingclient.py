# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""Stands in a channel and writes down what it sees, a JSON object a line: countingclient.py PORT NICK CHANNEL.

It is made with Python's irc package, so it shares nothing with the program whose messages it counts. It comes back at once
when the server goes away. {"event": "joined"} says that everything said from then on is seen."""
import json
import sys

import irc.client

PORT, NICK, CHANNEL = int(sys.argv[1]), sys.argv[2], sys.argv[3]
RETRY_SECONDS = 0.05


def note(**fields):
    print(json.dumps(fields), flush=True)


class Counter(irc.client.SimpleIRCClient):
    def come(self):
        try:
            self.connect("127.0.0.1", PORT, NICK)
        except irc.client.ServerConnectionError:
            self.ircobj.execute_delayed(RETRY_SECONDS, self.come)

    def on_welcome(self, connection, event):
        connection.join(CHANNEL)

    def on_nicknameinuse(self, connection, event):
        # Our own ghost, of before the server noticed.
        self.ircobj.execute_delayed(RETRY_SECONDS, lambda: connection.nick(NICK))

    def on_endofnames(self, connection, event):
        note(event="joined")

    def on_disconnect(self, connection, event):
        note(event="lost")
        self.come()

    def on_pubmsg(self, connection, event):
        self.heard(event, "message")

    def on_pubnotice(self, connection, event):
        self.heard(event, "notice")

    def on_action(self, connection, event):
        self.heard(event, "action")

    def heard(self, event, kind):
        note(event=kind, nick=event.source.nick, channel=event.target, text=event.arguments[0] if event.arguments else "")


irc.client.ServerConnection.buffer_class.errors = "replace"  # a byte that is no UTF-8 is a character, not an end
counter = Counter()
counter.come()
counter.ircobj.process_forever(timeout=0.01)
