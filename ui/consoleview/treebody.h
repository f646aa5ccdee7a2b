// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/outputtext.h"
#include "console/valuetree.h"
#include "consoleview/linesbody.h"

namespace ridealong::consoleview {

/// JSON and YAML as a tree whose nodes fold. A unit is a row; a row is a node.
class TreeBody : public LinesBody
{
public:
    static MadeBody make(const BodySource& source);
    static bool maybeJson(const console::LineStore& lines);
    static bool maybeYaml(const console::LineStore& lines);

    static constexpr size_t kOpenRows = 200; ///< at first it is open as deep as so many rows allow
    static constexpr size_t kMaxShownRows = 4'000'000;
    static constexpr quint32 kMaxSyncNodes = 100'000; ///< to be opened or closed at once, else on the worker

    TreeBody(console::ValueTree tree, const std::shared_ptr<const console::LineStore>& lines);

    const console::ValueTree& tree() const { return *m_tree; }
    quint32 nodeOf(qint64 unit) const { return m_rows[size_t(unit)]; }
    bool isOpen(qint64 unit) const { return m_open[nodeOf(unit)]; }

    qint64 rows(const Metrics&) const override { return qint64(m_rows.size()); }
    qint64 lastUnit() const override { return qint64(m_rows.size()) - 1; }
    RowPlace placeOfRow(qint64 row, const Metrics&) const override { return {std::min(row, lastUnit()), 0}; }
    void addAllTo(Stretch& stretch) const override;
    std::optional<std::pair<qint64, int>> reveal(qint64 line, int byte) override;
    double shareBefore(qint64 line) const override;
    bool click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host) override;
    bool hasCursor() const override { return true; }
    bool key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host) override;
    QList<BodyAction> actions(const Spot& spot) override;
    QString accessibleText(qint64 unit) const override;

protected:
    Row row(qint64 unit, const BodyPaint* paint) const override;
    bool isWrapping() const override { return false; }
    qint64 firstRowOf(qint64 unit, int) const override { return unit; }

private:
    using Open = std::vector<bool>;

    QByteArray raw(quint32 begin, quint32 end) const { return m_text.piece(begin, end); }
    QByteArray firstLineOf(const console::ValueNode& node) const;
    QByteArray keyOf(const console::ValueNode& node) const;
    QString wholeOf(quint32 id, quint32 most = std::numeric_limits<quint32>::max()) const; ///< bytes
    QString pathOf(quint32 id) const;
    quint32 firstShown() const { return (*m_tree)[0].isDocuments ? 1 : 0; }
    int indentOf(quint32 id) const;
    qint64 rowOfNode(quint32 id) const;
    qint64 parentRow(qint64 unit) const;
    static void collect(const console::ValueTree& tree, const Open& open, quint32 from, quint32 to, std::vector<quint32>& rows);
    void setOpen(qint64 unit, bool open, bool all, BodyHost& host);
    void openTo(int level, qint64 unit, BodyHost& host);
    void change(quint32 node, std::function<void(Open&)> change, BodyHost& host);
    void openAtFirst();
    quint32 tableArray(quint32 id) const;
    QString countText(const console::ValueNode& node) const;
    QString previewOf(quint32 id) const;

    std::shared_ptr<const console::ValueTree> m_tree;
    std::shared_ptr<const console::LineStore> m_lines;
    console::OutputText m_text;
    qint64 m_begin = 0; ///< of the text that it was read from
    qint64 m_end = std::numeric_limits<qint64>::max();
    Open m_open;
    std::vector<quint32> m_rows;
    int m_changing = 0; ///< serial of the newest change that is worked out
};

/// The flat objects of an array as a table; no columns: they are none. `raw` reads the text.
console::Table tableOf(const console::ValueTree& tree, quint32 array, const console::OutputText& text);
/// That of the first array of flat objects in an output of JSON or YAML, if there is one.
console::Table tableOfTree(const BodySource& source);

} // namespace ridealong::consoleview
