// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/clock.h"
#include "base/random.h"

#include <QList>
#include <QString>

namespace ridealong::xmpp {

/// Where DNS says that a service is (RFC 2782).
struct ServiceRecord
{
    QString target;
    quint16 port = 0;
    quint16 priority = 0; ///< the lowest first
    quint16 weight = 0; ///< among those of one priority: how often it is the first

    bool operator==(const ServiceRecord&) const = default;
};

/// In the order in which they are to be tried: by priority, and by lot within one.
QList<ServiceRecord> inOrder(QList<ServiceRecord> records, base::Random& random);

/// The records of "_service._tcp.domain". Errors: NotFound (there are none), Offline, Timeout.
using ServiceLookup = std::function<base::Async<QList<ServiceRecord>>(const QString& name)>;

/// Asks the system's resolver.
ServiceLookup systemServiceLookup(base::Clock& clock);

} // namespace ridealong::xmpp
