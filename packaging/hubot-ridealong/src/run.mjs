// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// One command and what becomes of it.

const kPercent = /(?<![\d.,])(100|\d{1,2}) ?%/g
const kMaxLabelChars = 120

export class Run {
  constructor ({ id, taskName, cause, envelope, startedAt }) {
    Object.assign(this, { id, taskName, cause, envelope, startedAt })
    this.seq = 0 // of the next event
    this.isExpected = false // the bot was asked; else a listener only listens, until it says something
    this.pending = 0 // functions of scripts that have not returned
    this.finishedAt = undefined
    this.closing = undefined // { outcome, errors } that the next message, or else silence, brings
    this.asking = undefined // { expires } when the next message is a question
    this.skeleton = undefined // of the last line with a percentage
  }

  // A line with a percentage is progress when it is the last one again with another number. The first one could be anything: a disk is
  // 91 % full, too.
  progressIn (text) {
    const found = text.includes('\n') ? [] : [...text.matchAll(kPercent)]
    const skeleton = found.length === 1 ? text.replace(/[\d#=.█▓▒░ ]+/g, '0') : undefined
    const isAgain = skeleton !== undefined && skeleton === this.skeleton
    this.skeleton = skeleton
    return isAgain ? { state: 'normal', percent: Number(found[0][1]), label: text.trim().slice(0, kMaxLabelChars) } : undefined
  }
}
