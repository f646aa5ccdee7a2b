// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/stacktrace.h"
#include "consoleview/entrybody.h"

namespace ridealong::consoleview {

/// A stack trace: what went wrong stands out, frames of libraries are folded away, places can be opened.
class StackBody : public EntryBody
{
public:
    static MadeBody make(const BodySource& source);
    static bool maybe(const console::LineStore& lines);
    static constexpr int kLeastFolded = 2; ///< frames; a single one stays

    StackBody(const std::shared_ptr<const console::LineStore>& lines, console::StackTrace trace);

    Spot spotAt(const RowPlace& place, int x, const Metrics& metrics) const override;
    bool click(const Spot& spot, Qt::KeyboardModifiers modifiers, BodyHost& host) override;
    bool key(int key, Qt::KeyboardModifiers modifiers, qint64 unit, BodyHost& host) override;
    QList<BodyAction> actions(const Spot& spot) override;

protected:
    enum OwnPart { PlacePart = FirstOwnPart };
    Row row(qint64 unit, const BodyPaint* paint) const override;
    int gutterColumns() const override { return kFoldColumns; }
    bool openFor(qint64 line) override;

private:
    struct Group
    {
        qint64 firstLine = 0;
        qint64 lastLine = 0;
        int frames = 0;
        QString where; ///< "asyncio, flask"
        bool isOpen = false;
    };
    void group();
    void show();
    void toggle(size_t group, BodyHost& host);
    const console::PlacedFrame* frameAt(qint64 line) const;
    bool opensPlace(qint64 line, BodyHost& host) const;

    console::StackTrace m_trace;
    std::vector<Group> m_groups;
};

} // namespace ridealong::consoleview
