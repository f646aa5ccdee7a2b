// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/copytext.h"

#include "console/ansitext.h"
#include "consoleview/readline.h"
#include "consoleview/spans.h"
#include "kit/theme.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

using console::Style;
using console::Underline;

/// Bytes [from, to) of a line with the escapes of its styles.
QByteArray ansiPiece(const console::LineStore& store, const console::Line& line, int from, int to)
{
    QByteArray out;
    bool styled = false;
    const auto add = [&](int begin, int end, const Style& style) {
        begin = std::max(begin, from);
        end = std::min(end, to);
        if (begin >= end)
            return;
        const bool plain = style == Style{};
        if (!plain || styled)
            out += plain ? QByteArray("\x1b[0m") : "\x1b[" + console::sgrOf(style) + 'm';
        styled = !plain;
        out += line.text.sliced(begin, end - begin);
    };
    int begin = 0;
    Style style;
    for (const auto& run : line.runs) {
        add(begin, run.byte, style);
        begin = run.byte;
        style = store.style(run.style);
    }
    add(begin, int(line.text.size()), style);
    if (styled)
        out += "\x1b[0m";
    return out;
}

QByteArray escaped(QByteArrayView text) { return QString::fromUtf8(text).toHtmlEscaped().toUtf8(); }

QByteArray cssOf(const Span& span, const QColor& plain)
{
    QByteArray css;
    if (span.foreground != plain)
        css += "color:" + span.foreground.name().toLatin1() + ';';
    if (span.background.isValid())
        css += "background:" + span.background.name().toLatin1() + ';';
    if (span.bold)
        css += "font-weight:bold;";
    if (span.italic)
        css += "font-style:italic;";
    if (span.underline != Underline::None || span.strike)
        css += QByteArray("text-decoration:") + (span.underline != Underline::None ? "underline " : "") + (span.strike ? "line-through" : "") + ';';
    return css;
}

/// Bytes [from, to) of a line as the theme shows them.
QByteArray htmlPiece(const console::LineStore& store, const console::Line& line, int from, int to, const kit::Theme& theme)
{
    QByteArray out;
    const Spans spans = styleSpans(store, line, theme);
    for (auto span = spans.begin(); span != spans.end(); ++span) {
        const int begin = std::max(from, span->byte);
        const int end = std::min(to, std::next(span) == spans.end() ? to : std::next(span)->byte);
        if (begin >= end)
            continue;
        const QByteArray text = escaped(line.text.sliced(begin, end - begin));
        const QByteArray css = cssOf(*span, theme.color(kit::Token::Text));
        const QByteArray piece = css.isEmpty() ? text : "<span style=\"" + css + "\">" + text + "</span>";
        const QString link = store.link(span->link);
        out += link.isEmpty() ? piece : "<a href=\"" + link.toHtmlEscaped().toUtf8() + "\">" + piece + "</a>";
    }
    return out;
}

void addLines(QByteArray& out, const Stretch& stretch, CopyFormat format, const kit::Theme* theme)
{
    const auto& store = *stretch.lines;
    const BodyLines shown = stretch.filtered ? BodyLines(store, stretch.kept.get()) : BodyLines(store);
    const qint64 last = std::min(stretch.toLine, store.lineCount() - 1);
    for (qint64 index = shown.atOrAfter(stretch.fromLine), next = 0; index >= 0 && index <= last; index = next) {
        next = shown.after(index);
        const ReadLine line(store, index);
        const int size = int(line->text.size());
        const int from = index == stretch.fromLine ? std::min(stretch.fromByte, size) : 0;
        const int to = index == stretch.toLine ? std::clamp(stretch.toByte, from, size) : size;
        if (format == CopyFormat::Ansi)
            out += ansiPiece(store, *line, from, to);
        else if (format == CopyFormat::Html)
            out += htmlPiece(store, *line, from, to, *theme);
        else
            out += line->text.sliced(from, to - from);
        // A long line comes in pieces; the pieces are one line again.
        const bool isLast = next < 0 || next > last;
        const bool goesOn = !isLast && next == index + 1 && (ReadLine(store, next)->flags & console::Line::Continued);
        if (!isLast && !goesOn)
            out += '\n';
        if (out.size() > kMaxCopyBytes)
            return;
    }
}

void addRows(QByteArray& out, const Stretch& stretch, CopyFormat format)
{
    bool first = true;
    const auto rows = stretch.rows ? stretch.rows() : QList<QStringList>();
    for (const auto& row : rows) {
        if (format == CopyFormat::Html) {
            const QByteArray cell = first ? "th" : "td";
            out += "<tr>";
            for (const QString& text : row)
                out += '<' + cell + '>' + escaped(text.toUtf8()) + "</" + cell + '>';
            out += "</tr>\n";
        } else if (format == CopyFormat::Markdown) {
            QStringList cells;
            for (QString cell : row)
                cells << cell.replace(u'|', u"\\|"_s);
            out += "| " + cells.join(u" | "_s).toUtf8() + " |\n";
            if (first)
                out += "|" + QByteArray(" --- |").repeated(row.size()) + '\n';
        } else {
            out += row.join(u'\t').toUtf8() + '\n';
        }
        first = false;
    }
    if (out.endsWith('\n'))
        out.chop(1);
}

/// A fence longer than any in the text: output may hold Markdown of its own.
QByteArray fenceFor(const QByteArray& body)
{
    int longest = 2, current = 0;
    for (char c : body) {
        current = c == '`' ? current + 1 : 0;
        longest = std::max(longest, current);
    }
    return QByteArray(longest + 1, '`');
}

} // namespace

QString copyText(const std::vector<Stretch>& stretches, CopyFormat format, const kit::Theme* theme)
{
    QByteArray out;
    for (const auto& stretch : stretches) {
        if (!out.isEmpty())
            out += format == CopyFormat::Markdown ? "\n\n" : "\n";
        QByteArray body;
        const bool isText = stretch.lines || stretch.texts;
        if (stretch.lines)
            addLines(body, stretch, format, theme);
        else if (stretch.texts)
            body = format == CopyFormat::Html ? escaped(stretch.texts->join(u'\n').toUtf8()) : stretch.texts->join(u'\n').toUtf8();
        else
            addRows(body, stretch, format);
        const QByteArray command = stretch.report.command.toUtf8();
        const bool isNamed = stretches.size() > 1;
        if (format == CopyFormat::Markdown) {
            if (stretch.whole || isNamed)
                out += '`' + command + "` · " + stretch.report.senderName.toUtf8() + "\n\n";
            if (isText) {
                const auto fence = fenceFor(body);
                out += fence + '\n' + body + '\n' + fence;
            } else {
                out += body;
            }
        } else if (format == CopyFormat::Html) {
            if (isNamed)
                out += "<p><b>" + escaped(command) + "</b></p>\n";
            out += isText ? "<pre style=\"font-family:monospace;color:" + theme->color(kit::Token::Text).name().toLatin1()
                    + ";background:" + theme->color(kit::Token::Inset).name().toLatin1() + "\">" + body + "</pre>"
                          : "<table>\n" + body + "\n</table>";
        } else {
            if (isNamed)
                out += "> " + command + '\n';
            out += body;
        }
        if (out.size() > kMaxCopyBytes) {
            out.truncate(kMaxCopyBytes);
            out += '\n' + QCoreApplication::translate("CopyText", "[the rest was not copied: over 32 MiB]").toUtf8();
            break;
        }
    }
    return QString::fromUtf8(out);
}

LazyText::LazyText(std::vector<Stretch> stretches, CopyFormat format, const kit::Theme& theme)
    : m_stretches(std::move(stretches)),
      m_format(format),
      m_theme(&theme)
{}

QStringList LazyText::formats() const
{
    return m_format == CopyFormat::Html ? QStringList{u"text/html"_s, u"text/plain"_s} : QStringList{u"text/plain"_s};
}

bool LazyText::hasFormat(const QString& mimeType) const { return formats().contains(mimeType); }

QVariant LazyText::retrieveData(const QString& mimeType, QMetaType type) const
{
    if (!hasFormat(mimeType))
        return QMimeData::retrieveData(mimeType, type);
    if (mimeType == "text/html"_L1)
        return m_theme ? copyText(m_stretches, CopyFormat::Html, m_theme) : QString();
    return copyText(m_stretches, m_format == CopyFormat::Html ? CopyFormat::Text : m_format);
}

} // namespace ridealong::consoleview
