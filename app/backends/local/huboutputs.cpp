// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/huboutputs.h"

#include "base/log.h"
#include "local/filepieces.h"
#include "local/packedfile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>

namespace ridealong::local {

using namespace Qt::StringLiterals;

namespace {

const QString kPacked = u".zst"_s;
constexpr qint64 kWorthPacking = 4096; ///< a smaller file takes a block of the disk either way
constexpr qint64 kDayMs = qint64(24) * 60 * 60 * 1000;
constexpr qint64 kFreshMs = 60'000; ///< changed so lately, it may be of a run that began since one looked which are open

const QString kHashed = u"x."_s; ///< begins the name of a run whose own cannot be a file's

bool isName(const QString& name) { return HubOutputs::isRun(name.startsWith(kHashed) ? name.sliced(kHashed.size()) : name); }

void pack(const QString& path)
{
    if (QFileInfo(path).size() <= kWorthPacking)
        return;
    if (const auto packed = packFile(path, path + kPacked); !packed) {
        qCWarning(lcHub) << "an output stays uncompressed:" << packed.error().detail;
        return;
    }
    if (QFile copy(path + kPacked); copy.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        copy.setFileTime(QFileInfo(path).lastModified(), QFileDevice::FileModificationTime); // its age is the output's
    QFile::remove(path);
}

struct Output
{
    QString name;
    qint64 bytes = 0;
    qint64 changedMs = 0;
};

/// Oldest first.
std::vector<Output> outputsOf(const QString& folder)
{
    std::vector<Output> outputs;
    for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files | QDir::NoSymLinks)) {
        const QString name = file.fileName().endsWith(kPacked) ? file.fileName().chopped(kPacked.size()) : file.fileName();
        outputs.push_back({name, file.size(), file.lastModified().toMSecsSinceEpoch()});
    }
    std::ranges::sort(outputs, {}, &Output::changedMs);
    return outputs;
}

} // namespace

HubOutputs::HubOutputs(QString folder, base::Worker& disk)
    : m_folder(std::move(folder)),
      m_disk(disk),
      m_compressor(std::make_unique<base::Worker>(u"hub outputs"_s))
{}

bool HubOutputs::isRun(const QString& name)
{
    return !name.isEmpty() && name.size() <= 64
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-' || c == u'_'); });
}

QString HubOutputs::nameOf(const base::RunId& run)
{
    const QString& id = run.text();
    return isRun(id) ? id : kHashed + QString::fromLatin1(QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex());
}

base::Async<QByteArray> HubOutputs::read(const base::RunId& run, qint64 offset, qint64 bytes) const
{
    return m_disk.run([path = pathOf(run), offset, bytes] {
        auto piece = readPiece(path, offset, bytes);
        if (!piece && piece.error().kind == base::ErrorKind::NotFound)
            piece = readPackedPiece(path + kPacked, offset, bytes);
        return piece;
    });
}

void HubOutputs::compress(const base::RunId& run)
{
    m_compressor->post([path = pathOf(run)] { pack(path); });
}

base::Async<QStringList> HubOutputs::overdue(const OutputLimits& limits, const QSet<QString>& open, qint64 nowMs)
{
    return m_compressor->run([folder = m_folder, limits, open, nowMs]() -> base::Expected<QStringList> {
        const auto isInUse = [&](const Output& output) { return open.contains(output.name) || nowMs - output.changedMs < kFreshMs; };
        for (const Output& output : outputsOf(folder))
            if (!isInUse(output) && isName(output.name))
                pack(folder + u'/' + output.name);
        const std::vector<Output> outputs = outputsOf(folder);
        qint64 bytes = 0;
        for (const Output& output : outputs)
            bytes += output.bytes;
        QStringList names;
        for (const Output& output : outputs) {
            const bool isOld = limits.days > 0 && nowMs - output.changedMs > limits.days * kDayMs;
            const bool isTooMuch = limits.bytes > 0 && bytes > limits.bytes;
            const bool isLeft = !isName(output.name); // half a file of a hub that was killed
            if (isInUse(output) || (!isOld && !isTooMuch && !isLeft))
                continue;
            names.append(output.name);
            bytes -= output.bytes;
        }
        return names;
    });
}

void HubOutputs::remove(const QStringList& names)
{
    m_compressor->post([folder = m_folder, names] {
        for (const QString& name : names) {
            QFile::remove(folder + u'/' + name);
            QFile::remove(folder + u'/' + name + kPacked);
        }
    });
}

} // namespace ridealong::local
