// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Which command is being handled, and which message belongs to which.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { cut, encode, errorText, makeEvent, trailerOf } from './events.mjs'
import { Run } from './run.mjs'

const kRunIdBytes = 6
const kErrorMs = 50
const kTable = 'application/vnd.dataresource+json'
const setTimer = (ms, work) => setTimeout(work, ms).unref() // no bot lives on for it
const escapeRegExp = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export class Tracker {
  // settings: of settings.mjs, and where wanted: now, newId, setTimer (ms, work), clearTimer.
  constructor (robot, settings) {
    this.robot = robot
    this.settings = { now: Date.now, newId: () => randomBytes(kRunIdBytes).toString('hex'), setTimer, clearTimer: clearTimeout, ...settings }
    this.later = this.settings.setTimer
    this.cancel = this.settings.clearTimer
    this.storage = new AsyncLocalStorage()
    this.runs = new WeakMap() // of messages: what is answered belongs to the command that it answers, wherever it is sent from
    this.proposals = new WeakMap() // runs that wait for a yes
    this.source = `//hubot/${encodeURIComponent(robot.name)}`
  }

  // ---- A run's life ----

  // Several listeners may want one message; it is one command still.
  runOf (message, taskName, fallback = {}) {
    const known = message && this.runs.get(message)
    if (known) return known
    const user = message?.user ?? fallback.user
    const room = message?.room ?? fallback.room
    const text = message?.text ?? taskName
    const given = { message: message?.id, user: user?.name, room, command: text }
    const cause = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null).map(([key, value]) => [key, String(value)]))
    const run = new Run({ id: this.settings.newId(), taskName, cause, envelope: { room, user, message }, startedAt: this.settings.now() })
    if (message) this.runs.set(message, run)
    return run
  }

  // The bot was asked, and somebody waits. Who answers at once need not say that it began.
  expect (run) {
    if (run.isExpected) return run
    run.isExpected = true
    run.startedTimer = this.later(this.settings.startedMs, () => { if (run.seq === 0 && !run.finishedAt) this.tell(run, 'started') })
    return run
  }

  // Runs a script's function as part of the run. What it throws is thrown on.
  async within (run, work) {
    return await this.storage.run(run, async () => {
      ++run.pending
      try {
        return await work()
      } catch (error) {
        run.closing ??= { outcome: run.denied ? 'denied' : 'error', errors: errorText(error) }
        throw error
      } finally {
        --run.pending
        this.settle(run)
      }
    })
  }

  // Callbacks may go on after a script's function has returned, so the end is told when nothing more was said for a while. An error is
  // the end, once the robot's error handlers had their turn to put it into words.
  settle (run) {
    this.cancel(run.idleTimer)
    if (run.pending > 0 || run.asking || run.finishedAt) return
    run.endedAt = this.settings.now()
    const { idleMs } = this.settings
    run.idleTimer = this.later(run.closing?.outcome === 'error' ? Math.min(kErrorMs, idleMs) : idleMs, () => this.finish(run))
  }

  // Nobody wants to know of a listener that only listened.
  finish (run) {
    if (run.finishedAt || (!run.isExpected && run.seq === 0)) return
    const data = this.finishing(run)
    this.tell(run, 'finished', data)
  }

  finishing (run) {
    const { outcome, errors } = run.closing ?? { outcome: 'success' }
    this.cancel(run.idleTimer)
    this.cancel(run.startedTimer)
    run.finishedAt = this.settings.now()
    return { outcome, durationMs: Math.max(0, Math.round((run.endedAt ?? run.finishedAt) - run.startedAt)), ...(errors && this.settings.errors && { errors }) }
  }

  // The next message of the run asks; until the answer comes it is not over.
  ask (run, proposal, lifetimeMs) {
    this.proposals.set(proposal, run)
    run.asking = { expires: new Date(this.settings.now() + lifetimeMs).toISOString() }
    run.askTimer = this.later(lifetimeMs, () => {
      run.asking = undefined
      run.closing = { outcome: 'cancelled', errors: 'nobody answered' }
      this.tell(run, 'approval', { approval: { state: 'expired' } })
      this.finish(run)
    })
  }

  answered (run, message, agreed) {
    this.cancel(run.askTimer)
    run.asking = undefined
    if (message) this.runs.set(message, run)
    this.tell(run, 'approval', { approval: { state: agreed ? 'approved' : 'denied', by: message?.user?.name ?? '' } })
  }

  // ---- What is told ----

  // Who reads elsewhere need not have read the command: it may have been said in private.
  event (run, type, data, isElsewhere = false) {
    const { environment, now } = this.settings
    const { user, room } = run.cause
    const cause = isElsewhere ? JSON.parse(JSON.stringify({ user, room })) : run.cause
    return makeEvent({ run: run.id, source: this.source, type, seq: run.seq++, time: now(), taskName: run.taskName, cause, data: { ...(environment && { environment }), ...data } })
  }

  // What there are no words for. An adapter that has no way for it says the end in a line of text, and nothing else.
  tell (run, type, data = {}) {
    const { adapter, logger } = this.robot
    const event = this.event(run, type, data)
    const send = async () => { // so that what an adapter throws ends no bot
      if (this.canAttach()) await adapter.sendRunEvent(run.envelope, maxBytes => encode(event, maxBytes))
      else if (type === 'finished' && this.settings.trailer) await adapter.send({ ...run.envelope, runEvent: null }, trailerOf(event))
    }
    send().catch(error => logger?.debug?.(`hubot-ridealong: ${error.message}`))
  }

  tellProgress (run, percent, label = '') {
    const known = Number.isFinite(percent)
    this.tell(run, 'progress', { progress: { state: known ? 'normal' : 'indeterminate', ...(known && { percent: Math.max(0, Math.min(100, Math.round(percent))) }), ...(label && { label: cut(label, 120) }) } })
  }

  // The event that goes with a message: with the last of an answer that is cut the end or the question, with the others that they are output.
  eventWith (run, text, isWhole, isLast, isElsewhere) {
    this.cancel(run.startedTimer)
    if (isElsewhere) return this.event(run, 'output', { bundle: {} }, true)
    const table = run.table
    run.table = undefined
    // Beside a part of a text it would stand for that part alone.
    if (table && isWhole) return this.event(run, 'output', { bundle: { [kTable]: table } })
    if (run.asking && isLast) {
      const reply = word => ({ label: word, text: `${this.robot.name} ${word.toLowerCase()}` })
      return this.event(run, 'approval', { approval: { state: 'pending', expires: run.asking.expires, replies: [reply('Yes'), reply('No')] } })
    }
    if (run.closing && run.willBeTold && isLast && !run.finishedAt) return this.event(run, 'finished', this.finishing(run))
    const progress = run.progressIn(text)
    return progress ? this.event(run, 'progress', { progress }) : this.event(run, 'output', { bundle: {} })
  }

  // ---- Sending ----

  canAttach () { return typeof this.robot.adapter.sendRunEvent === 'function' && this.robot.adapter.carriesRunEvents !== false }

  // What a message answers says more than where it is sent from. A timer that a command left behind does not speak for it for ever.
  runFor (envelope) {
    const answered = envelope?.message && this.runs.get(envelope.message)
    if (answered) return answered
    const run = this.storage.getStore()
    return run?.finishedAt && this.settings.now() - run.finishedAt > this.settings.lateMs ? undefined : run
  }

  // In place of the adapter's own function. `envelope.runEvent` is what the adapter is to ask for every message on the wire; null: it is done.
  send (original, envelope, strings) {
    const run = envelope?.runEvent === undefined ? this.runFor(envelope) : undefined
    if (!run) return original(envelope, ...strings)
    const isElsewhere = (envelope.room ?? envelope.user?.room) !== run.envelope.room
    let pieces = 0
    const eventWith = (text, isLast) => this.eventWith(run, String(text), ++pieces === 1 && isLast, isLast, isElsewhere)
    let done
    if (this.canAttach()) {
      done = original({ ...envelope, runEvent: (text, { maxBytes, isLast = true } = {}) => encode(eventWith(text, isLast), maxBytes) }, ...strings)
    } else if (this.settings.trailer) {
      const marked = strings.map((text, i) => `${text}\n${trailerOf(eventWith(text, i === strings.length - 1))}`)
      done = original({ ...envelope, runEvent: null }, ...marked)
    } else {
      done = original({ ...envelope, runEvent: null }, ...strings)
    }
    this.settle(run)
    return done
  }

  withoutName (text) {
    const names = [this.robot.name, this.robot.alias].filter(Boolean).map(escapeRegExp).join('|')
    return String(text ?? '').replace(new RegExp(`^\\s*@?(?:${names})[:,]?\\s*`, 'i'), '')
  }
}
