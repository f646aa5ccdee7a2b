// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// As much of @xmpp/client as the adapter uses, with a server that the test plays; so the tests need no package.
import { EventEmitter, once } from 'node:events'

class Element {
  constructor (name, attrs, children) {
    this.name = name
    this.attrs = attrs
    this.children = children.flat()
  }

  is (name) { return this.name === name }
  elements () { return this.children.filter(child => child instanceof Element) }
  getChildren (name, namespace) { return this.elements().filter(child => child.name === name && (!namespace || child.attrs.xmlns === namespace)) }
  getChild (name, namespace) { return this.getChildren(name, namespace)[0] }
  text () { return this.children.filter(child => typeof child === 'string').join('') }
  getChildText (name) { return this.getChild(name)?.text() ?? null }
}

export const xml = (name, attrs, ...children) => new Element(name, attrs ?? {}, children)

export class Client extends EventEmitter {
  constructor (options) {
    super()
    Object.assign(this, { options, sent: [], stopped: false, secure: true, reconnect: { stop: () => { this.reconnects = false } } })
    this.iqCaller = { request: (stanza, patience) => this.answer(stanza, patience) }
    this.answer = async () => {}
  }

  isSecure () { return this.secure }
  start () { return new Promise((resolve, reject) => { this.fail = reject }) }
  async stop () { this.stopped = true }
  async send (stanza) {
    this.sent.push(stanza)
    this.emit('sent')
  }

  // The next stanza that matches; those before it are passed over.
  async expect (matches) {
    for (;;) {
      while (this.sent.length > 0) {
        const stanza = this.sent.shift()
        if (matches(stanza)) return stanza
      }
      await once(this, 'sent')
    }
  }

  // What the server says.
  enters (room, nick, ...codes) {
    const statuses = codes.map(code => xml('status', { code }))
    this.emit('stanza', xml('presence', { from: `${room}/${nick}` }, xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' }, ...statuses)))
  }

  leaves (room, nick, ...codes) {
    const statuses = codes.map(code => xml('status', { code }))
    this.emit('stanza', xml('presence', { from: `${room}/${nick}`, type: 'unavailable' }, xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' }, ...statuses)))
  }

  refuses (room, condition) {
    const error = xml('error', {}, xml(condition, { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' }))
    this.emit('stanza', xml('presence', { from: room, type: 'error' }, error))
  }

  says (from, text, attrs = {}, ...more) {
    this.emit('stanza', xml('message', { type: 'groupchat', from, ...attrs }, xml('body', {}, text), ...more))
  }
}
