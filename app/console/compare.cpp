// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/compare.h"

#include "console/linepairs.h"

#include <QHash>
#include <QThreadPool>

#include <algorithm>
#include <unordered_map>

namespace ridealong::console {
namespace {

/// Gives equal lines equal numbers. Lines of one hash are read again and compared: whoever makes up an output shall not decide what is equal.
class LineNumbers
{
public:
    explicit LineNumbers(const Disregard& disregard) : m_disregard(disregard) {}

    std::vector<quint32> of(const SnapshotLines& lines)
    {
        std::vector<quint32> numbers;
        numbers.reserve(size_t(lines.count()));
        for (qint64 index = 0; index < lines.count(); ++index)
            numbers.push_back(numberOf(lines, index));
        return numbers;
    }
    quint32 count() const { return quint32(m_known.size()); }

private:
    struct Known
    {
        const SnapshotLines* lines;
        qint64 index;
        quint32 next; ///< of the same hash
    };
    static constexpr quint32 kNone = ~quint32(0);
    /// Lines that share a hash by chance are as good as none; more of them are made on purpose, and count as different without a look.
    static constexpr int kMaxSameHash = 8;

    quint32 numberOf(const SnapshotLines& lines, qint64 index)
    {
        const Line line = lines.line(index);
        QByteArrayView text = line.text;
        QByteArray own;
        if (m_disregard.isAnything())
            text = own = normalised(line.text, m_disregard);
        // What is left out is like nothing that was printed.
        const size_t hash = qHashBits(text.data(), size_t(text.size()), QHashSeed::globalSeed()) ^ (line.flags & Line::Truncated);
        const auto found = m_first.try_emplace(hash, count());
        int looks = 0;
        for (quint32 at = found.second ? kNone : found.first->second; at != kNone && looks < kMaxSameHash; at = m_known[at].next, ++looks)
            if (isLike(m_known[at], text, line.flags))
                return at;
        m_known.push_back({&lines, index, found.second ? kNone : found.first->second});
        found.first->second = count() - 1;
        return count() - 1;
    }

    bool isLike(const Known& known, QByteArrayView text, quint8 flags) const
    {
        const Line line = known.lines->line(known.index);
        if ((line.flags ^ flags) & Line::Truncated)
            return false;
        return m_disregard.isAnything() ? QByteArrayView(normalised(line.text, m_disregard)) == text : line.text == text;
    }

    Disregard m_disregard;
    std::unordered_map<size_t, quint32> m_first;
    std::vector<Known> m_known;
};

/// Lines that are on one side only cannot be matched, and would cost most.
struct Shared
{
    std::vector<int> lines;
    std::vector<quint32> numbers;
};
Shared sharedOf(const std::vector<quint32>& numbers, const std::vector<bool>& isAcross)
{
    Shared shared;
    for (size_t i = 0; i < numbers.size(); ++i) {
        if (!isAcross[numbers[i]])
            continue;
        shared.lines.push_back(int(i));
        shared.numbers.push_back(numbers[i]);
    }
    return shared;
}

std::vector<bool> presentIn(const std::vector<quint32>& numbers, quint32 count)
{
    std::vector<bool> present(count);
    for (const quint32 number : numbers)
        present[number] = true;
    return present;
}

/// Ids have to be small: those of what is shared, counted anew.
void renumber(Shared& left, Shared& right, quint32 count)
{
    std::vector<quint32> anew(count, ~quint32(0));
    quint32 next = 0;
    for (auto* side : {&left, &right})
        for (quint32& number : side->numbers) {
            auto& to = anew[number];
            if (to == ~quint32(0))
                to = next++;
            number = to;
        }
}

std::vector<Comparison::Change> changesOf(const std::vector<Comparison::Row>& rows)
{
    std::vector<Comparison::Change> changes;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind == Comparison::Kind::Same)
            continue;
        if (i == 0 || rows[i - 1].kind == Comparison::Kind::Same)
            changes.push_back({qint32(i), qint32(i)});
        changes.back().last = qint32(i);
    }
    return changes;
}

} // namespace

Comparison compareOutputs(const LineStore& left, const LineStore& right, const Disregard& disregard, const CompareLimits& limits)
{
    const SnapshotLines lefts(left);
    const SnapshotLines rights(right);
    Comparison result;
    result.leftLines = lefts.count();
    result.rightLines = rights.count();
    if (std::max(result.leftLines, result.rightLines) > limits.lines) {
        result.isTooLarge = true;
        return result;
    }
    LineNumbers numbers(disregard);
    const auto leftNumbers = numbers.of(lefts);
    const auto rightNumbers = numbers.of(rights);
    Shared leftShared = sharedOf(leftNumbers, presentIn(rightNumbers, numbers.count()));
    Shared rightShared = sharedOf(rightNumbers, presentIn(leftNumbers, numbers.count()));
    renumber(leftShared, rightShared, numbers.count());
    const auto match = matchSequences(leftShared.numbers, rightShared.numbers, limits.match);
    result.isCoarse = match.isCoarse;

    LinePairs pairs(result, lefts, rights, disregard, limits.wordSteps);
    result.rows.reserve(size_t(std::max(result.leftLines, result.rightLines)));
    int leftNext = 0;
    int rightNext = 0;
    for (size_t i = 0; i < match.rightOf.size(); ++i) {
        if (match.rightOf[i] < 0)
            continue;
        const int leftLine = leftShared.lines[i];
        const int rightLine = rightShared.lines[size_t(match.rightOf[i])];
        pairs.add(leftNext, leftLine, rightNext, rightLine);
        result.rows.push_back({.left = leftLine, .right = rightLine});
        leftNext = leftLine + 1;
        rightNext = rightLine + 1;
    }
    pairs.add(leftNext, int(result.leftLines), rightNext, int(result.rightLines));
    result.changes = changesOf(result.rows);
    return result;
}

base::Async<std::shared_ptr<const Comparison>> compareBeside(
    std::shared_ptr<const LineStore> left, std::shared_ptr<const LineStore> right, const Disregard& disregard)
{
    base::Promise<std::shared_ptr<const Comparison>> promise;
    QThreadPool::globalInstance()->start([promise, left = std::move(left), right = std::move(right), disregard] {
        promise.answer(std::shared_ptr<const Comparison>(std::make_shared<Comparison>(compareOutputs(*left, *right, disregard))));
    });
    return promise.async();
}

} // namespace ridealong::console
