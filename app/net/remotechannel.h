// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/certificateproblem.h"
#include "net/framechannel.h"

#include <QUrl>

#include <optional>

namespace ridealong::net {

/// Where a server is and how it is reached.
struct Endpoint
{
    enum class Security { Plain, Tls, StartTls };
    QString host; ///< name or address, without brackets
    quint16 port = 0;
    Security security = Security::Tls;
    QUrl webSocket; ///< ws:// or wss://; not empty: host, port and security do not count
    QStringList subprotocols; ///< of the WebSocket, in order of preference
    /// Who the certificate of `host` has to be of, where that is not the host: DNS said that it serves another, and anybody can make DNS say so.
    QString certificateName;

    bool operator==(const Endpoint&) const = default;
};

/// What is trusted besides the system's authorities, and who we are. Verification is never switched off.
struct TlsSettings
{
    QString caFile; ///< PEM; more authorities, for this account only
    QByteArray exception; ///< SHA-256 of the one certificate that is accepted although it fails; the user's explicit act
    QString clientCertificateFile; ///< PEM with certificate and key

    bool operator==(const TlsSettings&) const = default;
};

/// What stands, for the details of an account.
struct ConnectionInfo
{
    bool encrypted = false;
    bool byException = false; ///< the certificate failed, and the user's exception let it pass
    QString protocol; ///< "TLSv1.3"
    QString cipher;
    QByteArray certificateSha256; ///< of the server's
    QByteArray serverEndPoint; ///< the tls-server-end-point channel binding (RFC 5929 §4)
};

/// A channel to a server over the network. Frames sent before it is open wait. When the certificate fails it closes with
/// ErrorKind::Untrusted before a frame of ours was sent, and certificateProblem() says why.
///
/// With Security::StartTls it opens in plain text, and stays so until the session says startTls(). Send nothing before that but
/// what the protocol needs to get there.
class RemoteChannel : public FrameChannel
{
    Q_OBJECT
public:
    using FrameChannel::FrameChannel;
    virtual std::optional<base::CertificateProblem> certificateProblem() const = 0;
    /// The server has agreed to TLS in the frame just received. Frames sent from now on wait for secured(). Closes with Protocol when more
    /// came in plain text behind that frame: somebody on the way put it there. Unsupported where TLS cannot begin later.
    virtual void startTls() = 0;

signals:
    void opened(const ridealong::net::ConnectionInfo& info);
    void secured(const ridealong::net::ConnectionInfo& info); ///< after startTls()
};

} // namespace ridealong::net
