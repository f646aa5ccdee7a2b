// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hubruns.h"

#include "local/limits.h"
#include "local/wirevalues.h"

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kEndedKept = 2000;
// Reports that were told but not yet stored when a hub died have higher revisions than the stored one; its successor's
// must be higher still, or clients would take them for old ones.
constexpr qint64 kRevisionsPerHub = 1 << 20;

void fitIntoLimits(chat::RunReport& report)
{
    report.detail.truncate(kMaxRunDetailLength);
    if (report.command.toUtf8().size() > kMaxMessageBytes)
        report.command.truncate(kMaxMessageBytes / 4);
    report.environment.truncate(kMaxIdLength);
    report.senderName.truncate(kMaxUserLength);
    report.outputBytes = std::max<qint64>(0, report.outputBytes);
    report.omittedBytes = std::max<qint64>(0, report.omittedBytes);
    report.omittedAt = std::max<qint64>(0, report.omittedAt);
}

} // namespace

HubRuns::HubRuns(HubStore& store, base::Clock& clock, QObject* parent) : QObject(parent), m_store(store), m_clock(clock) {}

void HubRuns::giveUp(const QList<store::HubRun>& open)
{
    for (const auto& stored : open) {
        auto report = fromStored(stored);
        if (!report)
            continue;
        report->state = chat::RunState::Unknown;
        report->detail = u"the hub's process ended while this ran"_s;
        report->endedAtMs = stored.updatedMs; // its last sign of life
        report->revision = stored.revision + kRevisionsPerHub;
        m_store.write(toStored(*report, stored.updatedMs));
    }
}

store::HubRun HubRuns::accepted(chat::RunReport& report) const
{
    fitIntoLimits(report);
    report.revision = 1;
    return toStored(report, m_clock.nowMs());
}

void HubRuns::begun(const chat::RunReport& report)
{
    m_runs.insert(report.run, Entry{report, false, m_clock.monotonic()});
    if (chat::isFinal(report.state))
        forgetEnded(report.run);
    emit reported(report);
}

void HubRuns::report(chat::RunReport report)
{
    const bool known = m_runs.contains(report.run);
    auto& entry = m_runs[report.run];
    if (known && chat::isFinal(entry.last.state))
        return;
    fitIntoLimits(report);
    report.revision = entry.last.revision + 1;
    entry.last = report;
    if (chat::isFinal(report.state)) {
        // Told when it is on the disk: an end that was seen stays an end.
        m_store.write(toStored(report, m_clock.nowMs()), [this, report](const store::HubOutcome&) { emit reported(report); });
        forgetEnded(report.run);
        return;
    }
    if (!entry.writePending) {
        const auto due = known ? entry.writtenAt + kRunWriteEvery : m_clock.monotonic();
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(due - m_clock.monotonic());
        entry.writePending = true;
        if (wait.count() <= 0)
            store(report.run);
        else
            m_clock.after(wait, this, [this, run = report.run] { store(run); });
    }
    emit reported(report);
}

void HubRuns::store(const base::RunId& run)
{
    const auto entry = m_runs.find(run);
    if (entry == m_runs.end())
        return;
    entry->writePending = false;
    entry->writtenAt = m_clock.monotonic();
    if (!chat::isFinal(entry->last.state)) // the last one was stored when it came
        m_store.write(toStored(entry->last, m_clock.nowMs()));
}

void HubRuns::forgetEnded(const base::RunId& run)
{
    m_ended.append(run);
    if (m_ended.size() > kEndedKept)
        m_runs.remove(m_ended.takeFirst());
}

const chat::RunReport* HubRuns::find(const base::RunId& run) const
{
    const auto entry = m_runs.constFind(run);
    return entry == m_runs.cend() ? nullptr : &entry->last;
}

QList<base::RunId> HubRuns::open() const
{
    QList<base::RunId> open;
    for (auto entry = m_runs.cbegin(); entry != m_runs.cend(); ++entry)
        if (!chat::isFinal(entry->last.state))
            open.append(entry.key());
    return open;
}

void HubRuns::forgetOutput(const base::RunId& run)
{
    if (const auto* known = find(run))
        forgetOutputOf(*known);
    else
        m_store.run(run).then(this, [this](const base::Expected<std::optional<store::HubRun>>& stored) {
            const auto last = stored.valueOr(std::nullopt);
            if (const auto report = last ? fromStored(*last) : std::nullopt)
                forgetOutputOf(*report);
        });
}

void HubRuns::forgetOutputOf(chat::RunReport report)
{
    if (report.outputBytes == 0)
        return; // said already, by a hub that was killed before it removed the file
    report.omittedBytes += report.outputBytes;
    report.omittedAt = 0;
    report.outputBytes = 0;
    ++report.revision;
    if (const auto entry = m_runs.find(report.run); entry != m_runs.end())
        entry->last = report;
    m_store.write(toStored(report, m_clock.nowMs()));
    emit reported(report);
}

store::HubRun HubRuns::toStored(const chat::RunReport& report, qint64 nowMs)
{
    const bool final = chat::isFinal(report.state);
    const bool open = !final && report.state != chat::RunState::Unknown && report.state != chat::RunState::NoReply;
    return {report.run, report.conversation.key(), open, final, report.revision, nowMs, encodeFrame(encode(report))};
}

std::optional<chat::RunReport> HubRuns::fromStored(const store::HubRun& run)
{
    const auto map = decodeFrame(run.report, kMaxRequestBytes);
    if (!map)
        return std::nullopt;
    Fields fields(*map);
    auto report = decodeRun(fields, store::hubAccount());
    if (!fields.ok())
        return std::nullopt;
    return report;
}

} // namespace ridealong::local
