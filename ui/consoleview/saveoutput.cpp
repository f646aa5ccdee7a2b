// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/saveoutput.h"

#include "consoleview/readline.h"

#include <QSaveFile>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

bool writeLines(const console::LineStore& lines, QSaveFile& file)
{
    const qint64 count = lines.lineCount();
    for (qint64 index = 0; index < count; ++index) {
        const ReadLine line(lines, index);
        if (index > 0 && !(line->flags & console::Line::Continued) && file.write("\n", 1) != 1)
            return false;
        if (file.write(line->text.data(), line->text.size()) != line->text.size())
            return false;
    }
    return count == 0 || file.write("\n", 1) == 1;
}

base::Async<base::Done> save(const QString& path, std::function<bool(QSaveFile&)> write)
{
    base::Promise<base::Done> promise;
    QThreadPool::globalInstance()->start([promise, path, write = std::move(write)] {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && write(file) && file.commit())
            promise.answer(base::Done{});
        else
            promise.answer(base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, file.errorString()), 0});
    });
    return promise.async();
}

} // namespace

base::Async<base::Done> saveOutput(std::shared_ptr<const console::LineStore> lines, const QString& path)
{
    return save(path, [lines = std::move(lines)](QSaveFile& file) { return writeLines(*lines, file); });
}

base::Async<base::Done> saveBytes(const QByteArray& bytes, const QString& path)
{
    return save(path, [bytes](QSaveFile& file) { return file.write(bytes) == bytes.size(); });
}

} // namespace ridealong::consoleview
