// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Description:
//   What the tests ask of a Hubot: one answer of each kind.
//
// Commands:
//   hubot echo <text> - says the text again
//   hubot ansi - colours of a terminal
//   hubot json - a JSON document over several lines
//   hubot table - aligned columns
//   hubot deploy <env> - progress in 5 steps
//   hubot slow <ms> - answers after so many milliseconds
//   hubot crash - throws an error
//   hubot wide - a text longer than a line of IRC

const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
const kSteps = 5

export default robot => {
  robot.respond(/echo (.*)$/i, async response => response.send(response.match[1]))
  robot.respond(/ansi$/i, async response => response.send('\x1b[1mBuild\x1b[0m \x1b[32mOK\x1b[0m', '\x1b[31;1mFAIL\x1b[0m 3 tests', '\x1b[38;5;208m256\x1b[0m \x1b[38;2;10;200;30mtruecolor\x1b[0m'))
  robot.respond(/json$/i, async response => response.send(JSON.stringify({ service: 'api', ok: true, hosts: ['a', 'b'], p99: 12.5 }, null, 2)))
  robot.respond(/table$/i, async response => response.send('HOST   STATE  CPU\nweb-1  up      3%\nweb-2  down   --'))
  robot.respond(/slow (\d{1,5})$/i, async response => {
    await wait(Number(response.match[1]))
    await response.reply('slow is done')
  })
  robot.respond(/crash$/i, async () => { throw new Error('crashed as asked') })
  robot.respond(/wide$/i, async response => response.send('wide € '.repeat(200).trim()))
  robot.respond(/deploy (\w+)$/i, async response => {
    for (let step = 1; step <= kSteps; ++step) {
      await response.send(`deploying ${response.match[1]} ${step * 100 / kSteps}% [${'##'.repeat(step).padEnd(2 * kSteps, '.')}]`)
      await wait(50)
    }
    await response.reply('done')
  })
  // Loaded and in the room: what the test that starts this robot waits for.
  const connection = robot.adapter.connection
  const tell = () => console.log('ridealong-tests: scripts have loaded')
  robot.on('scripts have loaded', () => {
    const isThere = connection.joined ? connection.joined.size > 0 : connection.prefixBytes !== undefined
    if (isThere) tell()
    else connection.once('joined', tell)
  })

  // What a robot does when a script throws is up to its owner: this one tells the room.
  robot.error(async (error, response) => response?.send(`Error: ${error.message}`))

  if (process.env.RIDEALONG_CLASSIC_HELP) {
    robot.commands.unregister('help') // Hubot 14's own, which hides the list of hubot-help
    return
  }
  robot.commands.register({
    id: 'deploy.run',
    description: 'Deploy a service',
    aliases: ['deploy a service'],
    args: {
      env: { type: 'enum', values: ['staging', 'production'], required: true },
      version: { type: 'string', default: 'latest' },
      force: { type: 'boolean' }
    },
    examples: ['deploy.run --env staging'],
    confirm: 'always',
    sideEffects: ['deploys'],
    handler: async context => `deployed ${context.args.version} to ${context.args.env}`
  })
}
