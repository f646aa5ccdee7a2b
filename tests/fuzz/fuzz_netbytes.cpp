// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Bytes as a server sends them, before any protocol: a stream to cut into lines, and a certificate. The first byte says in which
// pieces the stream comes; cut in pieces it gives the same lines as in one.
#include "net/channelbinding.h"
#include "net/linereader.h"

#include <QByteArrayList>

#include <cstdlib>

namespace {

using namespace ridealong;

constexpr qsizetype kMaxLineBytes = 16;

QByteArrayList lines(const QByteArray& bytes, qsizetype atOnce)
{
    net::LineReader reader(kMaxLineBytes);
    QByteArrayList all;
    for (qsizetype at = 0; at < bytes.size(); at += atOnce) {
        reader.append(bytes.mid(at, atOnce));
        for (;;) {
            const auto line = reader.next();
            if (!line)
                return all << QByteArray(); // no line is empty
            if (!*line)
                break;
            if ((*line)->isEmpty() || (*line)->size() > kMaxLineBytes || (*line)->contains('\n'))
                std::abort();
            all << **line;
        }
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char*>(data) + 1, qsizetype(size) - 1);
    if (lines(bytes, 1 + data[0]) != lines(bytes, bytes.size() + 1))
        std::abort();
    const auto binding = net::serverEndPoint(bytes);
    if (!binding.isEmpty() && binding.size() < 28)
        std::abort();
    return 0;
}
