// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "net/proxysettings.h"
#include "net/remotechannel.h"

#include <memory>

namespace ridealong::net {

/// How bytes become frames, and how they get out of here.
struct ChannelOptions
{
    /// Of an IRC line with the most tags there may be (8191 and 512) and room for servers that do not count well.
    static constexpr qsizetype kMaxLineBytes = 16 << 10;

    qsizetype maxFrameBytes = kMaxLineBytes; ///< of one frame received, without its end; a longer one closes the channel with Protocol
    bool splitMessages = true; ///< of a WebSocket: each line is a frame; false: each message is one (XMPP)
    ProxySettings proxy;
};

/// A channel of lines over TCP or TLS, or of messages over a WebSocket when `endpoint` has one. A frame sent must not be empty
/// or hold NUL, CR or LF (inside a message that is not split, CR and LF may stand); any other closes with Invalid.
std::unique_ptr<RemoteChannel> openChannel(const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options = {});

std::unique_ptr<RemoteChannel> openLineChannel(
    const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options = {});
std::unique_ptr<RemoteChannel> openWebSocketChannel(
    const Endpoint& endpoint, const TlsSettings& tls, base::Clock& clock, const ChannelOptions& options = {});

} // namespace ridealong::net
