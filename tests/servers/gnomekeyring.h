// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/testserver.h"

#include <memory>

namespace ridealong::tests {

/// A session bus of its own with a GNOME keyring on it, unlocked, as a desktop has it after the login; the keyring's files are in
/// folder(), so it keeps its secrets over a restart.
class GnomeKeyring : public TestServer
{
    Q_OBJECT
public:
    GnomeKeyring();
    ~GnomeKeyring() override;
    QString missing() const override;
    bool start() override;
    void stop() override;

    /// What a program needs to find it. For this very program call enter(), before anything asks for the session bus: libraries ask once.
    QProcessEnvironment environment() const;
    void enter() const;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    class Bus;
    std::unique_ptr<Bus> m_bus;
};

} // namespace ridealong::tests
