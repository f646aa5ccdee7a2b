// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servers/xmppserver.h"

class QJsonObject;

namespace ridealong::tests {

/// ejabberd 23.01 or later; it takes some seconds to start. It is an Erlang node of its own that no other can reach, so there is no
/// epmd, which would listen on all addresses and outlive the test.
class Ejabberd : public XmppServer
{
    Q_OBJECT
public:
    Ejabberd(const Certificates& certificates, XmppOptions options);
    explicit Ejabberd(const Certificates& certificates) : Ejabberd(certificates, XmppOptions{}) {}

    QString missing() const override;
    QUrl webSocketUrl(bool tls = true) const override;
    bool addUser(const QString& name, const QString& password) override;
    bool makeRoom(const QString& name, const XmppRoom& room = {}) override;
    bool dropSessions(const QString& user) override;
    bool expireArchives() override;

protected:
    bool prepare() override;
    Command command() const override;
    bool isReady() override;

private:
    /// One of the server's commands, over HTTP: ejabberdctl would need a second node, and half a second.
    bool tell(const QString& what, const QJsonObject& arguments);
    QString modules() const;

    qsizetype m_logBefore = 0; ///< what earlier runs printed
};

} // namespace ridealong::tests
