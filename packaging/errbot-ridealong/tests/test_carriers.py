# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""The tag of IRC against a connection that the test plays; the real ones are met in Ridealong's own tests."""
import base64
import json
import os
import sys
import types
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
try:
    from ridealong_carriers import MAX_CLIENT_TAG_BYTES, IrcCarrier, UntaggedLines, element_for, tags_for
except ImportError as missing:  # there is no Errbot here
    raise unittest.SkipTest(str(missing))
from ridealong_runs import Run  # noqa: E402


class Socket:
    def __init__(self):
        self.sent = b""

    def sendall(self, data):
        self.sent += data


class Connection:
    def __init__(self):
        self.socket = Socket()
        self.buffer = []
        self.plain = []
        self.features = types.SimpleNamespace()

    def send_raw(self, line):
        self.plain.append(line)


def event(command="!x"):
    return Run("8b9a0b45", "//errbot/errbot", "x", {"command": command}, lambda: 0).event("output", bundle={})


class Irc(unittest.TestCase):
    def setUp(self):
        self.connection = Connection()
        self.bot = types.SimpleNamespace(mode="irc", conn=types.SimpleNamespace(connection=self.connection))
        self.current = event()
        self.carrier = IrcCarrier(self.bot, lambda text: self.current)
        self.carrier.connected()

    def acknowledge(self):
        self.bot.conn.on_cap(None, types.SimpleNamespace(arguments=["ACK", "message-tags "]))

    def test_asks_for_tags_and_uses_none_before_it_has_them(self):
        self.connection.send_raw("PRIVMSG #ops :hi")
        self.assertEqual(self.connection.plain, ["CAP REQ :message-tags", "PRIVMSG #ops :hi"])
        self.assertEqual(self.connection.socket.sent, b"")

    def test_a_line_carries_its_event(self):
        self.acknowledge()
        self.connection.send_raw("PRIVMSG #ops :hi")
        tag, _, rest = self.connection.socket.sent.partition(b" ")
        self.assertEqual(rest, b"PRIVMSG #ops :hi\r\n")
        value = tag.partition(b"=")[2]
        self.assertEqual(json.loads(base64.urlsafe_b64decode(value + b"=" * (-len(value) % 4))), self.current)

    def test_what_belongs_to_no_run_or_is_no_message_stays_as_it_is(self):
        self.acknowledge()
        self.connection.send_raw("JOIN #ops")
        self.current = None
        self.connection.send_raw("PRIVMSG #ops :backup done")
        self.assertEqual(self.connection.plain[1:], ["JOIN #ops", "PRIVMSG #ops :backup done"])

    def test_what_the_library_refuses_it_refuses_still(self):
        self.acknowledge()
        at_limit = "PRIVMSG #ops :" + "x" * (510 - len("PRIVMSG #ops :"))
        self.connection.send_raw(at_limit)
        self.assertTrue(self.connection.socket.sent.endswith(at_limit.encode() + b"\r\n"))
        for line in (at_limit + "x", "PRIVMSG #ops :a\nQUIT"):
            self.connection.send_raw(line)
            self.assertEqual(self.connection.plain[-1], line)

    def test_a_server_may_deny_the_tag(self):
        for denied, may in (("*", False), ("*,-ridealong.dev/run", True), ("ridealong.dev/run", False), ("typing", True)):
            self.connection.features.clienttagdeny = denied
            self.connection.buffer = []  # a new connection
            self.carrier.connected()
            self.acknowledge()
            self.assertEqual(self.carrier.can_carry, may, denied)

    def test_everything_is_put_back(self):
        self.carrier.restore()
        self.connection.send_raw("PRIVMSG #ops :hi")
        self.assertEqual(self.connection.socket.sent, b"")
        self.assertFalse(hasattr(self.bot.conn, "on_cap"))

    def test_lines_come_without_tags_and_their_id_is_known(self):
        lines = UntaggedLines(["@time=1;msgid=abc;flag :a!b@c PRIVMSG #ops :x", ":a!b@c PRIVMSG #ops :y", "@", ""])
        self.assertEqual([(line, lines.message_id) for line in lines],
                         [(":a!b@c PRIVMSG #ops :x", "abc"), (":a!b@c PRIVMSG #ops :y", ""), ("", ""), ("", "")])

    def test_a_tag_is_never_longer_than_servers_take(self):
        for chars in range(1900, 2001):
            self.assertLessEqual(len(tags_for(event("é" * chars))) - 2, MAX_CLIENT_TAG_BYTES)


class Xmpp(unittest.TestCase):
    def test_the_element_is_what_its_reader_reads(self):
        element = element_for(event("<&>"))
        self.assertEqual(element.tag, "{urn:ridealong:0}ride")
        self.assertEqual(json.loads(base64.b64decode(element[0].text))["data"]["cause"]["command"], "<&>")


if __name__ == "__main__":
    unittest.main()
