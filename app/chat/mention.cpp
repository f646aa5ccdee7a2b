// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/mention.h"

namespace ridealong::chat {
namespace {

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; }

} // namespace

bool mentions(const QString& text, const Member& self)
{
    for (const QString& name : {self.name, self.user.text()}) {
        if (name.isEmpty())
            continue;
        for (qsizetype at = text.indexOf(name, 0, Qt::CaseInsensitive); at >= 0; at = text.indexOf(name, at + 1, Qt::CaseInsensitive)) {
            const qsizetype end = at + name.size();
            if ((at == 0 || !isWordCharacter(text[at - 1])) && (end == text.size() || !isWordCharacter(text[end])))
                return true;
        }
    }
    return false;
}

} // namespace ridealong::chat
