// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The adapter itself: Hubot's words for what a Connection does. Its settings are environment variables, see README.md.
import fs from 'node:fs'
import { Adapter, EnterMessage, LeaveMessage, TextMessage, TopicMessage } from 'hubot'
import { Connection, kRunTag } from './src/connection.mjs'

const kYes = /^(1|true|yes|on)$/i

export function optionsFrom (environment, robotName) {
  const e = environment
  const file = name => e[name] ? fs.readFileSync(e[name]) : undefined
  const withTls = kYes.test(e.HUBOT_IRC_TLS ?? '')
  if (!e.HUBOT_IRC_SERVER) throw new Error('HUBOT_IRC_SERVER is not set')
  const sasl = e.HUBOT_IRC_SASL_USER || e.HUBOT_IRC_SASL_MECHANISM
    ? { mechanism: e.HUBOT_IRC_SASL_MECHANISM ?? 'PLAIN', user: e.HUBOT_IRC_SASL_USER, password: e.HUBOT_IRC_SASL_PASSWORD }
    : undefined
  if (sasl && !withTls && !kYes.test(e.HUBOT_IRC_SASL_WITHOUT_TLS ?? '')) throw new Error('a password is sent over TLS only: set HUBOT_IRC_TLS=1')
  const number = (name, fallback) => {
    const value = e[name] === undefined || e[name] === '' ? fallback : Number(e[name])
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is no number`)
    return value
  }
  return {
    host: e.HUBOT_IRC_SERVER,
    port: number('HUBOT_IRC_PORT', withTls ? 6697 : 6667),
    tls: withTls,
    ca: file('HUBOT_IRC_TLS_CA'),
    cert: file('HUBOT_IRC_TLS_CERT'),
    key: file('HUBOT_IRC_TLS_KEY'),
    insecure: kYes.test(e.HUBOT_IRC_TLS_INSECURE ?? ''),
    password: e.HUBOT_IRC_PASSWORD,
    nick: e.HUBOT_IRC_NICK ?? robotName.toLowerCase(),
    user: e.HUBOT_IRC_USER ?? 'hubot',
    realname: e.HUBOT_IRC_REALNAME ?? robotName,
    channels: (e.HUBOT_IRC_ROOMS ?? '').split(',').map(room => room.trim()).filter(Boolean).map(room => {
      const [name, key] = room.split(/\s+/, 2)
      return { name, key }
    }),
    sasl,
    linesPerSecond: number('HUBOT_IRC_LINES_PER_SECOND', 2),
    burst: number('HUBOT_IRC_BURST', 5),
    pingSeconds: number('HUBOT_IRC_PING_SECONDS', 60),
    minBackoffMs: number('HUBOT_IRC_RECONNECT_MS', 1000)
  }
}

export class Irc extends Adapter {
  constructor (robot, environment = process.env) {
    super(robot)
    this.name = 'hubot-ridealong-irc'
    this.connection = new Connection(optionsFrom(environment, robot.name))
  }

  async run () {
    const logger = this.robot.logger
    const connection = this.connection
    connection.on('ready', () => {
      logger.info(`on ${connection.options.host} as ${connection.nick}`)
      this.emit('connected')
    })
    connection.on('lost', (reason, delay) => logger.warn(`connection lost (${reason}); again in ${Math.round(delay)} ms`))
    connection.on('fatal', reason => {
      logger.error(reason)
      process.exitCode = 1
      this.robot.shutdown()
    })
    connection.on('message', message => this.hear(message))
    connection.on('enter', ({ nick, channel }) => this.hand(new EnterMessage(this.user(nick, channel))))
    connection.on('leave', ({ nick, channel }) => this.hand(new LeaveMessage(this.user(nick, channel))))
    connection.on('topic', ({ nick, channel, text }) => this.hand(new TopicMessage(this.user(nick, channel), text)))
    connection.open()
  }

  close () {
    this.connection.close('Shutting down')
    super.close()
  }

  async send (envelope, ...strings) {
    strings.forEach((text, i) => this.connection.say(this.target(envelope), text, envelope.message?.id, this.runEvents(envelope, i === strings.length - 1)))
  }

  async emote (envelope, ...strings) {
    strings.forEach((text, i) => this.connection.action(this.target(envelope), text, this.runEvents(envelope, i === strings.length - 1)))
  }

  async topic (envelope, ...strings) { this.connection.topic(this.target(envelope), strings.join(' / ')) }

  async reply (envelope, ...strings) {
    // In private nobody else could be meant.
    const prefix = this.isChannel(this.target(envelope)) ? `${envelope.user.name}: ` : ''
    await this.send(envelope, ...strings.map(text => prefix + text))
  }

  // Run events: see "Data beside a message" in README.md.
  get carriesRunEvents () { return this.connection.carriesTag(kRunTag) }
  async sendRunEvent (envelope, runEvent) { this.connection.tell(this.target(envelope), envelope.message?.id, runEvent) }

  runEvents (envelope, isLastText) {
    const { runEvent } = envelope
    return runEvent && ((text, { maxBytes, isLast }) => runEvent(text, { maxBytes, isLast: isLast && isLastText }))
  }

  hear ({ nick, target, text, tags, private: isPrivate }) {
    const user = this.user(nick, isPrivate ? nick : target)
    user.account = tags.account // who they are to the server, which a name alone does not say
    // Said to the bot alone it is meant for the bot, with its name or without.
    const addressed = isPrivate && !text.toLowerCase().startsWith(this.robot.name.toLowerCase()) ? `${this.robot.name} ${text}` : text
    this.hand(new TextMessage(user, addressed, tags.msgid))
  }

  // A script that throws is Hubot's to report; it must not end the bot.
  hand (message) { this.receive(message).catch(error => this.robot.emit('error', error)) }

  user (nick, room) {
    const user = this.robot.brain.userForId(nick, { name: nick, room })
    user.room = room
    return user
  }

  target (envelope) { return envelope.room ?? envelope.user?.room ?? envelope.user?.name ?? '' }
  isChannel (name) { return /^[#&+!]/.test(name) }
}

export default { use: async robot => new Irc(robot) }
