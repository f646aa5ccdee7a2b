// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clean, split } from '../src/text.mjs'

test('takes out what a terminal would obey', () => {
  assert.equal(clean('\x1b[1mBuild\x1b[0m \x1b[38;2;10;200;30mOK\x1b[K'), 'Build OK')
  assert.equal(clean('\x1b]8;;https://example.test\x1b\\link\x1b]8;;\x07 \x1b(Bplain'), 'link plain')
  assert.equal(clean('cut off \x1b['), 'cut off ')
})

test('takes out what XML cannot hold', () => {
  assert.equal(clean('a\0b\x07c\x1f\ufffe\td\r\ne\rf'), 'abc\td\ne\nf')
  assert.equal(clean('half \ud83d and whole \u{1f600} and half \ude00'), 'half  and whole \u{1f600} and half ')
  assert.equal(clean(7), '7')
})

test('splits at line ends, and inside a line only when it must', () => {
  assert.deepEqual(split('short', 10), ['short'])
  assert.deepEqual(split('', 10), [''])
  assert.deepEqual(split('first\nsecond\nthird', 13), ['first\nsecond', 'third'])
  assert.deepEqual(split('a'.repeat(10), 10), ['a'.repeat(10)])
  assert.deepEqual(split('a'.repeat(11), 10), ['a'.repeat(10), 'a'])
  assert.deepEqual(split('€€€€', 7), ['€€', '€€'])
})
