// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "irc/line.h"

#include <QHash>
#include <QSet>

namespace ridealong::irc {

/// What the server offers beyond RFC 2812 and what of it is on (CAP 302). Everything may be missing.
class Capabilities
{
public:
    static constexpr qsizetype kMaxOffered = 512;

    bool isOffered(QByteArrayView name) const { return m_offered.contains(name.toByteArray()); }
    QString offeredValue(QByteArrayView name) const { return m_offered.value(name.toByteArray()); }
    bool isEnabled(QByteArrayView name) const { return m_enabled.contains(name.toByteArray()); }
    QStringList mechanisms() const; ///< of sasl=…; empty when not said

    /// LS and NEW: adds. True when the list goes on in the next line (LS with "*").
    bool takeOffer(const Line& line);
    void takeAck(const Line& line); ///< ACK: on, or off with '-'
    void takeDel(const Line& line);

    /// CAP REQ lines for what we want, is offered, and is not on; none when there is nothing to ask.
    QList<QByteArray> requests() const;
    /// One CAP REQ each, for after a NAK: a server refuses a whole line for one name in it. Only what we would ask for.
    static QList<QByteArray> singleRequests(const Line& nak);

private:
    QHash<QByteArray, QString> m_offered;
    QSet<QByteArray> m_enabled;
};

} // namespace ridealong::irc
