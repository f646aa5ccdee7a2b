// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/saveoutput.h"

#include "consoleview/readline.h"

#include <QSaveFile>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

base::Expected<base::Done> write(const console::LineStore& lines, const QString& path)
{
    QSaveFile file(path);
    const auto failed = [&] { return base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(path, file.errorString()), 0}; };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    const qint64 count = lines.lineCount();
    for (qint64 index = 0; index < count; ++index) {
        const ReadLine line(lines, index);
        if (index > 0 && !(line->flags & console::Line::Continued) && file.write("\n", 1) != 1)
            return failed();
        if (file.write(line->text.data(), line->text.size()) != line->text.size())
            return failed();
    }
    if (count > 0)
        file.write("\n", 1);
    if (!file.commit())
        return failed();
    return base::Done{};
}

} // namespace

base::Async<base::Done> saveOutput(std::shared_ptr<const console::LineStore> lines, const QString& path)
{
    base::Promise<base::Done> promise;
    QThreadPool::globalInstance()->start([promise, lines = std::move(lines), path] { promise.answer(write(*lines, path)); });
    return promise.async();
}

} // namespace ridealong::consoleview
