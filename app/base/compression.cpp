// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/compression.h"

#include <zstd.h>

#include <memory>

namespace ridealong::base {

QByteArray compressed(QByteArrayView bytes, Effort effort)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    const size_t most = ZSTD_compressBound(size_t(bytes.size()));
    const std::unique_ptr<char[]> frame(new char[most]); // an array that shrinks may keep its size
    if (!context)
        return {};
    const bool isSmall = effort == Effort::Small;
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, isSmall ? ZSTD_CLEVEL_DEFAULT : 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, isSmall);
    const size_t size = ZSTD_compress2(context.get(), frame.get(), most, bytes.data(), size_t(bytes.size()));
    return ZSTD_isError(size) ? QByteArray() : QByteArray(frame.get(), qsizetype(size));
}

bool decompress(QByteArrayView frame, char* to, qsizetype bytes)
{
    return ZSTD_decompress(to, size_t(bytes), frame.data(), size_t(frame.size())) == size_t(bytes);
}

} // namespace ridealong::base
