// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// One bot's connection to one XMPP server: signs in, joins, keeps itself alive, and comes back when it was lost.
import { EventEmitter } from 'node:events'
import { clean, split } from './text.mjs'

const kMaxBodyBytes = 30000 // servers end a stream for stanzas of 64 KiB and more; escaping may double it
const kMaxEventBytes = 12000 // a third more as base64
const kRooms = 'http://jabber.org/protocol/muc'
const kErrors = 'urn:ietf:params:xml:ns:xmpp-stanzas'
const kStreamManagement = 'urn:xmpp:sm:3'

const bare = address => address.split('/', 1)[0]
const resource = address => address.slice(bare(address).length + 1)

// A session of stream management outlives its connection, to be resumed. Ours never are, and when the next session takes the name of such a
// one, ejabberd lets it leave our rooms, in our name: what is said then is not heard. So the server's offer is not seen, wherever it stands.
const withoutStreamManagement = element => {
  element.children = element.children.filter(({ attrs }) => attrs?.xmlns !== kStreamManagement && attrs?.var !== kStreamManagement)
  for (const child of element.children) if (child.children) withoutStreamManagement(child)
}

// Events: 'ready' (signed in and told to join; again after every reconnect), 'joined' (room), 'message'
// ({ from, nick, room, account, text, id, private }), 'enter'/'leave' ({ from, nick, room }), 'topic' ({ from, nick, room, text }),
// 'refused' (room, condition), 'lost' (reason, milliseconds until the next attempt), 'fatal' (reason; no further attempt).
export class Connection extends EventEmitter {
  // options: address, password, server, port, rooms [{ address, password }], nick, and where wanted: directTls, resource,
  // pingSeconds, minBackoffMs, maxBackoffMs, random. The library { client, xml } is @xmpp/client.
  constructor (options, { client, xml }) {
    super()
    this.options = { rooms: [], resource: 'hubot', pingSeconds: 60, minBackoffMs: 1000, maxBackoffMs: 120000, random: Math.random, ...options }
    this.client = client
    this.xml = xml
    this.attempts = 0
    this.queue = []
    this.closed = true
  }

  // A new client for each attempt: the library's own way back knows one wait only.
  open () {
    this.closed = false
    this.isReady = false
    this.nicks = new Map() // of the rooms we are in or entering
    this.joined = new Set()
    this.accounts = new Map() // who is behind an occupant, where the room shows it
    this.reason = undefined
    const { address, password, server, port, directTls } = this.options
    const xmpp = this.client({
      service: `${directTls ? 'xmpps' : 'xmpp'}://${server}:${port}`,
      domain: address.split('@')[1],
      resource: this.options.resource,
      credentials: async (authenticate, mechanisms, _, entity) => {
        if (!entity.isSecure()) throw new Error('the server has no TLS')
        await authenticate({ username: address.split('@')[0], password }, mechanisms[0])
      }
    })
    this.xmpp = xmpp
    xmpp.reconnect.stop()
    xmpp.prependListener('element', element => { if (element.is('features', 'http://etherx.jabber.org/streams')) withoutStreamManagement(element) })
    const lost = reason => { if (this.xmpp === xmpp) this.lost(reason) }
    xmpp.on('error', error => { this.reason ??= error.message })
    xmpp.on('online', () => this.ready())
    xmpp.on('stanza', stanza => this.handle(stanza))
    xmpp.on('disconnect', () => lost('the server closed the connection'))
    xmpp.start().catch(error => {
      if (error.name === 'SASLError') return this.fatal(`the server refused the account: ${error.condition ?? error.message}`)
      this.reason ??= error.message
      // One that connected and went no further is still there.
      Promise.resolve(xmpp.stop()).catch(() => {}).finally(() => lost(error.message))
    })
  }

  close () {
    this.closed = true
    for (const timer of [this.retryTimer, this.pingTimer, this.rejoinTimer]) clearTimeout(timer)
    const xmpp = this.xmpp
    this.xmpp = undefined
    if (xmpp) Promise.resolve(xmpp.stop()).catch(() => {})
  }

  // ---- Sending ----

  // Any text to a room, somebody in it, or an address. `replyTo` is { id, to } of what it answers. `runEvent` is asked for each message,
  // with { maxBytes, isLast }, for the JSON that goes with it.
  say (target, text, replyTo, runEvent) {
    split(clean(text), kMaxBodyBytes).forEach((piece, i, pieces) => {
      const json = runEvent?.(piece, { maxBytes: kMaxEventBytes, isLast: i === pieces.length - 1 })
      this.enqueue(target, this.stanza(target, this.xml('body', {}, piece), ...this.reply(replyTo), ...this.beside(json)))
    })
  }

  action (target, text, runEvent) { this.say(target, `/me ${text}`, undefined, runEvent) } // XEP-0245

  // Only the JSON, in a message that people do not see. Archives keep what has no body only when asked to (XEP-0334).
  tell (target, replyTo, runEvent) {
    const beside = this.beside(runEvent(kMaxEventBytes))
    if (beside.length > 0) this.enqueue(target, this.stanza(target, ...this.reply(replyTo), ...beside, this.xml('store', { xmlns: 'urn:xmpp:hints' })))
  }

  stanza (target, ...children) { return this.xml('message', { to: target, type: this.isRoom(target) ? 'groupchat' : 'chat' }, ...children) }
  reply (replyTo) { return replyTo?.id ? [this.xml('reply', { xmlns: 'urn:xmpp:reply:0', id: replyTo.id, to: replyTo.to })] : [] }

  beside (json) {
    if (!json || Buffer.byteLength(json) > kMaxEventBytes) return []
    return [this.xml('ride', { xmlns: 'urn:ridealong:0' }, this.xml('envelope', {}, Buffer.from(json).toString('base64')))]
  }

  topic (room, text) { this.enqueue(room, this.xml('message', { to: room, type: 'groupchat' }, this.xml('subject', {}, clean(text)))) }

  isRoom (address) { return this.options.rooms.some(room => room.address === address) }

  // What people are told waits until we are there.
  enqueue (target, stanza) {
    this.queue.push({ target, stanza })
    this.flush()
  }

  flush () {
    const mayGo = ({ target }) => this.isReady && (!this.isRoom(bare(target)) || this.joined.has(bare(target)))
    const going = this.queue.filter(mayGo)
    this.queue = this.queue.filter(entry => !mayGo(entry))
    for (const { stanza } of going) this.send(stanza)
  }

  send (stanza) { Promise.resolve(this.xmpp?.send(stanza)).catch(() => {}) } // a connection that is gone says so itself

  // ---- Receiving ----

  handle (stanza) {
    const from = stanza.attrs.from ?? ''
    if (stanza.is('presence')) return this.isRoom(bare(from)) ? this.presence(stanza, from) : undefined
    if (stanza.is('message')) return this.message(stanza, from)
  }

  presence (stanza, from) {
    const room = bare(from)
    const { type } = stanza.attrs
    const about = stanza.getChild('x', `${kRooms}#user`)
    const own = about?.getChildren('status').some(({ attrs }) => attrs.code === '110') ?? false
    if (type === 'error') return this.joined.has(room) ? undefined : this.refused(room, stanza)
    const account = about?.getChild('item')?.attrs.jid
    if (account) this.accounts.set(from, bare(account))
    if (own && type === 'unavailable') {
      this.joined.delete(room)
      return this.joinLater(room)
    }
    if (own) {
      this.nicks.set(room, resource(from)) // a room may have changed it
      if (this.joined.has(room)) return
      this.joined.add(room)
      this.emit('joined', room)
      return this.flush()
    }
    if (type === 'unavailable') this.accounts.delete(from)
    if (this.joined.has(room)) this.emit(type === 'unavailable' ? 'leave' : 'enter', { from, nick: resource(from), room })
  }

  refused (room, stanza) {
    const condition = stanza.getChild('error')?.children.find(child => child.attrs?.xmlns === kErrors)?.name ?? 'unknown'
    this.emit('refused', room, condition)
    if (condition === 'conflict') this.join(room, this.nicks.get(room) + '_')
    else this.joinLater(room)
  }

  // Replayed history is no order, and neither is what we said ourselves.
  message (stanza, from) {
    const { type = 'normal', id } = stanza.attrs
    if (type === 'error' || stanza.getChild('delay', 'urn:xmpp:delay')) return
    const room = bare(from)
    const inRoom = this.isRoom(room)
    const nick = inRoom ? resource(from) : room.split('@')[0]
    if (nick === '' || (inRoom && nick === this.nicks.get(room))) return
    const text = stanza.getChildText('body')
    const subject = stanza.getChildText('subject')
    if (type === 'groupchat' && text === null && subject !== null) return this.emit('topic', { from, nick, room, text: subject })
    if (!text) return
    // XEP-0461 3.1: in a room a reply names the id that the room gave, else the sender's.
    const given = type === 'groupchat' ? stanza.getChildren('stanza-id').find(({ attrs }) => attrs.by === room)?.attrs.id : undefined
    const account = inRoom ? this.accounts.get(from) : room
    this.emit('message', { from, nick, room: type === 'groupchat' ? room : from, account, text, id: given ?? id, private: type !== 'groupchat' })
  }

  // ---- Staying ----

  ready () {
    this.attempts = 0
    this.isReady = true
    this.send(this.xml('presence'))
    for (const { address } of this.options.rooms) this.join(address, this.options.nick)
    this.emit('ready')
    this.flush()
    this.ping()
  }

  join (room, nick) {
    const { xml } = this
    const { password } = this.options.rooms.find(({ address }) => address === room)
    this.nicks.set(room, nick)
    const history = xml('history', { maxstanzas: '0' })
    this.send(xml('presence', { to: `${room}/${nick}` }, xml('x', { xmlns: kRooms }, history, ...(password ? [xml('password', {}, password)] : []))))
  }

  joinLater (room) {
    const xmpp = this.xmpp
    this.rejoinTimer = setTimeout(() => { if (this.isReady && this.xmpp === xmpp) this.join(room, this.options.nick) }, this.options.minBackoffMs)
  }

  ping () {
    const xmpp = this.xmpp
    const patience = this.options.pingSeconds * 1000
    clearTimeout(this.pingTimer)
    this.pingTimer = setTimeout(async () => {
      try {
        await xmpp.iqCaller.request(this.xml('iq', { type: 'get' }, this.xml('ping', { xmlns: 'urn:xmpp:ping' })), patience)
      } catch (error) {
        if (error.name !== 'TimeoutError') return this.xmpp === xmpp ? this.ping() : undefined // an error is an answer, too
        if (this.xmpp === xmpp) this.lost('the server fell silent')
        return Promise.resolve(xmpp.stop()).catch(() => {})
      }
      if (this.xmpp === xmpp) this.ping()
    }, patience)
  }

  fatal (reason) {
    this.close()
    this.emit('fatal', reason)
  }

  lost (reason) {
    clearTimeout(this.pingTimer)
    this.xmpp = undefined
    this.isReady = false
    this.joined.clear()
    if (this.closed) return
    const { minBackoffMs, maxBackoffMs, random } = this.options
    const longest = Math.min(maxBackoffMs, minBackoffMs * 2 ** this.attempts++)
    const delay = longest / 2 + random() * longest / 2 // bots that were lost together do not come back together
    this.emit('lost', this.reason ?? reason, delay)
    this.retryTimer = setTimeout(() => this.open(), delay)
  }
}
