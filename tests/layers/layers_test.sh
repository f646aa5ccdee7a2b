#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# `layers_test.sh ROOT HEADLESS`: the tree obeys the layer check, the check finds each wrong sample (so it is able to fail),
# accepts what only looks wrong, and the headless program links no GUI library.
set -u
root=${1:?} headless=${2:?} here=$(dirname "$(readlink -f "$0")") failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
expect() { if [ "$2" = "$3" ]; then echo "ok    $1"; else echo "FAIL  $1: $3, expected $2"; failures=$((failures + 1)); fi; }

# Each sample breaks the one rule its name spells; one too long is made here.
cp -r "$here/samples/." "$work"
{ head -n 2 "$here/samples/app/thing/singleton.cpp"; yes '// line' | head -n 499; } >"$work/app/thing/toolong.cpp"
{ head -n 2 "$here/samples/app/thing/singleton.cpp"; yes '// line' | head -n 498; } >"$work/app/thing/longenough.cpp"
found=$(bash "$here/check.sh" "$work")
expect "the check fails on bad samples" 1 $?
for sample in $(cd "$work" && find . -name '*.cpp' ! -name harmless.cpp ! -name longenough.cpp -printf '%P\n' | sort); do
    rule=$(printf '%s' "$found" | grep -F "$sample:" | sed -E 's/^[^:]*:[0-9]+: ([a-z-]+).*/\1/' | tr -d '\n-')
    expect "$sample breaks its rule" "$(basename "$sample" .cpp)" "$rule"
done
expect "what only looks wrong is accepted" 0 "$(printf '%s' "$found" | grep -cE 'harmless|longenough')"

out=$(bash "$here/check.sh" "$root")
status=$?
[ $status = 0 ] || printf '%s\n' "$out"
expect "the tree obeys" 0 $status

linked=$(ldd "$headless" 2>&1) || { echo "FAIL  ldd $headless: $linked"; failures=$((failures + 1)); }
expect "the headless program links no GUI library" '' "$(printf '%s' "$linked" | grep -oE 'libQt6(Gui|Widgets|Svg|Quick|Qml)[^ ]*|libX11[^ ]*|libGL[^ ]*' | sort -u | tr '\n' ' ')"
expect "the headless program links Qt at all" libQt6Core "$(printf '%s' "$linked" | grep -oE 'libQt6Core' | head -n 1)"
exit $((failures > 0))
