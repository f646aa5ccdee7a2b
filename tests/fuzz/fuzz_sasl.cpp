// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// A server's side of SASL, one line of input for each AUTHENTICATE. The laws: nobody is proved by rubbish, chunks come together.
#include "irc/saslchunks.h"
#include "sasl/mechanism.h"

#include <cstdint>
#include <cstdlib>

using namespace ridealong;
using namespace ridealong::irc;
using namespace ridealong::sasl;

namespace {

class NoRandom final : public base::Random
{
public:
    quint64 next() override { return 0; } // an input can then answer with the nonce "AAAA…"
};

/// The key is not derived: a million rounds for each input would find nothing else.
void talk(const QList<QByteArray>& challenges)
{
    NoRandom random;
    const auto scram = makeMechanism("SCRAM-SHA-256", {QStringLiteral("user"), QStringLiteral("pencil")}, random);
    if (!scram->respond({}))
        std::abort();
    for (const QByteArray& challenge : challenges) {
        if (const auto work = scram->slowPart(challenge)) {
            if (work->iterations < kMinScramIterations || work->iterations > kMaxScramIterations || work->salt.isEmpty())
                std::abort();
            scram->setSlowPart(*work, QByteArray(32, 'k'));
        }
        (void)scram->respond(challenge);
        if (scram->isComplete())
            std::abort(); // the signature cannot be guessed
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char*>(data), qsizetype(size));
    talk(input.split('\n'));

    SaslReassembly reassembly;
    for (const QByteArray& line : input.split('\n')) {
        const auto challenge = reassembly.take(line);
        if (challenge && *challenge && (*challenge)->size() > kMaxChallengeBytes)
            std::abort();
    }
    SaslReassembly ours;
    QByteArray got;
    bool isDone = false;
    for (const QByteArray& chunk : saslChunks(input.left(kMaxChallengeBytes))) {
        const auto challenge = ours.take(chunk);
        if (!challenge || isDone)
            std::abort();
        isDone = challenge->has_value();
        got = challenge->value_or(QByteArray());
    }
    if (!isDone || got != input.left(kMaxChallengeBytes))
        std::abort();
    return 0;
}
