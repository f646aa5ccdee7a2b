// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/header.h"

#include "scripts/script.h"

#include <array>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;

namespace {

// Hubot's section names (Robot.parseHelp) and ours. The second is what a heading is filed under.
constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 18> kSections{{{"description"_L1, "description"_L1},
    {"dependencies"_L1, "dependencies"_L1}, {"configuration"_L1, "configuration"_L1}, {"commands"_L1, "commands"_L1}, {"command"_L1, "commands"_L1},
    {"notes"_L1, "notes"_L1}, {"author"_L1, "author"_L1}, {"authors"_L1, "author"_L1}, {"examples"_L1, "examples"_L1}, {"example"_L1, "examples"_L1},
    {"tags"_L1, "tags"_L1}, {"urls"_L1, "urls"_L1}, {"environment"_L1, "environment"_L1}, {"risk"_L1, "risk"_L1}, {"arguments"_L1, "arguments"_L1},
    {"argument"_L1, "arguments"_L1}, {"time limit"_L1, "time limit"_L1}, {"timeout"_L1, "time limit"_L1}}};

QString sectionOf(QStringView heading)
{
    for (const auto& [name, section] : kSections)
        if (heading.compare(name, Qt::CaseInsensitive) == 0)
            return section;
    return {};
}

struct Heading
{
    QString section; ///< empty: the line is no heading
    QString rest; ///< what stands behind the colon
};

/// "Commands:", "Commands" and "Risk: safe".
Heading headingOf(const QString& text)
{
    const auto colon = text.indexOf(u':');
    if (colon < 0)
        return {sectionOf(text), {}};
    return {sectionOf(QStringView(text).left(colon).trimmed()), text.mid(colon + 1).trimmed()};
}

/// The line behind its comment mark, or nothing when it is no comment.
std::optional<QStringView> uncommented(QStringView line)
{
    const QStringView trimmed = line.trimmed();
    for (const auto mark : {"#"_L1, "//"_L1, "--"_L1, ";"_L1}) {
        if (!trimmed.startsWith(mark))
            continue;
        QStringView rest = trimmed.mid(mark.size());
        while (!rest.isEmpty() && rest.front() == mark.front()) // "##", "///", ";;"
            rest = rest.mid(1);
        return rest;
    }
    return std::nullopt;
}

QStringList interpreterOf(QStringView firstLine)
{
    const QStringView text = firstLine.mid(2).trimmed();
    const auto space = std::find_if(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    const auto end = space - text.begin();
    if (end == 0)
        return {};
    QStringList interpreter{text.left(end).toString()};
    if (const QStringView argument = text.mid(end).trimmed(); !argument.isEmpty())
        interpreter += argument.toString();
    return interpreter;
}

/// No control characters reach a list, a menu or a terminal.
QString cleaned(QStringView text)
{
    QString clean = text.left(kMaxHeaderLineCharacters).toString();
    for (QChar& c : clean)
        if (c.category() == QChar::Other_Control)
            c = u' ';
    return clean.trimmed();
}

} // namespace

void Problems::add(int lineNumber, const QString& text)
{
    if (m_texts.size() < kMaxProblems)
        m_texts += lineNumber > 0 ? u"line %1: %2"_s.arg(lineNumber).arg(text) : text;
}

Header readHeader(const QByteArray& content, Problems& problems)
{
    Header header;
    QByteArray bytes = content.left(kMaxHeaderBytes);
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes.remove(0, 3);
    const QString text = QString::fromUtf8(bytes);
    const auto lines = QStringView(text).split(u'\n');

    QString section;
    std::optional<int> headingIndent; // of the first heading: "environment: text" deeper than that is an argument's line
    for (int index = 0; index < lines.size() && index < kMaxHeaderLines; ++index) {
        const QStringView line = lines[index];
        if (index == 0 && line.startsWith(u"#!")) {
            header.interpreter = interpreterOf(line);
            continue;
        }
        const QStringView bare = line.trimmed();
        if (bare.isEmpty() || bare == u"'use strict'" || bare == u"'use strict';" || bare == u"\"use strict\";")
            continue;
        const auto comment = uncommented(line);
        if (!comment)
            break;
        const QString clean = cleaned(*comment);
        if (clean.isEmpty() || clean.compare(u"none", Qt::CaseInsensitive) == 0)
            continue;
        if (comment->size() > kMaxHeaderLineCharacters)
            problems.add(index + 1, u"longer than %1 characters, the rest is not read"_s.arg(kMaxHeaderLineCharacters));
        const auto isSpace = [](QChar c) { return c.isSpace(); };
        const int indent = int(std::find_if_not(comment->begin(), comment->end(), isSpace) - comment->begin());

        const Heading heading = headingOf(clean);
        if (!heading.section.isEmpty() && indent <= headingIndent.value_or(indent)) {
            section = heading.section;
            headingIndent = headingIndent.value_or(indent);
            if (!heading.rest.isEmpty())
                header.sections[section].append({index + 1, indent, heading.rest});
            else
                header.sections[section]; // there, though empty
        } else if (!section.isEmpty()) {
            header.sections[section].append({index + 1, indent, clean});
        }
    }
    if (lines.size() > kMaxHeaderLines && !section.isEmpty()) {
        const auto last = uncommented(lines[kMaxHeaderLines]);
        if (last)
            problems.add(kMaxHeaderLines + 1, u"the header is longer than %1 lines, the rest is not read"_s.arg(kMaxHeaderLines));
    }
    return header;
}

std::optional<qint64> takeNumber(QStringView& text, int most)
{
    const qsizetype first = text.startsWith(u'-') ? 1 : 0;
    qsizetype end = first;
    while (end < text.size() && end - first < most && text[end] >= u'0' && text[end] <= u'9')
        ++end;
    if (end == first)
        return std::nullopt;
    const qint64 number = text.first(end).toLongLong();
    text = text.sliced(end);
    return number;
}

} // namespace ridealong::scripts
