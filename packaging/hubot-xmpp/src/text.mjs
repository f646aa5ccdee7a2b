// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Making of any text what a stanza can hold.

// ECMA-48: CSI with its parameters, OSC and its kin up to their end, and the two-character sequences.
const kEscapeSequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g
// What XML 1.0 has no way to write, not even as a reference (production 2).
const kNoCharacters = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export function clean (text) {
  return String(text).replace(kEscapeSequences, '').replace(/\r\n?/g, '\n').replace(kNoCharacters, '')
}

// The text in pieces of at most maxBytes of UTF-8, cut at line ends where there are any, never inside a character.
export function split (text, maxBytes) {
  const pieces = []
  let piece = ''
  let bytes = 0
  for (const line of text.split(/(?<=\n)/)) {
    for (const part of Buffer.byteLength(line) > maxBytes ? line : [line]) {
      const size = Buffer.byteLength(part)
      if (bytes + size > maxBytes && piece !== '') {
        pieces.push(piece.replace(/\n$/, ''))
        piece = ''
        bytes = 0
      }
      piece += part
      bytes += size
    }
  }
  pieces.push(piece)
  return pieces
}
