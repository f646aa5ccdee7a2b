// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/console.h"

#include "console/cooling.h"
#include "console/ingest.h"
#include "console/keptlines.h"
#include "console/search.h"

#include <QSet>
#include <QTimer>

#include <unordered_map>

namespace ridealong::console {
namespace {

/// While output floods in, views hear of it this often.
constexpr int kFrameMs = 16;

/// In place of output that was dropped for memory: one Truncated line.
std::shared_ptr<LineStore> droppedOutput()
{
    auto lines = std::make_shared<LineStore>();
    LineWriter(lines).truncated();
    return lines;
}

} // namespace

struct Console::Entry
{
    Run run;
    std::shared_ptr<Ingest> ingest; ///< null when the output was dropped
    qint64 arrival = 0;
    qint64 parsedBytes = 0;
    bool told = false; ///< a report came; bytes may be earlier
    bool finished = false; ///< the end was handed to the worker
};

/// What one piece of output brought.
struct Console::Parsed
{
    const Ingest* ingest = nullptr;
    qint64 bytes = 0;
    std::optional<chat::Progress> progress;
    std::optional<int> exitCode;
    bool usedWholeScreen = false;
};

struct Console::Data
{
    ConsoleLimits limits;
    std::unordered_map<QString, Entry> entries;
    std::vector<base::RunId> order;
    qint64 arrivals = 0;
    QTimer frame;
    QSet<base::RunId> waiting; ///< runs with output that was not announced yet
    std::unique_ptr<base::Worker> worker = std::make_unique<base::Worker>(QStringLiteral("console"));
    std::unique_ptr<Cooling> cooling;

    Entry* find(const base::RunId& run)
    {
        const auto it = entries.find(run.text());
        return it == entries.end() ? nullptr : &it->second;
    }
};

Console::Console(QObject* parent) : Console(ConsoleLimits(), parent) {}

Console::Console(const ConsoleLimits& limits, QObject* parent) : QObject(parent), m_data(std::make_unique<Data>())
{
    m_data->limits = limits;
    m_data->cooling = std::make_unique<Cooling>(limits.hotBytes, [this] {
        Cooling::Stores stores;
        for (const auto& run : m_data->order)
            if (const auto& ingest = m_data->find(run)->ingest)
                stores.push_back(ingest->store);
        return stores;
    });
    m_data->frame.setSingleShot(true);
    m_data->frame.setInterval(kFrameMs);
    connect(&m_data->frame, &QTimer::timeout, this, [this] {
        // One frame for all: silent again when nothing came meanwhile.
        const auto runs = std::exchange(m_data->waiting, {});
        if (!runs.isEmpty())
            m_data->frame.start();
        for (const auto& run : runs)
            if (m_data->find(run))
                emit changed({ConsoleChange::Kind::Output, run});
    });
}

Console::~Console()
{
    m_data->worker.reset(); // what is queued still runs and may post to this object, which drops it
}

Console::Entry& Console::entryOf(const base::RunId& run, bool* added)
{
    *added = !m_data->find(run);
    auto& entry = m_data->entries[run.text()];
    if (*added) {
        auto lines = std::make_shared<LineStore>(m_data->cooling->warmth());
        entry.ingest = std::make_shared<Ingest>(lines, m_data->limits.runBytes);
        entry.run.lines = lines;
        entry.run.report.run = run;
        entry.arrival = m_data->arrivals++;
        m_data->order.push_back(run);
    }
    return entry;
}

void Console::sort()
{
    std::stable_sort(m_data->order.begin(), m_data->order.end(), [this](const base::RunId& a, const base::RunId& b) {
        const auto& left = *m_data->find(a);
        const auto& right = *m_data->find(b);
        return std::pair(left.run.report.startedAtMs, left.arrival) < std::pair(right.run.report.startedAtMs, right.arrival);
    });
}

void Console::apply(const chat::RunReport& report)
{
    if (report.run.isEmpty())
        return;
    bool added = false;
    auto& entry = entryOf(report.run, &added);
    if (entry.told && report.revision <= entry.run.report.revision)
        return;
    const bool moves = added || report.startedAtMs != entry.run.report.startedAtMs;
    entry.told = true;
    entry.run.report = report;
    if (!report.exitCode)
        entry.run.report.exitCode = entry.run.outputExitCode;
    if (moves)
        sort();
    emit changed({added ? ConsoleChange::Kind::Added : ConsoleChange::Kind::Report, report.run});
    finishWhenComplete(report.run);
}

base::Async<base::Done> Console::append(const base::RunId& run, const QByteArray& bytes)
{
    if (run.isEmpty())
        return base::Async<base::Done>::ready(base::Error{base::ErrorKind::Invalid, QStringLiteral("output without a run"), 0});
    bool added = false;
    auto& entry = entryOf(run, &added);
    if (added)
        sort();
    entry.run.receivedBytes += bytes.size();
    entry.finished = false; // late output reopens what seemed complete
    const auto ingest = entry.ingest;
    if (added)
        emit changed({ConsoleChange::Kind::Added, run});
    if (!ingest || bytes.isEmpty()) {
        finishWhenComplete(run);
        return base::Async<base::Done>::ready(base::Done{});
    }
    return m_data->worker->run([this, ingest, run, bytes]() -> base::Expected<base::Done> {
        ingest->feed(bytes);
        const AnsiParser& parser = ingest->parser;
        Parsed piece{ingest.get(), bytes.size(), parser.progress(), parser.exitCode(), parser.usedAlternateScreen()};
        if (!piece.progress)
            piece.progress = progressOfRow(ingest->writer.rewrittenRow());
        // Not coalesced: each carries its byte count, and there is at most one piece on its way per caller.
        QMetaObject::invokeMethod(
            this, [this, run, piece, ingest] { pieceParsed(run, piece); }, Qt::QueuedConnection);
        return base::Done{};
    });
}

base::Async<base::Done> Console::rewrite(const base::RunId& run, const QByteArray& bytes)
{
    if (auto* entry = m_data->find(run)) {
        auto lines = std::make_shared<LineStore>(m_data->cooling->warmth());
        entry->ingest = std::make_shared<Ingest>(lines, m_data->limits.runBytes);
        entry->run.lines = lines;
        entry->run.receivedBytes = entry->parsedBytes = 0;
        entry->run.format = Format::Text;
        entry->run.outputProgress.reset();
        entry->run.outputExitCode.reset();
        entry->finished = false;
        announce(run);
    }
    return append(run, bytes);
}

void Console::pieceParsed(const base::RunId& run, const Parsed& piece)
{
    auto* entry = m_data->find(run);
    if (!entry || entry->ingest.get() != piece.ingest)
        return; // removed or dropped meanwhile
    entry->parsedBytes += piece.bytes;
    if (piece.progress)
        entry->run.outputProgress = piece.progress;
    entry->run.usedWholeScreen = piece.usedWholeScreen;
    entry->run.outputExitCode = piece.exitCode;
    if (!entry->run.report.exitCode)
        entry->run.report.exitCode = piece.exitCode;
    announce(run);
    m_data->cooling->disturbed();
    keepWithinMemory();
    finishWhenComplete(run);
}

void Console::announce(const base::RunId& run)
{
    if (m_data->frame.isActive()) {
        m_data->waiting.insert(run);
        return;
    }
    m_data->frame.start();
    emit changed({ConsoleChange::Kind::Output, run});
}

/// Once the run is over and all of its output is parsed, the tail is committed and the format found out.
void Console::finishWhenComplete(const base::RunId& run)
{
    auto* entry = m_data->find(run);
    if (!entry || entry->finished || !entry->ingest || !entry->told || !chat::isFinal(entry->run.report.state))
        return;
    if (entry->run.receivedBytes < entry->run.report.outputBytes || entry->parsedBytes < entry->run.receivedBytes)
        return;
    entry->finished = true;
    const auto ingest = entry->ingest;
    m_data->worker->post([this, ingest, run] {
        ingest->parser.finish();
        const Format format = detectFormat(*ingest->store);
        QMetaObject::invokeMethod(
            this,
            [this, run, format, ingest] {
                auto* finished = m_data->find(run);
                if (!finished || finished->ingest != ingest)
                    return;
                announce(run); // the tail became lines
                finished->run.format = format;
                emit changed({ConsoleChange::Kind::Format, run});
            },
            Qt::QueuedConnection);
    });
}

/// Over the cap the oldest finished runs lose their output; their reports stay, and one Truncated line says that there was some.
void Console::keepWithinMemory()
{
    qint64 excess = memoryBytes() - m_data->limits.allBytes;
    for (size_t i = 0; i < m_data->order.size() && excess > 0; ++i) {
        const base::RunId run = m_data->order[i];
        auto& entry = *m_data->find(run);
        if (!entry.ingest || !entry.finished)
            continue;
        excess -= entry.run.lines->memoryBytes();
        entry.ingest.reset();
        entry.run.lines = droppedOutput();
        entry.run.format = Format::Text;
        announce(run);
    }
}

void Console::remove(const base::RunId& run)
{
    if (m_data->entries.erase(run.text()) == 0)
        return;
    std::erase(m_data->order, run);
    m_data->waiting.remove(run);
    emit changed({ConsoleChange::Kind::Removed, run});
}

const std::vector<base::RunId>& Console::runs() const { return m_data->order; }

const Run* Console::find(const base::RunId& run) const
{
    const auto* entry = m_data->find(run);
    return entry ? &entry->run : nullptr;
}

base::Async<Console::SearchResult> Console::search(const SearchQuery& query) const
{
    const QSet<base::RunId> wanted(query.runs.cbegin(), query.runs.cend());
    std::vector<SearchTarget> targets;
    for (const auto& id : m_data->order)
        if (wanted.isEmpty() || wanted.contains(id)) {
            const Run& run = m_data->find(id)->run;
            targets.push_back({id, run.lines, query.commands ? run.report.command.toUtf8() : QByteArray()});
        }
    return m_data->worker->run([targets = std::move(targets), query] { return searchLines(targets, query); });
}

base::Async<std::shared_ptr<const KeptLines>> Console::filter(
    const base::RunId& run, const LineFilter& filter, const std::shared_ptr<const KeptLines>& before) const
{
    const Run* held = find(run);
    if (!held)
        return base::Async<std::shared_ptr<const KeptLines>>::ready(base::Error{base::ErrorKind::NotFound, run.text(), 0});
    return m_data->worker->run([lines = held->lines, filter, before] { return KeptLines::read(*lines, filter, before); });
}

qint64 Console::memoryBytes() const
{
    qint64 bytes = 0;
    for (const auto& [text, entry] : m_data->entries)
        bytes += entry.run.lines->memoryBytes();
    return bytes;
}

} // namespace ridealong::console
