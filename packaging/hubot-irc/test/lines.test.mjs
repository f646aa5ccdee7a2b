// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escape, fold, parse, split } from '../src/lines.mjs'

test('takes a line apart', () => {
  assert.deepEqual(parse('@time=1;+a/b=x\\:y\\sz\\\\;flag :n!u@h privmsg #c :a b :c'), {
    tags: { time: '1', '+a/b': 'x;y z\\', flag: '' }, prefix: 'n!u@h', nick: 'n', command: 'PRIVMSG', params: ['#c', 'a b :c']
  })
  assert.deepEqual(parse('PING  x').params, ['x'])
  assert.deepEqual(parse(':s 001 me :').params, ['me', ''])
})

test('refuses what is no line', () => {
  for (const line of ['', ' ', '@a=b', ':prefix', '@a=b :prefix']) assert.equal(parse(line), null, line)
})

test('a tag cannot reach the prototype', () => {
  assert.equal(Object.getPrototypeOf(parse('@__proto__=x PING a').tags), Object.prototype)
})

test('an unfinished escape at the end is dropped', () => {
  assert.equal(parse('@a=b\\ PING').tags.a, 'b')
})

test('writes a tag so that it reads back', () => {
  const value = 'a;b c\\d\r\n:e'
  assert.equal(parse(`@k=${escape(value)} PING`).tags.k, value)
})

test('splits at bytes, between characters', () => {
  for (const limit of [4, 5, 7, 100]) {
    const text = 'aé€😀'.repeat(20)
    const lines = split(text, limit)
    assert.equal(lines.join(''), text)
    for (const line of lines) assert.ok(Buffer.byteLength(line) <= limit, line)
  }
  assert.deepEqual(split('x'.repeat(10), 10), ['x'.repeat(10)])
  assert.deepEqual(split('x'.repeat(11), 10), ['x'.repeat(10), 'x'])
})

test('prefers a late space', () => {
  assert.deepEqual(split('one two three', 9), ['one two ', 'three'])
  assert.deepEqual(split('a bcdefghijk', 9), ['a bcdefgh', 'ijk'])
})

test('keeps empty lines as a space, and no line end or NUL inside', () => {
  assert.deepEqual(split('a\r\n\nb\rc\0d', 100), ['a', ' ', 'b', 'cd'])
  assert.deepEqual(split('', 100), [' '])
})

test('folds names as the server does', () => {
  assert.equal(fold('Bot[1]~\\'), 'bot{1}^|')
  assert.equal(fold('Bot[1]~', 'strict-rfc1459'), 'bot{1}~')
  assert.equal(fold('Bot[1]', 'ascii'), 'bot[1]')
})
