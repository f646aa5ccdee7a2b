// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/ledgercsv.h"

#include <QDateTime>

namespace ridealong::chat {

using namespace Qt::StringLiterals;

namespace {

/// The full-width ones too: some spreadsheets take them for the plain ones.
bool beginsFormula(const QString& text)
{
    static const QString kBegins = u"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20"_s;
    return !text.isEmpty() && kBegins.contains(text.front());
}

class Writer
{
public:
    explicit Writer(const CsvOptions& options) : m_options(options) {}

    /// What somebody wrote.
    void text(const QString& words)
    {
        separate();
        QByteArray bytes = words.toUtf8();
        bytes.replace('\0', QByteArray()); // would end the file for some readers
        if (m_options.guardsFormulas && beginsFormula(words))
            bytes.prepend('\'');
        const bool quoted = std::any_of(
            bytes.cbegin(), bytes.cend(), [this](char c) { return c == m_options.separator || c == '"' || c == '\r' || c == '\n' || c == '\t'; });
        if (quoted)
            m_made += '"' + bytes.replace('"', "\"\"") + '"';
        else
            m_made += bytes;
    }
    /// What we made ourselves: there is nothing to guard in it.
    void bare(const QByteArray& word)
    {
        separate();
        m_made += word;
    }
    void number(std::optional<qint64> number) { bare(number ? QByteArray::number(*number) : QByteArray()); }
    void time(qint64 ms) { bare(ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs).toLatin1() : QByteArray()); }
    void endRow()
    {
        m_made += "\r\n";
        m_begun = false;
    }
    void names(std::initializer_list<const char*> names)
    {
        for (const char* name : names)
            bare(name);
        endRow();
    }
    QByteArray take() { return std::move(m_made); }

private:
    void separate()
    {
        if (std::exchange(m_begun, true))
            m_made += m_options.separator;
    }

    CsvOptions m_options;
    QByteArray m_made;
    bool m_begun = false;
};

} // namespace

QByteArray toCsv(const QList<RunRecord>& runs, const CsvOptions& options)
{
    Writer writer(options);
    writer.names({"started", "ended", "duration_ms", "who", "sender", "bot", "command", "kind", "account", "conversation", "environment", "state",
        "exit_code", "detail", "confidence_percent", "output_bytes", "run", "message"});
    for (const RunRecord& record : runs) {
        const RunReport& report = record.report;
        writer.time(report.startedAtMs);
        writer.time(report.endedAtMs);
        writer.number(report.endedAtMs > 0 ? std::optional(std::max<qint64>(0, report.endedAtMs - report.startedAtMs)) : std::nullopt);
        writer.text(report.senderName);
        writer.text(report.sender.text());
        writer.text(report.bot.text());
        writer.text(report.command);
        writer.text(record.kind);
        writer.text(report.conversation.account().text());
        writer.text(report.conversation.key());
        writer.text(report.environment);
        writer.text(toString(report.state));
        writer.number(report.exitCode);
        writer.text(report.detail);
        writer.number(report.confidence);
        writer.number(report.outputBytes);
        writer.text(report.run.text());
        writer.text(report.cause.text());
        writer.endRow();
    }
    return writer.take();
}

QByteArray toCsv(const QList<CommandRecord>& commands, const CsvOptions& options)
{
    Writer writer(options);
    writer.names({"command", "bot", "account", "runs", "ended", "succeeded", "success_percent", "typical_ms", "last_by", "last_started", "last_state",
        "last_command"});
    for (const CommandRecord& record : commands) {
        writer.text(record.kind);
        writer.text(record.bot.text());
        writer.text(record.account.text());
        writer.number(record.runs);
        writer.number(record.ended);
        writer.number(record.succeeded);
        writer.number(record.successPercent());
        writer.number(record.succeeded > 0 ? std::optional(record.typicalMs) : std::nullopt);
        writer.text(record.lastBy);
        writer.time(record.lastAtMs);
        writer.text(toString(record.lastState));
        writer.text(record.lastCommand);
        writer.endRow();
    }
    return writer.take();
}

} // namespace ridealong::chat
