# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# Errbot 6 in a room of an XMPP server, for tests.
import functools
import inspect
import logging

import slixmpp
from slixmpp.plugins.xep_0045 import XEP_0045

BACKEND = 'XMPP'
BOT_DATA_DIR = '@FOLDER@/data'
BOT_EXTRA_PLUGIN_DIR = '@FOLDER@/plugins'
BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.INFO
BOT_IDENTITY = {'username': '@ADDRESS@', 'password': '@PASSWORD@', 'server': ('127.0.0.1', @PORT@)}
BOT_ADMINS = ('admin@chat.test',)
BOT_ADMINS_NOTIFICATIONS = () # it could not find them by Debian 13's slixmpp
CHATROOM_PRESENCE = ('@ROOM@',)
CHATROOM_FN = '@NICK@'
BOT_PREFIX = '!'
STORAGE = 'Memory'
CORE_PLUGINS = ('ACLs', 'ChatRoom', 'Help', 'Health', 'Utils', 'CommandNotFoundFilter', 'TextCmds')
XMPP_CA_CERT_FILE = '@CA@'
XMPP_USE_IPV6 = False

# Errbot speaks to slixmpp as that was years ago. Debian 12's joins rooms with an argument that is gone, and so joins none; to Debian
# 13's slixmpp an address has two parts, and no loop of its own.
if 'wait' not in inspect.signature(XEP_0045.join_muc).parameters:
    join_muc = XEP_0045.join_muc
    XEP_0045.join_muc = lambda self, room, nick, wait=False, **more: join_muc(self, room, nick, **more)

if not hasattr(slixmpp.ClientXMPP, 'process'):
    connect = slixmpp.ClientXMPP.connect

    def connect_to(self, address):
        self.enable_direct_tls = False
        return connect(self, *address)

    slixmpp.ClientXMPP.connect = connect_to
    slixmpp.ClientXMPP.process = lambda self: self.loop.run_forever()

# Its commands answer from threads of their own, of which slixmpp's loop knows nothing: the answer would lie there until something comes.
send = slixmpp.ClientXMPP.send


def send_awake(self, *what, **how):
    self.loop.call_soon_threadsafe(functools.partial(send, self, *what, **how))


slixmpp.ClientXMPP.send = send_awake
