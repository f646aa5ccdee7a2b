# Errbot 6, for tests.
import logging

BACKEND = 'IRC'
BOT_DATA_DIR = '@FOLDER@/data'
BOT_EXTRA_PLUGIN_DIR = '@FOLDER@/plugins'
BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.INFO
BOT_IDENTITY = {'nickname': '@NICK@', 'server': '127.0.0.1', 'port': @PORT@, 'ssl': False}
BOT_ADMINS = ('*!*@127.0.0.1',)
CHATROOM_PRESENCE = ('@CHANNEL@',)
CHATROOM_FN = '@NICK@'
BOT_PREFIX = '!'
STORAGE = 'Memory'
CORE_PLUGINS = ('ACLs', 'ChatRoom', 'Help', 'Health', 'Utils', 'CommandNotFoundFilter', 'TextCmds')
IRC_CHANNEL_RATE = 0
IRC_PRIVATE_RATE = 0
