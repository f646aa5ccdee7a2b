// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/codebody.h"

#include "console/formatsample.h"
#include "consoleview/highlighter.h"
#include "kit/theme.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CodeBody)
};

struct Sign
{
    const char* begin; ///< of a line, without its indentation
    const char* language;
    int weight;
};
constexpr Sign kSigns[] = {
    {"#include <", "C++", 3},
    {"#include \"", "C++", 3},
    {"namespace ", "C++", 1},
    {"template <", "C++", 2},
    {"std::", "C++", 2},
    {"package main", "Go", 4},
    {"func ", "Go", 2},
    {"import (", "Go", 3},
    {"fn ", "Rust", 3},
    {"use std::", "Rust", 4},
    {"pub fn ", "Rust", 4},
    {"impl ", "Rust", 2},
    {"let mut ", "Rust", 3},
    {"def ", "Python", 2},
    {"elif ", "Python", 3},
    {"from ", "Python", 1},
    {"import ", "Python", 1},
    {"if __name__", "Python", 4},
    {"public class ", "Java", 4},
    {"import java", "Java", 4},
    {"package ", "Java", 1},
    {"const ", "JavaScript", 2},
    {"function ", "JavaScript", 2},
    {"let ", "JavaScript", 1},
    {"export ", "JavaScript", 1},
    {"console.log", "JavaScript", 3},
    {"require(", "JavaScript", 2},
    {"SELECT ", "SQL", 3},
    {"CREATE TABLE", "SQL", 4},
    {"INSERT INTO", "SQL", 4},
    {"FROM ", "Dockerfile", 1},
    {"RUN ", "Dockerfile", 3},
    {"COPY ", "Dockerfile", 2},
    {"<?xml", "XML", 5},
    {"<!DOCTYPE html", "HTML", 6},
    {"<html", "HTML", 5},
    {"fi", "Bash", 1},
    {"echo ", "Bash", 2},
    {"esac", "Bash", 3},
    {"set -e", "Bash", 4},
    {"resource \"", "Terraform", 4},
    {"end", "Ruby", 1},
    {"require '", "Ruby", 3},
    {"puts ", "Ruby", 2},
    {"<?php", "PHP/PHP", 6},
    {"[Unit]", "INI Files", 4},
    {"[Service]", "INI Files", 4},
};
constexpr Sign kInterpreters[] = {
    {"python", "Python", 0},
    {"bash", "Bash", 0},
    {"/sh", "Bash", 0},
    {"node", "JavaScript", 0},
    {"perl", "Perl", 0},
    {"ruby", "Ruby", 0},
    {"lua", "Lua", 0},
    {"php", "PHP/PHP", 0},
    {"zsh", "Zsh", 0},
    {"awk", "AWK", 0},
};

} // namespace

QString guessedLanguage(const std::vector<QByteArray>& lines)
{
    if (!lines.empty() && lines.front().startsWith("#!"))
        for (const Sign& one : kInterpreters)
            if (lines.front().contains(one.begin))
                return QString::fromLatin1(one.language);
    QHash<QByteArray, int> weights;
    for (const QByteArray& line : lines) {
        const QByteArray text = line.trimmed();
        for (const Sign& sign : kSigns)
            if (text.startsWith(sign.begin))
                weights[sign.language] += sign.weight;
    }
    QByteArray best;
    int most = 2; // one faint sign is none
    for (auto one = weights.cbegin(); one != weights.cend(); ++one)
        if (*one > most || (*one == most && most > 2 && one.key() < best)) {
            most = *one;
            best = one.key();
        }
    return QString::fromLatin1(best);
}

std::vector<QByteArray> firstLines(const console::LineStore& lines)
{
    std::vector<QByteArray> texts;
    for (const auto& line : console::sampleOf(lines).head)
        texts.push_back(line.text);
    return texts;
}

bool CodeBody::maybe(const console::LineStore& lines) { return !console::sampleOf(lines).head.empty(); }

MadeBody CodeBody::make(const BodySource& source) { return {std::make_shared<CodeBody>(source.lines, guessedLanguage(firstLines(*source.lines)))}; }

CodeBody::CodeBody(const std::shared_ptr<const console::LineStore>& lines, const QString& language)
    : TextBody({lines}, console::Format::Code),
      m_language(language),
      m_digits(int(QByteArray::number(std::max<qint64>(1, lines->lineCount())).size()))
{}

LinesBody::Row CodeBody::row(qint64 unit, const BodyPaint* paint) const
{
    Row shown = TextBody::row(unit, paint);
    shown.gutter = QString::number(unit + 1).rightJustified(m_digits);
    if (!paint || !(*shown.line)->runs.empty())
        return shown;
    if (const auto* spans = paint->highlighter.spans(lines(), m_language, unit))
        shown.spans = *spans;
    return shown;
}

QStringList CodeBody::notes() const
{
    return m_language.isEmpty() ? QStringList{Words::tr("It is not clear which language this is.")} : QStringList();
}

} // namespace ridealong::consoleview
