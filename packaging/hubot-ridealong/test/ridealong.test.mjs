// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Scripts that know nothing of runs, and what is told of them. Time passes when the test says so.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import ridealong, { current } from '../index.mjs'
import { FakeRobot } from './support/fakerobot.mjs'
import { FakeTime } from './support/faketime.mjs'

let time
beforeEach(() => { time = new FakeTime() })

function start (options = {}, settings = {}) {
  const robot = new FakeRobot(options)
  let number = 0
  ridealong(robot, { now: () => time.now, setTimer: (ms, work) => time.set(ms, work), clearTimer: timer => time.clear(timer), newId: () => `run-${++number}`, ...settings })
  return robot
}

const pass = ms => time.pass(ms)
const settled = () => new Promise(resolve => setImmediate(resolve))
const kinds = robot => robot.adapter.sent.map(({ event }) => event && `${event.subject} ${event.type.split('.')[3]}`)
const lastEvent = robot => robot.adapter.sent.at(-1).event

test('every line of an answer says to which command it belongs', async () => {
  const robot = start()
  robot.respond(/hosts/, async response => response.send('HOST STATE\nweb-1 up', 'and no more'))
  await robot.hears('ana', 'hubot hosts')
  pass(1000)
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 output', 'run-1 output', 'run-1 finished'])
  assert.deepEqual(robot.adapter.sent.map(({ event }) => event.data.seq), [0, 1, 2, 3])
  for (const { event } of robot.adapter.sent) {
    assert.deepEqual(event.data.cause, { message: 'm1', user: 'ana', room: '#ops', command: 'hubot hosts' })
    assert.equal(event.data.taskName, 'hosts')
    assert.equal(event.source, '//hubot/hubot')
  }
  assert.equal(lastEvent(robot).data.outcome, 'success')
})

test('commands at the same time stay apart', async () => {
  const robot = start()
  const waiting = {}
  robot.respond(/build (\w+)/, async response => {
    await new Promise(resolve => { waiting[response.match[1]] = resolve })
    await response.send('passed')
    await robot.messageRoom('#ops', 'from elsewhere')
  })
  const both = [robot.hears('ana', 'hubot build api'), robot.hears('ben', 'hubot build web')]
  await settled()
  waiting.web()
  await settled()
  waiting.api()
  await Promise.all(both)
  assert.deepEqual(robot.adapter.sent.map(({ event }) => event.data.cause.command), ['hubot build web', 'hubot build web', 'hubot build api', 'hubot build api'])
})

test('a script that throws and says nothing is finished with an error', async () => {
  const robot = start()
  robot.respond(/flaky/, async () => { throw new Error('kaput\n at somewhere') })
  await robot.hears('ana', 'hubot flaky')
  pass(50)
  assert.deepEqual(kinds(robot), ['run-1 finished'])
  assert.equal(lastEvent(robot).data.outcome, 'error')
  assert.equal(lastEvent(robot).data.errors, 'kaput')
  assert.equal(robot.adapter.sent[0].text, '')
})

test('an error that the robot puts into words comes before the end', async () => {
  const robot = start()
  robot.events.on('error', (error, response) => response.send(`Error: ${error.message}`))
  robot.respond(/flaky/, async () => { throw new Error('kaput') })
  await robot.hears('ana', 'hubot flaky')
  pass(50)
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 finished'])
})

test('errors stay with the bot when that is wanted', async () => {
  const robot = start({}, { errors: false })
  robot.respond(/flaky/, async () => { throw new Error('password=x') })
  await robot.hears('ana', 'hubot flaky')
  pass(50)
  assert.equal(lastEvent(robot).data.errors, undefined)
})

test('what takes its time is told to have begun', async () => {
  const robot = start()
  let go
  robot.respond(/slow/, response => new Promise(resolve => { go = resolve }).then(() => response.send('there')))
  const done = robot.hears('ana', 'hubot slow')
  pass(249)
  assert.deepEqual(kinds(robot), [])
  pass(1)
  assert.deepEqual(kinds(robot), ['run-1 started'])
  go()
  await done
  pass(1000)
  assert.deepEqual(kinds(robot), ['run-1 started', 'run-1 output', 'run-1 finished'])
  assert.equal(lastEvent(robot).data.durationMs, 250)
})

test('what is said after the function has returned belongs to it, and puts off the end', async () => {
  const robot = start()
  robot.respond(/restart/, response => { time.set(900, () => response.send('started')) })
  await robot.hears('ana', 'hubot restart')
  pass(250)
  pass(650)
  assert.deepEqual(kinds(robot), ['run-1 started', 'run-1 output'])
  pass(999)
  assert.equal(kinds(robot).length, 2)
  pass(1)
  assert.equal(kinds(robot)[2], 'run-1 finished')
})

test('a table goes with the next message, where it fits and the message is whole', async () => {
  const robot = start()
  robot.respond(/hosts (\w+)/, async response => {
    const rows = response.match[1] === 'many' ? Array.from({ length: 500 }, (_, i) => [`web-${i}`, 'up']) : [['web-1', 'up']]
    current(robot).table(['host', { name: 'state', title: 'State' }], rows)
    await response.send(response.match[1] === 'lines' ? 'HOST STATE\nweb-1 up' : 'web-1 up')
    await response.send('that is all')
  })
  const bundles = () => robot.adapter.sent.splice(0).map(({ event }) => event.data.bundle)
  await robot.hears('ana', 'hubot hosts few')
  const table = { schema: { fields: [{ name: 'host' }, { name: 'state', title: 'State' }] }, data: [['web-1', 'up']] }
  assert.deepEqual(bundles(), [{ 'application/vnd.dataresource+json': table }, {}])
  await robot.hears('ana', 'hubot hosts many')
  assert.deepEqual(bundles(), [{}, {}])
  await robot.hears('ana', 'hubot hosts lines')
  assert.deepEqual(bundles(), [{}, {}, {}])
})

test('what comes after the end still says to which command it belongs', async () => {
  const robot = start()
  robot.respond(/restart/, response => { time.set(5000, () => response.send('started at last')) })
  await robot.hears('ana', 'hubot restart')
  pass(1000)
  assert.equal(kinds(robot).at(-1), 'run-1 finished')
  pass(4000)
  assert.equal(kinds(robot).at(-1), 'run-1 output')
  assert.equal(kinds(robot).length, 3)
})

test('a timer that a command left behind does not speak for it for ever', async () => {
  const robot = start({}, { lateMs: 60000 })
  robot.respond(/inherit/, async () => {
    time.set(30000, () => robot.messageRoom('#ops', 'soon'))
    time.set(90000, () => robot.messageRoom('#ops', 'disk full'))
  })
  await robot.hears('ana', 'hubot inherit')
  pass(1000)
  pass(29000)
  pass(60000)
  assert.deepEqual(robot.adapter.sent.filter(({ text }) => text).map(({ text, event }) => [text, event?.subject]), [['soon', 'run-1'], ['disk full', undefined]])
})

test('what is said elsewhere belongs to it, and does not tell what was said here', async () => {
  const robot = start()
  robot.respond(/set-token/, async response => {
    await robot.messageRoom('#public', 'the token was changed')
    await response.send('changed')
  })
  await robot.hears('ana', 'hubot set-token s3cret')
  const [there, here] = robot.adapter.sent
  assert.equal(there.event.subject, here.event.subject)
  assert.deepEqual(there.event.data.cause, { user: 'ana', room: '#ops' })
  assert.ok(!JSON.stringify(there.event).includes('s3cret'))
  assert.equal(here.event.data.cause.command, 'hubot set-token s3cret')
})

test('an adapter that throws ends nothing', async () => {
  const robot = start()
  robot.adapter.sendRunEvent = () => { throw new Error('not connected') }
  robot.respond(/flaky/, async () => { throw new Error('kaput') })
  await robot.hears('ana', 'hubot flaky')
  pass(1000)
  await settled()
})

test('what the bot says by itself belongs to nothing', async () => {
  const robot = start()
  await robot.messageRoom('#ops', 'nightly backup done')
  assert.equal(robot.adapter.sent[0].event, undefined)
})

test('a listener that only listens is no run, and one that answers is', async () => {
  const robot = start()
  robot.hear(/.*/, async () => {})
  robot.hear(/on call/, async response => response.send('chloe'))
  await robot.hears('ana', 'good morning')
  await robot.hears('ana', 'hubot frobnicate') // nobody answers it
  pass(5000)
  assert.deepEqual(kinds(robot), [])
  await robot.hears('ana', 'who is on call')
  pass(1000)
  assert.deepEqual(kinds(robot).map(kind => kind.split(' ')[1]), ['output', 'finished'])
})

test('two listeners of one message are one run', async () => {
  const robot = start()
  robot.respond(/ping/, async response => response.send('PONG'))
  robot.hear(/ping/, async response => response.send('somebody pings'))
  await robot.hears('ana', 'hubot ping')
  pass(1000)
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 output', 'run-1 finished'])
})

test('listeners that are there already and those that come later are both watched', async () => {
  const robot = new FakeRobot()
  robot.respond(/early/, async response => response.send('a'))
  const first = ridealong(robot)
  robot.respond(/late/, async response => response.send('b'))
  robot.listeners = [...robot.listeners]
  assert.equal(ridealong(robot), first) // twice loaded is once watched
  await robot.hears('ana', 'hubot early')
  await robot.hears('ana', 'hubot late')
  assert.ok(robot.adapter.sent.every(({ event }) => event))
  assert.equal(robot.adapter.sent.length, 2)
})

test('a percentage that goes on is progress, one alone is not', async () => {
  const robot = start()
  robot.respond(/rollout/, async response => { for (const percent of [20, 40, 100]) await response.send(`rolling out: ${percent} %`) })
  robot.respond(/disks/, async response => { for (const text of ['web-1: 91 %', 'nothing else', '1 % of 30 %']) await response.send(text) })
  await robot.hears('ana', 'hubot rollout')
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 progress', 'run-1 progress'])
  assert.deepEqual(robot.adapter.sent[1].event.data.progress, { state: 'normal', percent: 40, label: 'rolling out: 40 %' })
  await robot.hears('ana', 'hubot disks')
  assert.deepEqual(kinds(robot).slice(3), ['run-2 output', 'run-2 output', 'run-2 output'])
})

test('a script that knows can tell its progress itself', async () => {
  const robot = start()
  robot.respond(/copy/, async () => current(robot).progress(140.2, 'copying'))
  assert.equal(current(robot), undefined)
  await robot.hears('ana', 'hubot copy')
  assert.deepEqual(lastEvent(robot).data.progress, { state: 'normal', percent: 100, label: 'copying' })
})

test('the last line of a result of the bus is the end', async () => {
  const robot = start()
  robot.commands.register({ id: 'ticket.create', handler: async () => 'created\nOPS-1' })
  await robot.hears('ana', 'hubot ticket.create x')
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 finished'])
  assert.equal(lastEvent(robot).data.outcome, 'success')
  assert.equal(lastEvent(robot).data.taskName, 'ticket.create')
  pass(10000)
  assert.equal(kinds(robot).length, 2)
})

test('what the bus refuses is a failure, what may not be is denied, what throws is an error', async () => {
  const robot = start()
  robot.commands.register({ id: 'a', needs: 'env', handler: async () => '' })
  robot.commands.register({ id: 'b', room: '#other', handler: async () => '' })
  robot.commands.register({ id: 'c', handler: async () => { throw new Error('kaput') } })
  for (const [id, outcome, errors] of [['a', 'failure', 'missing env'], ['b', 'denied', 'Permission denied: command not allowed in this room'], ['c', 'error', 'kaput']]) {
    await robot.hears('ana', `hubot ${id}`)
    assert.equal(lastEvent(robot).data.outcome, outcome)
    assert.equal(lastEvent(robot).data.errors, errors)
  }
})

test('a question waits, and its answer is the same run', async () => {
  const robot = start()
  robot.commands.register({ id: 'migrate', confirm: true, handler: async ({ context }) => 'migrated' })
  await robot.hears('ana', 'hubot migrate')
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 output', 'run-1 approval'])
  assert.deepEqual(lastEvent(robot).data.approval, { state: 'pending', expires: '2026-11-23T09:05:00.000Z', replies: [{ label: 'Yes', text: 'hubot yes' }, { label: 'No', text: 'hubot no' }] })
  pass(60000)
  assert.equal(kinds(robot).length, 3)
  await robot.hears('ana', 'hubot yes')
  assert.deepEqual(kinds(robot).slice(3), ['run-1 approval', 'run-1 finished'])
  assert.deepEqual(robot.adapter.sent[3].event.data.approval, { state: 'approved', by: 'ana' })
  assert.equal(lastEvent(robot).data.outcome, 'success')
  assert.equal(lastEvent(robot).data.cause.command, 'hubot migrate')
})

test('no is cancelled, and so is no answer at all', async () => {
  const robot = start()
  robot.commands.register({ id: 'migrate', confirm: true, handler: async () => 'migrated' })
  await robot.hears('ana', 'hubot migrate')
  await robot.hears('ana', 'hubot no')
  assert.equal(lastEvent(robot).data.outcome, 'cancelled')
  await robot.hears('ben', 'hubot migrate')
  pass(300000)
  assert.deepEqual(kinds(robot).slice(-2), ['run-2 approval', 'run-2 finished'])
  assert.equal(robot.adapter.sent.at(-2).event.data.approval.state, 'expired')
  assert.equal(lastEvent(robot).data.outcome, 'cancelled')
})

test('a confirmed command that throws is an error, of which Hubot says nothing', async () => {
  const robot = start()
  robot.commands.register({ id: 'migrate', confirm: true, handler: async () => { throw new Error('kaput') } })
  await robot.hears('ana', 'hubot migrate')
  await assert.rejects(robot.hears('ana', 'hubot yes'))
  pass(50)
  assert.equal(lastEvent(robot).data.outcome, 'error')
})

test('a command that a web hook calls is a run, too', async () => {
  const robot = start()
  robot.commands.register({ id: 'deploy', handler: async () => { await robot.messageRoom('#ops', 'deploying') } })
  await robot.commands.execute('deploy', {}, { room: '#ops', user: { name: 'ci' } })
  pass(1000)
  assert.deepEqual(kinds(robot), ['run-1 output', 'run-1 finished'])
  assert.deepEqual(lastEvent(robot).data.cause, { user: 'ci', room: '#ops', command: 'deploy' })
})

test('an adapter that carries nothing gets a last line', async () => {
  const robot = start({ canCarry: false }, { environment: 'prod' })
  robot.respond(/hosts/, async response => response.reply('web-1 up'))
  await robot.hears('ana', 'hubot hosts')
  pass(1000)
  assert.deepEqual(robot.adapter.sent.map(({ text }) => text), ['ana: web-1 up', '[run:run-1 hosts running env=prod]', '[run:run-1 hosts success 0.0s env=prod]'])
})

test('and no line when that is not wanted', async () => {
  const robot = start({ canCarry: false }, { trailer: false })
  robot.respond(/hosts/, async response => response.send('web-1 up'))
  await robot.hears('ana', 'hubot hosts')
  pass(1000)
  assert.deepEqual(robot.adapter.sent.map(({ text }) => text), ['web-1 up'])
})
