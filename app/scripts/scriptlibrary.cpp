// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/scriptlibrary.h"

#include "base/worker.h"

#include <QDir>
#include <QFileSystemWatcher>
#include <QTimer>

#include <array>
#include <map>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSettleMs = 150; // editors write, rename and chmod in a burst

/// Everything that one reading found.
struct Reading
{
    QList<Script> scripts;
    QStringList problems;
    QStringList watched; ///< folders and files
};

bool isScriptName(const QString& name)
{
    static constexpr std::array kBackups{"~"_L1, ".bak"_L1, ".orig"_L1, ".rej"_L1, ".swp"_L1, ".swo"_L1, ".tmp"_L1, ".old"_L1, ".part"_L1,
        ".dpkg-old"_L1, ".dpkg-new"_L1, ".dpkg-dist"_L1, ".rpmsave"_L1, ".rpmnew"_L1};
    static constexpr std::array kDocuments{
        ".md"_L1, ".txt"_L1, ".rst"_L1, ".json"_L1, ".yaml"_L1, ".yml"_L1, ".toml"_L1, ".ini"_L1, ".conf"_L1, ".csv"_L1};
    if (name.startsWith(u'.') || name.startsWith(u'#') || name.startsWith(u"README", Qt::CaseInsensitive)
        || name.startsWith(u"LICENSE", Qt::CaseInsensitive))
        return false;
    const auto isEnd = [&name](QLatin1StringView end) { return name.endsWith(end, Qt::CaseInsensitive); };
    return std::none_of(kBackups.begin(), kBackups.end(), isEnd) && std::none_of(kDocuments.begin(), kDocuments.end(), isEnd);
}

bool hasControlCharacter(const QString& name)
{
    return std::any_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

void readFolder(const QString& folder, Reading& reading, std::map<QString, Script>& byName)
{
    // A folder that is not there yet is found by watching the one it will appear in.
    QString existing = folder;
    while (!existing.isEmpty() && existing != u"/" && !QFileInfo(existing).isDir())
        existing = QFileInfo(existing).path();
    reading.watched += existing;
    if (existing != folder)
        return;

    QStringList here;
    const QStringList names = QDir(folder).entryList(QDir::Files, QDir::Name); // links to files too; no sockets, no devices
    int count = 0;
    for (const QString& name : names) {
        if (!isScriptName(name))
            continue;
        if (++count > kMaxScripts) {
            reading.problems += u"%1: more than %2 scripts, the rest is not read"_s.arg(folder).arg(kMaxScripts);
            return;
        }
        if (hasControlCharacter(name)) {
            reading.problems += u"%1: a file name has a control character"_s.arg(folder);
            continue;
        }
        const QString path = folder + u'/' + name;
        reading.watched += path;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            reading.problems += u"%1: %2"_s.arg(name, file.errorString());
            continue;
        }
        Script script = parseScript(path, file.read(kMaxHeaderBytes));
        if (here.contains(script.name)) {
            reading.problems += u"%1: another file here is called '%2', too"_s.arg(name, script.name);
            continue;
        }
        here += script.name;
        byName[script.name] = std::move(script);
    }
}

Reading readFolders(const QStringList& folders)
{
    Reading reading;
    std::map<QString, Script> byName;
    for (const QString& folder : folders)
        readFolder(folder, reading, byName);
    QHash<QString, QString> owners;
    for (auto& [name, script] : byName) {
        const QString fileName = QFileInfo(script.path).fileName();
        for (const QString& problem : std::as_const(script.problems))
            reading.problems += u"%1: %2"_s.arg(fileName, problem);
        for (const chat::CommandSpec& spec : std::as_const(script.commands)) {
            if (const QString owner = owners.value(spec.name); !owner.isEmpty())
                reading.problems += u"%1: the command '%2' is %3's already"_s.arg(fileName, spec.name, owner);
            else
                owners[spec.name] = fileName;
        }
        reading.scripts += std::move(script);
    }
    return reading;
}

/// How many of `words` are the name, 0 when they do not begin with it. A name with a space may also come as one quoted word.
qsizetype matched(const QString& name, const QStringList& words, Qt::CaseSensitivity sensitivity)
{
    if (words.first().compare(name, sensitivity) == 0)
        return 1;
    const QStringList nameWords = name.split(u' ');
    if (nameWords.size() > words.size())
        return 0;
    for (qsizetype i = 0; i < nameWords.size(); ++i)
        if (words[i].compare(nameWords[i], sensitivity) != 0)
            return 0;
    return nameWords.size();
}

} // namespace

struct ScriptLibrary::Data
{
    QStringList folders;
    Reading reading;
    QFileSystemWatcher watcher;
    QTimer settle;
    base::Worker worker{u"scripts"_s};

    void watch()
    {
        const QStringList present = watcher.files() + watcher.directories();
        QStringList gone, fresh;
        for (const QString& path : present)
            if (!reading.watched.contains(path))
                gone += path;
        for (const QString& path : std::as_const(reading.watched))
            if (!present.contains(path) && !fresh.contains(path))
                fresh += path;
        if (!gone.isEmpty())
            watcher.removePaths(gone);
        if (!fresh.isEmpty())
            watcher.addPaths(fresh);
    }
};

ScriptLibrary::ScriptLibrary(QStringList folders, QObject* parent) : QObject(parent), m_data(std::make_unique<Data>())
{
    for (QString& folder : folders)
        folder = QDir::cleanPath(folder);
    m_data->folders = std::move(folders);
    m_data->reading = readFolders(m_data->folders); // a few small files; from then on the worker reads
    m_data->watch();

    m_data->settle.setSingleShot(true);
    m_data->settle.setInterval(kSettleMs);
    const auto touch = [this] { m_data->settle.start(); };
    connect(&m_data->watcher, &QFileSystemWatcher::directoryChanged, this, touch);
    connect(&m_data->watcher, &QFileSystemWatcher::fileChanged, this, touch);
    connect(&m_data->settle, &QTimer::timeout, this, [this] {
        const auto read = m_data->worker.run([list = m_data->folders] { return base::Expected<Reading>(readFolders(list)); });
        read.then(this, [this](base::Expected<Reading> reading) {
            if (!reading)
                return;
            m_data->reading = std::move(*reading);
            m_data->watch();
            emit changed();
        });
    });
}

ScriptLibrary::~ScriptLibrary() = default;

const QList<Script>& ScriptLibrary::scripts() const { return m_data->reading.scripts; }

QStringList ScriptLibrary::problems() const { return m_data->reading.problems; }

ScriptLibrary::Found ScriptLibrary::find(const QStringList& words) const
{
    if (words.isEmpty())
        return {};
    for (const auto sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        Found best;
        qsizetype longest = 0;
        for (const Script& script : std::as_const(m_data->reading.scripts)) {
            for (const chat::CommandSpec& spec : std::as_const(script.commands)) {
                const qsizetype taken = matched(spec.name, words, sensitivity);
                if (taken > 0 && spec.name.size() > longest) {
                    longest = spec.name.size();
                    best = {&script, &spec, taken};
                }
            }
        }
        if (best.script)
            return best;
    }
    return {};
}

} // namespace ridealong::scripts
