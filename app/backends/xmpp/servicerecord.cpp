// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/servicerecord.h"

#include <QDnsLookup>

#include <algorithm>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

constexpr std::chrono::seconds kLookupPatience{10};

QList<ServiceRecord> inOrder(QList<ServiceRecord> records, base::Random& random)
{
    // Those without weight stand before the others, so that they have a small chance too.
    std::stable_sort(records.begin(), records.end(),
        [](const ServiceRecord& a, const ServiceRecord& b) { return std::pair(a.priority, a.weight != 0) < std::pair(b.priority, b.weight != 0); });
    QList<ServiceRecord> ordered;
    while (!records.isEmpty()) {
        const auto isOther = [priority = records.front().priority](const ServiceRecord& r) { return r.priority != priority; };
        const auto end = std::find_if(records.begin(), records.end(), isOther);
        quint64 sum = 0;
        for (auto record = records.begin(); record != end; ++record)
            sum += record->weight;
        const quint64 lot = random.next() % (sum + 1);
        auto chosen = records.begin();
        for (quint64 passed = chosen->weight; passed < lot; passed += chosen->weight)
            ++chosen;
        ordered.append(*chosen);
        records.erase(chosen);
    }
    return ordered;
}

static base::Expected<QList<ServiceRecord>> answerOf(const QDnsLookup& lookup)
{
    if (lookup.error() == QDnsLookup::NotFoundError)
        return Error{ErrorKind::NotFound, u"no such records"_s, 0};
    if (lookup.error() != QDnsLookup::NoError)
        return Error{ErrorKind::Offline, u"DNS: "_s + lookup.errorString(), 0};
    QList<ServiceRecord> records;
    const auto found = lookup.serviceRecords();
    for (const QDnsServiceRecord& record : found)
        records.append({record.target(), record.port(), record.priority(), record.weight()});
    if (records.isEmpty())
        return Error{ErrorKind::NotFound, u"no such records"_s, 0};
    return records;
}

ServiceLookup systemServiceLookup(base::Clock& clock)
{
    return [&clock](const QString& name) {
        base::Promise<QList<ServiceRecord>> promise;
        auto* lookup = new QDnsLookup(QDnsLookup::SRV, name); // deletes itself when it has answered
        QObject::connect(lookup, &QDnsLookup::finished, lookup, [lookup, promise] {
            promise.answer(answerOf(*lookup));
            lookup->deleteLater();
        });
        clock.after(kLookupPatience, lookup, [lookup, promise] {
            promise.answer(Error{ErrorKind::Timeout, u"DNS does not answer"_s, 0});
            lookup->abort();
        });
        lookup->lookup();
        return promise.async();
    };
}

} // namespace ridealong::xmpp
