// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Settings, from environment variables.
const kNo = /^(0|false|no|off)$/i
const kMaxEnvironmentChars = 64

export function settingsFrom (environment) {
  const e = environment
  const number = (name, fallback) => {
    const value = e[name] === undefined || e[name] === '' ? fallback : Number(e[name])
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is no number`)
    return value
  }
  return {
    trailer: !kNo.test(e.HUBOT_RIDEALONG_TRAILER ?? ''),
    errors: !kNo.test(e.HUBOT_RIDEALONG_ERRORS ?? ''),
    environment: (e.HUBOT_RIDEALONG_ENVIRONMENT ?? '').slice(0, kMaxEnvironmentChars),
    startedMs: number('HUBOT_RIDEALONG_STARTED_MS', 250),
    idleMs: number('HUBOT_RIDEALONG_IDLE_MS', 1000),
    lateMs: number('HUBOT_RIDEALONG_LATE_MS', 60000)
  }
}
