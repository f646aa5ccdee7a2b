// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/outputfile.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace ridealong::run {

using namespace Qt::StringLiterals;

OutputFile::OutputFile(const QString& path, qint64 headBytes, qint64 tailBytes)
    : m_headBytes(std::max<qint64>(headBytes, 0)),
      m_tailBytes(std::max<qint64>(tailBytes, 0))
{
    m_file = open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_file < 0)
        m_error = QString::fromLocal8Bit(strerror(errno));
}

OutputFile::~OutputFile()
{
    if (m_file >= 0)
        close(m_file);
}

void OutputFile::append(QByteArrayView bytes)
{
    m_total += bytes.size();
    const qint64 room = m_headBytes - m_stored;
    if (room > 0 && m_overHead == 0 && m_error.isEmpty()) {
        const auto head = bytes.first(std::min<qint64>(bytes.size(), room));
        store(head);
        bytes = bytes.sliced(head.size());
    }
    if (!bytes.isEmpty())
        keep(bytes);
}

void OutputFile::store(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_error.isEmpty()) {
        const ssize_t written = write(m_file, bytes.data(), size_t(bytes.size()));
        if (written >= 0) {
            m_stored += written;
            bytes = bytes.sliced(written);
        } else if (errno != EINTR) {
            m_error = QString::fromLocal8Bit(strerror(errno));
        }
    }
}

void OutputFile::keep(QByteArrayView bytes)
{
    m_overHead += bytes.size();
    if (m_tailBytes == 0)
        return;
    if (m_ring.isEmpty())
        m_ring.resize(m_tailBytes);
    bytes = bytes.last(std::min<qint64>(bytes.size(), m_tailBytes));
    while (!bytes.isEmpty()) {
        const qint64 count = std::min<qint64>(bytes.size(), m_tailBytes - m_ringAt);
        memcpy(m_ring.data() + m_ringAt, bytes.data(), size_t(count));
        m_ringAt = (m_ringAt + count) % m_tailBytes;
        bytes = bytes.sliced(count);
    }
}

void OutputFile::finish()
{
    if (m_error.isEmpty() && m_overHead > 0) {
        const qint64 head = m_stored;
        QByteArray tail;
        if (m_overHead < m_tailBytes)
            tail = m_ring.first(m_overHead);
        else if (m_tailBytes > 0)
            tail = m_ring.sliced(m_ringAt) + m_ring.first(m_ringAt);
        if (m_overHead > tail.size()) {
            // Not from the middle of a character.
            qsizetype skip = 0;
            while (skip < std::min<qsizetype>(3, tail.size()) && (uchar(tail[skip]) & 0xc0) == 0x80)
                ++skip;
            tail.remove(0, skip);
            m_omitted = m_overHead - tail.size();
            m_omittedAt = head;
            // The cut may be within an escape sequence: ESC ends it, and the colour with it.
            store(kGapMark);
        }
        store(tail);
    }
    if (!m_error.isEmpty()) {
        m_omittedAt = m_stored;
        m_omitted = m_total - m_stored;
    }
    if (m_file >= 0)
        close(std::exchange(m_file, -1));
}

} // namespace ridealong::run
