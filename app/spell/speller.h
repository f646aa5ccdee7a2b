// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/worker.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>
#include <optional>

class Hunspell;

namespace ridealong::spell {

/// Words against a dictionary of the system (hunspell's), and against those that the user taught it. The dictionary is read
/// and asked on a worker; what it said is remembered here.
class Speller : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMaxWordLength = 60; ///< UTF-16 units; longer ones are nobody's word and are not looked up
    static constexpr int kMaxSuggestions = 6;
    static constexpr qsizetype kMaxKnown = 50'000; ///< words remembered of a language; a text of ours has some thousands

    /// Dictionaries lie in `folders`; `ownWords` is the file with the user's own, a line each.
    Speller(QStringList folders, QString ownWords, QObject* parent = nullptr);
    ~Speller() override;

    static QStringList systemFolders();
    QStringList languages() const; ///< that there are dictionaries for: "de_DE", "en_US"; sorted
    /// The one for a locale: "en_GB", else another English one; empty: none.
    QString languageFor(const QString& locale) const;

    /// Empty: nothing is checked.
    void setLanguage(const QString& language);
    const QString& language() const { return m_language; }

    /// Nothing: not known yet; it is looked up, and `checked` tells when more is known. Once there are kMaxKnown, others are
    /// taken for right: to forget some for them would be to ask for those again, for ever.
    std::optional<bool> isRight(const QString& word);
    base::Async<QStringList> suggestions(const QString& word);
    /// A word of the user's own, from now on right in every language.
    void add(const QString& word);

signals:
    void checked();

private:
    struct Dictionary;

    void lookUp();

    QStringList m_folders;
    QString m_ownFile;
    QString m_language;
    QSet<QString> m_own;
    QHash<QString, bool> m_known;
    QSet<QString> m_asked; ///< not answered yet
    QStringList m_next; ///< to be asked together
    bool m_scheduled = false;
    std::shared_ptr<Dictionary> m_dictionary; ///< used on the worker only
    base::Worker m_worker; ///< last
};

} // namespace ridealong::spell
