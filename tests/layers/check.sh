#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# What the compiler cannot refuse: the rules of ARCHITECTURE.md that are about text. `check.sh ROOT` looks at app/, ui/ and
# tests/ under ROOT, prints one line for each offence (file:line: rule) and fails when there is any.
# That app/ includes no forbidden module is seen by the compiler itself (ridealong_module()), not here.
set -u
root=${1:?which folder}
cd "$root" || exit 2
allowed="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/allowed.txt"
readonly max_lines=500
offences=0

# forbid RULE PATTERN FILES…: each match is an offence unless allowed.txt has "RULE FILE  reason". Comment lines do not count.
forbid() {
    local rule=$1 pattern=$2 line file
    shift 2
    [ $# -gt 0 ] || return
    while IFS= read -r line; do
        file=${line%%:*}
        grep -qE "^$rule +$file +[^ ]" "$allowed" 2>/dev/null && continue
        printf '%s\n    %s\n' "$(printf '%s' "$line" | cut -d: -f1,2): $rule" "$(printf '%s' "$line" | cut -d: -f3- | sed 's/^ *//')"
        offences=$((offences + 1))
    done < <(grep -nHE -- "$pattern" "$@" | grep -vE '^[^:]+:[0-9]+: *(//|\*)' | grep -vE "(${except:-^$})")
}

sources() { find "$@" -type f \( -name '*.cpp' -o -name '*.h' \) ! -path 'tests/layers/samples/*' 2>/dev/null | sort; }
mapfile -t app < <(sources app)
mapfile -t product < <(sources app ui)
mapfile -t all < <(sources app ui tests)

forbid parent-include '^ *# *include +"\.\./' "${all[@]}"
forbid module-prefix '^ *# *include +[<"]Qt[A-Z][A-Za-z0-9]*/' "${all[@]}"
# Qt's own one-per-process objects are not ours to avoid: these three may be asked; everything else comes through a constructor.
except='(QAbstractEventDispatcher|QCoreApplication|QThreadPool)::(globalInstance|instance)\(' forbid singleton '(^|[^A-Za-z])(instance|globalInstance)\(\)' "${product[@]}"
forbid nested-event-loop 'QEventLoop|processEvents\(' "${product[@]}"
forbid blocking-wait '(\.|->)(waitFor[A-Z][A-Za-z]*|msleep|sleep)\(|QThread::(m|u)?sleep\(' "${product[@]}"
forbid text-in-app '(^|[^A-Za-z_:])tr\(|QCoreApplication::translate\(|QT_TR' "${app[@]}"
forbid widgets-in-app '# *include +<Q(Widget|Application|Gui|Painter|Pixmap|Icon|Color|Font|Image|Action|MainWindow|Dialog)[A-Za-z]*>' "${app[@]}"
# Measurements wait for real programs and the tour for its pictures to come to rest; tests never do.
forbid sleeping-test 'QTest::q(Wait|Sleep)\(|std::this_thread::sleep_for' $(sources tests | grep -vE '^tests/(bench|tour)/')

# connect(sender, &Class::signal, [..]{..}) lives as long as the sender, whatever the lambda holds: a context is required.
# (QT_NO_CONTEXTLESS_CONNECT refuses it from Qt 6.7 on; this sees it on older Qt too.)
forbid connect-without-context 'connect\([^,()]+(\([^()]*\))?, *&[A-Za-z_:<>]+, *\[' "${all[@]}"

for file in "${all[@]}"; do
    lines=$(wc -l <"$file")
    if [ "$lines" -gt $max_lines ] && ! grep -qE "^too-long +$file +[^ ]" "$allowed" 2>/dev/null; then
        echo "$file:1: too-long ($lines lines, at most $max_lines)"
        offences=$((offences + 1))
    fi
    if [ "$(head -n 2 "$file" | grep -cE '^// SPDX-(FileCopyrightText: [0-9]{4} .+|License-Identifier: Apache-2\.0)$')" != 2 ]; then
        echo "$file:1: missing-spdx"
        offences=$((offences + 1))
    fi
done

[ "$offences" = 0 ] && { echo "${#all[@]} files, no offence"; exit 0; }
echo "$offences offences"
exit 1
