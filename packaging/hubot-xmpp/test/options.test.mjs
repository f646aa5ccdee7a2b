// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionsFrom } from '../src/options.mjs'

const kLeast = { HUBOT_XMPP_ADDRESS: 'hubot@example.test', HUBOT_XMPP_PASSWORD: 'pw' }

test('an address and a password are enough', () => {
  const options = optionsFrom(kLeast, 'Hubot')
  assert.equal(options.server, 'example.test')
  assert.equal(options.port, 5222)
  assert.equal(options.nick, 'hubot')
  assert.deepEqual(options.rooms, [])
})

test('rooms may have passwords', () => {
  const { rooms } = optionsFrom({ ...kLeast, HUBOT_XMPP_ROOMS: 'Ops@rooms.test, secret@rooms.test pw ,' }, 'Hubot')
  assert.deepEqual(rooms, [{ address: 'ops@rooms.test', password: undefined }, { address: 'secret@rooms.test', password: 'pw' }])
})

test('direct TLS has a port of its own', () => {
  assert.equal(optionsFrom({ ...kLeast, HUBOT_XMPP_DIRECT_TLS: '1' }, 'Hubot').port, 5223)
})

test('what cannot work is refused at once', () => {
  assert.throws(() => optionsFrom({ ...kLeast, HUBOT_XMPP_ADDRESS: undefined }, 'Hubot'), /ADDRESS/)
  assert.throws(() => optionsFrom({ ...kLeast, HUBOT_XMPP_ADDRESS: 'example.test' }, 'Hubot'), /ADDRESS/)
  assert.throws(() => optionsFrom({ ...kLeast, HUBOT_XMPP_PASSWORD: '' }, 'Hubot'), /PASSWORD/)
  assert.throws(() => optionsFrom({ ...kLeast, HUBOT_XMPP_PORT: 'x' }, 'Hubot'), /PORT/)
  assert.throws(() => optionsFrom({ ...kLeast, HUBOT_XMPP_PING_SECONDS: '0' }, 'Hubot'), /PING/)
})
