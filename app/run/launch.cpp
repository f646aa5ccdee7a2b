// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "run/launch.h"

#include "run/environment.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

namespace ridealong::run {

using namespace Qt::StringLiterals;

namespace {

/// The name as that of a folder: nothing in it leads elsewhere.
QString folderName(const QString& scriptName)
{
    QString name = scriptName;
    for (QChar& c : name)
        if (c == u'/' || c == QChar(0))
            c = u'_';
    return name.startsWith(u'.') || name.isEmpty() ? u'_' + name : name;
}

/// "/usr/bin/env bash": what has to be there is bash. Empty when nothing is missing.
QString missingInterpreter(const QStringList& interpreter, const QList<QByteArray>& environment)
{
    if (interpreter.isEmpty())
        return {};
    if (findProgram(QFile::encodeName(interpreter.first()), environment).isEmpty() || !interpreter.first().startsWith(u'/'))
        return QFileInfo(interpreter.first()).isExecutable() ? QString() : interpreter.first();
    if (!interpreter.first().endsWith(u"/env") || interpreter.size() < 2 || interpreter[1].startsWith(u'-'))
        return {};
    return findProgram(QFile::encodeName(interpreter[1]), environment).isEmpty() ? interpreter[1] : QString();
}

} // namespace

base::Expected<SpawnRequest> launchRequest(
    const ParsedCommand& command, const chat::RunReport& report, const QString& workingFolder, const QString& stateFolder)
{
    SpawnRequest request;
    request.workingFolder = QFile::encodeName(workingFolder);
    request.environment = scriptEnvironment(processEnvironment());
    const QString state = stateFolder + u'/' + folderName(command.script.name);
    if (!QDir().mkpath(state))
        return base::Error{base::ErrorKind::Storage, u"cannot make the script's folder %1"_s.arg(state), 0};
    QFile::setPermissions(state, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const auto set = [&request](const char* name, const QString& value) {
        QString clean = value;
        clean.remove(QChar(0));
        request.environment += QByteArray(name) + '=' + clean.toUtf8();
    };
    set("COLUMNS", QString::number(request.columns));
    set("LINES", QString::number(request.rows));
    set("RIDEALONG_ROOM", report.conversation.key());
    set("RIDEALONG_USER", report.senderName.isEmpty() ? report.sender.text() : report.senderName);
    set("RIDEALONG_RUN", report.run.text());
    set("RIDEALONG_ENVIRONMENT", report.environment);
    set("RIDEALONG_STATE", state);

    const QFileInfo file(command.script.path);
    const QString path = file.absoluteFilePath();
    if (!file.isFile())
        return base::Error{base::ErrorKind::NotFound, u"the script %1 is gone"_s.arg(path), 0};
    const QStringList& interpreter = command.script.interpreter;
    if (const QString missing = missingInterpreter(interpreter, request.environment); !missing.isEmpty())
        return base::Error{base::ErrorKind::NotFound, u"the interpreter '%1' of %2 is missing"_s.arg(missing, path), 0};
    QStringList words = scriptArguments(command);
    words.prepend(path);
    if (!file.isExecutable()) {
        if (interpreter.isEmpty())
            return base::Error{base::ErrorKind::Unsupported,
                u"%1 is not executable and does not name an interpreter; 'chmod +x' it or begin it with '#!'"_s.arg(path), 0};
        words = interpreter + words;
    }
    for (const QString& word : std::as_const(words))
        request.arguments += word.toUtf8();
    return request;
}

QByteArray fingerprint(const scripts::Script& script)
{
    struct stat status
    {};
    QFile file(script.path);
    if (!file.open(QIODevice::ReadOnly) || fstat(file.handle(), &status) != 0 || !S_ISREG(status.st_mode))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (status.st_size <= kMaxHashedBytes) {
        hash.addData(file.read(kMaxHashedBytes));
    } else {
        // Nobody can set the time of the last change of status back.
        for (const qint64 part : {qint64(status.st_dev), qint64(status.st_ino), qint64(status.st_size), qint64(status.st_mtim.tv_sec),
                 qint64(status.st_mtim.tv_nsec), qint64(status.st_ctim.tv_sec), qint64(status.st_ctim.tv_nsec)})
            hash.addData(QByteArray::number(part) + ' ');
    }
    return hash.result();
}

void describeEnd(const PtyEnd& end, const ParsedCommand& command, chat::RunReport& report)
{
    QStringList details;
    if (end.startError != 0) {
        report.state = chat::RunState::Error;
        QString why = QString::fromLocal8Bit(strerror(end.startError));
        if (end.startError == ENOEXEC)
            why = u"no program and no '#!' line"_s;
        else if (end.startError == ENOENT && end.failedStep == u"execute" && QFileInfo::exists(command.script.path))
            why = u"its interpreter '%1' is missing"_s.arg(command.script.interpreter.value(0));
        details += u"could not %1 %2: %3"_s.arg(end.failedStep, command.script.path, why);
    } else if (end.exitCode) {
        report.exitCode = end.exitCode;
        report.state = *end.exitCode == 0 ? chat::RunState::Succeeded : chat::RunState::Failed;
        if (*end.exitCode != 0)
            details += u"exit code %1"_s.arg(*end.exitCode);
    } else {
        report.state = chat::RunState::Error;
        details += u"killed by signal %1 (%2)"_s.arg(end.signal).arg(QString::fromLatin1(sigdescr_np(end.signal)).toLower());
    }
    if (!end.storageError.isEmpty())
        details += u"output could not be stored: %1"_s.arg(end.storageError);
    report.detail = details.join(u"; "_s);
    report.progress.reset();
    report.outputBytes = end.outputBytes;
    report.omittedBytes = end.omittedBytes;
    report.omittedAt = end.omittedAt;
}

} // namespace ridealong::run
