// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/tableshape.h"

namespace ridealong::console {
namespace {

constexpr size_t kLinesLookedAt = 120;
constexpr qsizetype kMaxNameBytes = 64;

bool isName(QByteArrayView name)
{
    return !name.isEmpty() && name.size() <= kMaxNameBytes
        && std::all_of(name.begin(), name.end(), [](char c) { return isWordChar(c) || quint8(c) >= 0x80 || QByteArrayView(" ()/%#@").contains(c); });
}

/// Names of the block at `i`, which moves behind it; empty when a line there is no field.
std::vector<QByteArray> namesOf(SampleLines lines, size_t& i, char separator)
{
    std::vector<QByteArray> names;
    bool wrong = false;
    for (; i < lines.size() && !lines[i].isBlank && !isRecordMark(lines[i].text); ++i) {
        const RecordField field = recordField(lines[i].text, separator);
        if (!field.name.isEmpty())
            names.push_back(field.name);
        else
            wrong |= names.empty() || indentOf(lines[i].text) < 4; // a value that goes on stands far to the right
    }
    return wrong ? std::vector<QByteArray>() : names;
}

} // namespace

bool isRecordMark(QByteArrayView line)
{
    if (line.startsWith("-[ RECORD "))
        return true;
    return line.startsWith("****") && line.endsWith("****") && line.contains(". row ");
}

RecordField recordField(QByteArrayView line, char separator)
{
    const QByteArrayView text = line.trimmed();
    qsizetype at = -1;
    if (separator == '.') { // mysql: "name: value", the names aligned right
        at = text.indexOf(':');
        if (at < 0 || (at + 1 < text.size() && text[at + 1] != ' '))
            return {};
    } else {
        const char between[] = {' ', separator, '\0'};
        at = text.indexOf(between);
        if (at < 0 || (at + 2 < text.size() && text[at + 2] != ' '))
            return {};
        ++at;
    }
    const QByteArrayView name = text.first(at).trimmed();
    if (!isName(name))
        return {};
    return {name.toByteArray(), text.sliced(at + 1).toByteArray().trimmed()};
}

std::optional<TableShape> recordsAt(SampleLines lines, size_t at)
{
    const QByteArrayView first = lines[at].text;
    TableShape shape;
    shape.kind = TableShape::Kind::Records;
    shape.first = at;
    shape.body = at;
    const bool marked = isRecordMark(first);
    if (marked) {
        shape.separator = first.startsWith('-') ? '|' : '.';
        return at + 1 < lines.size() && !recordField(lines[at + 1].text, shape.separator).name.isEmpty() ? std::optional(shape) : std::nullopt;
    }
    shape.separator = !recordField(first, ':').name.isEmpty() ? ':' : '=';
    if (recordField(first, shape.separator).name.isEmpty())
        return {};
    // At least two blocks that begin with the same name and share most of the others.
    size_t i = at;
    const std::vector<QByteArray> names = namesOf(lines, i, shape.separator);
    int blocks = names.size() >= 2;
    while (blocks > 0 && i < lines.size() && i < at + kLinesLookedAt) {
        if (lines[i].isBlank) {
            ++i;
            continue;
        }
        const std::vector<QByteArray> others = namesOf(lines, i, shape.separator);
        if (others.empty() || others.front() != names.front())
            break;
        ++blocks;
    }
    return blocks >= 2 ? std::optional(shape) : std::nullopt;
}

} // namespace ridealong::console
