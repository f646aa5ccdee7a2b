// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ids.h"

#include <QSize>
#include <QString>

namespace ridealong::chat {

constexpr int kMaxAttachments = 10; ///< of one message

/// A file that belongs to a message. What it says of itself is its sender's word: the name is no path, the type decides
/// nothing, the size is checked while it comes.
struct Attachment
{
    base::FileId id; ///< the server's; empty while it was not uploaded
    QString name; ///< to be shown and proposed, without any folder
    QString mediaType; ///< "image/png"; may be empty
    qint64 bytes = -1; ///< -1: not known
    QSize pixels; ///< of an image, so that its place is known before it came; else invalid
    QString path; ///< only of ours that is not sent yet: the copy that the profile keeps, in a folder of its own

    bool operator==(const Attachment&) const = default;
};

/// Which copy of a profile it is, wherever the profile lies: folder and name.
QString copyKey(const QString& path);
/// The copies lie in `folder` now: the profile may have been moved or renamed, or be reached by another way.
void moveCopies(QList<Attachment>& files, const QString& folder);

/// What a file may be called on this machine: the last part of a name that somebody else gave it, without characters that a
/// file system or a reader's eye takes for something else, of at most 120 characters; "file" where nothing is left.
QString safeFileName(const QString& name);

} // namespace ridealong::chat
