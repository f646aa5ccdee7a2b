// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/prctl.h>
#include <unistd.h>

namespace ridealong::tests {

/// While it lives, this process is nobody when it was root, to whom no permission applies. Of the real user too, because
/// access(2), which QFileInfo asks, looks at that one. A process of somebody else is left as it is.
class WithoutPrivileges
{
public:
    WithoutPrivileges() : m_wasRoot(::geteuid() == 0), m_dropped(m_wasRoot && ::setresuid(kNobody, kNobody, 0) == 0) {}
    ~WithoutPrivileges()
    {
        if (m_dropped && ::setresuid(0, 0, 0) == 0)
            ::prctl(PR_SET_DUMPABLE, 1); // the change took it away, and the leak check at the end needs it
    }
    WithoutPrivileges(const WithoutPrivileges&) = delete;
    WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

    bool works() const { return m_dropped || !m_wasRoot; }

private:
    static constexpr uid_t kNobody = 65534;
    bool m_wasRoot;
    bool m_dropped;
};

} // namespace ridealong::tests
