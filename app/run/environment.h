// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

namespace ridealong::run {

/// Of `ours` ("NAME=value") what a script may see: PATH, HOME, USER, LOGNAME, LANG, LC_*, TZ, TMPDIR, XDG_RUNTIME_DIR,
/// SSH_AUTH_SOCK. Tokens and passwords that a desktop session carries around stay here. Adds a terminal's names, UTF-8 where
/// no language is set, and pagers that do not wait for keys.
QList<QByteArray> scriptEnvironment(const QList<QByteArray>& ours);

/// This process's own.
QList<QByteArray> processEnvironment();

/// The file of `program` in the PATH of `environment`; empty when there is none.
QByteArray findProgram(const QByteArray& program, const QList<QByteArray>& environment);

} // namespace ridealong::run
