// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/xmppserver.h"

namespace ridealong::tests {

/// Prosody 0.12 or later. Everybody may run the ad-hoc command `urn:test:deploy` of config/mod_test_deploy.lua, which asks for a form.
class Prosody : public XmppServer
{
    Q_OBJECT
public:
    Prosody(const Certificates& certificates, XmppOptions options);
    explicit Prosody(const Certificates& certificates) : Prosody(certificates, XmppOptions{}) {}

    QString missing() const override;
    QUrl webSocketUrl(bool tls = true) const override;
    bool addUser(const QString& name, const QString& password) override;
    bool makeRoom(const QString& name, const XmppRoom& room = {}) override;
    bool dropSessions(const QString& user) override;
    bool forgetOccupants(const QString& room); ///< and tells nobody, as a room that was restarted on another machine
    bool expireArchives() override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    /// A line of Lua in the server's own shell.
    bool tell(const QString& line);
    QString configurationFile() const { return folder() + QStringLiteral("/prosody.cfg.lua"); }
    QString shellSocket() const { return folder() + QStringLiteral("/shell.sock"); }
};

} // namespace ridealong::tests
