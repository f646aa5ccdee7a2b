// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: over the files given, else over random bytes from a fixed seed for a short while.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int main(int argc, char** argv)
{
    if (argc > 1 && argv[1][0] != '-') {
        for (int i = 1; i < argc; ++i) {
            std::ifstream file(argv[i], std::ios::binary);
            const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
        }
        return 0;
    }
    // RIDEALONG_FUZZ_SECONDS and _SEED make it a longer or another run.
    const char* seconds = std::getenv("RIDEALONG_FUZZ_SECONDS");
    const char* seed = std::getenv("RIDEALONG_FUZZ_SEED");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds ? std::atoi(seconds) : 2);
    std::mt19937 random(seed ? unsigned(std::atoi(seed)) : 1u);
    static const char kLikely[] = "\x1b\x1b\x1b[[[]];;;:?0123456789ABCDEFGHJKLMPXmmmhlrsu@\r\n\n\t\b\x07\\PX^_78cDEM\"'- "
                                  "=\xe6\x97\xa5\xf0\x9f\x98\x80\xcc\x81\xe2\x80\x8d abc{}|,";
    long runs = 0;
    while (std::chrono::steady_clock::now() < end) {
        std::vector<uint8_t> bytes(random() % (random() % 8 ? 300 : 5000));
        const bool raw = random() % 4 == 0;
        for (auto& byte : bytes)
            byte = uint8_t(raw ? random() : uint8_t(kLikely[random() % (sizeof kLikely - 1)]));
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        ++runs;
    }
    std::printf("%ld inputs\n", runs);
    return 0;
}
