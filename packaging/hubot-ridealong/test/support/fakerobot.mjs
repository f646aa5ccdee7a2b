// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// As much of Hubot 14 as run events touch, called in the order in which Hubot calls it; so the tests need no package. Ridealong's own tests run the
// real one.
import { EventEmitter } from 'node:events'

export class FakeAdapter {
  constructor (canCarry) {
    this.sent = [] // { text, event }
    if (canCarry) {
      this.carriesRunEvents = true
      this.sendRunEvent = async (envelope, runEvent) => { this.sent.push({ text: '', event: JSON.parse(runEvent(3000)), envelope }) }
    }
  }

  async send (envelope, ...strings) {
    strings.forEach((string, i) => string.split('\n').forEach((text, j, lines) => {
      const isLast = i === strings.length - 1 && j === lines.length - 1
      const json = envelope.runEvent?.(text, { maxBytes: 3000, isLast })
      this.sent.push({ text, event: json && JSON.parse(json), envelope })
    }))
  }

  async reply (envelope, ...strings) { await this.send(envelope, ...strings.map(text => `${envelope.user.name}: ${text}`)) }
}

class FakeBus extends EventEmitter {
  constructor () {
    super()
    this.commands = new Map()
    this.pendingProposals = new Map()
    this.proposalTTL = 300000
  }

  register (spec) { this.commands.set(spec.id, spec) }
  getCommand (id) { return this.commands.get(id) }
  _getConfirmationKey (user, room) { return `${user}:${room}` }

  async execute (id, args, context) {
    const command = this.getCommand(id)
    if (command.room && command.room !== context.room) {
      this.emit('commands:permission_denied', { commandId: id })
      throw new Error('Permission denied: command not allowed in this room')
    }
    return await command.handler({ args, context })
  }

  async invoke (text, context) {
    const [id, arg] = text.split(' ')
    const command = this.getCommand(id)
    if (!command) return null
    if (command.needs && !arg) return { ok: false, errors: [], missing: [command.needs] }
    if (command.confirm) {
      const proposal = { commandId: id, context, preview: text }
      this.pendingProposals.set(this._getConfirmationKey(context.user.id, context.room), proposal)
      return { needsConfirmation: true, proposal }
    }
    return { ok: true, result: await this.execute(id, { arg }, context) }
  }

  async confirm (text, context) {
    const key = this._getConfirmationKey(context.user.id, context.room)
    const pending = this.pendingProposals.get(key)
    this.pendingProposals.delete(key)
    return text === 'yes' ? { executed: true, result: await this.execute(pending.commandId, {}, pending.context) } : { cancelled: true }
  }
}

export class FakeRobot {
  constructor ({ canCarry = true } = {}) {
    this.name = 'hubot'
    this.adapter = new FakeAdapter(canCarry)
    this.commands = new FakeBus()
    this.listeners = []
    this.events = new EventEmitter()
    this.numbers = 0
  }

  on (event, listener) { this.events.on(event, listener) }
  hear (regex, callback) { this.listeners.push({ regex, options: {}, callback }) }
  respond (pattern, callback) { this.hear(new RegExp(`^\\s*[@]?hubot[:,]?\\s*(?:${pattern.source})`), callback) }
  messageRoom (room, text) { return this.adapter.send({ room }, text) }

  message (name, text) { return { id: `m${++this.numbers}`, text, room: '#ops', user: { id: name, name } } }

  // As Robot.receive: the bus first, whose results are said here, then the listeners.
  async hears (name, text) {
    const message = this.message(name, text)
    const envelope = { room: message.room, user: message.user, message }
    const response = { message, envelope, send: (...strings) => this.adapter.send(envelope, ...strings), reply: (...strings) => this.adapter.reply(envelope, ...strings) }
    const command = /^hubot\s+(.*)$/.exec(text)?.[1]
    const context = { user: message.user, room: message.room, message }
    if (command && this.commands.pendingProposals.has(this.commands._getConfirmationKey(name, '#ops')) && /^(yes|no)$/.test(command)) {
      const result = await this.commands.confirm(command, context)
      response.reply(result.executed ? result.result : 'Command cancelled')
      return message
    }
    if (command && this.commands.getCommand(command.split(' ')[0])) {
      try {
        const result = await this.commands.invoke(command, context)
        response.reply(result.needsConfirmation ? `Preview: ${command}\n\nRun it? (yes/no)` : result.ok ? result.result : `Invalid command:\nMissing ${result.missing}`)
      } catch (error) {
        response.reply(`Error executing command: ${error.message}`)
      }
      return message
    }
    for (const listener of this.listeners) {
      const match = listener.regex.exec(text)
      if (!match) continue
      try {
        await listener.callback({ ...response, match })
      } catch (error) {
        if (this.events.listenerCount('error') > 0) this.events.emit('error', error, response)
      }
    }
    return message
  }
}
