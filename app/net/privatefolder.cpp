// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "net/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace ridealong::net {

using namespace Qt::StringLiterals;

namespace {

base::Error storageError(const QString& path)
{
    return {base::ErrorKind::Storage, u"%1: %2"_s.arg(path, QString::fromLocal8Bit(strerror(errno))), 0};
}

} // namespace

base::Status requireOwnFolder(const QString& path)
{
    struct stat info = {};
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return storageError(path);
    if (!S_ISDIR(info.st_mode))
        return base::Error{base::ErrorKind::Invalid, u"%1 is no folder"_s.arg(path), 0};
    if (info.st_uid != ::geteuid())
        return base::Error{base::ErrorKind::Invalid, u"%1 belongs to somebody else"_s.arg(path), 0};
    if (info.st_mode & (S_IWGRP | S_IWOTH))
        return base::Error{base::ErrorKind::Invalid, u"others can write %1"_s.arg(path), 0};
    return base::Done{};
}

base::Status makePrivateFolder(const QString& path)
{
    const auto name = QFile::encodeName(path);
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return base::Error{base::ErrorKind::Storage, u"%1: cannot be made"_s.arg(QFileInfo(path).absolutePath()), 0};
    if (::mkdir(name.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return storageError(path);
    if (auto own = requireOwnFolder(path); !own)
        return own;
    // Ours, but perhaps readable by others: it was made under another umask.
    if (::chmod(name.constData(), S_IRWXU) != 0)
        return storageError(path);
    return base::Done{};
}

} // namespace ridealong::net
