// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Timers that ring when the test says that time has passed; like Node's they ring in the context in which they were set.
import { AsyncResource } from 'node:async_hooks'

export class FakeTime {
  constructor () {
    this.now = Date.parse('2026-11-23T09:00:00Z')
    this.timers = new Set()
  }

  set (ms, work) {
    const timer = { at: this.now + ms, work: AsyncResource.bind(work) }
    this.timers.add(timer)
    return timer
  }

  clear (timer) { this.timers.delete(timer) }

  pass (ms) {
    const end = this.now + ms
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (!next) break
      this.timers.delete(next)
      this.now = next.at
      next.work()
    }
    this.now = end
  }
}
