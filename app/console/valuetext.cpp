// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the scalars of JSON and YAML say.
#include "console/treebuilder.h"

using namespace Qt::StringLiterals;

namespace ridealong::console {
namespace {

/// Escapes of JSON and of YAML's double quotes. What is none stays as it is.
QString unescaped(QByteArrayView inner)
{
    QString text;
    const QString raw = QString::fromUtf8(inner);
    text.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != u'\\' || i + 1 >= raw.size()) {
            text += raw[i];
            continue;
        }
        const QChar c = raw[++i];
        const auto hex = [&](qsizetype digits) {
            bool ok = false;
            const uint code = QStringView(raw).mid(i + 1, digits).toUInt(&ok, 16);
            if (!ok || i + digits >= raw.size() || code > 0x10ffff) {
                text += u'\\';
                text += c;
                return;
            }
            i += digits;
            text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&code), 1);
        };
        switch (c.unicode()) {
        case u'n': text += u'\n'; break;
        case u't': text += u'\t'; break;
        case u'r': text += u'\r'; break;
        case u'b': text += u'\b'; break;
        case u'f': text += u'\f'; break;
        case u'0': text += QChar(0xfffd); break;
        case u'x': hex(2); break;
        case u'u': {
            // Half a pair is kept as UTF-16 has it; its other half follows.
            bool ok = false;
            const uint code = QStringView(raw).mid(i + 1, 4).toUInt(&ok, 16);
            if (ok && i + 4 < raw.size()) {
                text += QChar(char16_t(code));
                i += 4;
            } else {
                text += u"\\u"_s;
            }
            break;
        }
        case u'U': hex(8); break;
        default: text += c; break;
        }
    }
    return text;
}

/// The lines of "|" and ">" without their indentation.
QString blockText(QByteArrayView raw, bool isFolded)
{
    const qsizetype head = raw.indexOf('\n');
    if (head < 0)
        return {};
    const QByteArray header = raw.first(head).toByteArray();
    const auto lines = raw.sliced(head + 1).toByteArray().split('\n');
    qsizetype indent = -1;
    for (const QByteArray& line : lines) {
        qsizetype spaces = 0;
        while (spaces < line.size() && line[spaces] == ' ')
            ++spaces;
        if (spaces < line.size() && (indent < 0 || spaces < indent))
            indent = spaces;
    }
    QString text;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = QString::fromUtf8(lines[i].mid(std::max<qsizetype>(0, indent)));
        if (i > 0)
            text += isFolded && !line.isEmpty() && !text.endsWith(u'\n') && !line.startsWith(u' ') ? u' ' : u'\n';
        text += line;
    }
    while (text.endsWith(u'\n'))
        text.chop(1);
    return header.contains('-') ? text : text + u'\n';
}

/// A scalar over several lines: each line end is a space, an empty line is one.
QString flowText(QByteArrayView raw)
{
    if (!raw.contains('\n'))
        return QString::fromUtf8(raw);
    QString text;
    for (const QByteArray& line : raw.toByteArray().split('\n')) {
        const QByteArray piece = line.trimmed();
        if (piece.isEmpty())
            text += u'\n';
        else
            text += (text.isEmpty() || text.endsWith(u'\n') ? QString() : u" "_s) + QString::fromUtf8(piece);
    }
    return text;
}

} // namespace

ValueKind plainKind(QByteArrayView text)
{
    if (text.isEmpty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return ValueKind::Null;
    if (text == "true" || text == "false" || text == "True" || text == "False" || text == "TRUE" || text == "FALSE")
        return ValueKind::Bool;
    qsizetype at = text.front() == '-' || text.front() == '+' ? 1 : 0;
    bool hasDigit = false, hasDot = false;
    if (text.sliced(at).startsWith("0x") || text.sliced(at).startsWith("0o")) {
        for (at += 2; at < text.size(); ++at)
            if (!std::isxdigit(static_cast<unsigned char>(text[at])))
                return ValueKind::String;
        return text.size() > 2 ? ValueKind::Number : ValueKind::String;
    }
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9')
            hasDigit = true;
        else if (c == '.' && !hasDot)
            hasDot = true;
        else if ((c == 'e' || c == 'E') && hasDigit && at + 1 < text.size()) {
            qsizetype exponent = at + 1;
            if (text[exponent] == '+' || text[exponent] == '-')
                ++exponent;
            if (exponent >= text.size())
                return ValueKind::String;
            for (; exponent < text.size(); ++exponent)
                if (text[exponent] < '0' || text[exponent] > '9')
                    return ValueKind::String;
            return ValueKind::Number;
        } else
            return ValueKind::String;
    }
    return hasDigit ? ValueKind::Number : ValueKind::String;
}

QString valueText(const ValueNode& node, QByteArrayView raw)
{
    const auto inner = [&] {
        QByteArrayView text = raw.size() > 0 ? raw.sliced(1) : raw;
        if (text.endsWith(raw.isEmpty() ? '"' : raw.front()))
            text.chop(1);
        return text;
    };
    switch (node.style) {
    case ValueStyle::DoubleQuoted:
        return unescaped(raw.contains('\n') ? QByteArrayView(flowText(inner()).toUtf8()).toByteArray() : inner().toByteArray());
    case ValueStyle::SingleQuoted: return flowText(inner()).replace(u"''"_s, u"'"_s);
    case ValueStyle::Literal: return blockText(raw, false);
    case ValueStyle::Folded: return blockText(raw, true);
    case ValueStyle::Plain: break;
    }
    return node.isContainer() ? QString::fromUtf8(raw) : flowText(raw);
}

QString keyText(QByteArrayView raw)
{
    if (raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front()) {
        const QByteArrayView inner = raw.sliced(1, raw.size() - 2);
        return raw.front() == '"' ? unescaped(inner) : QString::fromUtf8(inner).replace(u"''"_s, u"'"_s);
    }
    return QString::fromUtf8(raw);
}

QString pathStep(const QString& key)
{
    const auto isWord = [](QChar c) { return c == u'_' || (c.unicode() < 0x80 && c.isLetterOrNumber()); };
    if (!key.isEmpty() && !key.front().isDigit() && std::all_of(key.begin(), key.end(), isWord))
        return u'.' + key;
    QString quoted = key;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).replace(u'\r', u"\\r"_s);
    return u"[\""_s + quoted + u"\"]"_s;
}

} // namespace ridealong::console
