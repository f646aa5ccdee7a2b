// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Puts a tracker around what Hubot calls: listeners' callbacks, the command bus, and the adapter.
import { taskOf } from './events.mjs'

// How Robot.respondPattern begins; robot.hear listens to everything.
const isOfRespond = listener => listener.regex?.source.startsWith('^\\s*[@]?') ?? false

export function instrument (robot, tracker) {
  watchListeners(robot, tracker)
  if (typeof robot.commands?.invoke === 'function') watchCommands(robot.commands, tracker) // Hubot 14's bus
  watchAdapter(robot.adapter, tracker)
}

// Scripts of packages load whenever they do, so listeners that come later are wrapped as they come.
function watchListeners (robot, tracker) {
  const wrapped = new WeakSet()
  const wrap = listener => {
    if (wrapped.has(listener)) return
    wrapped.add(listener)
    const callback = listener.callback
    listener.callback = response => {
      // What no other listener wanted comes in a wrapping of its own.
      const message = response.message?.text === undefined ? response.message?.message : response.message
      if (message?.text === undefined) return callback(response) // somebody came, or left: that is no command
      const run = tracker.runOf(message, listener.options?.id || taskOf(tracker.withoutName(message.text)))
      if (isOfRespond(listener)) tracker.expect(run)
      return tracker.within(run, () => callback(response))
    }
  }
  robot.listeners.forEach(wrap)
  const push = robot.listeners.push.bind(robot.listeners)
  robot.listeners.push = (...listeners) => {
    listeners.forEach(wrap)
    return push(...listeners)
  }
  robot.on('scripts have loaded', () => robot.listeners.forEach(wrap)) // those that were put there another way
}

// Robot says the bus's results itself, after its functions have returned: by the message that they answer.
function watchCommands (commands, tracker) {
  const { invoke, confirm, execute } = commands
  commands.on('commands:permission_denied', () => {
    const run = tracker.storage.getStore()
    if (run) run.denied = true
  })

  commands.invoke = (text, context = {}) => {
    const id = taskOf(text)
    if (!commands.getCommand(id)) return invoke.call(commands, text, context)
    const run = tracker.expect(tracker.runOf(context.message, id, context))
    run.willBeTold = true
    return tracker.within(run, async () => {
      const result = await invoke.call(commands, text, context)
      if (result?.needsConfirmation) tracker.ask(run, result.proposal, commands.proposalTTL)
      else run.closing = result?.ok ? { outcome: 'success' } : { outcome: 'failure', errors: [...(result?.missing ?? []).map(name => `missing ${name}`), ...(result?.errors ?? [])].join('; ') }
      return result
    })
  }

  commands.confirm = (text, context = {}) => {
    const proposal = commands.pendingProposals.get(commands._getConfirmationKey(context.user?.id, context.room))
    const run = proposal && tracker.proposals.get(proposal)
    const agreed = /^y(es)?$/i.test(text.trim())
    if (!run || !/^(yes|y|no|n|cancel)$/i.test(text.trim())) return confirm.call(commands, text, context)
    tracker.answered(run, context.message, agreed)
    run.willBeTold = false // Hubot says nothing when this one throws
    return tracker.within(run, async () => {
      const result = await confirm.call(commands, text, context)
      run.closing = { outcome: agreed ? 'success' : 'cancelled' }
      run.willBeTold = true
      return result
    })
  }

  // Somebody calls a command from elsewhere, a web hook for one.
  commands.execute = (id, args, context = {}) => {
    if (tracker.storage.getStore() || !context.room) return execute.call(commands, id, args, context)
    return tracker.within(tracker.expect(tracker.runOf(context.message, id, context)), () => execute.call(commands, id, args, context))
  }
}

function watchAdapter (adapter, tracker) {
  for (const method of ['send', 'reply', 'emote']) {
    if (typeof adapter[method] !== 'function') continue
    const original = adapter[method].bind(adapter)
    adapter[method] = (envelope, ...strings) => tracker.send(original, envelope, strings)
  }
}
