// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// One bot's connection to one IRC server: registers, joins, keeps itself alive, and comes back when it was lost.
import { EventEmitter } from 'node:events'
import net from 'node:net'
import tls from 'node:tls'
import { escape, fold, parse, split } from './lines.mjs'

const kMaxLineBytes = 512 // RFC 2812 2.3, with its end
const kMaxTagBytes = 8191
const kMaxBufferBytes = kMaxLineBytes + kMaxTagBytes + 4096 // a server that sends more without an end is none
const kAssumedHostBytes = 63 // until the server has shown our own prefix
const kMaxClientTagBytes = 4094 // of all tags that a client sends, message-tags 3.3
export const kRunTag = '+ridealong.dev/run'
const kReplyTag = '+draft/reply'
const kCapabilities = ['message-tags', 'server-time', 'account-tag', 'batch']
const kSaslChunkBytes = 400

const isTarget = name => name !== '' && !/[\0\r\n ,]/.test(name)

// Events: 'ready' (registered and told to join; again after every reconnect), 'joined' (channel), 'message'
// ({ nick, target, text, tags, action }), 'enter'/'leave' ({ nick, channel }), 'topic' ({ nick, channel, text }),
// 'lost' (reason, milliseconds until the next attempt), 'fatal' (reason; no further attempt).
export class Connection extends EventEmitter {
  // options: host, port, nick, channels [{ name, key }], and where wanted: tls, ca, cert, key, insecure, user, realname, password,
  // sasl { mechanism, user, password }, pingSeconds, minBackoffMs, maxBackoffMs, linesPerSecond, burst, random.
  constructor (options) {
    super()
    this.options = { user: 'hubot', realname: 'Hubot', channels: [], pingSeconds: 60, minBackoffMs: 1000, maxBackoffMs: 120000, linesPerSecond: 0, burst: 10, random: Math.random, ...options }
    this.attempts = 0
    this.queue = []
    this.closed = true
  }

  open () {
    this.closed = false
    const { host, port, ca, cert, key, insecure } = this.options
    const names = net.isIP(host) ? {} : { servername: host }
    this.socket = this.options.tls
      ? tls.connect({ host, port, ca, cert, key, rejectUnauthorized: !insecure, ...names })
      : net.connect({ host, port })
    this.socket.setNoDelay(true) // else the second line of an answer waits 40 ms for the first one's acknowledgement
    this.buffer = Buffer.alloc(0)
    this.nick = this.options.nick
    this.enabled = new Set()
    this.offered = new Map()
    this.mapping = 'rfc1459'
    this.deniedTags = []
    this.prefixBytes = undefined
    this.isReady = false
    this.socket.once(this.options.tls ? 'secureConnect' : 'connect', () => this.register())
    this.socket.on('data', bytes => this.take(bytes))
    this.socket.on('error', error => { this.reason = error.message })
    this.socket.once('close', () => this.lost(this.reason ?? 'the server closed the connection'))
    this.watch()
  }

  close (text = 'Goodbye') {
    this.closed = true
    clearTimeout(this.retryTimer)
    clearTimeout(this.watchTimer)
    clearTimeout(this.queueTimer)
    if (this.socket && !this.socket.destroyed) {
      if (this.socket.writable) this.socket.end(`QUIT :${text}\r\n`)
      this.socket.unref()
    }
  }

  // Any text to a channel or a person, in as many lines as it takes. `replyTo` is the msgid of what it answers: who has message
  // tags then sees what belongs together. `runEvent` is asked for each line, with { maxBytes, isLast }, for the JSON that goes with it.
  say (target, text, replyTo, runEvent) { this.sayLines(target, text, 0, replyTo, runEvent, line => line) }
  action (target, text, runEvent) { this.sayLines(target, text, 9, undefined, runEvent, line => `\x01ACTION ${line}\x01`) }

  sayLines (target, text, extraBytes, replyTo, runEvent, dressed) {
    if (!isTarget(target)) return
    split(text, this.bodyBytes(target, 'PRIVMSG') - extraBytes).forEach((line, i, lines) => {
      const tags = this.tags(replyTo, runEvent && (maxBytes => runEvent(line, { maxBytes, isLast: i === lines.length - 1 })))
      this.enqueue(`${tags}PRIVMSG ${target} :${dressed(line)}`)
    })
  }

  // Only the JSON, in a message that people do not see.
  tell (target, replyTo, runEvent) {
    if (isTarget(target) && this.carriesTag(kRunTag)) this.enqueue(`${this.tags(replyTo, runEvent)}TAGMSG ${target}`)
  }

  // What stands before a line, within what the server takes. base64url has nothing that needs an escape.
  tags (replyTo, runEvent) {
    const tags = replyTo && this.carriesTag(kReplyTag) ? [`${kReplyTag}=${escape(replyTo)}`] : []
    if (runEvent && this.carriesTag(kRunTag)) {
      const left = kMaxClientTagBytes - Buffer.byteLength([...tags, `${kRunTag}=`].join(';'))
      const json = runEvent(Math.floor(left / 4) * 3)
      const value = json && Buffer.from(json).toString('base64url')
      if (value && value.length <= left) tags.push(`${kRunTag}=${value}`)
    }
    return tags.length > 0 ? `@${tags.join(';')} ` : ''
  }

  // Servers say in CLIENTTAGDENY what they do not pass on: all (*) but those with a minus, or some.
  carriesTag (name) {
    const denied = this.deniedTags ?? []
    const bare = name.slice(1)
    return this.enabled?.has('message-tags') === true && !denied.includes(bare) && (!denied.includes('*') || denied.includes(`-${bare}`))
  }

  topic (channel, text) { this.enqueue(`TOPIC ${channel} :${split(text, this.bodyBytes(channel, 'TOPIC'))[0]}`) }

  // What is left of 512 bytes when the server has put our prefix before the line.
  bodyBytes (target, command) {
    const prefix = this.prefixBytes ?? Buffer.byteLength(`${this.nick}!~${this.options.user}@`) + kAssumedHostBytes
    return kMaxLineBytes - Buffer.byteLength(`: ${command} ${target} :\r\n`) - prefix
  }

  // ---- Sending ----

  send (line) { if (this.socket?.writable) this.socket.write(line.replace(/[\r\n\0]/g, ' ') + '\r\n') }

  // What people are told waits for a connection, and for the server's patience when linesPerSecond is set.
  enqueue (line) {
    this.queue.push(line)
    this.flush()
  }

  flush () {
    const { linesPerSecond, burst } = this.options
    if (!this.isReady) return
    if (linesPerSecond <= 0) {
      while (this.queue.length > 0) this.send(this.queue.shift())
      return
    }
    const now = Date.now()
    this.allowance = Math.min(burst, (this.allowance ?? burst) + (now - (this.refilled ?? now)) / 1000 * linesPerSecond)
    this.refilled = now
    while (this.queue.length > 0 && this.allowance >= 1) {
      this.allowance -= 1
      this.send(this.queue.shift())
    }
    clearTimeout(this.queueTimer)
    if (this.queue.length > 0) this.queueTimer = setTimeout(() => this.flush(), (1 - this.allowance) / linesPerSecond * 1000)
  }

  // ---- Receiving ----

  take (bytes) {
    this.watch()
    this.buffer = Buffer.concat([this.buffer, bytes])
    for (let end; (end = this.buffer.indexOf(10)) >= 0;) {
      const line = this.buffer.subarray(0, end).toString('utf8').replace(/\r$/, '')
      this.buffer = this.buffer.subarray(end + 1)
      const message = parse(line)
      if (message) this.handle(message)
    }
    if (this.buffer.length > kMaxBufferBytes) this.socket.destroy(new Error('a line without an end'))
  }

  handle (message) {
    const { command, params, nick } = message
    const own = this.isSame(nick, this.nick)
    switch (command) {
      case 'PING': return this.send(`PONG :${params.at(-1) ?? ''}`)
      case 'ERROR': this.reason = params.at(-1); return
      case 'CAP': return this.capability(params)
      case 'AUTHENTICATE': return this.authenticate(params[0])
      case '903': return this.send('CAP END')
      case '902': case '904': case '905': case '906': return this.fatal(`the server refused the account: ${params.at(-1)}`)
      case '001': return this.welcomed(params[0])
      case '005': return this.learn(params)
      case '432': return this.isReady ? undefined : this.fatal(`the server refuses the name ${this.nick}`)
      case '433': case '436': case '437': return this.isReady ? undefined : this.takeName(this.nick + '_')
      case '376': case '422': return this.ready()
      case 'NICK': if (own) this.nick = params[0]; return
      case 'KICK': return this.isSame(params[1], this.nick) ? this.joinAgain(params[0]) : this.emit('leave', { nick: params[1], channel: params[0] })
      case 'JOIN':
        if (!own) return this.emit('enter', { nick, channel: params[0] })
        this.prefixBytes = Buffer.byteLength(message.prefix)
        return this.emit('joined', params[0])
      case 'PART': return own ? undefined : this.emit('leave', { nick, channel: params[0] })
      case 'TOPIC': return this.emit('topic', { nick, channel: params[0], text: params[1] ?? '' })
      case 'PRIVMSG': return this.heard(message, own)
    }
  }

  // Notices are for people: a bot that answers them may answer a bot (RFC 2812 3.3.2). Replayed history is no order either.
  heard ({ nick, params: [target, text = ''], tags }, own) {
    if (own || tags.batch !== undefined) return
    const action = /^\x01ACTION (.*?)\x01?$/.exec(text)
    if (text.startsWith('\x01') && !action) return
    this.emit('message', { nick, target, text: action ? action[1] : text, tags, action: Boolean(action), private: this.isSame(target, this.nick) })
  }

  // ---- Registration ----

  register () {
    if (this.options.password) this.send(`PASS ${this.options.password}`)
    this.send('CAP LS 302')
    this.takeName(this.nick)
    this.send(`USER ${this.options.user} 0 * :${this.options.realname}`)
  }

  takeName (nick) {
    this.nick = nick
    this.send(`NICK ${nick}`)
  }

  capability ([, subcommand, ...rest]) {
    const items = (rest.at(-1) ?? '').split(' ').filter(Boolean)
    if (subcommand === 'LS') {
      for (const item of items) this.offered.set(...item.split(/=(.*)/s, 2))
      if (rest.length > 1 && rest[0] === '*') return // more lines follow
      const wanted = kCapabilities.filter(name => this.offered.has(name))
      if (this.options.sasl) {
        const mechanisms = this.offered.get('sasl')
        const mechanism = this.options.sasl.mechanism ?? 'PLAIN'
        if (!this.offered.has('sasl') || (mechanisms && !mechanisms.split(',').includes(mechanism))) return this.fatal(`the server has no SASL ${mechanism}`)
        wanted.push('sasl')
      }
      this.send(wanted.length > 0 ? `CAP REQ :${wanted.join(' ')}` : 'CAP END')
    } else if (subcommand === 'ACK') {
      for (const name of items) this.enabled.add(name)
      if (this.isReady) return
      this.send(this.enabled.has('sasl') ? `AUTHENTICATE ${this.options.sasl.mechanism ?? 'PLAIN'}` : 'CAP END')
    } else if (subcommand === 'NAK') {
      if (this.options.sasl) return this.fatal('the server refused SASL')
      this.send('CAP END')
    }
  }

  authenticate (challenge) {
    if (challenge !== '+') return
    const { mechanism = 'PLAIN', user = '', password = '' } = this.options.sasl
    const response = mechanism === 'EXTERNAL' ? '' : Buffer.from(`\0${user}\0${password}`).toString('base64')
    for (let at = 0; at < response.length; at += kSaslChunkBytes) this.send(`AUTHENTICATE ${response.slice(at, at + kSaslChunkBytes)}`)
    if (response.length % kSaslChunkBytes === 0) this.send('AUTHENTICATE +')
  }

  welcomed (nick) {
    if (nick) this.nick = nick
    this.attempts = 0
  }

  learn (params) {
    for (const token of params) {
      if (token.startsWith('CASEMAPPING=')) this.mapping = token.slice(12)
      if (token.startsWith('CLIENTTAGDENY=')) this.deniedTags = token.slice(14).split(',')
    }
  }

  ready () {
    if (this.isReady) return
    this.isReady = true
    for (const { name, key } of this.options.channels) this.send(key ? `JOIN ${name} ${key}` : `JOIN ${name}`)
    this.emit('ready')
    this.flush()
  }

  joinAgain (channel) {
    const entry = this.options.channels.find(({ name }) => this.isSame(name, channel))
    if (entry) this.rejoinTimer = setTimeout(() => this.send(entry.key ? `JOIN ${entry.name} ${entry.key}` : `JOIN ${entry.name}`), this.options.minBackoffMs).unref()
  }

  isSame (a, b) { return a !== undefined && b !== undefined && fold(a, this.mapping) === fold(b, this.mapping) }

  // ---- Staying ----

  // A connection that says nothing is asked, and given up when it says nothing still.
  watch () {
    clearTimeout(this.watchTimer)
    const patience = this.options.pingSeconds * 1000
    this.watchTimer = setTimeout(() => {
      if (this.isReady) this.send('PING :alive')
      this.watchTimer = setTimeout(() => this.socket.destroy(new Error('the server fell silent')), patience)
    }, patience)
  }

  fatal (reason) {
    this.close()
    this.emit('fatal', reason)
  }

  lost (reason) {
    this.isReady = false
    clearTimeout(this.watchTimer)
    clearTimeout(this.queueTimer)
    this.reason = undefined
    if (this.closed) return
    const { minBackoffMs, maxBackoffMs, random } = this.options
    const longest = Math.min(maxBackoffMs, minBackoffMs * 2 ** this.attempts++)
    const delay = longest / 2 + random() * longest / 2 // bots that were lost together do not come back together
    this.emit('lost', reason, delay)
    this.retryTimer = setTimeout(() => this.open(), delay)
  }
}
