// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cut, encode, errorText, makeEvent, taskOf, trailerOf } from '../src/events.mjs'
import { settingsFrom } from '../src/settings.mjs'

// As resources/schema/run-event.json and the reader have it.
const kTrailer = /^\[run:(?<id>[A-Za-z0-9_-]{6,64}) (?<task>\S+) (?<st>queued|running|success|failure|error|cancelled|denied)(?: exit=(?<exit>-?\d+))?(?: (?<pct>\d{1,3})%)?(?: (?<dur>\d+(?:\.\d+)?)s)?(?: env=(?<env>[\w-]+))?(?<dry> dry-run)?\]$/
const make = (type, data = {}, cause = { message: 'm1', user: 'ana', room: '#ops', command: 'hubot x' }) => makeEvent({ run: '8b9a0b45', source: '//hubot/hubot', type, seq: 2, time: 0, taskName: 'migrate.start', cause, data })

test('is a CloudEvent', () => {
  assert.deepEqual(make('output', { bundle: {} }), {
    specversion: '1.0', id: '8b9a0b45-2', source: '//hubot/hubot', type: 'dev.ridealong.run.output.v1', subject: '8b9a0b45', time: '1970-01-01T00:00:00.000Z',
    datacontenttype: 'application/json', data: { taskName: 'migrate.start', seq: 2, cause: { message: 'm1', user: 'ana', room: '#ops', command: 'hubot x' }, bundle: {} }
  })
})

test('is shortened until it fits, and left out when it cannot', () => {
  const event = make('finished', { outcome: 'error', errors: 'e'.repeat(500) }, { user: 'ana', command: 'x'.repeat(5000) })
  const whole = encode(event)
  assert.equal(JSON.parse(whole).data.cause.command.length, 2000)
  assert.equal(encode(event, Buffer.byteLength(whole)), whole)
  assert.equal(JSON.parse(encode(event, Buffer.byteLength(whole) - 1)).data.cause.command.length, 200)
  assert.equal(JSON.parse(encode(event, 900)).data.cause.command, undefined)
  assert.equal(JSON.parse(encode(event, 500)).data.errors.length, 80)
  assert.equal(encode(event, 0), undefined)
})

test('cuts between characters', () => {
  assert.equal(cut('a😀', 2), 'a')
  assert.equal(cut('a😀', 3), 'a😀')
  assert.equal(cut('', 0), '')
})

test('a task is the first word, an error the first line', () => {
  assert.equal(taskOf(' build api now'), 'build')
  assert.equal(taskOf(''), 'command')
  assert.equal(errorText(new Error('a\nb')), 'a')
  assert.equal(errorText('text'), 'text')
})

test('a trailer is what its reader reads', () => {
  assert.deepEqual({ ...kTrailer.exec(trailerOf(make('finished', { outcome: 'denied', durationMs: 12345, environment: 'prod' }))).groups }, { id: '8b9a0b45', task: 'migrate.start', st: 'denied', exit: undefined, pct: undefined, dur: '12.3', env: 'prod', dry: undefined })
  assert.equal(trailerOf(make('progress', { progress: { state: 'normal', percent: 40 } })), '[run:8b9a0b45 migrate.start running 40%]')
  assert.match(trailerOf(make('output', { environment: 'a b' })), kTrailer)
})

test('settings that are no numbers are refused', () => {
  assert.equal(settingsFrom({}).idleMs, 1000)
  assert.equal(settingsFrom({ HUBOT_RIDEALONG_TRAILER: 'off' }).trailer, false)
  assert.throws(() => settingsFrom({ HUBOT_RIDEALONG_IDLE_MS: '-1' }), /IDLE/)
})
