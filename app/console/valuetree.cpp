// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/valuetree.h"

#include "console/treebuilder.h"

namespace ridealong::console {
namespace {

constexpr quint32 kAskEvery = 0x3fff; ///< nodes

using Problem = ValueTree::Problem;

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// RFC 8259, one value or several. No recursion: what is open is on the builder's stack.
class JsonReader
{
public:
    JsonReader(QByteArrayView text, const std::atomic<bool>* isGivenUp) : m_text(text), m_builder(text, isGivenUp) {}

    ValueTree::Result read()
    {
        if (m_text.startsWith("\xef\xbb\xbf"))
            m_at = 3;
        m_builder.openDocuments();
        skip();
        if (m_at >= m_text.size())
            m_builder.fail(Problem::Empty, 0);
        while (!m_builder.isFailed() && m_at < m_text.size()) {
            if (!value())
                break;
            while (m_builder.depth() > 1 && item()) {}
            if (!m_builder.isFailed() && m_at < m_text.size() && !isSpace(now()) && now() != '{' && now() != '[') {
                broken();
                break;
            }
            skip();
        }
        return m_builder.finish(m_text.size());
    }

private:
    bool broken() { return m_builder.fail(Problem::Broken, m_at); }
    char now() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skip()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    /// The next of an open container, or its end. False: broken.
    bool item()
    {
        const bool isObject = m_builder.isInObject();
        skip();
        if (now() == (isObject ? '}' : ']') && !m_isAfterComma) {
            m_builder.close(++m_at);
            m_isFirst = false;
            return true;
        }
        if (!m_isFirst && !m_isAfterComma) {
            if (now() != ',')
                return broken();
            ++m_at;
            m_isAfterComma = true;
            return true;
        }
        m_isFirst = m_isAfterComma = false;
        if (isObject) {
            const qsizetype begin = m_at;
            if (now() != '"' || !string())
                return broken();
            if (!m_builder.key(begin, m_at))
                return false;
            skip();
            if (now() != ':')
                return broken();
            ++m_at;
            skip();
        }
        return value();
    }

    bool value()
    {
        const qsizetype begin = m_at;
        switch (now()) {
        case '{':
        case '[':
            if (!m_builder.open(now() == '{' ? ValueKind::Object : ValueKind::Array, begin))
                return false;
            ++m_at;
            m_isFirst = true;
            return true;
        case '"': return string() ? m_builder.scalar(ValueKind::String, ValueStyle::DoubleQuoted, begin, m_at) : broken();
        case 't': return word("true", ValueKind::Bool);
        case 'f': return word("false", ValueKind::Bool);
        case 'n': return word("null", ValueKind::Null);
        default: return number();
        }
    }

    bool string()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\\')
                ++m_at;
            else if (c == '"') {
                ++m_at;
                return true;
            } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t')
                return false;
        }
        m_at = std::min(m_at, m_text.size());
        return false;
    }

    bool word(QByteArrayView word, ValueKind kind)
    {
        if (!m_text.sliced(m_at).startsWith(word))
            return broken();
        m_at += word.size();
        return m_builder.scalar(kind, ValueStyle::Plain, m_at - word.size(), m_at);
    }

    bool digits()
    {
        const qsizetype begin = m_at;
        while (now() >= '0' && now() <= '9')
            ++m_at;
        return m_at > begin;
    }

    bool number()
    {
        const qsizetype begin = m_at;
        if (now() == '-')
            ++m_at;
        if (now() == '0')
            ++m_at; // alone
        else if (!digits())
            return broken();
        if (now() == '.') {
            ++m_at;
            if (!digits())
                return broken();
        }
        if (now() == 'e' || now() == 'E') {
            ++m_at;
            if (now() == '+' || now() == '-')
                ++m_at;
            if (!digits())
                return broken();
        }
        return m_builder.scalar(ValueKind::Number, ValueStyle::Plain, begin, m_at);
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    bool m_isFirst = false;
    bool m_isAfterComma = false;
    TreeBuilder m_builder;
};

} // namespace

ValueNode* TreeBuilder::add(ValueKind kind, qint64 begin)
{
    auto& nodes = m_tree.m_nodes;
    if (isFailed())
        return nullptr;
    if (qint64(nodes.size()) > kMaxTreeNodes) { // the list of documents does not count
        fail(Problem::TooManyNodes, begin);
        return nullptr;
    }
    if ((nodes.size() & kAskEvery) == 0 && m_isGivenUp && m_isGivenUp->load(std::memory_order_relaxed)) {
        fail(Problem::GivenUp, begin);
        return nullptr;
    }
    ValueNode node;
    node.kind = kind;
    node.begin = node.end = quint32(begin);
    if (!m_open.empty()) {
        ValueNode& parent = nodes[m_open.back()];
        node.parent = m_open.back();
        node.keyLength = m_keyLength == ValueNode::kIsRoot ? ValueNode::kIsElement : m_keyLength;
        node.key = m_keyLength == ValueNode::kIsRoot ? parent.children : m_key;
        ++parent.children;
    }
    m_keyLength = ValueNode::kIsRoot;
    nodes.push_back(node);
    nodes.back().next = quint32(nodes.size());
    return &nodes.back();
}

ValueTree::Result TreeBuilder::finish(qint64 end)
{
    if (!isFailed() && m_open.size() != 1)
        fail(Problem::Broken, end);
    if (isFailed())
        return {{}, m_problem, m_at};
    close(end);
    auto& nodes = m_tree.m_nodes;
    if (nodes.front().children == 0)
        return {{}, Problem::Empty, 0};
    if (nodes.front().children == 1) {
        // One document is no list.
        nodes.erase(nodes.begin());
        for (ValueNode& node : nodes) {
            node.parent -= node.parent > 0 ? 1 : 0;
            --node.next;
        }
        nodes.front().keyLength = ValueNode::kIsRoot;
        nodes.front().key = 0;
    }
    return {std::move(m_tree), Problem::None, 0};
}

ValueTree::Result ValueTree::readJson(QByteArrayView text, const std::atomic<bool>* isGivenUp)
{
    if (text.size() > kMaxTreeBytes)
        return {{}, Problem::TooLarge, kMaxTreeBytes};
    return JsonReader(text, isGivenUp).read();
}

int ValueTree::depth(quint32 id) const
{
    int depth = 0;
    for (; m_nodes[id].keyLength != ValueNode::kIsRoot; id = m_nodes[id].parent)
        ++depth;
    return depth;
}

quint32 ValueTree::nodeAt(quint32 offset) const
{
    auto after = std::upper_bound(m_nodes.begin(), m_nodes.end(), offset, [](quint32 at, const ValueNode& node) { return at < node.start(); });
    quint32 id = after == m_nodes.begin() ? 0 : quint32(after - m_nodes.begin()) - 1;
    // Behind the end of a child it is the parent's again.
    while (offset >= m_nodes[id].end && m_nodes[id].keyLength != ValueNode::kIsRoot)
        id = m_nodes[id].parent;
    return id;
}

} // namespace ridealong::console
