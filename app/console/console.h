// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "chat/run.h"
#include "console/format.h"
#include "console/linestore.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace ridealong::console {

/// One run as the console shows it.
struct Run
{
    chat::RunReport report;
    std::shared_ptr<const LineStore> lines;
    Format format = Format::Text; ///< as detected from the whole output when it ended; Text while open
    qint64 receivedBytes = 0; ///< of raw output, parsed or about to be
    std::optional<chat::Progress> outputProgress; ///< as the output itself tells it (OSC 9;4, a percentage in a rewritten row)
    std::optional<int> outputExitCode; ///< so, too (OSC 133;D); the report has it where the bot says none
    bool usedWholeScreen = false; ///< a full-screen program: of what it drew the last is there

    /// The report's, which knows best, else the output's.
    std::optional<chat::Progress> progress() const { return report.progress ? report.progress : outputProgress; }
};

struct ConsoleChange
{
    enum class Kind { Added, Report, Output, Format, Removed };
    Kind kind = Kind::Report;
    base::RunId run;
};

struct ConsoleLimits
{
    qint64 runBytes = qint64(256) << 20; ///< of one run; what comes over it is not kept, a line with Line::Truncated says so
    qint64 allBytes = qint64(1) << 30; ///< above, the oldest finished runs lose their output: one Truncated line stands for it
    qint64 hotBytes = qint64(16) << 20; ///< above, what was not read lately is compressed as soon as all is quiet
};

struct Ingest;
class KeptLines;

/// All runs of all conversations, oldest first. Reports and bytes come in, one change value at a time goes out.
/// Parsing happens on a worker; `changed(Output)` comes when its lines are readable, at most once a frame per run.
class Console : public QObject
{
    Q_OBJECT
public:
    explicit Console(QObject* parent = nullptr);
    explicit Console(const ConsoleLimits& limits, QObject* parent = nullptr);
    ~Console() override;

    /// Newer than what is known (by revision), or it is ignored.
    void apply(const chat::RunReport& report);
    /// Appends raw output. Answers when it is parsed and readable: the caller sends the next piece then, so that nothing piles up.
    base::Async<base::Done> append(const base::RunId& run, const QByteArray& bytes);
    /// Its output is another: what was there goes, and this comes.
    base::Async<base::Done> rewrite(const base::RunId& run, const QByteArray& bytes);
    /// Copies of a run's raw output (for "save", for detection) come from the lines; this forgets a run.
    void remove(const base::RunId& run);

    const std::vector<base::RunId>& runs() const; ///< by start time, then arrival
    const Run* find(const base::RunId& run) const;

    struct Hit
    {
        base::RunId run;
        qint64 line = 0; ///< −1: in the command
        int byte = 0; ///< in the line's UTF-8
        int byteLength = 0;

        bool operator==(const Hit&) const = default;
    };
    struct SearchQuery
    {
        QString pattern;
        bool regex = false;
        bool ignoreCase = true;
        bool wholeWord = false;
        Level least = Level::None; ///< of the line; one that names none goes with the line before it
        bool commands = false; ///< what was asked is searched too, before what came
        QList<base::RunId> runs = {}; ///< empty: all
        int limit = 1000; ///< newest hits kept; all are counted

        bool operator==(const SearchQuery&) const = default;
    };
    struct SearchResult
    {
        std::vector<Hit> hits; ///< the last `limit` of them, oldest first
        qint64 total = 0;
    };
    /// Errors: Invalid when the regular expression does not compile.
    base::Async<SearchResult> search(const SearchQuery& query) const;

    struct LineFilter
    {
        SearchQuery search; ///< without a pattern the level alone decides
        int context = 0; ///< lines before and after each that pass, too

        bool operator==(const LineFilter&) const = default;
    };
    /// The lines of one run that a filter lets through; `before` is what it answered earlier to the same question.
    /// Errors: Invalid when the regular expression does not compile, NotFound.
    base::Async<std::shared_ptr<const KeptLines>> filter(
        const base::RunId& run, const LineFilter& filter, const std::shared_ptr<const KeptLines>& before = {}) const;

    qint64 memoryBytes() const;

signals:
    void changed(const ridealong::console::ConsoleChange& change);

private:
    struct Data;
    struct Entry;
    Entry& entryOf(const base::RunId& run, bool* added);
    void sort();
    struct Parsed;
    void pieceParsed(const base::RunId& run, const Parsed& piece);
    void announce(const base::RunId& run);
    void finishWhenComplete(const base::RunId& run);
    void keepWithinMemory();

    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::console
