// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Description:
//   Writes down what really happened, for who measures what can be guessed from outside: a JSON object for each line of IRC or stanza of
//   XMPP, in the order in which they went out. The cause is the very message object that Hubot answers; no text is looked at.

import fs from 'node:fs'

export default robot => {
  const file = fs.openSync(process.env.RIDEALONG_TRUTH, 'a')
  const adapter = robot.adapter
  const connection = adapter.connection
  let heard = 0
  let sent = 0
  let cause // of what is being handed to the connection now; a send hands over all of its lines before anybody else's turn

  const receive = adapter.receive.bind(adapter)
  adapter.receive = async message => {
    if (message.constructor.name === 'TextMessage') message.heard = ++heard
    return receive(message)
  }
  for (const method of ['send', 'sendRunEvent']) {
    const original = adapter[method].bind(adapter)
    adapter[method] = (envelope, ...what) => {
      cause = envelope.message
      const done = original(envelope, ...what) // runs to its end before it returns
      cause = undefined
      return done
    }
  }
  const enqueue = connection.enqueue.bind(connection)
  connection.enqueue = (...what) => {
    const stanza = what[1] // of XMPP
    const text = stanza ? stanza.getChildText('body') ?? '' : what[0]
    const isMessage = stanza ? text !== '' || stanza.getChild('ride') !== undefined : /^(@\S+ )?(PRIVMSG|TAGMSG) /.test(text)
    if (isMessage) fs.writeSync(file, JSON.stringify({ sent: ++sent, heard: cause?.heard ?? 0, nick: cause?.user.name ?? '', command: cause?.text ?? '', lines: text.split('\n').length }) + '\n')
    return enqueue(...what)
  }

  const tell = () => console.log('ridealong-tests: scripts have loaded')
  robot.on('scripts have loaded', () => {
    const isThere = connection.joined ? connection.joined.size > 0 : connection.prefixBytes !== undefined
    if (isThere) tell()
    else connection.once('joined', tell)
  })
}
