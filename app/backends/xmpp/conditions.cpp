// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/conditions.h"

#include "xmpp/namespaces.h"

#include <iterator>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr qint64 kRetryAfterMs = 60'000; // nobody says how long
constexpr qsizetype kMaxShownText = 300;

struct Row
{
    QStringView condition;
    ErrorKind kind;
};

// RFC 6120 §4.9.3. What is not here may be better next time.
constexpr Row kStreamErrors[] = {
    {u"bad-format", ErrorKind::Protocol},
    {u"bad-namespace-prefix", ErrorKind::Protocol},
    {u"conflict", ErrorKind::Denied}, // another client took our resource: to take it back would go on for ever
    {u"host-gone", ErrorKind::Invalid},
    {u"host-unknown", ErrorKind::Invalid},
    {u"improper-addressing", ErrorKind::Protocol},
    {u"invalid-from", ErrorKind::Protocol},
    {u"invalid-namespace", ErrorKind::Protocol},
    {u"invalid-xml", ErrorKind::Protocol},
    {u"not-authorized", ErrorKind::Auth},
    {u"not-well-formed", ErrorKind::Protocol},
    {u"policy-violation", ErrorKind::RateLimited},
    {u"resource-constraint", ErrorKind::RateLimited},
    {u"restricted-xml", ErrorKind::Protocol},
    {u"unsupported-encoding", ErrorKind::Unsupported},
    {u"unsupported-feature", ErrorKind::Unsupported},
    {u"unsupported-stanza-type", ErrorKind::Protocol},
    {u"unsupported-version", ErrorKind::Unsupported},
};

// RFC 6120 §8.3.3.
constexpr Row kStanzaErrors[] = {
    {u"bad-request", ErrorKind::Invalid},
    {u"conflict", ErrorKind::Denied},
    {u"feature-not-implemented", ErrorKind::Unsupported},
    {u"forbidden", ErrorKind::Denied},
    {u"gone", ErrorKind::NotFound},
    {u"item-not-found", ErrorKind::NotFound},
    {u"jid-malformed", ErrorKind::Invalid},
    {u"not-acceptable", ErrorKind::Denied},
    {u"not-allowed", ErrorKind::Denied},
    {u"not-authorized", ErrorKind::Auth},
    {u"policy-violation", ErrorKind::RateLimited},
    {u"recipient-unavailable", ErrorKind::Offline},
    {u"registration-required", ErrorKind::Denied},
    {u"remote-server-not-found", ErrorKind::NotFound},
    {u"remote-server-timeout", ErrorKind::Timeout},
    {u"resource-constraint", ErrorKind::RateLimited},
    {u"service-unavailable", ErrorKind::Unsupported},
    {u"subscription-required", ErrorKind::Denied},
};

template <size_t N> ErrorKind kindOf(const Row (&table)[N], QStringView condition, ErrorKind otherwise)
{
    const auto row = std::find_if(std::begin(table), std::end(table), [condition](const Row& r) { return r.condition == condition; });
    return row == std::end(table) ? otherwise : row->kind;
}

QString conditionIn(const Element& error, QStringView xmlns)
{
    for (const Element* child : error.children())
        if (child->xmlns() == xmlns && child->name() != "text"_L1)
            return child->name();
    return {};
}

Error made(ErrorKind kind, const QString& condition, const QString& text)
{
    const QString name = condition.isEmpty() ? u"undefined-condition"_s : condition.left(kMaxShownText);
    return {kind, text.isEmpty() ? name : name + u": "_s + text.left(kMaxShownText), kind == ErrorKind::RateLimited ? kRetryAfterMs : 0};
}

} // namespace

base::Error streamError(const Element& error)
{
    const QString condition = conditionIn(error, ns::kStreamErrors);
    return made(kindOf(kStreamErrors, condition, ErrorKind::Offline), condition, error.textOf(u"text", ns::kStreamErrors));
}

QString stanzaCondition(const Element& stanza)
{
    const Element* error = stanza.find(u"error", ns::kClient);
    return error ? conditionIn(*error, ns::kStanzaErrors) : QString();
}

base::Error stanzaError(const Element& stanza)
{
    const QString condition = stanzaCondition(stanza);
    const Element* error = stanza.find(u"error", ns::kClient);
    return made(kindOf(kStanzaErrors, condition, ErrorKind::Protocol), condition, error ? error->textOf(u"text", ns::kStanzaErrors) : QString());
}

Element makeStanzaError(QStringView type, QStringView condition)
{
    return Element(u"error", ns::kClient).with(u"type", type.toString()).with(Element(condition, ns::kStanzaErrors));
}

} // namespace ridealong::xmpp
