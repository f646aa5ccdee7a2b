// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/format.h"
#include "console/ingest.h"

#include <QDir>

#include <optional>

namespace ridealong::tests {

inline std::shared_ptr<console::LineStore> storedOutput(QByteArrayView bytes, qsizetype piece = 0)
{
    auto store = std::make_shared<console::LineStore>();
    console::Ingest ingest(store);
    for (qsizetype at = 0; at < bytes.size(); at += piece > 0 ? piece : bytes.size())
        ingest.feed(bytes.sliced(at, std::min(piece > 0 ? piece : bytes.size(), bytes.size() - at)));
    ingest.parser.finish();
    ingest.writer.publish();
    return store;
}

inline QString nameOf(console::Format format)
{
    static const char* const kNames[] = {"text", "json", "yaml", "table", "diff", "log", "stacktrace", "markdown", "code", "image"};
    return QString::fromLatin1(kNames[int(format)]);
}

/// tests/golden/format/NAME.FORMAT: what programs really print.
struct CorpusFile
{
    QString name;
    QString format;
    QByteArray bytes;
    bool isHeldOut = false; ///< in holdout.list: detection was not tuned on it
};

inline std::vector<CorpusFile> formatCorpus(const QString& source)
{
    const QDir folder(source + QStringLiteral("/tests/golden/format"));
    QFile list(folder.filePath(QStringLiteral("holdout.list")));
    const QList<QByteArray> heldOut = list.open(QIODevice::ReadOnly) ? list.readAll().split('\n') : QList<QByteArray>();
    std::vector<CorpusFile> files;
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        const QString suffix = name.section(u'.', -1);
        QFile file(folder.filePath(name));
        if (suffix != QStringLiteral("list") && suffix != QStringLiteral("md") && file.open(QIODevice::ReadOnly))
            files.push_back({name, suffix, file.readAll(), heldOut.contains(name.toUtf8())});
    }
    return files;
}

} // namespace ridealong::tests
