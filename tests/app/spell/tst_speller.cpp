// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "spell/speller.h"
#include "support/await.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using spell::Speller;
using tests::await;

class TestSpeller : public QObject
{
    Q_OBJECT

    void write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    std::unique_ptr<Speller> make() { return std::make_unique<Speller>(QStringList{m_folder->path()}, m_folder->filePath(u"words.txt"_s)); }
    static bool isRight(Speller& speller, const QString& word)
    {
        std::optional<bool> right;
        (void)QTest::qWaitFor([&] { return (right = speller.isRight(word)).has_value(); });
        if (!right)
            qFatal("no answer");
        return *right;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"en_XX.aff"_s, "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
        write(u"en_XX.dic"_s, "3\nmigration\narray\nna\xC3\xAFve\n");
        write(u"de_XX.aff"_s, "SET ISO8859-1\nTRY esi\n");
        write(u"de_XX.dic"_s,
            "2\nGr\xF6\xDF"
            "e\nSpeicher\n");
    }

    void knowsTheWordsOfItsDictionary()
    {
        auto speller = make();
        QCOMPARE(speller->languages(), (QStringList{u"de_XX"_s, u"en_XX"_s}));
        QCOMPARE(speller->languageFor(u"en_XX"_s), u"en_XX"_s);
        QCOMPARE(speller->languageFor(u"en_GB"_s), u"en_XX"_s);
        QVERIFY(speller->languageFor(u"fr_FR"_s).isEmpty());
        QCOMPARE(speller->isRight(u"migartion"_s), std::optional(true)); // nothing is checked yet
        speller->setLanguage(u"en_XX"_s);
        QVERIFY(!speller->isRight(u"migration"_s).has_value());
        QVERIFY(isRight(*speller, u"migration"_s));
        QVERIFY(isRight(*speller, u"naïve"_s));
        QVERIFY(!isRight(*speller, u"migartion"_s));
        QCOMPARE(await(speller->suggestions(u"migartion"_s)).valueOr({}).value(0), u"migration"_s);
        speller->setLanguage({});
        QCOMPARE(speller->isRight(u"migartion"_s), std::optional(true));
    }

    void knowsOtherEncodings()
    {
        auto speller = make();
        speller->setLanguage(u"de_XX"_s);
        QVERIFY(isRight(*speller, u"Größe"_s));
        QVERIFY(!isRight(*speller, u"Grösse"_s));
        QVERIFY(!isRight(*speller, u"размер"_s)); // letters that it does not have
        QVERIFY(isRight(*speller, u"Speicher"_s)); // and goes on after them
    }

    void learnsWords()
    {
        auto speller = make();
        speller->setLanguage(u"en_XX"_s);
        QVERIFY(!isRight(*speller, u"vmax"_s));
        QSignalSpy checked(speller.get(), &Speller::checked);
        speller->add(u"vmax"_s);
        QCOMPARE(checked.size(), 1);
        QVERIFY(isRight(*speller, u"vmax"_s));
        speller.reset(); // writes
        speller = make();
        speller->setLanguage(u"de_XX"_s);
        QCOMPARE(speller->isRight(u"vmax"_s), std::optional(true));
    }

    void asksForAllWordsOfATextTogether()
    {
        auto speller = make();
        speller->setLanguage(u"en_XX"_s);
        QSignalSpy checked(speller.get(), &Speller::checked);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(!speller->isRight(u"word"_s + QString(i % 26 + 1, u'x') + QChar(u'a' + i / 26)).has_value());
        QTRY_COMPARE(checked.size(), 1);
    }

    void takesWhatIsTooManyForRightAndAsksNoMore()
    {
        auto speller = make();
        speller->setLanguage(u"en_XX"_s);
        QSignalSpy checked(speller.get(), &Speller::checked);
        const auto word = [](qsizetype number) { return u"w%1"_s.arg(number); };
        for (qsizetype i = 0; i < Speller::kMaxKnown; ++i)
            QVERIFY(!speller->isRight(word(i)).has_value());
        QCOMPARE(speller->isRight(word(Speller::kMaxKnown)), std::optional(true));
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, 60'000);
        QCOMPARE(speller->isRight(word(0)), std::optional(false));
        QCOMPARE(speller->isRight(word(Speller::kMaxKnown - 1)), std::optional(false)); // none was forgotten
        QCOMPARE(speller->isRight(word(Speller::kMaxKnown)), std::optional(true));
        (void)await(speller->suggestions(u"migartion"_s)); // the worker has done what was asked before
        QCOMPARE(checked.size(), 1);
        speller->setLanguage(u"de_XX"_s);
        QVERIFY(!speller->isRight(word(0)).has_value());
    }

    void looksWhereTheSystemHasDictionaries()
    {
        const bool isSet = qEnvironmentVariableIsSet("XDG_DATA_DIRS");
        const QByteArray before = qgetenv("XDG_DATA_DIRS");
        qputenv("XDG_DATA_DIRS", "/opt/share:/srv/share");
        const QStringList own = Speller::systemFolders();
        qputenv("XDG_DATA_DIRS", "");
        const QStringList empty = Speller::systemFolders();
        qunsetenv("XDG_DATA_DIRS");
        const QStringList unset = Speller::systemFolders();
        if (isSet)
            qputenv("XDG_DATA_DIRS", before);
        QCOMPARE(own.value(0), u"/opt/share/hunspell"_s);
        QVERIFY(unset.contains(u"/usr/share/hunspell"_s));
        QCOMPARE(empty, unset);
    }

    void takesBadDictionaries()
    {
        write(u"bad.aff"_s, "SET NOT-AN-ENCODING\nSFX \xFF\xFE broken\nREP 99999\n");
        write(u"bad.dic"_s, "not a number\nword/\xFF\n");
        write(u"half.dic"_s, "1\nword\n"); // no .aff
        auto speller = make();
        QVERIFY(!speller->languages().contains(u"half"_s));
        for (const QString& language : {u"bad"_s, u"half"_s, u"../en_XX"_s, u"none"_s}) {
            speller->setLanguage(language);
            (void)isRight(*speller, u"word"_s); // any answer, no harm
        }
        speller->setLanguage(u"en_XX"_s);
        QVERIFY(isRight(*speller, QString(Speller::kMaxWordLength + 1, u'x'))); // nobody's word
        QVERIFY(!isRight(*speller, QString(Speller::kMaxWordLength, u'x')));
    }

    void worksWithTheSystemsDictionary()
    {
        Speller speller(Speller::systemFolders(), m_folder->filePath(u"words.txt"_s));
        if (!speller.languages().contains(u"en_US"_s))
            QSKIP("hunspell's English dictionary (hunspell-en-us) is not installed");
        speller.setLanguage(u"en_US"_s);
        QVERIFY(isRight(speller, u"storage"_s));
        QVERIFY(isRight(speller, u"don’t"_s) || isRight(speller, u"don't"_s));
        QVERIFY(!isRight(speller, u"storrage"_s));
        QVERIFY(await(speller.suggestions(u"storrage"_s)).valueOr({}).contains(u"storage"_s));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSpeller)
#include "tst_speller.moc"
