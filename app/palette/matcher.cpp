// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "palette/matcher.h"

#include "palette/score.h"

#include <QStringList>

namespace ridealong::palette {
namespace {

/// Words of a query beyond this are ignored.
constexpr int kMaxTerms = 16;
constexpr double kAliasWeight = 0.95;
constexpr double kDescriptionWeight = 0.5;

struct Term
{
    enum class Kind { Fuzzy, Exact, Prefix, Suffix, Whole };
    Kind kind = Kind::Fuzzy;
    bool negated = false;
    bool caseSensitive = false;
    std::u16string text;
    quint64 mask = 0;
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
        terms.push_back(std::move(term));
    }
    return terms;
}

int scoreOf(const Term& term, const Subject& subject, std::vector<int>* positions = nullptr)
{
    const std::u16string_view pattern = term.text;
    const auto span = term.caseSensitive ? subject.cased : subject.folded;
    const std::u16string_view text(span.data(), span.size());
    if (term.kind == Term::Kind::Fuzzy)
        return fuzzyScore(subject, pattern, term.caseSensitive, positions);
    if (pattern.size() > text.size())
        return -1;
    size_t at = std::u16string_view::npos;
    switch (term.kind) {
    case Term::Kind::Prefix: at = text.starts_with(pattern) ? 0 : at; break;
    case Term::Kind::Suffix: at = text.ends_with(pattern) ? text.size() - pattern.size() : at; break;
    case Term::Kind::Whole: at = text == pattern ? 0 : at; break;
    default: {
        // The best of all places, so that a word's beginning wins.
        int best = -1;
        for (size_t i = text.find(pattern); i != text.npos; i = text.find(pattern, i + 1)) {
            if (const int score = exactScore(subject, int(i), int(pattern.size())); score > best) {
                best = score;
                at = i;
            }
        }
        break;
    }
    }
    if (at == text.npos)
        return -1;
    if (positions)
        for (size_t i = 0; i < pattern.size(); ++i)
            positions->push_back(int(at + i));
    return exactScore(subject, int(at), int(pattern.size()));
}

} // namespace

struct Matcher::Data
{
    struct Field
    {
        quint32 begin = 0;
        quint32 size = 0;
    };
    struct Entry
    {
        std::array<Field, 3> fields;
    };
    std::u16string cased;
    std::u16string folded;
    std::vector<quint8> bonus;
    std::vector<Entry> entries;
    std::vector<std::array<quint64, 2>> masks; ///< of the name, of all fields

    /// A longer query can only match what a shorter one did.
    mutable QString lastQuery;
    mutable std::vector<int> lastHits;
    mutable bool lastIsValid = false;

    Subject subject(const Field& field) const
    {
        return {{folded.data() + field.begin, field.size}, {cased.data() + field.begin, field.size}, bonus.data() + field.begin};
    }
    int termScore(const Entry& entry, const Term& term, const std::array<quint64, 2>& mask) const
    {
        int best = -1;
        if ((mask[0] & term.mask) == term.mask)
            best = scoreOf(term, subject(entry.fields[0]));
        if (entry.fields[1].size)
            if (const int score = scoreOf(term, subject(entry.fields[1])); score >= 0)
                best = std::max(best, int(score * kAliasWeight));
        // In a long text nearly any letters occur in order: a description must hold the word itself.
        if (entry.fields[2].size && best < 0) {
            Term word = term;
            word.kind = term.kind == Term::Kind::Fuzzy ? Term::Kind::Exact : term.kind;
            if (const int score = scoreOf(word, subject(entry.fields[2])); score >= 0)
                best = std::max(best, int(score * kDescriptionWeight));
        }
        return best;
    }
};

Matcher::Matcher() : m_data(std::make_unique<Data>()) {}
Matcher::~Matcher() = default;

void Matcher::setItems(const std::vector<Item>& items)
{
    auto data = std::make_unique<Data>();
    data->entries.reserve(items.size());
    data->masks.reserve(items.size());
    for (const Item& item : items) {
        Data::Entry entry;
        std::array<quint64, 2> mask{};
        const QString* fields[] = {&item.name, &item.alias, &item.description};
        for (size_t f = 0; f < 3; ++f) {
            entry.fields[f] = {quint32(data->cased.size()), quint32(fields[f]->size())};
            for (const QChar c : *fields[f]) {
                const char16_t folded = fold(c.unicode());
                data->cased += c.unicode();
                data->folded += folded;
                mask[0] |= f == 0 ? bitOf(folded) : 0;
                mask[1] |= bitOf(folded);
            }
        }
        data->entries.push_back(entry);
        data->masks.push_back(mask);
    }
    data->bonus.resize(data->cased.size());
    for (const auto& entry : data->entries)
        for (const auto& field : entry.fields)
            bonusesOf({data->cased.data() + field.begin, field.size}, data->bonus.data() + field.begin);
    m_data = std::move(data);
}

int Matcher::itemCount() const { return int(m_data->entries.size()); }

std::vector<Matcher::Match> Matcher::match(const QString& query, int limit, const std::function<int(int)>& boost) const
{
    const auto terms = termsOf(query);
    std::vector<Match> matches;
    quint64 needed = 0;
    for (const Term& term : terms)
        needed |= term.negated ? 0 : term.mask;

    // Plain words only: what the query said before still holds when letters were added to its end.
    const bool narrows = m_data->lastIsValid && !m_data->lastQuery.isEmpty() && query.startsWith(m_data->lastQuery)
        && !query.contains(u'!') && !query.contains(u'$') && !query.contains(u'^') && !query.contains(u'\'');
    const auto consider = [&](int index) {
        const auto at = size_t(index);
        if ((m_data->masks[at][1] & needed) != needed)
            return;
        int score = 0;
        for (const Term& term : terms) {
            const int part = m_data->termScore(m_data->entries[at], term, m_data->masks[at]);
            if ((part < 0) != term.negated)
                return;
            score += std::max(0, term.negated ? 0 : part);
        }
        matches.push_back({index, score});
    };
    if (narrows)
        for (const int index : m_data->lastHits)
            consider(index);
    else
        for (int index = 0; index < itemCount(); ++index)
            consider(index);
    // A query that says nothing yet is not worth remembering; nor is one whose meaning more letters can change.
    m_data->lastIsValid = !terms.empty() && std::all_of(terms.begin(), terms.end(), [](const Term& t) { return t.kind == Term::Kind::Fuzzy && !t.negated && !t.caseSensitive; });
    m_data->lastQuery = query;
    m_data->lastHits.clear();
    if (m_data->lastIsValid)
        for (const Match& match : matches)
            m_data->lastHits.push_back(match.item);

    if (boost)
        for (Match& match : matches)
            match.score += boost(match.item);
    const auto better = [this](const Match& a, const Match& b) {
        if (a.score != b.score)
            return a.score > b.score;
        const quint32 left = m_data->entries[size_t(a.item)].fields[0].size;
        const quint32 right = m_data->entries[size_t(b.item)].fields[0].size;
        return left != right ? left < right : a.item < b.item;
    };
    const auto kept = size_t(std::clamp<qsizetype>(limit, 0, qsizetype(matches.size())));
    const auto inOriginalOrder = [](const Match& a, const Match& b) { return a.score != b.score ? a.score > b.score : a.item < b.item; };
    if (terms.empty())
        std::partial_sort(matches.begin(), matches.begin() + qsizetype(kept), matches.end(), inOriginalOrder);
    else
        std::partial_sort(matches.begin(), matches.begin() + qsizetype(kept), matches.end(), better);
    matches.resize(kept);
    return matches;
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
