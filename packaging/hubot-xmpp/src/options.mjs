// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A Connection's options, from environment variables.
const kYes = /^(1|true|yes|on)$/i

export function optionsFrom (environment, robotName) {
  const e = environment
  const [, domain] = /^[^@/\s]+@([^@/\s]+)$/.exec(e.HUBOT_XMPP_ADDRESS ?? '') ?? []
  if (!domain) throw new Error('HUBOT_XMPP_ADDRESS is not set, or not like name@domain')
  if (!e.HUBOT_XMPP_PASSWORD) throw new Error('HUBOT_XMPP_PASSWORD is not set')
  const number = (name, fallback) => {
    const value = e[name] === undefined || e[name] === '' ? fallback : Number(e[name])
    if (!Number.isFinite(value) || value <= 0) throw new Error(`${name} is no number`)
    return value
  }
  const directTls = kYes.test(e.HUBOT_XMPP_DIRECT_TLS ?? '')
  return {
    address: e.HUBOT_XMPP_ADDRESS,
    password: e.HUBOT_XMPP_PASSWORD,
    server: e.HUBOT_XMPP_SERVER || domain,
    port: number('HUBOT_XMPP_PORT', directTls ? 5223 : 5222),
    directTls,
    nick: e.HUBOT_XMPP_NICK || robotName.toLowerCase(),
    resource: e.HUBOT_XMPP_RESOURCE || 'hubot',
    rooms: (e.HUBOT_XMPP_ROOMS ?? '').split(',').map(room => room.trim()).filter(Boolean).map(room => {
      const [address, password] = room.split(/\s+/, 2)
      return { address: address.toLowerCase(), password }
    }),
    pingSeconds: number('HUBOT_XMPP_PING_SECONDS', 60),
    minBackoffMs: number('HUBOT_XMPP_RECONNECT_MS', 1000)
  }
}
