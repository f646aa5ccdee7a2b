// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Full-text search, a piece at a time.
#include "chat/searchtext.h"
#include "store/profiledata.h"
#include "store/profilequeries.h"

namespace ridealong::store {

using namespace Qt::StringLiterals;

namespace {

/// So many candidates are looked at for one answer: some 30 ms, for which everything else that is asked of the store waits.
constexpr int kLookedAt = 4000;
/// So many messages are put into the index for one answer.
constexpr int kIndexedAtOnce = 3000;
/// A word that is being typed stands for so many; one that could be more is looked for in the texts themselves, which have it often.
constexpr int kMaxBeginnings = 64;
/// A row's number is made of the time a message had first (profilequeries.h); our own may have had our clock's before the server's.
constexpr qint64 kRowSlackMs = 24 * 3600 * 1000LL;
constexpr qint64 kNewestRow = std::numeric_limits<qint64>::max();

/// Words of letters, digits and marks only: nothing in them can end the quotes.
QString quoted(const QStringList& words) { return u'"' + words.join(u' ') + u'"'; }

QString anyOf(const QString& columns, const QStringList& phrases) { return u"{%1} : (%2)"_s.arg(columns, phrases.join(u" OR "_s)); }

/// Where a mark is no accent (the vowel signs of India) the index ends a word: such a word is not in its list of words.
bool hasMarks(const QString& word)
{
    return std::any_of(word.cbegin(), word.cend(), [](QChar c) { return c.isMark(); });
}

} // namespace

struct ProfileStore::Data::SearchPlan
{
    QStringList terms; ///< of an FTS5 query, all of which must hold; none: every message is looked at
    bool readTexts = false; ///< the index alone cannot tell
    bool nothing = false; ///< no message can be a hit
    qint64 newest = kNewestRow; ///< no hit has a higher row
};

base::Expected<QList<qint64>> ProfileStore::Data::placesCalled(const QStringList& names, QStringList& unknown)
{
    struct Known
    {
        qint64 row = 0;
        QStringList names;
    };
    const auto bare = [](const QString& name) { return (name.startsWith(u'#') ? name.mid(1) : name).toCaseFolded(); };
    QList<Known> all;
    const base::Status read = database.each(u"SELECT id, name, key FROM conversations"_s, {}, [&](const Rows& row) {
        all.append({row.integer(0), {bare(row.text(1)), bare(row.text(2))}});
    });
    if (!read)
        return read.error();
    QList<qint64> found;
    for (const QString& name : names) {
        const QString wanted = bare(name);
        const qsizetype before = found.size();
        for (const bool whole : {true, false}) { // "op" is #ops only when nothing is called "op"
            for (const Known& known : std::as_const(all))
                for (const QString& called : known.names)
                    if ((whole ? called == wanted : called.startsWith(wanted)) && !found.contains(known.row))
                        found.append(known.row);
            if (found.size() > before)
                break;
        }
        if (found.size() == before)
            unknown.append(name);
    }
    return found;
}

base::Expected<QStringList> ProfileStore::Data::wordsBeginning(const QString& begin, int most)
{
    QStringList words;
    QString from = begin;
    while (words.size() < most) {
        // One question a word: the list has a row for each place where a word stands, and this leaps over them.
        auto next = database.select(u"SELECT term FROM messages_words WHERE term >= ? LIMIT 1"_s, {from});
        if (!next)
            return next.error();
        const bool found = next->next();
        if (auto status = next->status(); !status)
            return status.error();
        const QString word = found ? next->text(0) : QString();
        if (!found || !word.startsWith(begin))
            break;
        words.append(word);
        from = word + QChar(1); // what comes right behind it; no word has that character
    }
    return words;
}

/// The highest row in which all `terms` hold; 0: none. From there a search begins: else its frequent words are walked through in all
/// that is newer than an old room.
base::Expected<qint64> ProfileStore::Data::newestWith(const QStringList& terms)
{
    auto found
        = database.select(u"SELECT rowid FROM messages_text WHERE messages_text MATCH ? ORDER BY rowid DESC LIMIT 1"_s, {terms.join(u" AND "_s)});
    if (!found)
        return found.error();
    const qint64 row = found->next() ? found->integer(0) : 0;
    if (auto status = found->status(); !status)
        return status.error();
    return row;
}

base::Expected<ProfileStore::Data::SearchPlan> ProfileStore::Data::planSearch(const chat::SearchQuery& query, QStringList& unknownPlaces)
{
    SearchPlan plan;
    QStringList where;
    if (!query.in.isEmpty()) {
        const auto called = placesCalled(query.in, unknownPlaces);
        if (!called)
            return called.error();
        QStringList numbers;
        for (const qint64 row : *called)
            numbers.append(quoted({QString::number(row)}));
        plan.nothing = numbers.isEmpty();
        if (!plan.nothing)
            where.append(anyOf(u"conversation"_s, numbers));
    }
    if (!query.conversation.isEmpty()) {
        const auto row = knownRow(query.conversation);
        if (!row)
            return row.error();
        plan.nothing = plan.nothing || *row == 0;
        where.append(anyOf(u"conversation"_s, {quoted({QString::number(*row)})}));
    }
    if (!where.isEmpty() && !plan.nothing) {
        const auto newest = newestWith(where);
        if (!newest)
            return newest.error();
        plan.newest = *newest;
        plan.nothing = *newest == 0;
        plan.terms = where;
    }
    QStringList senders;
    for (const QString& name : query.from) {
        QStringList words;
        for (const chat::FoldedWord& word : chat::foldedWords(name))
            words.append(name.mid(word.begin, word.end - word.begin));
        if (!words.isEmpty())
            senders.append(quoted(words));
    }
    if (!senders.isEmpty())
        plan.terms.append(anyOf(u"sender sender_name"_s, senders));
    for (const QStringList& phrase : query.phrases)
        plan.terms.append(anyOf(u"text"_s, {quoted(phrase)}));
    if (query.hasLink) // a word of every link; that it is one is seen in the text
        plan.terms.append(anyOf(u"text"_s, {u"\"http\""_s, u"\"https\""_s}));
    plan.readTexts = query.hasLink || query.hasFile;
    if (query.unfinished.isEmpty() || plan.nothing)
        return plan;

    const QStringList whole = query.unfinished.mid(0, query.unfinished.size() - 1);
    if (!whole.isEmpty()) {
        plan.terms.append(anyOf(u"text"_s, {quoted(whole)}));
        plan.readTexts = true; // they must stand behind each other
    }
    const QString& last = query.unfinished.last();
    if (hasMarks(last)) {
        plan.readTexts = true;
        return plan;
    }
    const auto begun = wordsBeginning(chat::foldedWord(last), kMaxBeginnings);
    if (!begun)
        return begun.error();
    if (begun->size() == kMaxBeginnings) {
        plan.readTexts = true;
    } else if (begun->isEmpty()) {
        plan.nothing = true;
    } else {
        QStringList words;
        for (const QString& word : *begun)
            words.append(quoted({word}));
        plan.terms.append(anyOf(u"text"_s, words));
    }
    return plan;
}

base::Expected<chat::SearchPage> ProfileStore::Data::search(const chat::SearchQuery& query, qint64 from, int limit)
{
    chat::SearchPage page;
    if (query.isEmpty())
        return page;
    if (from <= 0 || from == kNewestRow) {
        from = kNewestRow;
        // On a full disk or in a read-only profile there is still what is indexed already.
        if (const auto more = indexSome(kIndexedAtOnce); more && *more) {
            page.preparing = true;
            page.next = kNewestRow;
            return page;
        }
    }
    const auto plan = planSearch(query, page.unknownPlaces);
    if (!plan)
        return plan.error();
    if (plan->nothing)
        return page;

    from = std::min(from, plan->newest + (plan->newest < kNewestRow));
    const qint64 first = query.beforeMs ? std::min(from, firstRowOf(*query.beforeMs + kRowSlackMs)) : from;
    const qint64 last = query.sinceMs ? firstRowOf(*query.sinceMs - kRowSlackMs) : 0;
    QVariantList values{first, last, kLookedAt};
    if (!plan->terms.isEmpty())
        values.prepend(plan->terms.join(u" AND "_s));
    auto found = database.select(searchQuery(!plan->terms.isEmpty()), values);
    if (!found)
        return found.error();

    static const int kBehind = int(kMessageColumns.count(u',')) + 1;
    constexpr int kTime = 4, kText = 6, kFlags = 11;
    const chat::SearchMatcher matcher(query);
    const qsizetype wanted = std::clamp(limit, 1, kMaxRows);
    int looked = 0;
    while (page.hits.size() < wanted && found->next()) {
        ++looked;
        page.next = found->integer(kBehind + 2);
        const qint64 time = found->integer(kTime);
        if (found->value(kFlags).toInt() & kDeleted || time < query.sinceMs.value_or(time) || (query.beforeMs && time >= *query.beforeMs))
            continue;
        if (plan->readTexts) {
            const QString text = found->text(kText);
            if (!matcher.matches(text) || (query.hasLink && !chat::hasLink(text)))
                continue;
        }
        chat::SearchHit hit;
        hit.message = readMessage(*found, {base::AccountId(found->text(kBehind)), found->text(kBehind + 1)});
        if (query.hasFile && hit.message.attachments.isEmpty())
            continue;
        matcher.present(hit);
        page.hits.append(hit);
    }
    if (auto status = found->status(); !status)
        return status.error();
    if (page.hits.size() < wanted && looked < kLookedAt)
        page.next = 0;
    // Rows are in order of time to the millisecond; within it they are as they came.
    std::stable_sort(page.hits.begin(), page.hits.end(), [](const chat::SearchHit& a, const chat::SearchHit& b) {
        return std::pair(a.message.timeMs, a.message.order) > std::pair(b.message.timeMs, b.message.order);
    });
    return page;
}

} // namespace ridealong::store
