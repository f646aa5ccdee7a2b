// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "store/profileschema.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

QList<QStringList> profileMigrations()
{
    // Texts are '' and never NULL where "none" is a value: UNIQUE and = behave as one reads them.
    return {
        {
            u"CREATE TABLE accounts (id TEXT PRIMARY KEY, position INTEGER NOT NULL, backend TEXT NOT NULL, name TEXT NOT NULL, user TEXT NOT NULL, "
            "server TEXT NOT NULL, options TEXT NOT NULL, cursor BLOB NOT NULL DEFAULT x'') WITHOUT ROWID"_s,
            u"CREATE TABLE conversations (id INTEGER PRIMARY KEY, account TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL DEFAULT '', "
            "kind INTEGER NOT NULL DEFAULT 0, topic TEXT NOT NULL DEFAULT '', environment TEXT NOT NULL DEFAULT '', joined INTEGER NOT NULL DEFAULT "
            "1, "
            "read_up_to INTEGER NOT NULL DEFAULT 0, members TEXT NOT NULL DEFAULT '[]', UNIQUE(account, key))"_s,
            // rowid: made of the time, see profilequeries.h. flags: see MessageFlag in profiledata.h. `ord` is Message::order.
            u"CREATE TABLE messages (rowid INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, id TEXT NOT NULL, txn TEXT NOT NULL, sender TEXT NOT "
            u"NULL, "
            "sender_name TEXT NOT NULL, time INTEGER NOT NULL, ord INTEGER NOT NULL, text TEXT NOT NULL, thread TEXT NOT NULL, reply_to TEXT NOT "
            "NULL, "
            "run TEXT NOT NULL, reactions TEXT NOT NULL, flags INTEGER NOT NULL, UNIQUE(conversation, id))"_s,
            u"CREATE INDEX messages_by_order ON messages(conversation, thread, ord)"_s,
            u"CREATE INDEX messages_by_txn ON messages(conversation, txn) WHERE txn <> ''"_s,
            u"CREATE VIRTUAL TABLE messages_text USING fts5(text, content='messages', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')"_s,
            u"CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN INSERT INTO messages_text(rowid, text) VALUES (new.rowid, new.text); END"_s,
            u"CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN INSERT INTO messages_text(messages_text, rowid, text) "
            "VALUES ('delete', old.rowid, old.text); END"_s,
            u"CREATE TRIGGER messages_edited AFTER UPDATE OF text ON messages WHEN old.text IS NOT new.text BEGIN "
            "INSERT INTO messages_text(messages_text, rowid, text) VALUES ('delete', old.rowid, old.text); "
            "INSERT INTO messages_text(rowid, text) VALUES (new.rowid, new.text); END"_s,
            u"CREATE TABLE gaps (conversation INTEGER NOT NULL, after_ord INTEGER NOT NULL, before_ord INTEGER NOT NULL, "
            "PRIMARY KEY(conversation, after_ord, before_ord)) WITHOUT ROWID"_s,
            u"CREATE TABLE thread_reads (conversation INTEGER NOT NULL, thread TEXT NOT NULL, read_up_to INTEGER NOT NULL, "
            "PRIMARY KEY(conversation, thread)) WITHOUT ROWID"_s,
            u"CREATE TABLE outbox (txn TEXT PRIMARY KEY, conversation TEXT NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, thread TEXT NOT "
            u"NULL, "
            "reply_to TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, created INTEGER NOT NULL, position INTEGER NOT NULL, "
            "why_kind INTEGER, why_detail TEXT) WITHOUT ROWID"_s,
            u"CREATE TABLE drafts (id TEXT PRIMARY KEY, conversation TEXT NOT NULL, thread TEXT NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, "
            "written INTEGER NOT NULL, newest INTEGER NOT NULL, composer INTEGER NOT NULL) WITHOUT ROWID"_s,
            u"CREATE TABLE commands (account TEXT NOT NULL, bot TEXT NOT NULL, specs TEXT NOT NULL, PRIMARY KEY(account, bot)) WITHOUT ROWID"_s,
            u"CREATE TABLE usages (bot TEXT NOT NULL, command TEXT NOT NULL, usage BLOB NOT NULL, PRIMARY KEY(bot, command)) WITHOUT ROWID"_s,
        },
        {
            // With the flags in it, unread messages are counted in the index alone.
            u"DROP INDEX messages_by_order"_s,
            u"CREATE INDEX messages_by_order ON messages(conversation, thread, ord, flags)"_s,
        },
        {
            u"ALTER TABLE gaps ADD COLUMN lost INTEGER NOT NULL DEFAULT 0"_s,
        },
        {
            // The highest `ord` in it: a message above it needs no look at the others.
            u"ALTER TABLE conversations ADD COLUMN top_ord INTEGER NOT NULL DEFAULT 0"_s,
            u"UPDATE conversations SET top_ord = (SELECT coalesce(max(ord), 0) FROM messages WHERE conversation = conversations.id)"_s,
        },
        {
            // What is not in the full-text index yet, see ProfileStore::Data::indexSome(): a flood of messages does not wait for it.
            u"CREATE TABLE unindexed (row INTEGER PRIMARY KEY)"_s,
            u"DROP TRIGGER messages_added"_s,
            u"DROP TRIGGER messages_removed"_s,
            u"DROP TRIGGER messages_edited"_s,
            u"CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN INSERT INTO unindexed VALUES (new.rowid); END"_s,
            u"CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN "
            "INSERT INTO messages_text(messages_text, rowid, text) SELECT 'delete', old.rowid, old.text WHERE NOT EXISTS (SELECT 1 FROM unindexed "
            "WHERE row = old.rowid); "
            "DELETE FROM unindexed WHERE row = old.rowid; END"_s,
            u"CREATE TRIGGER messages_edited AFTER UPDATE OF text ON messages WHEN old.text IS NOT new.text BEGIN "
            "INSERT INTO messages_text(messages_text, rowid, text) SELECT 'delete', old.rowid, old.text WHERE NOT EXISTS (SELECT 1 FROM unindexed "
            "WHERE row = old.rowid); "
            "INSERT OR IGNORE INTO unindexed VALUES (new.rowid); END"_s,
        },
        {
            u"ALTER TABLE messages ADD COLUMN attachments TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE outbox ADD COLUMN attachments TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE drafts ADD COLUMN attachments TEXT NOT NULL DEFAULT ''"_s,
        },
        {
            // Who and where are words of the index too: "from:ana in:ops deploy" is one walk over three lists, however frequent each is.
            // What is stored is put into the new index little by little.
            u"DROP TRIGGER messages_removed"_s,
            u"DROP TRIGGER messages_edited"_s,
            u"DROP TABLE messages_text"_s,
            u"CREATE VIRTUAL TABLE messages_text USING fts5(text, conversation, sender, sender_name, content='messages', content_rowid='rowid', "
            "tokenize='unicode61 remove_diacritics 2')"_s,
            // Which words there are: one that is being typed is looked up here.
            u"CREATE VIRTUAL TABLE messages_words USING fts5vocab(messages_text, instance)"_s,
            u"CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN "
            "INSERT INTO messages_text(messages_text, rowid, text, conversation, sender, sender_name) "
            "SELECT 'delete', old.rowid, old.text, old.conversation, old.sender, old.sender_name "
            "WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE row = old.rowid); "
            "DELETE FROM unindexed WHERE row = old.rowid; END"_s,
            u"CREATE TRIGGER messages_edited AFTER UPDATE OF text, sender, sender_name ON messages "
            "WHEN old.text IS NOT new.text OR old.sender IS NOT new.sender OR old.sender_name IS NOT new.sender_name BEGIN "
            "INSERT INTO messages_text(messages_text, rowid, text, conversation, sender, sender_name) "
            "SELECT 'delete', old.rowid, old.text, old.conversation, old.sender, old.sender_name "
            "WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE row = old.rowid); "
            "INSERT OR IGNORE INTO unindexed VALUES (new.rowid); END"_s,
            u"INSERT OR IGNORE INTO unindexed SELECT rowid FROM messages"_s,
        },
        {
            // Which threads were lately spoken in: a walk from the newest reply back.
            u"CREATE INDEX messages_in_threads ON messages(conversation, time) WHERE thread <> ''"_s,
        },
        {
            // Runs of all protocols. `conversation` is the key and not a row: a run outlives what is stored of its room. `rest` is empty where
            // the bot itself keeps what it said.
            u"CREATE TABLE runs (account TEXT NOT NULL, id TEXT NOT NULL, conversation TEXT NOT NULL, cause TEXT NOT NULL, bot TEXT NOT NULL, "
            "sender TEXT NOT NULL, sender_name TEXT NOT NULL, command TEXT NOT NULL, kind TEXT NOT NULL, environment TEXT NOT NULL, state TEXT NOT "
            "NULL, exit INTEGER, detail TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, confidence INTEGER, bytes INTEGER NOT NULL, "
            "rest BLOB NOT NULL, PRIMARY KEY(account, id)) WITHOUT ROWID"_s,
            u"CREATE INDEX runs_by_time ON runs(started)"_s,
            u"CREATE INDEX runs_by_room ON runs(account, conversation, started)"_s,
            // All that a summary of the commands counts: it is read here alone.
            u"CREATE INDEX runs_by_kind ON runs(account, bot, kind, started, state, ended, conversation)"_s,
            u"CREATE TABLE run_parts (account TEXT NOT NULL, run TEXT NOT NULL, position INTEGER NOT NULL, message TEXT NOT NULL, text TEXT NOT "
            u"NULL, "
            "time INTEGER NOT NULL, ord INTEGER NOT NULL, cut INTEGER NOT NULL, evidence INTEGER NOT NULL, PRIMARY KEY(account, run, position)) "
            "WITHOUT ROWID"_s,
            u"CREATE TABLE habits (name TEXT PRIMARY KEY, habit BLOB NOT NULL) WITHOUT ROWID"_s,
        }};
}

} // namespace ridealong::store
