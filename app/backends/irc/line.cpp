// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/line.h"

#include <algorithm>
#include <cstring>

namespace ridealong::irc {
namespace {

using base::Error;
using base::ErrorKind;

Error invalid(const char* detail) { return {ErrorKind::Invalid, QString::fromLatin1(detail), 0}; }

bool contains(QByteArrayView bytes, char c) { return !bytes.isEmpty() && std::memchr(bytes.data(), c, size_t(bytes.size())) != nullptr; }
bool isLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; });
}

/// Letters, or three digits.
bool isCommand(QByteArrayView word)
{
    if (word.size() == 3 && std::all_of(word.begin(), word.end(), isDigit))
        return true;
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), isLetter);
}

QString fromWindows1252(QByteArrayView bytes)
{
    // 0x80…0x9F; the five that are not assigned stay the control characters they are in ISO 8859-1.
    static const char16_t kUpper[] = u"\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                                     u"\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
    QString text(bytes.size(), Qt::Uninitialized);
    std::transform(bytes.begin(), bytes.end(), text.begin(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return QChar(byte >= 0x80 && byte <= 0x9F ? kUpper[byte - 0x80] : char16_t(byte));
    });
    return text;
}

/// Length of the whole UTF-8 characters when all that is wrong is an unfinished one at the end; 0 otherwise.
qsizetype cutUtf8(QByteArrayView bytes)
{
    for (qsizetype missing = 1; missing <= 3 && missing < bytes.size(); ++missing) {
        const auto lead = static_cast<unsigned char>(bytes[bytes.size() - missing]);
        if ((lead & 0xC0U) == 0x80U)
            continue; // a continuation: its lead byte stands before
        const qsizetype wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        const QByteArrayView whole = bytes.chopped(missing);
        return wanted > missing && !isAscii(whole) && whole.isValidUtf8() ? whole.size() : 0;
    }
    return 0;
}

QString fromValidUtf8(QByteArrayView bytes)
{
    // QString::fromUtf8 takes the first byte order mark for itself; here it is a character of somebody's text.
    qsizetype marks = 0;
    while (bytes.startsWith("\xEF\xBB\xBF")) {
        bytes = bytes.sliced(3);
        ++marks;
    }
    if (marks == 0) [[likely]]
        return QString::fromUtf8(bytes);
    return QString(marks, QChar(QChar::ByteOrderMark)) + QString::fromUtf8(bytes);
}

QString unescaped(QByteArrayView raw)
{
    if (!contains(raw, '\\'))
        return decodeText(raw);
    QByteArray value;
    value.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            value += raw[i];
            continue;
        }
        if (++i == raw.size())
            break; // a lone backslash at the end means nothing
        switch (raw[i]) {
        case ':': value += ';'; break;
        case 's': value += ' '; break;
        case 'r': value += '\r'; break;
        case 'n': value += '\n'; break;
        default: value += raw[i]; // the backslash itself, and what was never defined
        }
    }
    return decodeText(value);
}

/// False when there are too many.
bool parseTags(QByteArrayView data, std::vector<Tag>& tags)
{
    tags.reserve(size_t(std::min<qsizetype>(std::count(data.begin(), data.end(), ';') + 1, kMaxTags)));
    while (!data.isEmpty()) {
        const qsizetype semicolon = data.indexOf(';');
        const QByteArrayView piece = semicolon < 0 ? data : data.first(semicolon);
        data = semicolon < 0 ? QByteArrayView() : data.sliced(semicolon + 1);
        const qsizetype equals = piece.indexOf('=');
        const QByteArrayView key = equals < 0 ? piece : piece.first(equals);
        if (key.isEmpty())
            continue;
        if (qsizetype(tags.size()) == kMaxTags)
            return false;
        tags.push_back({key.toByteArray(), equals < 0 ? QString() : unescaped(piece.sliced(equals + 1))});
    }
    return true;
}

/// What is left of a line while it is read.
class Rest
{
public:
    explicit Rest(QByteArrayView bytes) : m_bytes(bytes) {}

    bool startsWith(char c) const { return !m_bytes.isEmpty() && m_bytes.front() == c; }
    bool isEmpty() const { return m_bytes.isEmpty(); }
    QByteArrayView all() const { return m_bytes; }
    void skip() { m_bytes = m_bytes.sliced(1); }
    void skipSpaces()
    {
        while (startsWith(' '))
            skip();
    }
    /// Up to a space or the end; the spaces behind it go as well.
    QByteArrayView word()
    {
        const qsizetype space = m_bytes.indexOf(' ');
        const QByteArrayView word = space < 0 ? m_bytes : m_bytes.first(space);
        m_bytes = m_bytes.sliced(word.size());
        skipSpaces();
        return word;
    }

private:
    QByteArrayView m_bytes;
};

/// CR, LF and NUL would end the line or be refused by the server.
QByteArray encoded(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    for (const char bad : {'\r', '\n', '\0'}) {
        if (contains(bytes, bad))
            bytes.replace(bad, ' ');
    }
    return bytes;
}

void appendEscaped(QByteArray& out, const QString& value)
{
    const QByteArray bytes = value.toUtf8();
    for (const char c : bytes) {
        switch (c) {
        case ';': out += "\\:"; break;
        case ' ':
        case '\0': out += "\\s"; break;
        case '\\': out += "\\\\"; break;
        case '\r': out += "\\r"; break;
        case '\n': out += "\\n"; break;
        default: out += c;
        }
    }
}

bool isKey(QByteArrayView key)
{
    return !key.isEmpty()
        && std::none_of(key.begin(), key.end(), [](char c) { return c == ' ' || c == ';' || c == '=' || c == '\r' || c == '\n' || c == '\0'; });
}

bool appendTags(QByteArray& out, const std::vector<Tag>& tags)
{
    if (tags.empty())
        return true;
    out += '@';
    for (const Tag& tag : tags) {
        if (!isKey(tag.key))
            return false;
        if (out.size() > 1)
            out += ';';
        out += tag.key;
        if (tag.value.isEmpty())
            continue;
        out += '=';
        appendEscaped(out, tag.value);
    }
    const bool fits = out.size() - 1 <= kMaxClientTagBytes && qsizetype(tags.size()) <= kMaxTags;
    out += ' ';
    return fits;
}

bool appendParameters(QByteArray& out, const QStringList& parameters)
{
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        const QByteArray bytes = encoded(parameters[i]);
        const bool needsColon = bytes.isEmpty() || bytes.startsWith(':') || bytes.contains(' ');
        if (needsColon && i + 1 < parameters.size())
            return false;
        out += needsColon ? " :" : " ";
        out += bytes;
    }
    return parameters.size() <= kMaxParameters;
}

} // namespace

QString Line::tag(QByteArrayView key) const
{
    const auto found = std::find_if(tags.rbegin(), tags.rend(), [key](const Tag& tag) { return tag.key == key; });
    return found == tags.rend() ? QString() : found->value;
}

bool Line::hasTag(QByteArrayView key) const
{
    return std::any_of(tags.begin(), tags.end(), [key](const Tag& tag) { return tag.key == key; });
}

Source splitSource(const QString& source)
{
    Source parts;
    qsizetype end = source.size();
    if (const qsizetype at = source.indexOf(u'@'); at >= 0) {
        parts.host = source.sliced(at + 1);
        end = at;
    }
    if (const qsizetype bang = source.indexOf(u'!'); bang >= 0 && bang < end) {
        parts.user = source.sliced(bang + 1, end - bang - 1);
        end = bang;
    }
    parts.nick = source.first(end);
    return parts;
}

qsizetype bytesOf(const Line& line)
{
    qsizetype characters = line.source.size();
    for (const QString& parameter : line.parameters)
        characters += parameter.size();
    for (const Tag& tag : line.tags)
        characters += tag.key.size() + tag.value.size();
    return qsizetype(sizeof(QChar)) * characters + qsizetype(sizeof(Line));
}

QString Line::nick() const
{
    const auto end = std::find_if(source.begin(), source.end(), [](QChar c) { return c == u'!' || c == u'@'; });
    return source.first(end - source.begin());
}

QString decodeText(QByteArrayView bytes)
{
    if (isAscii(bytes))
        return QString::fromLatin1(bytes);
    if (bytes.isValidUtf8())
        return fromValidUtf8(bytes);
    if (const qsizetype whole = cutUtf8(bytes); whole > 0)
        return fromValidUtf8(bytes.first(whole)) + QChar(QChar::ReplacementCharacter);
    return fromWindows1252(bytes);
}

base::Expected<Line> parseLine(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return invalid("empty line");
    if (bytes.size() > kMaxReceivedBytes)
        return invalid("line too long");
    if (contains(bytes, '\0') || contains(bytes, '\r') || contains(bytes, '\n'))
        return invalid("control byte in line");

    Line line;
    Rest rest(bytes);
    rest.skipSpaces();
    if (rest.startsWith('@')) {
        rest.skip();
        if (!parseTags(rest.word(), line.tags))
            return invalid("too many tags");
    }
    if (rest.startsWith(':')) {
        rest.skip();
        line.source = decodeText(rest.word());
    }
    const QByteArrayView command = rest.word();
    if (!isCommand(command))
        return invalid("no command");
    line.command = command.toByteArray().toUpper();

    while (!rest.isEmpty()) {
        if (line.parameters.size() == kMaxParameters)
            return invalid("too many parameters");
        if (rest.startsWith(':')) {
            rest.skip();
            line.parameters.append(decodeText(rest.all()));
            break;
        }
        line.parameters.append(decodeText(rest.word()));
    }
    return line;
}

base::Expected<QByteArray> serialize(const Line& line, qsizetype maxBytes)
{
    QByteArray out;
    out.reserve(256);
    if (!appendTags(out, line.tags))
        return invalid("tags too long, too many or with a bad key");
    const qsizetype tagBytes = out.size();
    if (!line.source.isEmpty()) {
        const QByteArray source = encoded(line.source);
        if (source.contains(' '))
            return invalid("space in the source");
        out += ':';
        out += source;
        out += ' ';
    }
    if (!isCommand(line.command))
        return invalid("no command");
    out += line.command.toUpper();
    if (!appendParameters(out, line.parameters))
        return invalid("parameters that cannot be told apart, or too many");
    if (out.size() - tagBytes > maxBytes)
        return invalid("line too long");
    return out;
}

} // namespace ridealong::irc
