// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/stacktrace.h"

#include "console/linestore.h"

namespace ridealong::console {
namespace {

QByteArray textOf(const LineStore& lines, qint64 index)
{
    return index < lines.committedCount() ? lines.line(index).text.toByteArray() : lines.tailLine(index).text;
}

bool isIndented(QByteArrayView text) { return text.startsWith(' ') || text.startsWith('\t'); }

bool isPython(const Frame& frame)
{
    return frame.placeLength > 0 && frame.placeBegin > 0 && frame.file.size() + 9 < frame.placeLength && frame.column == 0;
}

/// Go and Rust: "main.total(...)", and the place in the next line.
bool completes(const Frame& function, const Frame& place)
{
    return function.file.isEmpty() && !function.function.isEmpty() && place.function.isEmpty() && place.line > 0;
}

class Reader
{
public:
    void take(QByteArrayView text, qint64 index)
    {
        const auto frame = frameOf(text);
        const bool message = isTraceMessage(text);
        if (message || (m_messageFollows && !text.trimmed().isEmpty()))
            m_trace.messages.push_back(index);
        m_messageFollows = false;
        if (frame)
            takeFrame(*frame, index);
        else if (!message && !text.trimmed().isEmpty())
            takeOther(text, index);
        // "thread 'main' panicked at src/main.rs:4:5:" has what went wrong in the next line.
        if (message && text.contains("panicked at ") && text.endsWith(':'))
            m_messageFollows = true;
    }
    StackTrace take() { return std::move(m_trace); }

private:
    void takeFrame(const Frame& frame, qint64 index)
    {
        auto& frames = m_trace.frames;
        if (!frames.empty() && frames.back().lastLine == index - 1 && completes(frames.back().frame, frame)) {
            const QString function = frames.back().frame.function;
            const bool own = frames.back().frame.isOwnCode;
            frames.back().frame = frame;
            frames.back().frame.function = function;
            frames.back().frame.isOwnCode = own && frame.isOwnCode;
            frames.back().lastLine = index;
            return;
        }
        frames.push_back({frame, index, index});
    }

    void takeOther(QByteArrayView text, qint64 index)
    {
        if (m_trace.frames.empty() || isTraceNote(text))
            return;
        auto& last = m_trace.frames.back();
        // Below a frame of Python: its source and the marks below that, then what was raised, whatever its name.
        if (last.lastLine != index - 1 || !isPython(last.frame))
            return;
        if (isIndented(text))
            last.lastLine = index;
        else
            m_trace.messages.push_back(index);
    }

    StackTrace m_trace;
    bool m_messageFollows = false;
};

} // namespace

StackTrace parseStackTrace(const LineStore& lines)
{
    Reader reader;
    const qint64 count = std::min(lines.lineCount(), kMaxTraceLines);
    for (qint64 index = 0; index < count; ++index)
        reader.take(textOf(lines, index), index);
    return reader.take();
}

} // namespace ridealong::console
