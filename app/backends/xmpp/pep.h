// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/asker.h"

namespace ridealong::xmpp {

/// One thing that somebody publishes.
struct PepItem
{
    QString id;
    Element payload; ///< null where only the id is told
};

/// What changed at a node.
struct PepEvent
{
    Jid from; ///< bare: whose node it is
    QString node;
    QList<PepItem> items; ///< new, or new again
    QStringList retracted;
    bool isEmptied = false; ///< all of it is gone, or the node itself
};

/// Nothing for what is no such event. Anybody can send one about a node of their own: `from` decides.
std::optional<PepEvent> readPepEvent(const Element& message);
/// The same, of a node of ours: our account's server alone can tell.
std::optional<PepEvent> readOwnPepEvent(const Element& message, const Jid& self, QStringView node);

/// Things that an account publishes about itself (XEP-0163): for itself, or for those who see its presence. Answers are given as they come,
/// before whatever comes after them, so that the newest is the last; after reset() they are given to nobody.
class Pep
{
public:
    using ItemsHandler = std::function<void(const base::Expected<QList<PepItem>>&)>;
    using Handler = std::function<void(const base::Status&)>;

    static constexpr qsizetype kMaxItems = 500; ///< of one answer, the newest: an answer is one stanza, and a stanza has its limit
    static constexpr qsizetype kMaxItemIdChars = 3100; ///< an address may be one

    explicit Pep(Outlet outlet) : m_asker(std::move(outlet)) {}

    void reset() { m_asker.forget(); } ///< a new stream

    /// What is at a node of ours. None where there is no such node.
    void fetch(QStringView node, ItemsHandler handler) const;
    /// That item of somebody's node, if it is there.
    void fetch(QStringView node, const Jid& of, const QString& id, ItemsHandler handler) const;
    /// At a node that is nobody's but ours, that keeps everything, and is not told to who comes (they ask when they want it). A node that is
    /// made otherwise is made so, even if another client made it.
    void publish(QStringView node, const PepItem& item, Handler handler) const;
    void retract(QStringView node, const QString& id, Handler handler) const;

private:
    void fetch(Element question, const Jid& of, ItemsHandler handler) const;
    void publish(const QString& node, const PepItem& item, bool isSecond, const Handler& handler) const;
    void configure(const QString& node, Handler handler) const;
    void order(Element iq, Handler handler) const;

    Asker m_asker;
};

} // namespace ridealong::xmpp
