// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "irc/line.h"

#include <QHash>

#include <functional>

namespace ridealong::irc {

inline constexpr qsizetype kMaxOpenBatches = 64;
inline constexpr qsizetype kMaxBatchLines = 10'000;
inline constexpr qsizetype kMaxBatchBytes = 16 << 20; ///< of text, in all that are open

/// Lines that belong together (IRCv3 batch).
struct Batch
{
    QByteArray type; ///< "chathistory", "draft/multiline", "labeled-response", "netsplit" …
    QStringList parameters;
    Line opening; ///< with its tags: label, server-time, msgid
    std::vector<Line> lines; ///< in order; those of batches within it too, unless these are whole messages of their own
    std::vector<Batch> inner; ///< draft/multiline within a history: see `at`
    size_t at = 0; ///< of an inner one: before which line of the outer one it stands
};

/// Puts batches together. What is in none, and what a batch holds that nobody needs as a whole, comes out at once.
class Batches
{
public:
    using Single = std::function<void(const Line&)>;
    using Whole = std::function<void(const Batch&)>;
    Batches(Single single, Whole whole) : m_single(std::move(single)), m_whole(std::move(whole)) {}

    void take(const Line& line);
    /// Is anything of that type still open?
    bool isOpen(QByteArrayView type) const;

private:
    void open(const Line& line);
    void close(const QString& reference);
    static bool isKept(QByteArrayView type);

    struct Open
    {
        Batch batch;
        QString outer; ///< reference of the batch around it
        bool kept = false;
        qsizetype bytes = 0;
    };
    void takeIn(Open& outer, const Open& inner);

    Single m_single;
    Whole m_whole;
    QHash<QString, Open> m_open;
    qsizetype m_bytes = 0; ///< in them
};

} // namespace ridealong::irc
