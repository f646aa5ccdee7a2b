// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/attachment.h"

namespace ridealong::chat {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNameLength = 120; ///< UTF-16 units; in UTF-8 at most 360 bytes are cut to what file systems take below
constexpr qsizetype kMaxNameBytes = 240;
constexpr qsizetype kMaxSuffixLength = 16; ///< with its dot; kept when a long name is cut

/// Nothing to be seen, or something that turns what is seen around ("exe.gpj" for "jpg.exe").
bool isHidden(char32_t c)
{
    if (c == QChar::ReplacementCharacter) // what half a character became
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

bool isForbidden(char32_t c) { return c < 0x80 && QLatin1StringView("\\/:*?\"<>|").contains(QLatin1Char(char(c))); }

} // namespace

QString copyKey(const QString& path) { return path.section(u'/', -2); }

void moveCopies(QList<Attachment>& files, const QString& folder)
{
    for (Attachment& file : files)
        if (!file.path.isEmpty())
            file.path = folder + u'/' + copyKey(file.path);
}

QString safeFileName(const QString& name)
{
    const qsizetype slash = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString safe;
    for (const char32_t c : name.sliced(slash + 1).toUcs4()) {
        if (!isHidden(c))
            safe += isForbidden(c) ? u"_"_s : QString::fromUcs4(&c, 1);
    }
    safe = safe.simplified();
    while (safe.startsWith(u'.')) // hidden, or another folder
        safe.remove(0, 1);
    while (safe.endsWith(u'.') || safe.endsWith(u' '))
        safe.chop(1);
    const qsizetype dot = safe.lastIndexOf(u'.');
    const QString suffix = dot > 0 && safe.size() - dot <= kMaxSuffixLength ? safe.sliced(dot) : QString();
    QString stem = safe.chopped(suffix.size());
    while (stem.size() + suffix.size() > kMaxNameLength || (stem + suffix).toUtf8().size() > kMaxNameBytes) {
        stem.chop(1);
        if (!stem.isEmpty() && stem.back().isHighSurrogate())
            stem.chop(1);
    }
    return stem.isEmpty() ? u"file"_s + suffix : stem.trimmed() + suffix;
}

} // namespace ridealong::chat
