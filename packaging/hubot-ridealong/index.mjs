// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Description:
//   Run events: every message that a script sends says to which command it belongs. Settings are environment variables, see README.md.
import { settingsFrom } from './src/settings.mjs'
import { Tracker } from './src/tracker.mjs'
import { instrument } from './src/instrument.mjs'

const kTrackers = new WeakMap() // of robots

export default function ridealong (robot, overrides = {}) {
  if (kTrackers.has(robot)) return kTrackers.get(robot)
  const tracker = new Tracker(robot, { ...settingsFrom(process.env), ...overrides })
  kTrackers.set(robot, tracker)
  instrument(robot, tracker)
  return tracker
}

// For a script that wants to say more than its text does: `current(robot)?.progress(40, 'copying')`. Undefined outside of a command.
export function current (robot) {
  const tracker = kTrackers.get(robot)
  const run = tracker?.storage.getStore()
  return run && {
    id: run.id,
    progress: (percent, label) => tracker.tellProgress(run, percent, label),
    // What the next message says in words, as a table: names of columns, or { name, title }, and rows as lists or objects.
    table: (fields, data) => { run.table = { schema: { fields: fields.map(field => typeof field === 'string' ? { name: field } : field) }, data } }
  }
}
