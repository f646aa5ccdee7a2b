// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/valuetree.h"

namespace ridealong::console {

/// Puts a tree together in the order of the text, within the limits.
class TreeBuilder
{
public:
    using Problem = ValueTree::Problem;

    TreeBuilder(QByteArrayView text, const std::atomic<bool>* isGivenUp) : m_isGivenUp(isGivenUp)
    {
        m_open.reserve(kMaxTreeDepth + 1);
        // A value takes two bytes at least. Room that is not used costs nothing; growing would copy all that there is.
        m_tree.m_nodes.reserve(size_t(std::min<qint64>(text.size() / 2 + 16, kMaxTreeNodes + 2)));
    }

    bool isFailed() const { return m_problem != Problem::None; }
    bool fail(Problem problem, qint64 at)
    {
        if (!isFailed()) {
            m_problem = problem;
            m_at = at;
        }
        return false;
    }
    int depth() const { return int(m_open.size()); }
    bool isInObject() const { return !m_open.empty() && m_tree.m_nodes[m_open.back()].kind == ValueKind::Object; }

    /// The key of the value that comes next.
    bool key(qint64 begin, qint64 end)
    {
        if (end - begin > kMaxKeyBytes)
            return fail(Problem::TooLarge, begin);
        m_key = quint32(begin);
        m_keyLength = quint16(end - begin);
        return true;
    }
    bool scalar(ValueKind kind, ValueStyle style, qint64 begin, qint64 end)
    {
        ValueNode* node = add(kind, begin);
        if (!node)
            return false;
        node->style = style;
        node->end = quint32(end);
        return true;
    }
    bool open(ValueKind kind, qint64 begin)
    {
        if (depth() >= kMaxTreeDepth)
            return fail(Problem::TooDeep, begin);
        if (!add(kind, begin))
            return false;
        m_open.push_back(quint32(m_tree.m_nodes.size() - 1));
        return true;
    }
    void close(qint64 end)
    {
        ValueNode& node = m_tree.m_nodes[m_open.back()];
        node.end = quint32(end);
        node.next = quint32(m_tree.m_nodes.size());
        m_open.pop_back();
    }
    /// What nobody wrote: a list of documents, if there turn out to be several.
    void openDocuments()
    {
        open(ValueKind::Array, 0);
        m_tree.m_nodes.front().isDocuments = 1;
    }
    ValueTree::Result finish(qint64 end);

private:
    ValueNode* add(ValueKind kind, qint64 begin);

    ValueTree m_tree;
    std::vector<quint32> m_open;
    Problem m_problem = Problem::None;
    qint64 m_at = 0;
    quint32 m_key = 0;
    quint16 m_keyLength = ValueNode::kIsRoot; ///< kIsRoot: none
    const std::atomic<bool>* m_isGivenUp;
};

/// Null, Bool, Number or String, as YAML's core schema has it.
ValueKind plainKind(QByteArrayView text);

} // namespace ridealong::console
