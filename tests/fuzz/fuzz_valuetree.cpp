// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A text as JSON and as YAML. The laws: nodes are in the order of the text and within their parents, every byte belongs to one, what Qt takes for
// JSON is read, and what a scalar says can be asked of any.
#include "console/valuetree.h"

#include <QJsonDocument>

#include <cstdint>
#include <cstdlib>

using namespace ridealong::console;

namespace {

void check(const ValueTree::Result& read, const QByteArray& text)
{
    if (read.problem != ValueTree::Problem::None) {
        if (read.at < 0 || read.at > text.size() || read.tree.count() != 0)
            std::abort();
        return;
    }
    const ValueTree& tree = read.tree;
    std::vector<quint32> children(tree.count(), 0);
    for (quint32 id = 0; id < tree.count(); ++id) {
        const ValueNode& node = tree[id];
        const ValueNode& parent = tree[node.parent];
        if (node.begin > node.end || node.end > quint32(text.size()) || node.next <= id || node.next > tree.count())
            std::abort();
        if (id > 0 && (node.parent >= id || node.start() < tree[id - 1].start() || node.end > parent.end || node.next > parent.next))
            std::abort();
        if (id > 0)
            ++children[node.parent];
        if (node.isKeyed() && node.key + node.keyLength > node.begin)
            std::abort();
        (void)valueText(node, QByteArrayView(text).sliced(node.begin, node.end - node.begin));
        if (id < 200)
            (void)pathOf(tree, id, [&](quint32 begin, quint32 end) { return text.mid(begin, end - begin); });
    }
    for (quint32 id = 0; id < tree.count(); ++id)
        if (children[id] != tree[id].children)
            std::abort();
    for (quint32 offset = 0; offset <= quint32(text.size()) && offset < 300; ++offset)
        if (tree.nodeAt(offset) >= tree.count())
            std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size));
    const auto json = ValueTree::readJson(text);
    check(json, text);
    check(ValueTree::readYaml(text), text);
    // Qt reads one array or object; it is more lenient with bytes that are no UTF-8, and stricter with none at all.
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error == QJsonParseError::NoError && !document.isNull() && json.problem == ValueTree::Problem::None && json.tree[0].isDocuments)
        std::abort();
    return 0;
}
