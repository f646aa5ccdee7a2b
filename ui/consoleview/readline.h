// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"

#include <QByteArray>

namespace ridealong::consoleview {

/// One line of a run, committed or still in the tail, with what keeps it alive.
class ReadLine
{
public:
    ReadLine(const console::LineStore& store, qint64 index)
    {
        // A tail line may be committed between the two questions; then the second one answers.
        if (index < store.committedCount()) {
            m_line = store.line(index);
            return;
        }
        m_tail = store.tailLine(index);
        if (m_tail.text.isEmpty() && index < store.committedCount()) {
            m_line = store.line(index);
            return;
        }
        m_line.text = m_tail.text;
        m_line.runs = m_tail.runs;
        m_line.columns = m_tail.columns;
        m_line.flags = m_tail.flags;
    }
    ReadLine(const ReadLine&) = delete;
    ReadLine& operator=(const ReadLine&) = delete;

    const console::Line& operator*() const { return m_line; }
    const console::Line* operator->() const { return &m_line; }

private:
    console::LineStore::TailLine m_tail;
    console::Line m_line;
};

} // namespace ridealong::consoleview
