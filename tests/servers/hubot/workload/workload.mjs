// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Description:
//   What operators ask a Hubot all day, in the shapes that scripts answer in. It knows nothing of runs: it is an unmodified bot.
//
// Commands:
//   hubot ping - says that it is there
//   hubot uptime <host> - one line about a host
//   hubot hosts - a table of three lines
//   hubot config <service> - a JSON document over several lines
//   hubot build <project> - answers when the build is through
//   hubot rollout <service> - progress in five steps, then who asked is told
//   hubot tail <service> - five lines of a log, one after another
//   hubot report <team> - a text longer than a line of IRC
//   hubot snippet <name> - code in a fence, in pieces
//   hubot trace <service> - the last stack trace
//   hubot flaky <service> - throws, and so says nothing
//   hubot status <service> - whether it is well
//   hubot health <service> - the same words by another command
//   hubot audit <service> - takes longer than others
//   hubot fortune - an answer that has nothing of the question
//   hubot restart <service> - goes on after its function has returned
//   hubot graph <service> - bars
//   who is on call - heard without being addressed

const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
const kStepMs = 200
const kFortunes = ['A watched pipeline never finishes.', 'It was DNS.', 'Nothing is as permanent as a temporary fix.', 'Works on my machine.']
const kAnnouncements = ['nightly backup done: 41 GB in 312 s', '[alert] web-2 disk 91 %', 'api: ok (3/3)', 'certificate of chat.test expires in 12 days', 'cron: cleanup removed 18 images']
const kAnnounceMs = 4300

// The same word gives the same number, so that a recording can be read.
const numberOf = word => [...word].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 9973, 7)

export default robot => {
  robot.respond(/ping$/i, async response => response.reply('PONG'))
  robot.respond(/uptime (\S+)$/i, async response => response.send(`${response.match[1]} up ${numberOf(response.match[1]) % 90} days, load 0.${numberOf(response.match[1]) % 100}`))
  robot.respond(/hosts$/i, async response => response.send('HOST   STATE  CPU\nweb-1  up      3%\nweb-2  down   --'))
  robot.respond(/config (\S+)$/i, async response => response.send(JSON.stringify({ service: response.match[1], replicas: 3, hosts: ['web-1', 'web-2'], limits: { cpu: '500m', memory: '256Mi' } }, null, 2)))
  robot.respond(/build (\S+)$/i, async response => {
    const number = numberOf(response.match[1])
    await wait(200 + number % 1800)
    await response.reply(`build #${number} of ${response.match[1]} passed in ${number % 50}.${number % 10} s`)
  })
  robot.respond(/rollout (\S+)$/i, async response => {
    for (let percent = 20; percent <= 100; percent += 20) {
      await response.send(`rolling out ${response.match[1]}: ${percent} %`)
      await wait(kStepMs)
    }
    await response.reply('done')
  })
  robot.respond(/tail (\S+)$/i, async response => {
    for (let line = 1; line <= 5; ++line) {
      await response.send(`2026-11-23 10:15:0${line} ${line % 2 ? 'INFO ' : 'WARN '} request ${1000 + line * 7} took ${line * 13} ms`)
      await wait(100 + line * 40)
    }
  })
  robot.respond(/report (\S+)$/i, async response => response.send(`Report of ${response.match[1]}: ` + Array.from({ length: 60 }, (_, i) => `item ${i + 1} has ${numberOf(String(i)) % 40} open points`).join('; ')))
  robot.respond(/snippet (\S+)$/i, async response => {
    await response.send('```sql')
    await response.send(`SELECT host, count(*)\n  FROM ${response.match[1]}\n GROUP BY host;`)
    await wait(120)
    await response.send('```')
  })
  robot.respond(/trace (\S+)$/i, async response => response.send(`java.lang.IllegalStateException: ${response.match[1]} is closed\n\tat test.chat.Pool.take(Pool.java:88)\n\tat test.chat.Api.handle(Api.java:41)\n\tat java.base/java.lang.Thread.run(Thread.java:840)\nCaused by: java.net.SocketException: Broken pipe\n\t... 3 more`))
  robot.respond(/flaky (\S+)$/i, async response => {
    await wait(100)
    throw new Error(`${response.match[1]} is down`)
  })
  robot.respond(/(?:status|health) (\S+)$/i, async response => response.send(`${response.match[1]}: ok (3/3)`))
  robot.respond(/audit (\S+)$/i, async response => {
    await wait(1700)
    await response.send('0 findings, 14 checks')
  })
  robot.respond(/fortune$/i, async response => {
    await wait(150)
    await response.send(kFortunes[numberOf(response.message.user.name) % kFortunes.length])
  })
  robot.respond(/restart (\S+)$/i, response => {
    response.send(`stopping ${response.match[1]} …`)
    setTimeout(() => response.send('started, pid ' + numberOf(response.match[1])), 600)
  })
  robot.respond(/graph (\S+)$/i, async response => response.send([9, 4, 7, 2].map((n, i) => `q${i + 1} ${'█'.repeat(n)} ${n * 10}`).join('\n')))
  robot.hear(/^who is on call\??$/i, async response => response.send('On call: chloe until 18:00, then dmitri'))

  robot.commands.register({
    id: 'db.migrate',
    description: 'Change the schema',
    args: { env: { type: 'enum', values: ['staging', 'production'], required: true } },
    confirm: 'always',
    sideEffects: ['changes the schema'],
    handler: async ({ args }) => {
      await wait(250)
      return `migrated ${args.env}: 3 steps applied`
    }
  })
  robot.commands.register({
    id: 'ticket.create',
    description: 'Create a ticket',
    args: { title: { type: 'string', required: true } },
    confirm: 'never',
    handler: async ({ args }) => `created OPS-${numberOf(args.title)}`
  })
  robot.commands.register({
    id: 'dns.flush',
    description: 'Flush the resolvers; not everywhere',
    permissions: { rooms: ['#nowhere'] },
    confirm: 'never',
    handler: async () => 'flushed'
  })

  // What a bot says of itself, like a cron job: it belongs to nobody's command.
  const room = process.env.RIDEALONG_WORKLOAD_ROOM
  let said = 0
  if (room) robot.announcements = setInterval(() => robot.messageRoom(room, kAnnouncements[said++ % kAnnouncements.length]), kAnnounceMs).unref()
}
