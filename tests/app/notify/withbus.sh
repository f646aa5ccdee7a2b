#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# withbus.sh PROGRAM…: runs it inside a D-Bus session of its own that starts no service by itself; the desktop's is never touched.
set -eu
if ! command -v dbus-run-session >/dev/null; then
    echo "withbus.sh: dbus-run-session is needed (./dev setup installs it)" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/session.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$folder</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
END
unset DBUS_SESSION_BUS_ADDRESS
dbus-run-session --config-file="$folder/session.conf" -- "$@"
