#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# withkeyring.sh PROGRAM…: runs it inside a D-Bus session of its own with a real, unlocked GNOME Keyring in a folder of its own.
# The variables of the session are also what the program needs to lock, kill or replace the keyring.
set -eu
if ! command -v dbus-run-session >/dev/null || ! command -v gnome-keyring-daemon >/dev/null; then
    echo "withkeyring.sh: dbus-run-session and gnome-keyring-daemon are needed (./dev setup installs them)" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -m 700 "$folder/home" "$folder/runtime"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export HOME="$folder/home" XDG_RUNTIME_DIR="$folder/runtime" XDG_DATA_HOME="$folder/home/.local/share" XDG_CONFIG_HOME="$folder/home/.config"
dbus-run-session -- sh -c 'printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"' sh "$@"
