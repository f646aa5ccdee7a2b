// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Bytes as a hub's client would get them in: first through the cutter of frames, then as frames of a session whose first
// one is a proper hello. A hub must neither crash nor stop serving anybody else.
#include "base/clock.h"
#include "base/random.h"
#include "local/hub.h"
#include "local/wire.h"
#include "net/framereader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

namespace {

using namespace ridealong;
using namespace Qt::StringLiterals;

struct World
{
    World() : hub(folder.filePath(u"h"_s), clock, random)
    {
        bool open = false;
        hub.open().then(&context, [&open](const auto&) { open = true; });
        while (!open)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    QTemporaryDir folder;
    base::SystemClock clock;
    base::SystemRandom random;
    local::Hub hub;
    QObject context;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_hubprotocol";
    static char* argv[] = {name, nullptr};
    static QCoreApplication application(argc, argv);
    static World world;

    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    net::FrameReader reader;
    const auto frames = reader.feed(bytes);
    auto client = world.hub.connectInProcess();
    client->send(local::encodeFrame({{"t"_L1, "hello"_L1}, {"v"_L1, local::kProtocolVersion}, {"user"_L1, "fuzz"_L1}}));
    if (frames)
        for (const auto& frame : *frames)
            client->send(frame);
    if (!bytes.isEmpty())
        client->send(bytes.left(net::FrameChannel::kMaxFrameBytes));
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
    client->close();
    QCoreApplication::processEvents();
    // Outside of exec() nobody else does: the session would stay.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return 0;
}
