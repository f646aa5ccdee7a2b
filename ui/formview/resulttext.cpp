// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/resulttext.h"

#include "formview/words.h"

#include <numeric>

namespace ridealong::formview {
namespace {

using namespace Qt::StringLiterals;
using Kind = chat::FormField::Kind;

/// One cell of text with tabs.
QString cellText(const QString& value) { return safeText(value).simplified(); }

/// One cell of Markdown: on one line, and no mark of it means anything. Escaped is what has to be: some will read it as it is.
QString cellMarkdown(const QString& value)
{
    static const QString kMarks = u"\\`*_[]<>|~"_s;
    QString escaped;
    for (const QChar c : cellText(value)) {
        if (kMarks.contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString rowMarkdown(const QStringList& cells)
{
    QStringList escaped;
    for (const QString& cell : cells)
        escaped << cellMarkdown(cell);
    return u"| "_s + escaped.join(u" | "_s) + u" |"_s;
}

QString tableMarkdown(const QStringList& head, const QList<QStringList>& rows)
{
    QStringList lines{rowMarkdown(head), u'|' + u" --- |"_s.repeated(head.size())};
    for (const QStringList& row : rows)
        lines << rowMarkdown(row);
    return lines.join(u'\n');
}

QStringList headOf(const chat::FormTable& table)
{
    QStringList head;
    for (const chat::FormTable::Column& column : table.columns)
        head << labelOf(column);
    return head;
}

/// What there is to read in a form that is a result: names and answers.
QList<QStringList> answersOf(const chat::Form& form)
{
    QList<QStringList> answers;
    if (!form.isResult)
        return answers;
    for (const chat::FormField& field : form.fields)
        if (field.kind != Kind::Hidden)
            answers.append({labelOf(field), answerText(field)});
    return answers;
}

QString joined(const QList<QStringList>& rows)
{
    QStringList lines;
    for (const QStringList& row : rows) {
        QStringList cells;
        for (const QString& cell : row)
            cells << cellText(cell);
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

} // namespace

QString asText(const chat::FormTable& table, const QList<int>& rows)
{
    QList<QStringList> all{headOf(table)};
    for (const int row : rows)
        all << table.rows.value(row);
    return joined(all);
}

QString asText(const chat::CommandStage& stage)
{
    QStringList parts;
    for (const chat::CommandNote& note : stage.notes)
        parts << safeText(note.text);
    if (const auto answers = answersOf(stage.form); !answers.isEmpty())
        parts << joined(answers);
    if (!stage.table.isEmpty()) {
        QList<int> rows(stage.table.rows.size());
        std::iota(rows.begin(), rows.end(), 0);
        parts << asText(stage.table, rows);
    }
    return parts.join(u"\n\n"_s);
}

QString asMarkdown(const chat::CommandStage& stage, const QString& heading)
{
    QStringList parts{u"**"_s + cellMarkdown(heading) + u"**"_s};
    for (const chat::CommandNote& note : stage.notes) {
        QStringList lines;
        for (const QString& line : note.text.split(u'\n')) {
            const QString text = cellMarkdown(line);
            const bool isMark = !text.isEmpty() && u"#+-="_s.contains(text.front()); // at the beginning of a line only
            lines << (isMark ? u"> \\"_s : u"> "_s) + text;
        }
        parts << lines.join(u'\n');
    }
    if (const auto answers = answersOf(stage.form); !answers.isEmpty())
        parts << tableMarkdown({QString(), QString()}, answers);
    if (!stage.table.isEmpty())
        parts << tableMarkdown(headOf(stage.table), stage.table.rows);
    return parts.join(u"\n\n"_s);
}

} // namespace ridealong::formview
