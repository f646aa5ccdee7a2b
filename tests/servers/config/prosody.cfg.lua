-- SPDX-FileCopyrightText: 2026 The Ridealong authors
-- SPDX-License-Identifier: Apache-2.0
-- Prosody 0.12 and 13, for tests: everything a client may use, on loopback, without other servers.
data_path = "@FOLDER@/data"
certificates = "@FOLDER@/certs"
plugin_paths = { "@FOLDER@/plugins" }
pidfile = "@FOLDER@/prosody.pid"
log = { info = "*console" }
admins = { "@ADMINISTRATOR@" }

interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { @STARTTLS@ }
c2s_direct_tls_ports = { @DIRECTTLS@ }
http_ports = { @HTTP@ }
http_interfaces = { "127.0.0.1" }
https_ports = { @HTTPS@ }
https_interfaces = { "127.0.0.1" }
http_default_host = "@DOMAIN@"
http_external_url = "@UPLOAD_URL@/"
ssl = { certificate = "@CERTIFICATE@", key = "@KEY@" }

modules_enabled = {
  "roster"; "saslauth"; "tls"; "disco"; "carbons"; "pep"; "private"; "blocklist"; "vcard4"; "vcard_legacy"; "bookmarks";
  "version"; "uptime"; "time"; "ping"; "register"; "csi_simple"; "lastactivity"; "announce"; "websocket"; "bosh";
  "admin_adhoc"; "admin_socket"; "admin_shell"; "test_deploy"; @MODULES@
}
modules_disabled = { @DISABLED@"s2s" }
admin_socket = "@SHELL@"

authentication = "internal_hashed"
password_hash = "@HASH@"
default_storage = "internal"
storage = { archive = "@ARCHIVE@"; muc_log = "@ARCHIVE@" }
sql = { driver = "SQLite3"; database = "archive.sqlite" }
allow_registration = false
c2s_require_encryption = true
allow_unencrypted_plain_auth = false
c2s_stanza_size_limit = @STANZA@
-- Else nobody can sign in at ws://.
consider_websocket_secure = true
consider_bosh_secure = true
smacks_hibernation_time = 600
archive_expires_after = "@EXPIRY@"
-- Heeded where the module of this name is on: Debian's.
limits = { c2s = { rate = "10kb/s" } }

VirtualHost "@DOMAIN@"

Component "@ROOMS@" "muc"
  modules_enabled = { @ROOM_MODULES@"muc_unique" }
  muc_log_by_default = true
  muc_log_presences = false
  muc_log_expires_after = "@EXPIRY@"
  muc_room_default_persistent = true
  muc_room_default_public = true
  muc_room_locking = false
  restrict_room_creation = false

Component "@UPLOADS@" "http_file_share"
  http_host = "@DOMAIN@"
  http_file_share_size_limit = 16 * 1024 * 1024
  http_file_share_access = { "@DOMAIN@" }
