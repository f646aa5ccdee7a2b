// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>
#include <vector>

namespace ridealong::console {

// What an output may be to be shown as a tree.
inline constexpr qint64 kMaxTreeBytes = qint64(256) << 20;
inline constexpr qint64 kMaxTreeNodes = 12'000'000; ///< 28 bytes each
inline constexpr int kMaxTreeDepth = 200;
inline constexpr int kMaxKeyBytes = 0xfff0;

enum class ValueKind : quint8 { Object, Array, String, Number, Bool, Null };
/// How a scalar is written.
enum class ValueStyle : quint8 { Plain, DoubleQuoted, SingleQuoted, Literal, Folded };

/// One value. Where it stands in the text, not what it is: a tree of a hundred megabytes keeps no second copy of them.
struct ValueNode
{
    static constexpr quint16 kIsElement = 0xffff;
    static constexpr quint16 kIsRoot = 0xfffe;

    quint32 begin = 0; ///< bytes of the value
    quint32 end = 0;
    quint32 key = 0; ///< begin of its key as written, with quotes; of an element its index
    quint32 parent = 0;
    quint32 next = 0; ///< the node behind all of its children
    quint32 children = 0;
    quint16 keyLength = kIsRoot;
    ValueKind kind = ValueKind::Null;
    ValueStyle style : 4 = ValueStyle::Plain;
    quint8 isDocuments : 1 = 0; ///< an array that nobody wrote: of documents, one below the other

    bool isContainer() const { return kind == ValueKind::Object || kind == ValueKind::Array; }
    bool isKeyed() const { return keyLength < kIsRoot; }
    quint32 start() const { return isKeyed() ? key : begin; }
};

/// JSON (one value, or several one after the other) or YAML as tools print it. Nodes in the order of the text; 0 is the root.
class ValueTree
{
public:
    enum class Problem { None, Empty, TooLarge, TooManyNodes, TooDeep, Broken, GivenUp };
    struct Result;
    /// `isGivenUp`: asked now and then whether to go on.
    static Result readJson(QByteArrayView text, const std::atomic<bool>* isGivenUp = nullptr);
    /// Block mappings and sequences, scalars of every style, flow collections, several documents. Anchors, aliases and tags are not
    /// followed; keys that are no scalars are not read.
    static Result readYaml(QByteArrayView text, const std::atomic<bool>* isGivenUp = nullptr);

    const std::vector<ValueNode>& nodes() const { return m_nodes; }
    const ValueNode& operator[](quint32 id) const { return m_nodes[id]; }
    quint32 count() const { return quint32(m_nodes.size()); }
    int depth(quint32 id) const;
    /// The node that a byte of the text belongs to.
    quint32 nodeAt(quint32 offset) const;

private:
    friend class TreeBuilder;
    std::vector<ValueNode> m_nodes;
};

struct ValueTree::Result
{
    ValueTree tree;
    Problem problem = Problem::None;
    qint64 at = 0; ///< byte where it is broken
};

/// What a scalar says: without quotes, escapes and the indentation of a block.
QString valueText(const ValueNode& node, QByteArrayView raw);
QString keyText(QByteArrayView raw);
/// ".name", or "[\"odd name\"]".
QString pathStep(const QString& key);
/// ".items[0].metadata.name" as jq wants it, ".": the root. `textOf(begin, end)` reads the text.
template <typename TextOf> QString pathOf(const ValueTree& tree, quint32 id, TextOf textOf)
{
    QString path;
    for (const ValueNode* node = &tree[id]; node->keyLength != ValueNode::kIsRoot; node = &tree[node->parent]) {
        if (node->isKeyed())
            path.prepend(pathStep(keyText(textOf(node->key, node->key + node->keyLength))));
        else if (!tree[node->parent].isDocuments)
            path.prepend(QStringLiteral("[%1]").arg(node->key));
        else
            break;
    }
    return path.startsWith(QLatin1Char('.')) ? path : QLatin1Char('.') + path;
}

} // namespace ridealong::console
