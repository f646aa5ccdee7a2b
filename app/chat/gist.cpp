// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/gist.h"

#include <QStringList>

namespace ridealong::chat {

using namespace Qt::StringLiterals;

QString gist(const Message& message) { return gist(message.text, message.attachments); }

QString gist(const QString& text, const QList<Attachment>& files)
{
    if (!text.isEmpty())
        return text;
    QStringList names;
    for (const Attachment& file : files)
        names += safeFileName(file.name);
    return names.join(u", "_s);
}

} // namespace ridealong::chat
