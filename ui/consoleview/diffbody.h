// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/difflines.h"
#include "consoleview/entrybody.h"

namespace ridealong::consoleview {

/// A diff by file: a heading that folds for each, line numbers of both sides, and what changed within a line.
class DiffBody : public EntryBody
{
public:
    static MadeBody make(const BodySource& source);
    static bool maybe(const console::LineStore& lines);
    static constexpr qint64 kMaxOpenLines = 2'000; ///< of one file, which is folded at first when it is longer, if there are others

    DiffBody(const std::shared_ptr<const console::LineStore>& lines, console::Diff diff);

    bool click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host) override;
    bool key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host) override;
    QList<BodyAction> actions(const Spot& spot) override;
    QString accessibleText(qint64 unit) const override;
    QStringList notes() const override;

protected:
    Row row(qint64 unit, const BodyPaint* paint) const override;
    int gutterColumns() const override { return kFoldColumns + 2 * (m_digits + 1); }
    bool openFor(qint64 line) override;

private:
    void show();
    size_t fileOf(qint64 line) const; ///< files.size(): none
    void setOpen(size_t file, bool open, bool all, BodyHost& host);
    Row headRow(size_t file, const BodyPaint* paint) const;
    void markWords(Row& row, qint64 line, const BodyPaint& paint) const;

    console::Diff m_diff;
    std::vector<bool> m_open; ///< by file
    int m_digits = 1;
};

} // namespace ridealong::consoleview
