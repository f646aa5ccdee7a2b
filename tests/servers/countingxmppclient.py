# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""Stands in a room and writes down what it sees, a JSON object a line: countingxmppclient.py PORT CAFILE ADDRESS PASSWORD ROOM NICK.

It is made with slixmpp, so it shares nothing with the program whose messages it counts. It comes back at once when the server
goes away. {"event": "joined"} says that everything said from then on is seen."""
import asyncio
import inspect
import json
import sys

import slixmpp

PORT, CA, ADDRESS, PASSWORD, ROOM, NICK = int(sys.argv[1]), *sys.argv[2:7]
RETRY_SECONDS = 0.05


def note(**fields):
    print(json.dumps(fields), flush=True)


class Counter(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__(ADDRESS, PASSWORD)
        self.ca_certs = CA
        self.enable_direct_tls = False
        self.register_plugin("xep_0045")
        self.add_event_handler("session_start", self.enter)
        self.add_event_handler("groupchat_subject", self.entered)
        self.add_event_handler("groupchat_message", self.heard)
        self.add_event_handler("disconnected", self.lost)
        self.add_event_handler("connection_failed", self.come_again)
        self.is_in_room = False

    def come(self):
        # Two arguments from slixmpp 1.9 on.
        if "address" in inspect.signature(slixmpp.ClientXMPP.connect).parameters:
            self.connect(("127.0.0.1", PORT))
        else:
            self.connect("127.0.0.1", PORT)

    def come_again(self, _):
        self.loop.call_later(RETRY_SECONDS, self.come)

    def enter(self, _):
        self.send_presence()
        self.plugin["xep_0045"].join_muc(ROOM, NICK, maxhistory="0")

    def entered(self, _):
        # The subject is the last thing that comes to who enters; later it may change.
        if not self.is_in_room:
            self.is_in_room = True
            note(event="joined")

    def heard(self, message):
        nick = message["mucnick"]
        if nick != NICK:
            note(event="message", nick=nick, channel=ROOM, text=message["body"], id=message["id"])

    def lost(self, _):
        if self.is_in_room:
            self.is_in_room = False
            note(event="lost")
        self.come_again(None)


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
counter = Counter()
counter.loop = loop
counter.come()
loop.run_forever()
