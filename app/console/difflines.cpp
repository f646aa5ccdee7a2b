// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/difflines.h"

#include <algorithm>
#include <cctype>

namespace ridealong::console {
namespace {

using Kind = DiffLine::Kind;

/// "a/etc/app.conf\t2026-11-24 …" → "etc/app.conf"; "/dev/null" → nothing.
QString nameOf(QByteArrayView text)
{
    if (const qsizetype tab = text.indexOf('\t'); tab >= 0)
        text = text.first(tab);
    text = text.trimmed();
    if (text == "/dev/null")
        return {};
    if (text.size() > 2 && text[1] == '/' && (text[0] == 'a' || text[0] == 'b' || text[0] == 'i' || text[0] == 'w'))
        text = text.sliced(2);
    return QString::fromUtf8(text.first(std::min(text.size(), kMaxDiffNameBytes)));
}

/// "12,5" at `at`, which it moves. False: there is no number.
bool range(QByteArrayView text, qsizetype& at, quint32& first, qint64& count)
{
    const auto number = [&](qint64& value) {
        const qsizetype begin = at;
        for (value = 0; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 9; ++at)
            value = value * 10 + (text[at] - '0');
        return at > begin;
    };
    qint64 value = 0;
    if (!number(value))
        return false;
    first = quint32(value);
    count = 1;
    if (at < text.size() && text[at] == ',') {
        ++at;
        return number(count);
    }
    return true;
}

std::vector<ByteRange> wordsOf(QByteArrayView text)
{
    std::vector<ByteRange> words;
    const auto kind = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) ? 2 : c == ' ' || c == '\t' ? 1 : 0;
    };
    for (int at = 0; at < int(text.size());) {
        int end = at + 1;
        while (kind(text[at]) != 0 && end < int(text.size()) && kind(text[end]) == kind(text[at]))
            ++end;
        words.push_back({at, end});
        at = end;
    }
    return words;
}

/// Which words belong to a longest common subsequence.
void markCommon(QByteArrayView before, const std::vector<ByteRange>& old, QByteArrayView after, const std::vector<ByteRange>& now,
    std::vector<bool>& oldCommon, std::vector<bool>& nowCommon)
{
    const auto same = [&](size_t a, size_t b) {
        return before.sliced(old[a].begin, old[a].end - old[a].begin) == after.sliced(now[b].begin, now[b].end - now[b].begin);
    };
    size_t head = 0;
    while (head < old.size() && head < now.size() && same(head, head))
        ++head;
    size_t tail = 0;
    while (tail < old.size() - head && tail < now.size() - head && same(old.size() - 1 - tail, now.size() - 1 - tail))
        ++tail;
    for (size_t i = 0; i < head; ++i)
        oldCommon[i] = nowCommon[i] = true;
    for (size_t i = 0; i < tail; ++i)
        oldCommon[old.size() - 1 - i] = nowCommon[now.size() - 1 - i] = true;
    const size_t rows = old.size() - head - tail, columns = now.size() - head - tail;
    if (rows == 0 || columns == 0 || rows > kMaxDiffWords || columns > kMaxDiffWords)
        return;
    std::vector<quint16> best((rows + 1) * (columns + 1), 0);
    const auto at = [&](size_t row, size_t column) -> quint16& { return best[row * (columns + 1) + column]; };
    for (size_t row = rows; row-- > 0;)
        for (size_t column = columns; column-- > 0;)
            at(row, column)
                = same(head + row, head + column) ? quint16(at(row + 1, column + 1) + 1) : std::max(at(row + 1, column), at(row, column + 1));
    for (size_t row = 0, column = 0; row < rows && column < columns;) {
        if (same(head + row, head + column)) {
            oldCommon[head + row++] = true;
            nowCommon[head + column++] = true;
        } else if (at(row + 1, column) >= at(row, column + 1)) {
            ++row;
        } else {
            ++column;
        }
    }
}

std::vector<ByteRange> changed(const std::vector<ByteRange>& words, const std::vector<bool>& common)
{
    std::vector<ByteRange> ranges;
    for (size_t i = 0; i < words.size(); ++i) {
        if (common[i])
            continue;
        if (!ranges.empty() && ranges.back().end == words[i].begin)
            ranges.back().end = words[i].end;
        else
            ranges.push_back(words[i]);
    }
    return ranges;
}

} // namespace

void DiffReader::beginFile()
{
    DiffFile file;
    file.firstLine = file.lastLine = qint64(m_diff.lines.size());
    m_diff.files.push_back(file);
    m_isInFile = true;
}

bool DiffReader::hunk(QByteArrayView line)
{
    if (!line.startsWith("@@ -"))
        return false;
    qsizetype at = 4;
    quint32 oldNumber = 0, newNumber = 0;
    qint64 oldCount = 0, newCount = 0;
    if (!range(line, at, oldNumber, oldCount) || !line.sliced(at).startsWith(" +"))
        return false;
    at += 2;
    if (!range(line, at, newNumber, newCount) || !line.sliced(at).startsWith(" @@"))
        return false;
    m_oldNumber = oldNumber;
    m_newNumber = newNumber;
    m_oldLeft = oldCount;
    m_newLeft = newCount;
    return true;
}

void DiffReader::meta(QByteArrayView line)
{
    DiffFile& file = m_diff.files.back();
    if (line.startsWith("--- ")) {
        const QString name = nameOf(line.sliced(4));
        file.isNew = file.isNew || name.isEmpty();
        file.oldName = name;
        if (file.name.isEmpty())
            file.name = name;
    } else if (line.startsWith("+++ ")) {
        const QString name = nameOf(line.sliced(4));
        file.isDeleted = file.isDeleted || name.isEmpty();
        if (!name.isEmpty())
            file.name = name;
    } else if (line.startsWith("new file")) {
        file.isNew = true;
    } else if (line.startsWith("deleted file")) {
        file.isDeleted = true;
    } else if (line.startsWith("rename from ")) {
        file.oldName = QString::fromUtf8(line.sliced(12).first(std::min(line.size() - 12, kMaxDiffNameBytes)));
    } else if (line.startsWith("rename to ")) {
        file.name = QString::fromUtf8(line.sliced(10).first(std::min(line.size() - 10, kMaxDiffNameBytes)));
    } else if (line.startsWith("Binary files") || line.startsWith("GIT binary patch")) {
        file.isBinary = true;
    }
}

/// The first removed line goes with the first added one, and so on.
void DiffReader::pairUp()
{
    const qint64 end = qint64(m_diff.lines.size());
    const qint64 removed = end - m_added - m_removed, added = end - m_added;
    for (qint64 i = 0; i < std::min(m_removed, m_added); ++i) {
        const qint64 distance = added - removed;
        m_diff.lines[size_t(removed + i)].partner = qint32(distance);
        m_diff.lines[size_t(added + i)].partner = qint32(-distance);
    }
    m_removed = m_added = 0;
}

void DiffReader::change(Kind kind, DiffLine& line)
{
    line.kind = kind;
    DiffFile& file = m_diff.files.back();
    if (kind == Kind::Removed) {
        if (m_added > 0)
            pairUp();
        line.oldNumber = m_oldNumber++;
        --m_oldLeft;
        ++m_removed;
        ++file.removed;
    } else {
        line.newNumber = m_newNumber++;
        --m_newLeft;
        ++m_added;
        ++file.added;
    }
    m_diff.greatestNumber = std::max({m_diff.greatestNumber, line.oldNumber, line.newNumber});
}

void DiffReader::add(QByteArrayView text)
{
    DiffLine line;
    const char first = text.isEmpty() ? '\0' : text.front();
    const bool isInHunk = m_isInFile && (m_oldLeft > 0 || m_newLeft > 0);
    if (isInHunk && first == '-' && m_oldLeft > 0) {
        change(Kind::Removed, line);
    } else if (isInHunk && first == '+' && m_newLeft > 0) {
        change(Kind::Added, line);
    } else if (isInHunk && (first == ' ' || first == '\0' || first == '\t') && m_oldLeft > 0 && m_newLeft > 0) {
        pairUp();
        line = {Kind::Context, m_oldNumber++, m_newNumber++};
        m_diff.greatestNumber = std::max({m_diff.greatestNumber, line.oldNumber, line.newNumber});
        --m_oldLeft;
        --m_newLeft;
    } else if (m_isInFile && first == '\\') {
        line.kind = Kind::Remark; // "\ No newline at end of file"
        pairUp();
    } else {
        pairUp();
        m_oldLeft = m_newLeft = 0;
        const bool isGitHead = text.startsWith("diff --git ") || text.startsWith("diff --cc ") || text.startsWith("diff -");
        if (isGitHead || (text.startsWith("--- ") && (!m_isInFile || !m_hasGitHead))) {
            beginFile();
            m_hasGitHead = isGitHead;
            line.kind = Kind::Meta;
            if (text.startsWith("diff --git ")) // of a binary one nothing else says the name
                if (const qsizetype at = text.lastIndexOf(" b/"); at > 0)
                    m_diff.files.back().name = nameOf(text.sliced(at + 1));
        } else if (m_isInFile && hunk(text)) {
            line.kind = Kind::Hunk;
            m_hasGitHead = false; // another "---" is another file
        } else if (m_isInFile && m_diff.files.back().added + m_diff.files.back().removed == 0) {
            line.kind = Kind::Meta;
        }
        if (line.kind == Kind::Meta)
            meta(text);
    }
    if (m_isInFile)
        m_diff.files.back().lastLine = qint64(m_diff.lines.size());
    m_diff.lines.push_back(line);
}

Diff DiffReader::finish()
{
    pairUp();
    for (DiffFile& file : m_diff.files)
        if (file.oldName == file.name)
            file.oldName.clear();
    return std::move(m_diff);
}

WordChanges wordChanges(QByteArrayView before, QByteArrayView after)
{
    const auto old = wordsOf(before), now = wordsOf(after);
    std::vector<bool> oldCommon(old.size(), false), nowCommon(now.size(), false);
    markCommon(before, old, after, now, oldCommon, nowCommon);
    qsizetype common = 0;
    for (size_t i = 0; i < old.size(); ++i)
        if (oldCommon[i] && before[old[i].begin] != ' ' && before[old[i].begin] != '\t')
            common += old[i].end - old[i].begin;
    if (common * 4 < std::max(before.size(), after.size()))
        return {}; // another line, not another version of it
    return {changed(old, oldCommon), changed(now, nowCommon)};
}

} // namespace ridealong::console
