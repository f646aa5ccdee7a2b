// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

namespace ridealong::console {
namespace {

/// Deeper than this is no document that somebody reads.
constexpr qsizetype kMaxJsonDepth = 512;

/// Walks over one object or array without building it. A text that is cut off can be told from one that is wrong.
class JsonScanner
{
public:
    enum class End { Complete, CutOff, Wrong };

    explicit JsonScanner(QByteArrayView text) : m_at(text.begin()), m_end(text.end()) {}

    /// One value at the present place, which must be an object or an array.
    End value()
    {
        m_open.clear();
        if (m_at == m_end || (*m_at != '{' && *m_at != '['))
            return End::Wrong;
        State state = State::Value;
        while (m_at != m_end) {
            if (isSpace(*m_at)) {
                ++m_at;
                continue;
            }
            const End end = step(state);
            if (end != End::Complete)
                return end;
            if (m_open.isEmpty())
                return End::Complete;
        }
        return End::CutOff;
    }
    const char* at() const { return m_at; }

private:
    enum class State { Value, FirstValue, FirstKey, Key, Colon, After };

    static bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    End step(State& state)
    {
        const char c = *m_at;
        if (state == State::Colon) {
            state = State::Value;
            return skip(c == ':');
        }
        if (state == State::After) {
            if (c == ',') {
                state = m_open.back() == '{' ? State::Key : State::Value;
                return skip(true);
            }
            return close(state);
        }
        if ((state == State::FirstKey && c == '}') || (state == State::FirstValue && c == ']'))
            return close(state);
        if (state == State::Key || state == State::FirstKey) {
            state = State::Colon;
            return c == '"' ? string() : End::Wrong;
        }
        state = State::After;
        if (c == '{' || c == '[') {
            if (m_open.size() >= kMaxJsonDepth)
                return End::Wrong;
            m_open.append(c);
            state = c == '{' ? State::FirstKey : State::FirstValue;
            return skip(true);
        }
        return c == '"' ? string() : scalar();
    }

    End skip(bool right)
    {
        m_at += right;
        return right ? End::Complete : End::Wrong;
    }

    End close(State& state)
    {
        if (*m_at != (m_open.back() == '{' ? '}' : ']'))
            return End::Wrong;
        m_open.chop(1);
        state = State::After;
        return skip(true);
    }

    End string()
    {
        for (++m_at; m_at != m_end; ++m_at) {
            if (*m_at == '"') {
                ++m_at;
                return End::Complete;
            }
            if (*m_at == '\n')
                return End::Wrong;
            if (*m_at == '\\' && ++m_at == m_end)
                return End::CutOff;
        }
        return End::CutOff;
    }

    /// Numbers, true, false, null.
    End scalar()
    {
        const char* begin = m_at;
        while (m_at != m_end && (isWordChar(*m_at) || *m_at == '+'))
            ++m_at;
        const QByteArrayView word(begin, m_at - begin);
        if (m_at == m_end)
            return End::CutOff;
        if (word == "true" || word == "false" || word == "null")
            return End::Complete;
        bool number = false;
        if (!word.isEmpty() && (isDigit(word[0]) || (word[0] == '-' && word.size() > 1 && isDigit(word[1]))))
            (void)word.toByteArray().toDouble(&number);
        return number ? End::Complete : End::Wrong;
    }

    const char* m_at;
    const char* m_end;
    QByteArray m_open;
};

/// The sample from `first` on as one text, and where each line begins in it.
struct Joined
{
    QByteArray text;
    std::vector<qsizetype> begins;
};

Joined joined(const FormatSample& sample, size_t first)
{
    Joined all;
    for (size_t i = first; i < sample.head.size(); ++i) {
        all.begins.push_back(all.text.size());
        all.text += sample.head[i].text;
        if (!sample.cutInLine || i + 1 < sample.head.size())
            all.text += '\n';
    }
    return all;
}

bool closesJson(QByteArrayView line) { return line.endsWith('}') || line.endsWith(']'); }

/// Beyond the sample: it ends as it began, perhaps with some words behind.
std::optional<Extent> toTheEnd(const FormatSample& sample, size_t first)
{
    int prose = 0;
    const auto& lines = sample.tail.empty() ? sample.head : sample.tail;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (line->isBlank)
            continue;
        if (closesJson(line->text))
            return Extent{first, line->lastPiece};
        if (++prose > kMaxProseLines)
            break;
    }
    return {};
}

std::optional<Extent> jsonFrom(const FormatSample& sample, size_t first)
{
    const Joined all = joined(sample, first);
    const char* const begin = all.text.cbegin();
    qsizetype start = indentOf(all.text);
    std::optional<qint64> lastLine;
    size_t line = 0;
    for (;;) {
        JsonScanner scanner(QByteArrayView(all.text).sliced(start));
        const auto end = scanner.value();
        if (end == JsonScanner::End::CutOff && !sample.isWhole())
            return toTheEnd(sample, first);
        if (end != JsonScanner::End::Complete)
            break;
        // A value ends its line; the next one, if any, begins one.
        const qsizetype stop = scanner.at() - begin;
        while (line + 1 < all.begins.size() && all.begins[line + 1] < stop)
            ++line;
        const qsizetype lineEnd = line + 1 < all.begins.size() ? all.begins[line + 1] : all.text.size();
        if (!QByteArrayView(all.text).sliced(stop, lineEnd - stop).trimmed().isEmpty())
            return {};
        lastLine = sample.head[first + line].lastPiece;
        do {
            ++line;
        } while (line < all.begins.size() && sample.head[first + line].isBlank);
        if (line >= all.begins.size())
            return sample.isWhole() ? Extent{first, *lastLine} : toTheEnd(sample, first);
        start = all.begins[line] + indentOf(sample.head[first + line].text);
    }
    if (!lastLine || !sample.isWhole())
        return {};
    int prose = 0;
    for (size_t i = first + line; i < sample.head.size(); ++i)
        prose += !sample.head[i].isBlank;
    return prose <= kMaxProseLines ? std::optional(Extent{first, *lastLine}) : std::nullopt;
}

} // namespace

std::optional<Extent> findJson(const FormatSample& sample)
{
    int prose = 0;
    for (size_t i = 0; i < sample.head.size(); ++i) {
        if (sample.head[i].isBlank)
            continue;
        const QByteArray text = sample.head[i].text.trimmed();
        if (text.startsWith('{') || text.startsWith('[')) {
            if (auto extent = jsonFrom(sample, i)) {
                // "[]" and "[1]" alone may be anything; behind words they are.
                const bool tiny = extent->lastLine == sample.head[i].line && text.size() < 8 && !text.contains('"');
                return tiny && prose > 0 ? std::nullopt : extent;
            }
        }
        if (++prose > kMaxProseLines)
            break;
    }
    return {};
}

} // namespace ridealong::console
