// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/batches.h"

namespace ridealong::irc {

bool Batches::isKept(QByteArrayView type)
{
    return type == "chathistory" || type == "draft/multiline" || type == "netsplit" || type == "draft/chathistory-targets";
}

bool Batches::isOpen(QByteArrayView type) const
{
    return std::any_of(m_open.begin(), m_open.end(), [&](const Open& open) { return open.batch.type == type; });
}

void Batches::take(const Line& line)
{
    if (line.command == "BATCH") {
        const QString reference = line.parameter(0);
        if (reference.startsWith(u'+'))
            return open(line);
        if (reference.startsWith(u'-'))
            return close(reference.mid(1));
        return; // neither: broken, and of no use to anybody
    }
    const auto at = m_open.find(line.tag("batch"));
    if (at == m_open.end() || !at->kept || qsizetype(at->batch.lines.size()) >= kMaxBatchLines || m_bytes + bytesOf(line) > kMaxBatchBytes)
        return m_single(line);
    at->bytes += bytesOf(line);
    m_bytes += bytesOf(line);
    at->batch.lines.push_back(line);
}

void Batches::open(const Line& line)
{
    const QString reference = line.parameter(0).mid(1);
    if (reference.isEmpty() || m_open.size() >= kMaxOpenBatches || m_open.contains(reference))
        return; // its lines come out one by one
    Open opened;
    opened.batch.type = line.parameter(1).toUtf8();
    opened.batch.parameters = line.parameters.mid(2);
    opened.batch.opening = line;
    opened.outer = line.tag("batch");
    opened.kept = isKept(opened.batch.type);
    if (const auto outer = m_open.constFind(opened.outer); outer != m_open.cend())
        opened.batch.at = outer->batch.lines.size();
    m_open.insert(reference, opened);
    if (!opened.kept)
        m_single(line); // an answer in several lines: whoever asked wants to know of both ends
}

/// One within another counts for that from now on.
void Batches::takeIn(Open& outer, const Open& inner)
{
    outer.batch.inner.push_back(inner.batch);
    outer.bytes += inner.bytes;
    m_bytes += inner.bytes;
}

void Batches::close(const QString& reference)
{
    const auto at = m_open.constFind(reference);
    if (at == m_open.cend())
        return;
    const Open closed = *at;
    m_open.erase(at);
    m_bytes -= closed.bytes;
    if (!closed.kept) {
        Line end;
        end.command = "BATCH";
        end.parameters = {u'-' + reference};
        return m_single(end);
    }
    const auto outer = m_open.find(closed.outer);
    if (outer != m_open.end() && outer->kept)
        takeIn(*outer, closed);
    else
        m_whole(closed.batch);
}

} // namespace ridealong::irc
