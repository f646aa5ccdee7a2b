#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# withnames.sh PROGRAM…: runs it in a network of its own, where the system's name server is 127.0.0.1, which the program plays itself
# (nameserver.h), and where nobody's certificates are trusted but those of the authorities in $RIDEALONG_TRUSTED, a folder. Where the
# kernel does not allow that, it runs the program as it is, without that variable.
set -eu
PATH=$PATH:/usr/sbin:/sbin
own='unshare --net --mount'
[ "$(id -u)" = 0 ] || own="$own --map-current-user --keep-caps"
if ! $own sh -ec 'ip link set lo up && mount --bind /etc/hosts /etc/resolv.conf' 2>/dev/null; then
    exec "$@"
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo 'nameserver 127.0.0.1' >"$folder/resolv.conf"
mkdir "$folder/trusted"
RIDEALONG_TRUSTED=$folder/trusted $own sh -ec '
    ip link set lo up
    mount --bind "$0/resolv.conf" /etc/resolv.conf
    for certificates in /etc/ssl/certs /etc/pki/tls/certs; do
        [ ! -d "$certificates" ] || mount --bind "$0/trusted" "$certificates"
    done
    exec "$@"' "$folder" "$@"
