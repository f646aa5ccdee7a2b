// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/profilebook.h"

#include <QDir>
#include <QFile>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

const BotProfile& plain()
{
    static const BotProfile made = [] {
        BotProfile profile;
        profile.id = u"plain"_s;
        profile.title = u"plain"_s;
        profile.prefixes = {u"!"_s};
        profile.bareInDirect = true;
        return profile;
    }();
    return made;
}

} // namespace

void ProfileBook::load(const QStringList& folders)
{
    m_profiles.clear();
    m_problems.clear();
    for (const QString& folder : folders)
        for (const QFileInfo& entry : QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name)) {
            QFile file(entry.filePath());
            if (!file.open(QIODevice::ReadOnly)) {
                m_problems += {entry.filePath(), file.errorString()};
                continue;
            }
            auto read = readProfile(file.read(kMaxProfileBytes + 1));
            if (!read) {
                m_problems += {entry.filePath(), read.error().detail};
                continue;
            }
            std::erase_if(m_profiles, [&](const auto& known) { return known->id == read->id; });
            m_profiles.push_back(std::make_shared<const BotProfile>(std::move(*read)));
        }
}

const BotProfile* ProfileBook::find(QStringView id) const
{
    for (const auto& profile : m_profiles)
        if (profile->id == id)
            return profile.get();
    return id == plain().id ? &plain() : nullptr;
}

const BotProfile* ProfileBook::naming(QStringView name) const
{
    const auto isSuffix = [](QChar c) { return c.isDigit() || c == u'_' || c == u'-'; };
    for (const auto& profile : m_profiles)
        for (const QString& known : profile->names) {
            if (!name.startsWith(known, Qt::CaseInsensitive))
                continue;
            const QStringView rest = name.sliced(known.size());
            if (std::all_of(rest.begin(), rest.end(), isSuffix))
                return profile.get();
        }
    return nullptr;
}

const BotProfile* ProfileBook::forName(QStringView name) const
{
    if (const BotProfile* named = naming(name))
        return named;
    for (const auto& profile : m_profiles)
        for (const QString& known : profile->names)
            if (name.startsWith(known, Qt::CaseInsensitive))
                return profile.get();
    return find(u"plain");
}

const BotProfile* ProfileBook::forSaying(const QString& line) const
{
    const QString looked = line.left(kMaxMatchedChars);
    for (const auto& profile : m_profiles)
        for (const QRegularExpression& saying : profile->sayings)
            if (saying.match(looked).hasMatch())
                return profile.get();
    return nullptr;
}

} // namespace ridealong::correlator
