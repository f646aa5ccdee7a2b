// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace ridealong::local {

// What a hub takes from its clients and a client from its hub. Everything over it is refused, never cut.
inline constexpr int kMaxMessageBytes = 64 << 10; ///< of UTF-8
inline constexpr int kMaxRoomNameLength = 64; ///< characters after the '#'
inline constexpr int kMaxUserLength = 32;
inline constexpr int kMaxUsers = 256;
inline constexpr int kMaxRooms = 256;
inline constexpr int kMaxDirects = 4096;
inline constexpr int kMaxClients = 64;
inline constexpr int kMaxIdLength = 256;
inline constexpr int kMaxReactionLength = 32; ///< UTF-16 units of one emoji
inline constexpr int kMaxOwnReactions = 16; ///< of one person to one message
inline constexpr int kMaxHistoryMessages = 200;
inline constexpr int kMaxRunDetailLength = 4096;
inline constexpr int kMaxCommands = 2000;
inline constexpr qint64 kMaxFileBytes = 256 << 20;
inline constexpr int kMaxFileNameLength = 255;
inline constexpr int kMaxMediaTypeLength = 127;
inline constexpr int kMaxPixels = 1 << 20; ///< of an image's side, as somebody says
inline constexpr int kFileChunkBytes = 192 << 10; ///< up, within kMaxRequestBytes
inline constexpr int kUploadsAtOnce = 64; ///< of all clients; the oldest is given up for one more
/// Of one person, not on the disk yet. A client waits for the answer to each piece, so one of ours never has more.
inline constexpr qint64 kMaxUnwrittenBytes = qint64(kUploadsAtOnce) * kFileChunkBytes;
inline constexpr int kFileReadBytes = 1 << 20; ///< down, at once
inline constexpr int kMaxRequestBytes = 256 << 10; ///< one frame from a client
inline constexpr int kMaxFrameDepth = 8; ///< maps and arrays within each other
inline constexpr int kMaxLinkFrameBytes = 16 << 10;
inline constexpr double kLinkFramesPerSecond = 50;
inline constexpr double kLinkFrameBurst = 100;
inline constexpr int kRunsOnSync = 200;

// Back-pressure at the hub, per client.
inline constexpr qint64 kCongestedBytes = 4 << 20; ///< unsent: what can be had again later is not sent now
inline constexpr qint64 kDrainedBytes = 1 << 20; ///< so few unsent: goes on
inline constexpr qint64 kHopelessBytes = 16 << 20; ///< unsent: the client does not read; it is cut off
inline constexpr qint64 kFrameFillBytes = 1 << 20; ///< lists are split into frames of about this size
inline constexpr int kReadsAtOnce = 4; ///< requests with large answers being worked on
inline constexpr int kReadsWaiting = 1024;

inline constexpr std::chrono::milliseconds kHelloTimeout{10'000};
inline constexpr std::chrono::milliseconds kPingEvery{20'000};
inline constexpr std::chrono::milliseconds kPingTimeout{20'000}; ///< after a ping: the hub hangs
inline constexpr std::chrono::milliseconds kTypingExpires{6'000};
inline constexpr std::chrono::milliseconds kRunWriteEvery{100}; ///< reports that are not final, to the database
inline constexpr std::chrono::milliseconds kTidyAfterStart{30'000}; ///< outputs of runs: a start has more urgent things to do
inline constexpr std::chrono::milliseconds kTidyAfterRun{60'000};
inline constexpr std::chrono::milliseconds kTidyAfterChange{60'000}; ///< of the limits, which may be half a number being typed
inline constexpr std::chrono::milliseconds kTidyEvery{24 * 60 * 60'000};
inline constexpr std::chrono::milliseconds kBackoffFirst{50};
inline constexpr std::chrono::milliseconds kBackoffLongest{5'000};

} // namespace ridealong::local
