# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
"""What brings an event to people's programs: a tag on IRC, an element on XMPP. Each carrier wraps what Errbot's backend sends with, asks
`event_for(text)` for the event of the message that this thread is sending, and puts everything back in restore()."""
import base64
import threading
import xml.etree.ElementTree as ET

from errbot.backends.base import Room
from ridealong_runs import encode

RUN_TAG = "+ridealong.dev/run"
MAX_CLIENT_TAG_BYTES = 4094  # of all tags that a client sends, message-tags 3.3
MAX_LINE_BYTES = 512
MAX_XMPP_EVENT_BYTES = 12000
RIDE = "urn:ridealong:0"
STANZA_ID = "urn:xmpp:sid:0"


def tags_for(event):
    """What stands before a line of IRC, empty where the event is too large. base64url has nothing that needs an escape."""
    room = MAX_CLIENT_TAG_BYTES - len(RUN_TAG) - 1
    text = encode(event, room // 4 * 3)
    if text is None:
        return b""
    return b"@" + RUN_TAG.encode() + b"=" + base64.urlsafe_b64encode(text).rstrip(b"=") + b" "


def element_for(event):
    """What stands beside a body of XMPP, or None where the event is too large."""
    text = encode(event, MAX_XMPP_EVENT_BYTES)
    if text is None:
        return None
    ride = ET.Element(f"{{{RIDE}}}ride")
    ET.SubElement(ride, f"{{{RIDE}}}envelope").text = base64.b64encode(text).decode()
    return ride


class UntaggedLines:
    """In place of the connection's buffer of lines: Debian's irc library takes a line that begins with tags for a command of that name."""

    def __init__(self, lines):
        self._lines = lines
        self.message_id = ""  # of the line that is being handled

    def __getattr__(self, name):
        return getattr(self._lines, name)

    def __iter__(self):
        for line in self._lines:
            self.message_id = ""
            if line.startswith("@"):
                tags, _, line = line.partition(" ")
                line = line.lstrip(" ")
                self.message_id = dict(tag.partition("=")[::2] for tag in tags[1:].split(";")).get("msgid", "")
            yield line


class IrcCarrier:
    def __init__(self, bot, event_for):
        self._connection = bot.conn.connection
        self._dispatcher = bot.conn
        self._event_for = event_for
        self._lock = threading.Lock()  # commands answer from threads, and a line is written in one piece
        self._send_raw = self._connection.send_raw
        self._before = getattr(bot.conn, "on_cap", None)
        self.can_carry = False
        self._denied = ()
        self._connection.send_raw = self._send
        bot.conn.on_cap = self._on_cap

    def connected(self):
        """Called once the server has said welcome, more than once, and again after every reconnect, when the buffer is a new one."""
        if isinstance(self._connection.buffer, UntaggedLines):
            return
        self.can_carry = False
        features = getattr(self._connection, "features", None)
        self._denied = str(getattr(features, "CLIENTTAGDENY", None) or getattr(features, "clienttagdeny", "") or "").split(",")
        self._connection.buffer = UntaggedLines(self._connection.buffer)
        self._send_raw("CAP REQ :message-tags")

    def restore(self):
        self._connection.send_raw = self._send_raw
        if self._before:
            self._dispatcher.on_cap = self._before
        else:
            del self._dispatcher.on_cap
        self.can_carry = False

    def message_id(self):
        return getattr(self._connection.buffer, "message_id", "")

    def tell(self, target, event):
        """Only the event, in a message that people do not see."""
        tags = tags_for(event)
        name = target.room if isinstance(target, Room) else target.nick
        if tags:
            self._write(tags + f"TAGMSG {name}".encode() + b"\r\n")

    def _on_cap(self, connection, event):
        if event.arguments and event.arguments[0] == "ACK" and "message-tags" in " ".join(event.arguments[1:]).split():
            name = RUN_TAG[1:]
            self.can_carry = name not in self._denied and ("*" not in self._denied or "-" + name in self._denied)

    def _send(self, line):
        target, text = self._said(line)
        event = self._event_for(text) if target and text and self.can_carry else None
        tags = tags_for(event) if event else b""
        encoded = line.encode("utf-8") + b"\r\n"
        if not tags or len(encoded) > MAX_LINE_BYTES or "\n" in line or "\r" in line:
            with self._lock:
                return self._send_raw(line)  # what is wrong with it, the library says
        return self._write(tags + encoded)

    @staticmethod
    def _said(line):
        command, _, rest = line.partition(" ")
        target, _, text = rest.partition(" :")
        return (target, text) if command == "PRIVMSG" else (None, None)

    def _write(self, data):
        with self._lock:
            socket = self._connection.socket
            if socket is not None:
                try:
                    socket.sendall(data)
                except OSError:
                    self._connection.disconnect("Connection reset by peer.")


class XmppCarrier:
    can_carry = True

    def __init__(self, bot, event_for):
        self._bot = bot
        self._client = bot.conn.client
        self._event_for = event_for
        self._send_message = self._client.send_message
        self._id = ""
        self._client.send_message = self._send
        # Errbot's messages do not keep the stanza's id.
        bot.conn.del_event_handler("message", bot.incoming_message)
        bot.conn.add_event_handler("message", self._incoming)

    def connected(self):
        pass

    def restore(self):
        self._client.send_message = self._send_message
        self._bot.conn.del_event_handler("message", self._incoming)
        self._bot.conn.add_event_handler("message", self._bot.incoming_message)

    def message_id(self):
        return self._id

    def tell(self, target, event):
        """Only the event. Archives keep what has no body only when asked to (XEP-0334)."""
        element = element_for(event)
        if element is None:
            return
        message = self._client.make_message(mto=str(target), mtype="groupchat" if isinstance(target, Room) else "chat")
        message.xml.append(element)
        message.xml.append(ET.Element("{urn:xmpp:hints}store"))
        message.send()

    def _incoming(self, stanza):
        room = stanza["from"].bare
        given = [each.get("id") for each in stanza.xml.findall(f"{{{STANZA_ID}}}stanza-id") if each.get("by") == room]
        self._id = (given[0] if given else stanza["id"]) or ""
        self._bot.incoming_message(stanza)
        self._id = ""

    def _send(self, mto, mbody=None, msubject=None, mtype=None, mhtml=None, mfrom=None, mnick=None):
        event = self._event_for(mbody or "")
        element = element_for(event) if event else None
        if element is None:
            return self._send_message(mto=mto, mbody=mbody, msubject=msubject, mtype=mtype, mhtml=mhtml, mfrom=mfrom, mnick=mnick)
        message = self._client.make_message(mto=mto, mbody=mbody, msubject=msubject, mtype=mtype, mhtml=mhtml, mfrom=mfrom, mnick=mnick)
        message.xml.append(element)
        return message.send()


def carrier_of(bot, event_for):
    """None: there is only the text."""
    if bot.mode == "irc":
        return IrcCarrier(bot, event_for)
    if bot.mode == "xmpp":
        return XmppCarrier(bot, event_for)
    return None
