// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace ridealong::tests {

/// A TCP port of 127.0.0.1 which nobody uses, and which no other test takes while this lives: also not while the server behind it is
/// down for a moment. It lies below the range from which the kernel gives ports to outgoing connections.
class LoopbackPort
{
public:
    LoopbackPort();
    ~LoopbackPort();
    LoopbackPort(LoopbackPort&& other) noexcept;
    LoopbackPort& operator=(LoopbackPort&& other) noexcept;
    LoopbackPort(const LoopbackPort&) = delete;
    LoopbackPort& operator=(const LoopbackPort&) = delete;

    quint16 number() const { return m_number; }

private:
    int m_claim = -1; ///< an abstract socket named after the port; it goes when the process goes
    quint16 m_number = 0;
};

} // namespace ridealong::tests
