// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/matcher.h"

#include "palette/score.h"

#include <QStringList>

#include <array>
#include <limits>

namespace ridealong::palette {
namespace {

/// Words of a query beyond this are ignored.
constexpr int kMaxTerms = 16;
constexpr char16_t kMaxNarrow = 0xff;
/// Hits of shorter queries that are kept while somebody types.
constexpr size_t kMaxRemembered = 8;
constexpr double kAliasWeight = 0.95;
constexpr double kDescriptionWeight = 0.5;

struct Term
{
    enum class Kind { Fuzzy, Exact, Prefix, Suffix, Whole };
    Kind kind = Kind::Fuzzy;
    bool negated = false;
    bool caseSensitive = false;
    std::u16string text;
    std::string narrow; ///< the same, one byte a character; empty when that cannot be
    quint64 mask = 0;
    bool isOwnBit = false; ///< a single letter or digit: a mask that has its bit is proof enough
    int later = 0; ///< the most that the terms behind this one can score
};

char16_t fold(char16_t c) { return c < 128 ? (c >= 'A' && c <= 'Z' ? char16_t(c + 32) : c) : char16_t(QChar::toLower(c)); }

/// Letters and digits each a bit, the rest shares what is left: a text without a bit of the query cannot match.
quint64 bitOf(char16_t folded)
{
    if (folded >= 'a' && folded <= 'z')
        return 1ull << (folded - 'a');
    if (folded >= '0' && folded <= '9')
        return 1ull << (26 + folded - '0');
    return 1ull << (36 + folded % 28);
}
constexpr quint64 kFirstSharedBit = 1ull << 36;

std::vector<Term> termsOf(const QString& query)
{
    std::vector<Term> terms;
    for (QString word : query.split(u' ', Qt::SkipEmptyParts)) {
        if (terms.size() == kMaxTerms)
            break;
        Term term;
        if (word.startsWith(u'!')) {
            term.negated = true;
            term.kind = Term::Kind::Exact;
            word.remove(0, 1);
        }
        if (word.startsWith(u'\'')) {
            // In fzf !'x is fuzzy; nobody expects that, so it stays exact.
            term.kind = Term::Kind::Exact;
            word.remove(0, 1);
        } else if (word.startsWith(u'^')) {
            term.kind = Term::Kind::Prefix;
            word.remove(0, 1);
        }
        if (word.size() > 1 && word.endsWith(u'$')) {
            term.kind = term.kind == Term::Kind::Prefix ? Term::Kind::Whole : Term::Kind::Suffix;
            word.chop(1);
        }
        if (word.isEmpty())
            continue;
        word.truncate(kMaxExactLength);
        term.caseSensitive = std::any_of(word.begin(), word.end(), [](QChar c) { return c.isUpper(); });
        for (const QChar c : word) {
            term.text += term.caseSensitive ? c.unicode() : fold(c.unicode());
            term.mask |= bitOf(fold(c.unicode()));
        }
        term.isOwnBit = term.kind == Term::Kind::Fuzzy && !term.caseSensitive && term.text.size() == 1 && term.mask < kFirstSharedBit;
        if (std::all_of(term.text.begin(), term.text.end(), [](char16_t c) { return c <= kMaxNarrow; }))
            term.narrow.assign(term.text.begin(), term.text.end());
        terms.push_back(std::move(term));
    }
    for (size_t i = terms.size(); i > 1; --i)
        terms[i - 2].later = terms[i - 1].later + (terms[i - 1].negated ? 0 : bestScore(terms[i - 1].text.size()));
    return terms;
}

/// Where a term that is no fuzzy one stands best in `text`, or npos.
template <typename Char> size_t placeOf(Term::Kind kind, std::basic_string_view<Char> text, std::basic_string_view<Char> pattern, const quint8* bonus)
{
    if (pattern.size() > text.size())
        return text.npos;
    switch (kind) {
    case Term::Kind::Prefix: return text.starts_with(pattern) ? 0 : text.npos;
    case Term::Kind::Suffix: return text.ends_with(pattern) ? text.size() - pattern.size() : text.npos;
    case Term::Kind::Whole: return text == pattern ? 0 : text.npos;
    default: break;
    }
    // The best of all places, so that a word's beginning wins.
    size_t at = text.npos;
    int best = -1;
    for (size_t i = text.find(pattern); i != text.npos; i = text.find(pattern, i + 1)) {
        if (const int score = exactScore(bonus, i, pattern.size()); score > best) {
            best = score;
            at = i;
        }
    }
    return at;
}

int scoreOf(const Term& term, const Subject& subject, std::vector<int>* positions = nullptr)
{
    if (term.kind == Term::Kind::Fuzzy)
        return fuzzyScore(subject, term.text, term.caseSensitive, positions);
    const auto span = term.caseSensitive ? subject.cased : subject.folded;
    const size_t at = placeOf<char16_t>(term.kind, {span.data(), span.size()}, term.text, subject.bonus);
    if (at == std::u16string_view::npos)
        return -1;
    if (positions)
        for (size_t i = 0; i < term.text.size(); ++i)
            positions->push_back(int(at + i));
    return exactScore(subject.bonus, at, term.text.size());
}

/// The texts of all items behind each other.
template <typename Char> struct Texts
{
    std::basic_string<Char> folded;
    std::basic_string<Char> cased;
    std::vector<quint8> bonus;

    quint32 add(const QString& text)
    {
        const auto begin = quint32(cased.size());
        for (const QChar c : text) {
            cased += Char(c.unicode());
            folded += Char(fold(c.unicode()));
        }
        bonus.resize(cased.size());
        bonusesOf({reinterpret_cast<const char16_t*>(text.utf16()), size_t(text.size())}, bonus.data() + begin);
        return begin;
    }
};

struct Field
{
    quint32 begin = 0; ///< in its Texts
    quint32 size : 31 = 0;
    quint32 narrow : 1 = 1;
};

/// Name, alias and description.
struct Entry
{
    std::array<Field, 3> fields;
    bool onlyName() const { return fields[1].size == 0 && fields[2].size == 0; }
};

/// The best `limit` of what is offered, each as one number: the larger the better. Score, whether preferred, shortness of the
/// name and then the order of the items.
class Best
{
public:
    explicit Best(size_t limit) : m_limit(limit) {}

    static constexpr int kScoreBias = 1 << 19;
    static int scoreOfKey(quint64 key) { return int(key >> 44) - kScoreBias; }
    static quint64 key(int score, bool preferred, quint32 length, int item)
    {
        const auto biased = quint64(std::clamp(score, -kScoreBias, kScoreBias - 1) + kScoreBias);
        return biased << 44 | quint64(preferred) << 43 | quint64(4095 - std::min(length, 4095u)) << 31 | quint64(0x7fff'ffff - item);
    }
    bool wants(quint64 key) const { return m_keys.size() < m_limit || (m_limit > 0 && key > m_keys.front()); }
    /// The least score with which that item is wanted.
    int leastScore(bool preferred, quint32 length, int item) const
    {
        if (m_keys.size() < m_limit)
            return 0;
        if (m_limit == 0)
            return std::numeric_limits<int>::max();
        const int least = scoreOfKey(m_keys.front());
        return wants(key(least, preferred, length, item)) ? least : least + 1;
    }
    void add(quint64 key)
    {
        if (!wants(key))
            return;
        if (m_keys.size() == m_limit) {
            std::pop_heap(m_keys.begin(), m_keys.end(), std::greater<>());
            m_keys.pop_back();
        }
        m_keys.push_back(key);
        std::push_heap(m_keys.begin(), m_keys.end(), std::greater<>());
    }
    std::vector<Matcher::Match> take()
    {
        std::sort(m_keys.begin(), m_keys.end(), std::greater<>());
        std::vector<Matcher::Match> matches;
        for (const quint64 key : m_keys)
            matches.push_back({int(0x7fff'ffff - (key & 0x7fff'ffff)), scoreOfKey(key)});
        return matches;
    }

private:
    size_t m_limit;
    std::vector<quint64> m_keys;
};

} // namespace

struct Matcher::Data
{
    Texts<char> narrow; ///< of fields that are Latin-1, nearly all; padded for shortScore()
    Texts<char16_t> wide;
    std::vector<Entry> entries;
    std::vector<quint64> masks; ///< of all fields together
    std::vector<std::array<quint64, 3>> fieldMasks;

    /// A longer query can only match what a shorter one did: each entry's query begins with that of the one before.
    struct Remembered
    {
        QString query;
        std::vector<int> hits;
    };
    mutable std::vector<Remembered> remembered;
    mutable std::vector<int> spare; ///< memory for the next hits: new pages for each keystroke would cost more than the search

    void forgetLast() const
    {
        if (remembered.back().hits.capacity() > spare.capacity())
            spare = std::move(remembered.back().hits);
        remembered.pop_back();
    }
    std::vector<int> emptyHits() const
    {
        auto hits = std::exchange(spare, {});
        hits.clear();
        return hits;
    }

    int wideScore(const Field& field, const Term& term) const
    {
        const char16_t* folded = wide.folded.data() + field.begin;
        return scoreOf(term, {{folded, field.size}, {wide.cased.data() + field.begin, field.size}, wide.bonus.data() + field.begin});
    }
    int narrowScore(const Field& field, Term::Kind kind, const Term& term, int atLeast) const
    {
        if (term.narrow.empty())
            return -1;
        const auto& texts = term.caseSensitive ? narrow.cased : narrow.folded;
        const std::string_view text(texts.data() + field.begin, field.size);
        const quint8* bonus = narrow.bonus.data() + field.begin;
        if (kind != Term::Kind::Fuzzy) {
            const size_t at = placeOf<char>(kind, text, term.narrow, bonus);
            return at == text.npos ? -1 : exactScore(bonus, at, term.narrow.size());
        }
        if (field.size <= quint32(kMaxShortLength))
            return shortScore(reinterpret_cast<const quint8*>(text.data()), int(field.size), bonus, term.narrow, atLeast);
        std::u16string copy(text.size(), 0);
        std::transform(text.begin(), text.end(), copy.begin(), [](char c) { return char16_t(quint8(c)); });
        return fuzzyScore({copy, copy, bonus}, term.text, term.caseSensitive);
    }
    int fieldScore(const Field& field, Term::Kind kind, const Term& term, int atLeast) const
    {
        if (field.narrow)
            return narrowScore(field, kind, term, atLeast);
        if (kind == term.kind)
            return wideScore(field, term);
        Term other = term;
        other.kind = kind;
        return wideScore(field, other);
    }
    int termScore(size_t index, const Term& term, int atLeast) const
    {
        const Entry& entry = entries[index];
        const bool cannotWin = term.isOwnBit && atLeast > bestScore(1);
        if (entry.onlyName())
            return cannotWin ? bestScore(1) : fieldScore(entry.fields[0], term.kind, term, atLeast);
        const auto& own = fieldMasks[index];
        const auto has = [&](size_t f) { return entry.fields[f].size > 0 && (own[f] & term.mask) == term.mask; };
        if (cannotWin && has(0))
            return bestScore(1);
        int best = has(0) ? fieldScore(entry.fields[0], term.kind, term, atLeast) : -1;
        if (best < int(bestScore(term.text.size()) * kAliasWeight) && has(1))
            if (const int score = fieldScore(entry.fields[1], term.kind, term, 0); score >= 0)
                best = std::max(best, int(score * kAliasWeight));
        if (best >= 0 || !has(2))
            return best;
        // In a long text nearly any letters occur in order: a description must hold the word itself.
        const int score = fieldScore(entry.fields[2], term.kind == Term::Kind::Fuzzy ? Term::Kind::Exact : term.kind, term, 0);
        return score < 0 ? -1 : int(score * kDescriptionWeight);
    }
    /// Of all terms, or -1. Below `atLeast` it may be too high, but never that high.
    int score(size_t index, const std::vector<Term>& terms, int atLeast) const
    {
        int sum = 0;
        for (const Term& term : terms) {
            const int part = termScore(index, term, term.negated ? 0 : atLeast - sum - term.later);
            if ((part < 0) != term.negated)
                return -1;
            sum += term.negated ? 0 : part;
        }
        return sum;
    }
    /// What lies ahead is asked of the memory while the processor works here: half of the time went into waiting for it.
    void prefetch(size_t index, size_t farther) const
    {
        __builtin_prefetch(&entries[std::min(farther, entries.size() - 1)]);
        const Field& name = entries[std::min(index, entries.size() - 1)].fields[0];
        if (name.narrow) {
            __builtin_prefetch(narrow.folded.data() + name.begin);
            __builtin_prefetch(narrow.folded.data() + name.begin + name.size);
        }
    }
    /// What may match `query` by what is known of shorter ones, or null: anything.
    const std::vector<int>* candidates(const QString& query) const
    {
        // Plain words only: what such a query said before still holds when letters were added to its end.
        static constexpr char16_t kOperators[] = {u'!', u'$', u'^', u'\''};
        for (const char16_t c : kOperators)
            if (query.contains(QChar(c)))
                return nullptr;
        while (!remembered.empty() && !query.startsWith(remembered.back().query))
            forgetLast();
        return remembered.empty() ? nullptr : &remembered.back().hits;
    }
    void remember(const QString& query, const std::vector<Term>& terms, std::vector<int> hits) const
    {
        // A query that says nothing yet is not worth remembering; nor is one whose meaning more letters can change.
        const auto plain = [](const Term& term) { return term.kind == Term::Kind::Fuzzy && !term.negated && !term.caseSensitive; };
        if (terms.empty() || !std::all_of(terms.begin(), terms.end(), plain)) {
            spare = std::move(hits);
            return;
        }
        if (!remembered.empty() && (remembered.back().query == query || remembered.size() == kMaxRemembered))
            forgetLast();
        remembered.push_back({query, std::move(hits)});
    }
};

Matcher::Matcher() : m_data(std::make_unique<Data>()) {}
Matcher::~Matcher() = default;

void Matcher::setItems(const std::vector<Item>& items)
{
    auto data = std::make_unique<Data>();
    data->entries.reserve(items.size());
    data->masks.reserve(items.size());
    data->fieldMasks.reserve(items.size());
    for (const Item& item : items) {
        Entry entry;
        quint64 all = 0;
        std::array<quint64, 3> own{};
        const QString* texts[] = {&item.name, &item.alias, &item.description};
        for (size_t f = 0; f < 3; ++f) {
            const QString& text = *texts[f];
            Field& field = entry.fields[f];
            field.size = quint32(text.size());
            field.narrow = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= kMaxNarrow; });
            field.begin = field.narrow ? data->narrow.add(text) : data->wide.add(text);
            for (const QChar c : text)
                own[f] |= bitOf(fold(c.unicode()));
            all |= own[f];
        }
        data->entries.push_back(entry);
        data->masks.push_back(all);
        data->fieldMasks.push_back(own);
    }
    data->narrow.cased.append(16, '\0');
    data->narrow.folded.append(16, '\0');
    m_data = std::move(data);
}

int Matcher::itemCount() const { return int(m_data->entries.size()); }

std::vector<Matcher::Match> Matcher::match(
    const QString& query, int limit, const std::function<int(int)>& boost, const std::function<bool(int)>& preferred) const
{
    const auto terms = termsOf(query);
    quint64 needed = 0;
    for (const Term& term : terms)
        needed |= term.negated ? 0 : term.mask;

    Best best(size_t(std::clamp(limit, 0, itemCount())));
    std::vector<int> hits = m_data->emptyHits();
    const auto consider = [&](int index) {
        const quint32 length = terms.empty() ? 0 : m_data->entries[size_t(index)].fields[0].size;
        const bool first = preferred && preferred(index);
        const int boosted = boost ? boost(index) : 0;
        const int score = m_data->score(size_t(index), terms, best.leastScore(first, length, index) - boosted);
        if (score < 0)
            return;
        hits.push_back(index);
        best.add(Best::key(score + boosted, first, length, index));
    };
    const quint64* masks = m_data->masks.data();
    constexpr size_t kAhead = 8;
    if (const auto* known = m_data->candidates(query)) {
        for (size_t i = 0; i < known->size(); ++i) {
            const size_t last = known->size() - 1;
            m_data->prefetch(size_t((*known)[std::min(i + kAhead, last)]), size_t((*known)[std::min(i + 2 * kAhead, last)]));
            const int index = (*known)[i];
            if ((masks[index] & needed) == needed)
                consider(index);
        }
    } else {
        for (int index = 0, count = itemCount(); index < count; ++index) {
            if ((masks[index] & needed) != needed)
                continue;
            m_data->prefetch(size_t(index) + kAhead, size_t(index) + 2 * kAhead);
            consider(index);
        }
    }
    m_data->remember(query, terms, std::move(hits));
    return best.take();
}

std::vector<int> Matcher::positions(const QString& query, const QString& text)
{
    std::u16string folded;
    for (const QChar c : text)
        folded += fold(c.unicode());
    std::vector<quint8> bonus(size_t(text.size()));
    const std::span<const char16_t> cased(reinterpret_cast<const char16_t*>(text.utf16()), size_t(text.size()));
    bonusesOf(cased, bonus.data());
    const Subject subject{folded, cased, bonus.data()};
    std::vector<int> all;
    for (const Term& term : termsOf(query)) {
        std::vector<int> some;
        if (!term.negated && scoreOf(term, subject, &some) >= 0)
            all.insert(all.end(), some.begin(), some.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace ridealong::palette
