// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

#include <QSet>

namespace ridealong::console {
namespace {

/// The colon that ends a key; -1 when the text begins with none.
qsizetype keyEnd(QByteArrayView text)
{
    if (text.isEmpty())
        return -1;
    if (text[0] == '"' || text[0] == '\'') {
        const qsizetype close = text.indexOf(text[0], 1);
        return close > 0 && close + 1 < text.size() && text[close + 1] == ':' ? close + 1 : -1;
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ':' && (i + 1 == text.size() || text[i + 1] == ' '))
            return i > 0 ? i : -1;
        if (!isWordChar(c) && !(i > 0 && QByteArrayView("/@$+~").contains(c)) && c != '<' && c != '.')
            return -1;
    }
    return -1;
}

/// Reads line by line what YAML would: keys, items, the text of a block scalar.
class Reader
{
public:
    void take(const SampleLine& line)
    {
        QByteArrayView text = line.text;
        if (line.isBlank)
            return;
        const qsizetype indent = indentOf(text);
        text = text.sliced(indent);
        if (m_blockIndent >= 0 && indent > m_blockIndent)
            return; // the text of "key: |"
        m_blockIndent = -1;
        if (text == "---") {
            m_topKeys.clear();
            m_levels.clear();
            m_opens = true;
        }
        if (text.startsWith('#') || text == "---" || text == "...")
            return;
        ++m_seen;
        m_wrong += text.startsWith('\t');
        const bool item = text.startsWith("- ") || text == "-";
        qsizetype at = indent;
        while (text.startsWith("- ")) {
            const QByteArrayView rest = text.sliced(2);
            at += 2 + indentOf(rest);
            text = rest.trimmed();
        }
        const qsizetype colon = keyEnd(text);
        m_nested += indent > 0 || item || (colon > 0 && colon + 1 == text.size());
        if (colon > 0 || item)
            place(indent, at, colon > 0 ? text.first(colon) : QByteArrayView(), item);
        if (colon > 0) {
            ++m_keys;
            m_opens
                = colon + 1 == text.size() || text.sliced(colon + 1).trimmed().startsWith('&') || text.sliced(colon + 1).trimmed().startsWith('!');
            takeValue(text.sliced(colon + 1), indent);
        } else if (item) {
            ++m_items;
            m_opens = text == "-";
        } else if (m_scalarMayGoOn && indent > m_keyIndent) {
            --m_seen; // a plain value over lines
        }
        m_scalarMayGoOn = colon > 0 || item || m_scalarMayGoOn;
        if (colon > 0 || item)
            m_keyIndent = indent;
    }

    bool isYaml(bool marked) const
    {
        if (m_wrong > 0 || m_keys == 0 || m_seen < 2)
            return false;
        return (m_keys + m_items) * 10 >= m_seen * 9 && m_aligned * 3 <= m_keys && (marked || (m_nested > 0 && m_nested * 5 >= m_seen));
    }

private:
    /// Deeper is only what a key without a value or an item opened, and nothing goes out of the first one's column.
    void place(qsizetype indent, qsizetype at, QByteArrayView key, bool item)
    {
        while (!m_levels.empty() && m_levels.back() > indent)
            m_levels.pop_back();
        const bool deeper = m_levels.empty() || m_levels.back() < indent;
        m_wrong += deeper && m_seen > 1 && !m_opens;
        if (deeper)
            m_levels.push_back(indent);
        if (item && at > indent)
            m_levels.push_back(at); // the keys of an item are each below the first
        if (m_levels.size() == 1 && !item && !key.isEmpty()) {
            m_wrong += m_topKeys.contains(key.toByteArray());
            m_topKeys.insert(key.toByteArray());
        }
    }

    void takeValue(QByteArrayView value, qsizetype indent)
    {
        // Values that are aligned below each other are what people print, not what programs write.
        const qsizetype blanks = indentOf(value);
        m_aligned += blanks > 1 && !value.trimmed().startsWith('#');
        value = value.trimmed();
        m_nested += value == "{}" || value == "[]" || value == "null" || (value.startsWith('[') && value.endsWith(']')); // no prose has these
        if (value.startsWith('|') || value.startsWith('>'))
            m_blockIndent = indent;
    }

    int m_seen = 0;
    int m_keys = 0;
    int m_items = 0;
    int m_nested = 0;
    int m_aligned = 0;
    int m_wrong = 0;
    qsizetype m_blockIndent = -1;
    qsizetype m_keyIndent = 0;
    bool m_scalarMayGoOn = false;
    bool m_opens = false; ///< the line before: it has its value below
    std::vector<qsizetype> m_levels;
    QSet<QByteArray> m_topKeys; ///< of this document
};

} // namespace

bool isYaml(const FormatSample& sample)
{
    Reader reader;
    for (const SampleLine& line : sample.head)
        reader.take(line);
    return reader.isYaml(sample.head.front().text == "---");
}

} // namespace ridealong::console
