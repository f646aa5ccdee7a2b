// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

namespace ridealong::base {

/// An exclusive lock on a file, held by this process until it dies, however it dies: the kernel lets go of it.
class FileLock
{
public:
    explicit FileLock(QString path) : m_path(std::move(path)) {}
    ~FileLock() { release(); }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Errors: Denied when another process (or another lock of this one) has it, Storage when the file cannot be opened.
    Status acquire();
    void release();
    bool isHeld() const { return m_descriptor >= 0; }

private:
    QString m_path;
    int m_descriptor = -1;
};

} // namespace ridealong::base
