// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/unpack.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxScriptBytes = 4 << 20;
constexpr auto kPrivate = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

base::Error storage(const QString& what, const QString& path, const QString& why)
{
    return {base::ErrorKind::Storage, u"%1 %2: %3"_s.arg(what, path, why), 0};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(kMaxScriptBytes) : QByteArray();
}

base::Status writeWhole(const QString& path, const QByteArray& content, QFileDevice::Permissions permissions)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return storage(u"cannot write"_s, path, file.errorString());
    file.setPermissions(permissions);
    if (!file.commit())
        return storage(u"cannot write"_s, path, file.errorString());
    return base::Done{};
}

} // namespace

base::Status unpackScripts(const QString& from, const QString& folder)
{
    if (!QDir().mkpath(folder))
        return storage(u"cannot make the folder"_s, folder, u"is the disk full or read-only?"_s);
    QFile::setPermissions(folder, kPrivate);

    const QStringList names = QDir(from).entryList(QDir::Files, QDir::Name);
    for (const QString& name : names) {
        const QByteArray content = contentOf(from + u'/' + name);
        const QString path = folder + u'/' + name;
        const QFileInfo present(path);
        if (!present.isFile() || present.isSymLink() || contentOf(path) != content) {
            if (present.isSymLink())
                QFile::remove(path); // never write through a link to somewhere else
            if (const auto written = writeWhole(path, content, kPrivate); !written)
                return written;
        } else if (!present.isExecutable() && !QFile::setPermissions(path, kPrivate)) {
            return storage(u"cannot make executable"_s, path, u"permission denied"_s);
        }
    }

    // The list of what we wrote: a user's own file in this folder is never touched.
    const QString listPath = folder + u"/.shipped"_s;
    const QByteArray list = names.join(u'\n').toUtf8();
    const QByteArray before = contentOf(listPath);
    if (before == list)
        return base::Done{};
    for (const QString& old : QString::fromUtf8(before).split(u'\n', Qt::SkipEmptyParts))
        if (!names.contains(old) && !old.contains(u'/'))
            QFile::remove(folder + u'/' + old);
    return writeWhole(listPath, list, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace ridealong::scripts
