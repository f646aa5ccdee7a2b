// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The connection against a scripted server on loopback: what the server expects and says stands in order in each test.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import net from 'node:net'
import { afterEach, test } from 'node:test'
import { Connection } from '../src/connection.mjs'

let cleanups = []
afterEach(() => {
  for (const cleanup of cleanups) cleanup()
  cleanups = []
})

class Server extends EventEmitter {
  async listen () {
    this.lines = []
    this.server = net.createServer(socket => {
      this.socket = socket
      let buffer = ''
      socket.on('error', () => {})
      socket.on('data', bytes => {
        buffer += bytes
        const parts = buffer.split('\r\n')
        buffer = parts.pop()
        this.lines.push(...parts)
        this.emit('line')
      })
      this.emit('connection')
    }).listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    cleanups.push(() => { this.socket?.destroy(); this.server.close() })
    return this.server.address().port
  }

  // The next line that matches; those before it are passed over.
  async expect (pattern) {
    for (;;) {
      while (this.lines.length > 0) {
        const line = this.lines.shift()
        if (pattern.test(line)) return line
      }
      await once(this, 'line')
    }
  }

  say (...lines) { this.socket.write(lines.map(line => line + '\r\n').join('')) }
  welcome (nick = 'hubot') { this.say(`:s 001 ${nick} :hi`, `:s 005 ${nick} CASEMAPPING=ascii :are supported`, `:s 376 ${nick} :end`) }
}

async function start (options = {}) {
  const server = new Server()
  const port = await server.listen()
  const connection = new Connection({ host: '127.0.0.1', port, nick: 'hubot', channels: [{ name: '#ops' }], minBackoffMs: 1, random: () => 0, ...options })
  cleanups.push(() => connection.close())
  connection.open()
  await once(server, 'connection')
  return { server, connection }
}

test('registers with the capabilities there are, and joins', async () => {
  const { server, connection } = await start({ channels: [{ name: '#ops' }, { name: '#secret', key: 'k' }] })
  await server.expect(/^CAP LS 302$/)
  await server.expect(/^NICK hubot$/)
  await server.expect(/^USER hubot 0 \* :Hubot$/)
  server.say(':s CAP * LS * :message-tags unknown', ':s CAP * LS :server-time sasl=PLAIN')
  assert.equal(await server.expect(/^CAP REQ/), 'CAP REQ :message-tags server-time')
  server.say(':s CAP * ACK :message-tags server-time')
  await server.expect(/^CAP END$/)
  const ready = once(connection, 'ready')
  server.welcome()
  await ready
  await server.expect(/^JOIN #ops$/)
  await server.expect(/^JOIN #secret k$/)
})

test('registers where CAP is unknown', async () => {
  const { server } = await start()
  await server.expect(/^USER/)
  server.say(':s 421 hubot CAP :Unknown command')
  server.welcome()
  await server.expect(/^JOIN #ops$/)
})

test('logs in by SASL PLAIN before it joins', async () => {
  const { server } = await start({ sasl: { user: 'bot', password: 'pä' } })
  server.say(':s CAP * LS :sasl=EXTERNAL,PLAIN')
  await server.expect(/^CAP REQ :sasl$/)
  server.say(':s CAP * ACK :sasl')
  await server.expect(/^AUTHENTICATE PLAIN$/)
  server.say('AUTHENTICATE +')
  const response = (await server.expect(/^AUTHENTICATE /)).slice(13)
  assert.equal(Buffer.from(response, 'base64').toString(), '\0bot\0pä')
  server.say(':s 903 hubot :ok')
  await server.expect(/^CAP END$/)
})

test('a response of a multiple of 400 bytes ends with a plus', async () => {
  const { server } = await start({ sasl: { user: 'bot', password: 'x'.repeat(295) } })
  server.say(':s CAP * LS :sasl', ':s CAP * ACK :sasl')
  await server.expect(/^AUTHENTICATE PLAIN$/)
  server.say('AUTHENTICATE +')
  assert.equal((await server.expect(/^AUTHENTICATE /)).length, 13 + 400)
  await server.expect(/^AUTHENTICATE \+$/)
})

test('gives up when the account is refused or cannot be used', async () => {
  for (const lines of [[':s CAP * LS :sasl', ':s CAP * ACK :sasl', ':s 904 hubot :no'], [':s CAP * LS :server-time'], [':s CAP * LS :sasl=EXTERNAL']]) {
    const { server, connection } = await start({ sasl: { user: 'bot', password: 'p' } })
    const fatal = once(connection, 'fatal')
    server.say(...lines)
    await fatal
  }
})

test('takes another name while its own is taken', async () => {
  const { server, connection } = await start()
  await server.expect(/^NICK hubot$/)
  server.say(':s 433 * hubot :in use')
  await server.expect(/^NICK hubot_$/)
  server.welcome('hubot_')
  await once(connection, 'ready')
  assert.equal(connection.nick, 'hubot_')
})

test('hears people, not itself, notices, history or other CTCP', async () => {
  const { server, connection } = await start()
  server.welcome()
  await once(connection, 'ready')
  const heard = []
  connection.on('message', ({ nick, target, text, tags, action, private: isPrivate }) => heard.push([nick, target, text, tags.msgid, action, isPrivate]))
  server.say(':Hubot!u@h PRIVMSG #ops :own', ':a!u@h NOTICE #ops :notice', '@batch=1 :a!u@h PRIVMSG #ops :old', ':a!u@h PRIVMSG #ops :\x01VERSION\x01',
    '@msgid=m1 :a!u@h PRIVMSG #ops :one', ':a!u@h PRIVMSG HUBOT :two', ':a!u@h PRIVMSG #ops :\x01ACTION waves\x01', 'PING :end')
  await server.expect(/^PONG :end$/)
  assert.deepEqual(heard, [['a', '#ops', 'one', 'm1', false, false], ['a', 'HUBOT', 'two', undefined, false, true], ['a', '#ops', 'waves', undefined, true, false]])
})

test('every line fits with the prefix that others see', async () => {
  const { server, connection } = await start()
  server.welcome()
  await server.expect(/^JOIN/)
  const prefix = 'hubot!~hubot@' + 'h'.repeat(40)
  server.say(`:${prefix} JOIN #ops`)
  await once(connection, 'joined')
  const text = '€'.repeat(1000)
  connection.say('#ops', text)
  let got = ''
  while (Buffer.byteLength(got) < 3000) {
    const line = await server.expect(/^PRIVMSG/)
    assert.ok(Buffer.byteLength(`:${prefix} ${line}\r\n`) <= 512)
    got += line.slice('PRIVMSG #ops :'.length)
  }
  assert.equal(got, text)
})

test('an answer names what it answers, where tags are understood', async () => {
  for (const [capabilities, expected] of [['message-tags', '@+draft/reply=m\\:1 PRIVMSG #ops :yes'], ['server-time', 'PRIVMSG #ops :yes']]) {
    const { server, connection } = await start()
    server.say(`:s CAP * LS :${capabilities}`, `:s CAP * ACK :${capabilities}`)
    server.welcome()
    await once(connection, 'ready')
    connection.say('#ops', 'yes', 'm;1')
    assert.equal(await server.expect(/PRIVMSG/), expected)
  }
})

async function withTags (more = '') {
  const all = await start()
  all.server.say(':s CAP * LS :message-tags', ':s CAP * ACK :message-tags')
  if (more) all.server.say(`:s 005 hubot ${more} :are supported`)
  all.server.welcome()
  await once(all.connection, 'ready')
  return all
}

const eventOf = line => {
  const value = /[@;]\+ridealong\.dev\/run=([^; ]*)/.exec(line)?.[1]
  return value && Buffer.from(value, 'base64url').toString()
}

test('data goes beside each line, and the last one is known', async () => {
  const { server, connection } = await withTags()
  const asked = []
  connection.say('#ops', 'one\ntwo', 'm1', (text, { maxBytes, isLast }) => {
    asked.push([text, isLast])
    return `{"é":"${text}"}`
  })
  for (const text of ['one', 'two']) {
    const line = await server.expect(/PRIVMSG/)
    assert.match(line, new RegExp(`^@\\+draft/reply=m1;\\+ridealong\\.dev/run=[A-Za-z0-9_-]+ PRIVMSG #ops :${text}$`))
    assert.equal(eventOf(line), `{"é":"${text}"}`)
  }
  assert.deepEqual(asked, [['one', false], ['two', true]])
})

test('data without a text is a message that people do not see', async () => {
  const { server, connection } = await withTags()
  connection.tell('#ops', 'm1', () => '{}')
  assert.equal(await server.expect(/TAGMSG/), '@+draft/reply=m1;+ridealong.dev/run=e30 TAGMSG #ops')
  connection.tell('#ops\r\nQUIT', undefined, () => '{}')
  connection.say('#ops', 'end')
  assert.equal(await server.expect(/./), 'PRIVMSG #ops :end')
})

test('tags are never longer than servers take, and too much data is left out', async () => {
  const { server, connection } = await withTags()
  let limit
  connection.say('#ops', 'as much', 'm'.repeat(50), (text, { maxBytes }) => 'x'.repeat(limit = maxBytes))
  const full = await server.expect(/PRIVMSG/)
  const tags = full.slice(1, full.indexOf(' '))
  assert.ok(Buffer.byteLength(tags) <= 4094 && Buffer.byteLength(tags) > 4090, `${Buffer.byteLength(tags)}`)
  connection.say('#ops', 'more', 'm'.repeat(50), () => 'x'.repeat(limit + 3))
  assert.equal(eventOf(await server.expect(/PRIVMSG/)), undefined)
  connection.say('#ops', 'none', undefined, () => undefined)
  assert.equal(await server.expect(/PRIVMSG/), 'PRIVMSG #ops :none')
})

test('what a server does not pass on is not sent', async () => {
  for (const [told, line] of [['CLIENTTAGDENY=*', 'PRIVMSG #ops :a'], ['CLIENTTAGDENY=*,-draft/reply', '@+draft/reply=m1 PRIVMSG #ops :a'],
    ['CLIENTTAGDENY=draft/reply', '@+ridealong.dev/run=e30 PRIVMSG #ops :a']]) {
    const { server, connection } = await withTags(told)
    connection.say('#ops', 'a', 'm1', () => '{}')
    assert.equal(await server.expect(/PRIVMSG/), line)
  }
})

test('a text cannot smuggle in a command', async () => {
  const { server, connection } = await start()
  server.welcome()
  await once(connection, 'ready')
  connection.say('#ops', 'a\r\nQUIT\0\nb')
  connection.say('#ops\r\nQUIT', 'x')
  connection.say('', 'x')
  assert.equal(await server.expect(/a$/), 'PRIVMSG #ops :a')
  assert.equal(await server.expect(/./), 'PRIVMSG #ops :QUIT')
  assert.equal(await server.expect(/./), 'PRIVMSG #ops :b')
})

test('comes back, joins again and says what waited', async () => {
  const { server, connection } = await start()
  server.welcome()
  await server.expect(/^JOIN/)
  const lost = once(connection, 'lost')
  server.socket.destroy()
  await lost
  connection.say('#ops', 'said meanwhile')
  await once(server, 'connection')
  server.welcome()
  await server.expect(/^JOIN #ops$/)
  await server.expect(/^PRIVMSG #ops :said meanwhile$/)
})

test('waits longer after each failure, up to a limit, and from the start after a success', () => {
  const connection = new Connection({ host: 'x', port: 1, nick: 'n', minBackoffMs: 100, maxBackoffMs: 1000, random: () => 1 })
  connection.open = () => {}
  connection.closed = false
  const waits = []
  connection.on('lost', (_, delay) => waits.push(delay))
  for (let i = 0; i < 6; ++i) {
    connection.lost('test')
    clearTimeout(connection.retryTimer)
  }
  connection.welcomed('n')
  connection.lost('test')
  connection.close()
  assert.deepEqual(waits, [100, 200, 400, 800, 1000, 1000, 100])
})

test('notices a server that fell silent', async () => {
  const { server, connection } = await start({ pingSeconds: 0.05 })
  server.welcome()
  await server.expect(/^PING :alive$/)
  const [reason] = await once(connection, 'lost')
  assert.equal(reason, 'the server fell silent')
})

test('ends a connection that sends a line without an end', async () => {
  const { server, connection } = await start()
  const lost = once(connection, 'lost')
  server.socket.write('x'.repeat(20000))
  assert.equal((await lost)[0], 'a line without an end')
})

test('keeps to the rate it was given', async () => {
  const { server, connection } = await start({ linesPerSecond: 50, burst: 2 })
  server.welcome()
  await server.expect(/^JOIN/)
  connection.say('#ops', '1\n2\n3\n4')
  assert.equal(connection.queue.length, 2) // the burst went at once, the rest waits
  await server.expect(/:4$/)
})

test('joins again after a kick', async () => {
  const { server } = await start()
  server.welcome()
  await server.expect(/^JOIN/)
  server.say(':op!u@h KICK #OPS hubot :out')
  await server.expect(/^JOIN #ops$/)
})
