// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace ridealong::console {

inline constexpr qint64 kMaxDiffLines = 1'000'000;
inline constexpr int kMaxDiffWords = 160; ///< of a line that is compared word by word
inline constexpr qsizetype kMaxDiffNameBytes = 1024;

struct DiffLine
{
    enum class Kind : quint8 { Other, Meta, Hunk, Context, Removed, Added, Remark };
    Kind kind = Kind::Other;
    quint32 oldNumber = 0; ///< 0: not in that file
    quint32 newNumber = 0;
    qint32 partner = 0; ///< how many lines on its other version stands; 0: it has none
};

struct DiffFile
{
    qint64 firstLine = 0;
    qint64 lastLine = 0;
    QString name;
    QString oldName; ///< empty: the same
    qint64 added = 0;
    qint64 removed = 0;
    bool isNew = false;
    bool isDeleted = false;
    bool isBinary = false;
};

struct Diff
{
    std::vector<DiffLine> lines; ///< one for each that was added
    std::vector<DiffFile> files; ///< by line
    quint32 greatestNumber = 0;
};

/// Unified diffs, of git and of others, a line after the other. What is none is Other, and nothing goes wrong.
class DiffReader
{
public:
    void add(QByteArrayView line);
    Diff finish();

private:
    void beginFile();
    bool hunk(QByteArrayView line);
    void meta(QByteArrayView line);
    void pairUp();
    void change(DiffLine::Kind kind, DiffLine& line);

    Diff m_diff;
    bool m_hasGitHead = false; ///< of the file that we are in; its "---" is no new one
    bool m_isInFile = false;
    qint64 m_oldLeft = 0; ///< of the hunk
    qint64 m_newLeft = 0;
    quint32 m_oldNumber = 0;
    quint32 m_newNumber = 0;
    qint64 m_removed = 0; ///< lines in a row, just before the added ones
    qint64 m_added = 0;
};

/// Bytes of a line.
struct ByteRange
{
    int begin = 0;
    int end = 0;

    bool operator==(const ByteRange&) const = default;
};
struct WordChanges
{
    std::vector<ByteRange> before;
    std::vector<ByteRange> after;
};
/// What is different between two versions of a line, in words; nothing when they have hardly anything in common.
WordChanges wordChanges(QByteArrayView before, QByteArrayView after);

} // namespace ridealong::console
