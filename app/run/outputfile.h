// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace ridealong::run {

/// Stands where output is missing. How much is told by the report, once, in the reader's language.
inline constexpr char kGapMark[] = "\x1b[0m\n…\n";

/// A run's output on disk, bounded: its first `headBytes`, and of what is over that the last `tailBytes`, which wait in memory
/// and are appended by finish(). Never fails towards the caller: the run goes on when the disk is full. For one thread.
class OutputFile
{
public:
    OutputFile(const QString& path, qint64 headBytes, qint64 tailBytes);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void append(QByteArrayView bytes);
    /// Appends the tail, behind kGapMark if something is missing.
    void finish();

    qint64 storedBytes() const { return m_stored; }
    qint64 omittedBytes() const { return m_omitted; } ///< known after finish()
    qint64 omittedAt() const { return m_omittedAt; }
    const QString& error() const { return m_error; } ///< "No space left on device"; empty while all is well

private:
    void store(QByteArrayView bytes);
    void keep(QByteArrayView bytes);

    int m_file = -1;
    qint64 m_headBytes;
    qint64 m_tailBytes;
    qint64 m_stored = 0;
    qint64 m_total = 0;
    qint64 m_omitted = 0;
    qint64 m_omittedAt = 0;
    QByteArray m_ring; ///< the last bytes over the head; full size once there is one
    qint64 m_ringAt = 0; ///< where the next byte goes
    qint64 m_overHead = 0; ///< bytes that ever went into the ring
    QString m_error;
};

} // namespace ridealong::run
