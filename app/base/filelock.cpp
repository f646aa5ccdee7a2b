// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/filelock.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ridealong::base {

using namespace Qt::StringLiterals;

Status FileLock::acquire()
{
    if (isHeld())
        return Done();
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorKind::Storage, u"%1: %2"_s.arg(m_path, QString::fromLocal8Bit(std::strerror(errno))), 0};
    // flock belongs to the open file: a child that was forked without exec would keep it, hence O_CLOEXEC above.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(descriptor);
        const ErrorKind kind = reason == EWOULDBLOCK ? ErrorKind::Denied : ErrorKind::Storage;
        return Error{kind, u"%1: %2"_s.arg(m_path, QString::fromLocal8Bit(std::strerror(reason))), 0};
    }
    m_descriptor = descriptor;
    return Done();
}

void FileLock::release()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace ridealong::base
