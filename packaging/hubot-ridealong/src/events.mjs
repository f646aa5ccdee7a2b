// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is told of a run: CloudEvents 1.0 with the words of CDEvents (resources/schema/run-event.json), and the line of text for
// adapters that can carry nothing else.

const kMaxTaskChars = 200
const kMaxCommandChars = 2000
const kMaxErrorChars = 500
const kShortCommandChars = 200 // where there is no room for more

// No half of a character at the end.
export const cut = (text, most) => {
  const short = String(text).slice(0, most)
  return /[\ud800-\udbff]$/.test(short) ? short.slice(0, -1) : short
}

// The word that a task goes by: of a classic script nobody says it, so the command's first.
export const taskOf = command => cut(/\S+/.exec(command)?.[0] ?? 'command', kMaxTaskChars)

// The first line: the rest is a stack, and for the log.
export const errorText = error => cut(String(error?.message ?? error).split('\n', 1)[0], kMaxErrorChars)

export function makeEvent ({ run, source, type, seq, time, taskName, cause, data }) {
  const short = { ...cause }
  if (short.command !== undefined) short.command = cut(short.command, kMaxCommandChars)
  return {
    specversion: '1.0',
    id: `${run}-${seq}`,
    source,
    type: `dev.ridealong.run.${type}.v1`,
    subject: run,
    time: new Date(time).toISOString(),
    datacontenttype: 'application/json',
    data: { taskName: cut(taskName, kMaxTaskChars), seq, cause: short, ...data }
  }
}

// As JSON of at most maxBytes; what people read says the command, so that is shortened first, and left out if need be. Undefined: not even that helps.
export function encode (event, maxBytes = Infinity) {
  const { command, ...cause } = event.data.cause
  const candidates = [
    event.data,
    { ...event.data, cause: { ...cause, ...(command && { command: cut(command, kShortCommandChars) }) } },
    { ...event.data, cause },
    { ...event.data, cause, ...(event.data.errors && { errors: cut(event.data.errors, 80) }), ...(event.data.bundle && { bundle: {} }) }
  ]
  for (const data of candidates) {
    const json = JSON.stringify({ ...event, data })
    if (Buffer.byteLength(json) <= maxBytes) return json
  }
}

const kStates = { success: 'success', failure: 'failure', error: 'error', cancelled: 'cancelled', denied: 'denied' }

export function trailerOf ({ subject, type, data }) {
  const state = kStates[data.outcome] ?? (type.includes('.queued.') ? 'queued' : 'running')
  const parts = [`run:${subject}`, data.taskName.replace(/\s+/g, '-'), state]
  if (data.progress?.percent !== undefined) parts.push(`${data.progress.percent}%`)
  if (data.durationMs !== undefined) parts.push(`${(data.durationMs / 1000).toFixed(1)}s`)
  if (/^[\w-]+$/.test(data.environment ?? '')) parts.push(`env=${data.environment}`)
  return `[${parts.join(' ')}]`
}
