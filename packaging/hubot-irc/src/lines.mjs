// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// IRC's lines: taking them apart, and making of any text lines that a server passes on whole.

const kEscapes = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' }

// A line without its end: { tags, nick, prefix, command, params }. Null: it is none.
export function parse (line) {
  let rest = line
  const tags = {}
  if (rest.startsWith('@')) {
    const end = rest.indexOf(' ')
    if (end < 0) return null
    for (const item of rest.slice(1, end).split(';')) {
      const equals = item.indexOf('=')
      const key = equals < 0 ? item : item.slice(0, equals)
      const value = equals < 0 ? '' : item.slice(equals + 1)
      if (key && key !== '__proto__') tags[key] = value.replace(/\\(.?)/g, (_, c) => kEscapes[c] ?? c)
    }
    rest = rest.slice(end + 1).trimStart()
  }
  let prefix = ''
  if (rest.startsWith(':')) {
    const end = rest.indexOf(' ')
    if (end < 0) return null
    prefix = rest.slice(1, end)
    rest = rest.slice(end + 1).trimStart()
  }
  const params = []
  while (rest) {
    if (rest.startsWith(':') && params.length > 0) {
      params.push(rest.slice(1))
      break
    }
    const end = rest.indexOf(' ')
    params.push(end < 0 ? rest : rest.slice(0, end))
    rest = end < 0 ? '' : rest.slice(end + 1).replace(/^ +/, '')
  }
  const command = params.shift()
  return command ? { tags, prefix, nick: prefix.split('!', 1)[0], command: command.toUpperCase(), params } : null
}

// The value of a tag, as it is written.
export function escape (value) {
  return value.replace(/[;\s\\]/g, c => ({ ';': '\\:', ' ': '\\s', '\\': '\\\\', '\r': '\\r', '\n': '\\n' })[c] ?? '').replaceAll('\0', '')
}

// The text as lines of at most maxBytes of UTF-8 each, cut between characters, at a space where there is one in the last third.
// An empty line becomes a space, because IRC has no empty message; bytes that would end a line early are taken out.
export function split (text, maxBytes) {
  const lines = []
  for (const line of String(text).split(/\r\n|\r|\n/)) lines.push(...splitLine(line.replaceAll('\0', ''), maxBytes))
  return lines
}

function splitLine (line, maxBytes) {
  if (line === '') return [' ']
  const pieces = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (bytes + size > maxBytes && piece !== '') {
      const space = piece.lastIndexOf(' ')
      const cut = space > piece.length * 2 / 3 ? space + 1 : piece.length
      pieces.push(piece.slice(0, cut))
      piece = piece.slice(cut)
      bytes = Buffer.byteLength(piece)
    }
    piece += character
    bytes += size
  }
  pieces.push(piece)
  return pieces
}

// ASCII and the four characters that are letters to RFC 1459: names equal by this are one name to the server.
export function fold (name, mapping = 'rfc1459') {
  const lower = name.replace(/[A-Z]/g, c => c.toLowerCase())
  if (mapping === 'ascii') return lower
  const folded = lower.replace(/[[\]\\]/g, c => ({ '[': '{', ']': '}', '\\': '|' })[c])
  return mapping === 'strict-rfc1459' ? folded : folded.replaceAll('~', '^')
}
