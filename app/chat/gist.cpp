// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/gist.h"

#include <QStringList>

namespace ridealong::chat {

using namespace Qt::StringLiterals;

QString gist(const Message& message)
{
    if (!message.text.isEmpty())
        return message.text;
    QStringList names;
    for (const Attachment& file : message.attachments)
        names += file.name;
    return names.join(u", "_s);
}

} // namespace ridealong::chat
