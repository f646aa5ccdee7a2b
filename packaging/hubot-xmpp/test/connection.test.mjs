// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The connection against a client whose server the test plays.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { afterEach, test } from 'node:test'
import { Connection } from '../src/connection.mjs'
import { Client, xml } from './fakelibrary.mjs'

const kRoom = 'ops@rooms.test'
let cleanups = []
afterEach(() => {
  for (const cleanup of cleanups) cleanup()
  cleanups = []
})

function start (options = {}) {
  const clients = []
  const client = settings => clients[clients.push(new Client(settings)) - 1]
  const connection = new Connection({ address: 'hubot@example.test', password: 'pw', server: 'example.test', port: 5222, nick: 'hubot', rooms: [{ address: kRoom }], minBackoffMs: 1, random: () => 0, ...options }, { client, xml })
  cleanups.push(() => connection.close())
  connection.open()
  return { connection, clients, server: clients[0] }
}

// Signed in and in its room.
async function entered (options) {
  const all = start(options)
  all.server.emit('online')
  await all.server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
  all.server.enters(kRoom, 'hubot', '110')
  return all
}

const heard = async (connection, act) => {
  const message = once(connection, 'message')
  act()
  return (await message)[0]
}

test('signs in at the domain over the server it is told, and joins without history', async () => {
  const { server, connection } = start({ server: '127.0.0.1', rooms: [{ address: kRoom }, { address: 'secret@rooms.test', password: 'k' }] })
  assert.equal(server.options.service, 'xmpp://127.0.0.1:5222')
  assert.equal(server.options.domain, 'example.test')
  assert.equal(server.reconnects, false)
  const joined = once(connection, 'joined')
  server.emit('online')
  const presence = await server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
  assert.equal(presence.getChild('x').getChild('history').attrs.maxstanzas, '0')
  const secret = await server.expect(stanza => stanza.attrs.to === 'secret@rooms.test/hubot')
  assert.equal(secret.getChild('x').getChildText('password'), 'k')
  server.enters(kRoom, 'hubot', '110')
  assert.deepEqual(await joined, [kRoom])
})

test('no session is left behind for a return that never comes', () => {
  const { server } = start()
  const offers = () => [xml('sm', { xmlns: 'urn:xmpp:sm:3' }), xml('inline', {}, xml('feature', { var: 'urn:xmpp:sm:3' }), xml('feature', { var: 'urn:xmpp:carbons:2' }))]
  const features = xml('features', {}, ...offers(), xml('bind', {}))
  server.emit('element', features)
  assert.deepEqual(features.children.map(({ name }) => name), ['inline', 'bind'])
  assert.deepEqual(features.getChild('inline').children.map(({ attrs }) => attrs.var), ['urn:xmpp:carbons:2'])
  const message = xml('message', {}, ...offers())
  server.emit('element', message)
  assert.equal(message.children.length, 2)
})

test('sends no password without TLS', async () => {
  const { server } = start()
  const given = []
  const authenticate = async credentials => given.push(credentials)
  server.secure = false
  await assert.rejects(server.options.credentials(authenticate, ['PLAIN'], null, server), /TLS/)
  server.secure = true
  await server.options.credentials(authenticate, ['SCRAM-SHA-1', 'PLAIN'], null, server)
  assert.deepEqual(given, [{ username: 'hubot', password: 'pw' }])
})

test('gives up when the account is refused', async () => {
  const { server, connection, clients } = start()
  const fatal = once(connection, 'fatal')
  server.fail(Object.assign(new Error('not-authorized'), { name: 'SASLError', condition: 'not-authorized' }))
  assert.match((await fatal)[0], /refused the account: not-authorized/)
  assert.equal(clients.length, 1)
})

test('hears a room with the id that the room gave, and who is behind a nick', async () => {
  const { server, connection } = await entered()
  const item = xml('item', { jid: 'alice@example.test/phone' })
  server.emit('stanza', xml('presence', { from: `${kRoom}/alice` }, xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' }, item)))
  const forged = xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', by: 'elsewhere.test', id: 'wrong' })
  const given = xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', by: kRoom, id: 'right' })
  const message = await heard(connection, () => server.says(`${kRoom}/alice`, 'hubot ping', { id: 'own' }, forged, given))
  assert.deepEqual(message, { from: `${kRoom}/alice`, nick: 'alice', room: kRoom, account: 'alice@example.test', text: 'hubot ping', id: 'right', private: false })
})

test('hears what is said in private, in a room and outside', async () => {
  const { server, connection } = await entered()
  const whispered = await heard(connection, () => server.says(`${kRoom}/alice`, 'ping', { type: 'chat', id: 'a' }))
  assert.deepEqual([whispered.room, whispered.nick, whispered.private], [`${kRoom}/alice`, 'alice', true])
  const direct = await heard(connection, () => server.says('bob@example.test/x', 'ping', { type: 'chat', id: 'b' }))
  assert.deepEqual([direct.room, direct.nick, direct.account, direct.id], ['bob@example.test/x', 'bob', 'bob@example.test', 'b'])
})

test('does not hear history, itself, errors, or nobody', async () => {
  const { server, connection } = await entered()
  const texts = []
  connection.on('message', ({ text }) => texts.push(text))
  server.says(`${kRoom}/alice`, 'old', {}, xml('delay', { xmlns: 'urn:xmpp:delay' }))
  server.says(`${kRoom}/hubot`, 'own')
  server.says(kRoom, 'from the room itself')
  server.says(`${kRoom}/alice`, 'returned', { type: 'error' })
  server.says(`${kRoom}/alice`, 'heard')
  assert.deepEqual(texts, ['heard'])
})

test('what it says waits for the room, and names what it answers', async () => {
  const { server, connection } = start()
  connection.say(kRoom, 'early \x1b[1mword\x1b[0m', { id: 'm1', to: `${kRoom}/alice` })
  connection.say('bob@example.test', 'hello')
  server.emit('online')
  const first = await server.expect(stanza => stanza.is('message'))
  assert.deepEqual(first.attrs, { to: 'bob@example.test', type: 'chat' })
  server.enters(kRoom, 'hubot', '110')
  const second = await server.expect(stanza => stanza.is('message'))
  assert.equal(second.getChildText('body'), 'early word')
  assert.deepEqual(second.getChild('reply').attrs, { xmlns: 'urn:xmpp:reply:0', id: 'm1', to: `${kRoom}/alice` })
})

const eventOf = stanza => {
  const text = stanza.getChild('ride', 'urn:ridealong:0')?.getChildText('envelope')
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString()
}

test('data goes beside each message, and the last one is known', async () => {
  const { server, connection } = await entered()
  const asked = []
  connection.say(kRoom, 'a'.repeat(29999) + '\nb', { id: 'm1' }, (text, { isLast }) => {
    asked.push([text.length, isLast])
    return `{"é":${text.length}}`
  })
  for (const length of [29999, 1]) {
    const stanza = await server.expect(stanza => stanza.is('message'))
    assert.equal(stanza.getChildText('body').length, length)
    assert.equal(eventOf(stanza), `{"é":${length}}`)
  }
  assert.deepEqual(asked, [[29999, false], [1, true]])
})

test('data without a text has no body, and archives keep it', async () => {
  const { server, connection } = await entered()
  connection.tell(kRoom, { id: 'm1' }, () => '{}')
  const stanza = await server.expect(stanza => stanza.is('message'))
  assert.deepEqual(stanza.attrs, { to: kRoom, type: 'groupchat' })
  assert.equal(stanza.getChild('body'), undefined)
  assert.equal(stanza.getChild('store').attrs.xmlns, 'urn:xmpp:hints')
  assert.equal(eventOf(stanza), '{}')
})

test('too much data is left out', async () => {
  const { server, connection } = await entered()
  for (const [bytes, isThere] of [[12000, true], [12001, false], [0, false]]) {
    connection.say(kRoom, 'text', undefined, () => 'x'.repeat(bytes))
    assert.equal(eventOf(await server.expect(stanza => stanza.is('message'))) !== undefined, isThere, `${bytes}`)
  }
})

test('takes another name while its own is taken', async () => {
  const { server } = start()
  server.emit('online')
  await server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
  server.refuses(kRoom, 'conflict')
  await server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot_`)
})

test('joins again after a kick and after a refusal', async () => {
  const { server, connection } = await entered()
  server.leaves(kRoom, 'hubot', '110', '307')
  await server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
  const refused = once(connection, 'refused')
  server.refuses(kRoom, 'registration-required')
  assert.deepEqual(await refused, [kRoom, 'registration-required'])
  await server.expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
})

test('comes back when the connection was lost, later each time it fails', async () => {
  const { connection, clients, server } = await entered({ random: () => 1 })
  const delays = []
  connection.on('lost', (_, delay) => delays.push(delay))
  server.emit('error', new Error('read ECONNRESET'))
  const lost = once(connection, 'lost')
  server.emit('disconnect')
  assert.equal((await lost)[0], 'read ECONNRESET')
  const again = once(connection, 'ready')
  while (clients.length < 2) await new Promise(resolve => setTimeout(resolve, 1))
  const failed = once(connection, 'lost')
  clients[1].fail(new Error('connect ECONNREFUSED'))
  await failed
  while (clients.length < 3) await new Promise(resolve => setTimeout(resolve, 1))
  assert.deepEqual(delays, [1, 2])
  clients[2].emit('online')
  await again
  await clients[2].expect(stanza => stanza.attrs.to === `${kRoom}/hubot`)
})

test('gives a silent server up, and takes an error for a sign of life', async () => {
  const { connection, server } = start({ pingSeconds: 0.001 })
  let asked = 0
  server.answer = async () => {
    asked += 1
    throw asked < 3 ? new Error('service-unavailable') : Object.assign(new Error('timeout'), { name: 'TimeoutError' })
  }
  const lost = once(connection, 'lost')
  server.emit('online')
  assert.equal((await lost)[0], 'the server fell silent')
  assert.equal(asked, 3)
})

test('says who comes and goes, and what the subject is', async () => {
  const { connection, server } = await entered()
  const seen = []
  for (const event of ['enter', 'leave', 'topic']) connection.on(event, ({ nick, text }) => seen.push([event, nick, text]))
  server.enters(kRoom, 'alice')
  server.emit('stanza', xml('message', { type: 'groupchat', from: `${kRoom}/alice` }, xml('subject', {}, 'Deploys here')))
  server.leaves(kRoom, 'alice')
  assert.deepEqual(seen, [['enter', 'alice', undefined], ['topic', 'alice', 'Deploys here'], ['leave', 'alice', undefined]])
})
