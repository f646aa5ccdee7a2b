// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/filepieces.h"

#include <QFile>

namespace ridealong::local {

using namespace Qt::StringLiterals;

base::Error storageError(const QFileDevice& file) { return {base::ErrorKind::Storage, file.errorString(), 0}; }

base::Expected<QByteArray> readPiece(const QString& path, qint64 offset, qint64 bytes)
{
    QFile file(path);
    if (!file.exists())
        return base::Error{base::ErrorKind::NotFound, u"no such file here"_s, 0};
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || !file.seek(offset))
        return storageError(file);
    const QByteArray piece = file.read(bytes);
    return piece.isNull() ? QByteArray("") : piece;
}

} // namespace ridealong::local
