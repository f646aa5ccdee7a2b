// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The adapter itself: Hubot's words for what a Connection does. Its settings are environment variables, see README.md.
import * as library from '@xmpp/client'
import { Adapter, EnterMessage, LeaveMessage, TextMessage, TopicMessage } from 'hubot'
import { Connection } from './src/connection.mjs'
import { optionsFrom } from './src/options.mjs'

export class Xmpp extends Adapter {
  constructor (robot, environment = process.env) {
    super(robot)
    this.name = 'hubot-ridealong-xmpp'
    this.connection = new Connection(optionsFrom(environment, robot.name), library)
  }

  async run () {
    const logger = this.robot.logger
    const connection = this.connection
    connection.on('ready', () => {
      logger.info(`on ${connection.options.server} as ${connection.options.address}`)
      this.emit('connected')
    })
    connection.on('refused', (room, condition) => logger.warn(`${room} refuses us: ${condition}`))
    connection.on('lost', (reason, delay) => logger.warn(`connection lost (${reason}); again in ${Math.round(delay)} ms`))
    connection.on('fatal', reason => {
      logger.error(reason)
      process.exitCode = 1
      this.robot.shutdown()
    })
    connection.on('message', message => this.hear(message))
    connection.on('enter', who => this.hand(new EnterMessage(this.user(who))))
    connection.on('leave', who => this.hand(new LeaveMessage(this.user(who))))
    connection.on('topic', ({ text, ...who }) => this.hand(new TopicMessage(this.user(who), text)))
    connection.open()
  }

  close () {
    this.connection.close()
    super.close()
  }

  async send (envelope, ...strings) {
    strings.forEach((text, i) => this.connection.say(this.target(envelope), text, this.replyTo(envelope), this.runEvents(envelope, i === strings.length - 1)))
  }

  async emote (envelope, ...strings) {
    strings.forEach((text, i) => this.connection.action(this.target(envelope), text, this.runEvents(envelope, i === strings.length - 1)))
  }

  async topic (envelope, ...strings) { this.connection.topic(this.target(envelope), strings.join(' / ')) }

  async reply (envelope, ...strings) {
    // In private nobody else could be meant.
    const prefix = this.connection.isRoom(this.target(envelope)) ? `${envelope.user.name}: ` : ''
    await this.send(envelope, ...strings.map(text => prefix + text))
  }

  replyTo (envelope) {
    const id = envelope.message?.id
    return id && { id, to: envelope.user?.address }
  }

  // Run events: see "Data beside a message" in README.md.
  get carriesRunEvents () { return true }
  async sendRunEvent (envelope, runEvent) { this.connection.tell(this.target(envelope), this.replyTo(envelope), runEvent) }

  runEvents (envelope, isLastText) {
    const { runEvent } = envelope
    return runEvent && ((text, { maxBytes, isLast }) => runEvent(text, { maxBytes, isLast: isLast && isLastText }))
  }

  hear ({ text, id, private: isPrivate, ...who }) {
    // Said to the bot alone it is meant for the bot, with its name or without.
    const addressed = isPrivate && !text.toLowerCase().startsWith(this.robot.name.toLowerCase()) ? `${this.robot.name} ${text}` : text
    this.hand(new TextMessage(this.user(who), addressed, id))
  }

  // A script that throws is Hubot's to report; it must not end the bot.
  hand (message) { this.receive(message).catch(error => this.robot.emit('error', error)) }

  user ({ from, nick, room, account }) {
    const user = this.robot.brain.userForId(account ?? from, { name: nick, room })
    return Object.assign(user, { name: nick, room, address: from, account })
  }

  target (envelope) { return envelope.room ?? envelope.user?.room ?? '' }
}

export default { use: async robot => new Xmpp(robot) }
