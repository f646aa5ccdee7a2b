// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <cstdint>
#include <iterator>

/// Bytes as they are, or (by the first of them) each a piece of XML: random bytes alone hardly ever make an element.
inline QByteArray xmlFrom(const uint8_t* data, size_t size)
{
    static const char* const kWords[]
        = {"<a>", "</a>", "<b xmlns='urn:x'>", "</b>", "<s:c xmlns:s='urn:s' s:k='1' k='2'>", "</s:c>", "<d/>", "<e k='", "'/>", "'>", "</e>",
            "<f xmlns=''>", "</f>", "text", "&amp;", "&#13;", "&#27;", "&#xFFFE;", "&x;", "<![CDATA[", "]]>", "]", "<!--", "<?p?>", "<!DOCTYPE a>",
            " ", "\r\n", "\t", "\"", "'", "<", ">", "/", "=", "é", "😀", "\xF0\x9F", "\x1b", "xml:lang='de'", "<xml:a/>", "&lt;", ":"};
    if (size == 0 || data[0] % 4 == 0)
        return {reinterpret_cast<const char*>(data), qsizetype(size)};
    QByteArray all;
    for (size_t i = 1; i < size; ++i)
        all += kWords[data[i] % std::size(kWords)];
    return all;
}
