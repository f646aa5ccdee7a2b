// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

namespace ridealong::console {
namespace {

bool startsWithAny(QByteArrayView text, std::initializer_list<const char*> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(), [&text](const char* begin) { return text.startsWith(begin); });
}

bool isFileHead(QByteArrayView text)
{
    const QByteArray lower = text.first(std::min<qsizetype>(text.size(), 20)).toByteArray().toLower();
    return text.startsWith("#!/")
        || startsWithAny(lower, {"<?php", "<?xml", "<!doctype ", "<html", "\\documentclass", "digraph ", "strict digraph "});
}

/// What no prose begins with, in some language.
bool isStatement(QByteArrayView text)
{
    return startsWithAny(text,
        {"#include ", "#define ", "#pragma ", "#ifndef ", "#ifdef ", "import ", "from ", "package ", "def ", "class ", "func ", "function ", "fn ",
            "pub ", "use ", "using ", "namespace ", "public ", "private ", "protected ", "static ", "const ", "let ", "var ", "local ", "if (",
            "if [", "for (", "while (", "switch (", "return ", "return;", "export ", "module ", "require ", "require(", "struct ", "enum ",
            "interface ", "type ", "template <", "template<", "async ", "await ", "try {", "try:", "except ", "elif ", "else:", "with ", "foreach ",
            "foreach(", "set(", "add_", "target_", "project(", "cmake_", "param(", "resource \"", "variable \"", "output \"", "data \"",
            "provider \"", "module \"", "fun ", "val ", "data class ", "@", "end", "fi", "done", "esac", "echo \"", "case ", "raise ", "throw ",
            "puts ", "Write-", "$", "print(", "println!", "defer "});
}

bool endsAsCode(QByteArrayView text)
{
    const char last = text.back();
    return last == ';' || last == '{' || last == '}' || text.endsWith(");") || text.endsWith("})") || text.endsWith("};") || text.endsWith("),")
        || text.endsWith("):") || text.endsWith("=>") || text.endsWith("->") || text.endsWith(" then") || text == "then" || text.endsWith("; do")
        || text == ")" || text == "]" || text == "]," || text.endsWith("= [") || text.endsWith("(");
}

bool isSql(QByteArrayView text)
{
    return startsWithAny(text,
        {"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE ", "CREATE VIEW ", "ALTER TABLE ",
            "DROP TABLE ", "FROM ", "WHERE ", "GROUP BY ", "ORDER BY ", "HAVING ", "LIMIT ", "JOIN ", "LEFT JOIN ", "INNER JOIN ", "AND ", "VALUES ",
            "WITH ", "PRAGMA ", "BEGIN;", "COMMIT;", "LOCK TABLES ", "UNLOCK TABLES"});
}

bool startsSql(QByteArrayView text)
{
    return startsWithAny(text,
               {"SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE ", "CREATE VIEW ", "ALTER TABLE ",
                   "DROP TABLE ", "PRAGMA "})
        && (text.contains('(') || text.contains('*') || text.contains(',') || text.endsWith(';'));
}

bool isDockerfileLine(QByteArrayView text)
{
    return startsWithAny(text,
        {"FROM ", "RUN ", "COPY ", "ADD ", "CMD ", "ENTRYPOINT ", "ENV ", "ARG ", "WORKDIR ", "EXPOSE ", "USER ", "VOLUME ", "LABEL ", "HEALTHCHECK ",
            "SHELL "});
}

bool isSection(QByteArrayView text)
{
    return text.size() > 2 && text.startsWith('[') && text.endsWith(']') && isLetter(text[text[1] == '[' ? 2 : 1])
        && std::all_of(text.begin() + 1, text.end() - 1, [](char c) { return isWordChar(c) || QByteArrayView(" \"/:[]").contains(c); });
}

bool isAssignment(QByteArrayView text)
{
    const qsizetype equals = text.indexOf('=');
    return equals > 0 && std::all_of(text.begin(), text.begin() + equals, [](char c) { return isWordChar(c) || c == ' ' || c == '"'; });
}

bool isMakeRule(QByteArrayView text)
{
    const qsizetype colon = text.indexOf(':');
    return colon > 0 && (isLetter(text[0]) || text[0] == '.' || text[0] == '$')
        && std::all_of(text.begin(), text.begin() + colon, [](char c) { return isWordChar(c) || QByteArrayView(" $()/%").contains(c); })
        && (colon + 1 == text.size() || text[colon + 1] == ' ' || text[colon + 1] == '=');
}

/// `word arguments` before a block, or `(…)`: a call.
bool isCall(QByteArrayView text)
{
    const qsizetype open = text.indexOf('(');
    if (open <= 0 || !text.endsWith(')'))
        return false;
    return std::all_of(text.begin(), text.begin() + open, [](char c) { return isWordChar(c) || QByteArrayView(" ::!?=>$").contains(c); })
        && !text.first(open).endsWith(' ');
}

struct Counts
{
    int seen = 0;
    int code = 0; ///< lines that look like code, comments left out of both
    int statements = 0;
    int endings = 0; ///< lines that end as code does
    int markup = 0;
    int sql = 0;
    int docker = 0;
    int sections = 0;
    int assignments = 0;
    int rules = 0;
    int recipes = 0; ///< lines indented by a tab
    int quoted = 0; ///< by grep, by a compiler
};

Counts count(const FormatSample& sample)
{
    Counts counts;
    for (const SampleLine& line : sample.head) {
        const QByteArrayView text = QByteArrayView(line.text).trimmed();
        if (text.isEmpty() || text.startsWith("//") || text.startsWith("# ") || (text.startsWith("/*") && !text.endsWith(';'))
            || text.startsWith("* ") || text.startsWith("-- ") || text == "*/" || text == "#" || text == "--")
            continue;
        ++counts.seen;
        const bool statement = isStatement(text);
        const bool sql = isSql(text);
        counts.statements += statement;
        counts.endings += endsAsCode(text) || isCall(text);
        counts.code += statement || sql || endsAsCode(text) || isAssignment(text) || isCall(text);
        counts.markup += (text.startsWith('<') && text.endsWith('>')) || (text.startsWith('\\') && isLetter(text.size() > 1 ? text[1] : ' '))
            || text.endsWith("\\\\");
        counts.sql += sql;
        counts.docker += isDockerfileLine(text);
        counts.sections += isSection(text);
        counts.assignments += isAssignment(text) || isSection(text);
        counts.rules += isMakeRule(text) && !line.text.startsWith(' ');
        counts.quoted += namesPlace(text);
        counts.recipes += line.text.startsWith('\t');
    }
    return counts;
}

} // namespace

bool isCode(const FormatSample& sample)
{
    const QByteArrayView first = sample.head.front().text;
    if (isFileHead(first))
        return true;
    const Counts counts = count(sample);
    if (counts.seen == 0 || counts.quoted * 2 >= counts.seen)
        return false;
    const auto mostly = [&counts](int lines) { return lines * 10 >= counts.seen * 7; };
    if (startsSql(first) || (counts.sql >= 2 && counts.code * 10 >= counts.seen * 8))
        return true;
    if (counts.seen < 3)
        return false;
    if (mostly(counts.markup) || (counts.docker >= 3 && mostly(counts.docker)))
        return true;
    if (counts.sections >= 1 && counts.assignments * 10 >= counts.seen * 8)
        return true; // an ini file, a unit, TOML
    if (counts.rules >= 2 && counts.recipes >= 1 && mostly(counts.rules + counts.recipes + counts.assignments))
        return true;
    return (counts.statements >= 1 && counts.code * 10 >= counts.seen * 6) || counts.endings * 10 >= counts.seen * 8;
}

} // namespace ridealong::console
