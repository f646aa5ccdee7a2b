// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hublock.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ridealong::local {

using namespace Qt::StringLiterals;

HubLock::~HubLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

base::Status HubLock::take(const QString& path)
{
    // Closed on exec: a script that outlives its hub must not keep the lock.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, QString::fromLocal8Bit(strerror(errno))), 0};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        const auto why = QString::fromLocal8Bit(strerror(errno));
        ::close(descriptor);
        return base::Error{held ? base::ErrorKind::Denied : base::ErrorKind::Storage, u"%1: %2"_s.arg(path, why), 0};
    }
    m_descriptor = descriptor;
    return base::Done{};
}

} // namespace ridealong::local
