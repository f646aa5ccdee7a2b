// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "spell/speller.h"

#include <QDir>
#include <QFile>
#include <QStringConverter>

#include <hunspell/hunspell.hxx>

namespace ridealong::spell {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxOwnBytes = 1 << 20; ///< of the file of one's own words
constexpr qint64 kMaxDictionaryBytes = 64 << 20;

bool isLanguage(const QString& name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; });
}

} // namespace

struct Speller::Dictionary
{
    QString stem; ///< of the files; empty: they were read, or tried
    std::unique_ptr<Hunspell> hunspell;
    QStringEncoder encoder{QStringConverter::Utf8};
    QStringDecoder decoder{QStringConverter::Utf8};

    /// At the first question: who writes nothing needs no dictionary in memory.
    void open()
    {
        if (stem.isEmpty())
            return;
        const QFileInfo affixes(stem + u".aff"_s), words(stem + u".dic"_s);
        stem.clear();
        if (!affixes.isFile() || !words.isFile() || words.size() > kMaxDictionaryBytes || affixes.size() > kMaxDictionaryBytes)
            return;
        hunspell = std::make_unique<Hunspell>(QFile::encodeName(affixes.filePath()).constData(), QFile::encodeName(words.filePath()).constData());
        const char* encoding = hunspell->get_dict_encoding().c_str();
        encoder = QStringEncoder(encoding);
        decoder = QStringDecoder(encoding);
        if (!encoder.isValid() || !decoder.isValid()) { // one that Qt does not know: Latin 1 is the best guess for old ones
            encoder = QStringEncoder(QStringConverter::Latin1);
            decoder = QStringDecoder(QStringConverter::Latin1);
        }
    }
    bool isRight(const QString& word)
    {
        open();
        if (!hunspell)
            return true;
        const QByteArray bytes = encoder.encode(word);
        if (encoder.hasError()) { // a letter that the language does not have
            encoder.resetState();
            return false;
        }
        return hunspell->spell(bytes.toStdString());
    }
    QStringList suggestions(const QString& word)
    {
        QStringList found;
        open();
        if (!hunspell)
            return found;
        for (const std::string& one : hunspell->suggest(QByteArray(encoder.encode(word)).toStdString())) {
            found += QString(decoder.decode(QByteArrayView(one.data(), qsizetype(one.size()))));
            if (found.size() == kMaxSuggestions)
                break;
        }
        return found;
    }
};

Speller::Speller(QStringList folders, QString ownWords, QObject* parent)
    : QObject(parent),
      m_folders(std::move(folders)),
      m_ownFile(std::move(ownWords)),
      m_worker(u"speller"_s)
{
    if (QFile file(m_ownFile); file.open(QIODevice::ReadOnly))
        for (const QString& word : QString::fromUtf8(file.read(kMaxOwnBytes)).split(u'\n', Qt::SkipEmptyParts))
            m_own.insert(word.trimmed());
}

Speller::~Speller() = default;

QStringList Speller::systemFolders()
{
    QStringList folders;
    const QString data = qEnvironmentVariable("XDG_DATA_DIRS");
    // "If $XDG_DATA_DIRS is either not set or empty": XDG Base Directory Specification.
    for (const QString& folder : (data.isEmpty() ? u"/usr/local/share:/usr/share"_s : data).split(u':', Qt::SkipEmptyParts))
        folders << folder + u"/hunspell"_s << folder + u"/myspell/dicts"_s;
    return folders;
}

QStringList Speller::languages() const
{
    QStringList found;
    for (const QString& folder : m_folders)
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files))
            if (file.suffix() == "dic"_L1 && isLanguage(file.completeBaseName())
                && QFile::exists(folder + u'/' + file.completeBaseName() + u".aff"_s))
                found += file.completeBaseName();
    found.sort();
    found.removeDuplicates();
    return found;
}

QString Speller::languageFor(const QString& locale) const
{
    const QStringList all = languages();
    if (all.contains(locale))
        return locale;
    const QString language = locale.section(u'_', 0, 0);
    for (const QString& one : all)
        if (one == language || one.startsWith(language + u'_'))
            return one;
    return {};
}

void Speller::setLanguage(const QString& language)
{
    if (m_language == language)
        return;
    m_language = language;
    m_known.clear();
    m_asked.clear();
    m_next.clear();
    m_dictionary.reset();
    for (const QString& folder : std::as_const(m_folders))
        if (isLanguage(language) && QFile::exists(folder + u'/' + language + u".dic"_s)) {
            m_dictionary = std::make_shared<Dictionary>();
            m_dictionary->stem = folder + u'/' + language;
            break;
        }
    emit checked();
}

std::optional<bool> Speller::isRight(const QString& word)
{
    if (!m_dictionary || word.size() > kMaxWordLength || m_own.contains(word))
        return true;
    if (const auto known = m_known.constFind(word); known != m_known.cend())
        return *known;
    if (!m_asked.contains(word)) {
        if (m_known.size() + m_asked.size() >= kMaxKnown)
            return true;
        m_asked.insert(word);
        m_next += word;
        if (!std::exchange(m_scheduled, true)) // all words of a text together
            QMetaObject::invokeMethod(this, &Speller::lookUp, Qt::QueuedConnection);
    }
    return std::nullopt;
}

void Speller::lookUp()
{
    m_scheduled = false;
    if (!m_dictionary || m_next.isEmpty())
        return;
    using Answer = base::Expected<QList<bool>>;
    m_worker
        .run([dictionary = m_dictionary, words = m_next]() -> Answer {
            QList<bool> right;
            for (const QString& word : words)
                right += dictionary->isRight(word);
            return right;
        })
        .then(this, [this, words = m_next, language = m_language](const Answer& right) {
            if (!right || language != m_language)
                return;
            for (qsizetype i = 0; i < words.size(); ++i) {
                m_known.insert(words[i], right->at(i));
                m_asked.remove(words[i]);
            }
            emit checked();
        });
    m_next.clear();
}

base::Async<QStringList> Speller::suggestions(const QString& word)
{
    if (!m_dictionary || word.size() > kMaxWordLength)
        return base::Async<QStringList>::ready(QStringList());
    return m_worker.run([dictionary = m_dictionary, word]() -> base::Expected<QStringList> { return dictionary->suggestions(word); });
}

void Speller::add(const QString& word)
{
    const QString one = word.trimmed();
    if (one.isEmpty() || one.size() > kMaxWordLength || one.contains(u'\n') || m_own.contains(one))
        return;
    m_own.insert(one);
    m_worker.post([path = m_ownFile, one] {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append) || file.write(one.toUtf8() + '\n') < 0)
            qWarning("a word of one's own could not be kept: %s", qPrintable(file.errorString()));
    });
    emit checked();
}

} // namespace ridealong::spell
