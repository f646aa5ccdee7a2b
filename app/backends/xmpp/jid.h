// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QString>

namespace ridealong::xmpp {

/// The address of somebody or something: node@domain/resource (RFC 7622). Its parts are prepared, so that two that mean the same are equal.
class Jid
{
public:
    static constexpr qsizetype kMaxPartBytes = 1023; ///< of UTF-8, prepared

    Jid() = default; ///< nobody's

    /// Errors: Invalid.
    static base::Expected<Jid> parse(QStringView text);
    /// Of parts that are not prepared. Node and resource may be empty: there is none then. Errors: Invalid.
    static base::Expected<Jid> of(QStringView node, QStringView domain, QStringView resource = {});

    bool isEmpty() const { return m_domain.isEmpty(); }
    bool isBare() const { return m_resource.isEmpty(); }
    const QString& node() const { return m_node; }
    const QString& domain() const { return m_domain; } ///< as people read it, not "xn--…"
    const QString& resource() const { return m_resource; }

    Jid bare() const;
    base::Expected<Jid> withResource(QStringView resource) const;
    QString toString() const; ///< read again as the same; empty for nobody's

    bool operator==(const Jid&) const = default;

private:
    QString m_node;
    QString m_domain;
    QString m_resource;
};

inline size_t qHash(const Jid& jid, size_t seed = 0) { return qHashMulti(seed, jid.node(), jid.domain(), jid.resource()); }

} // namespace ridealong::xmpp
