// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"
#include "xmpp/jid.h"

#include <QSet>

#include <optional>

namespace ridealong::xmpp {

/// What an address says it is and can (XEP-0030).
struct EntityInfo
{
    static constexpr qsizetype kMaxIdentities = 20;
    static constexpr qsizetype kMaxFeatures = 1000;
    static constexpr qsizetype kMaxForms = 20;
    static constexpr qsizetype kMaxNameChars = 1000; ///< of a feature, a name, a value

    struct Identity
    {
        QString category; ///< "conference"
        QString type; ///< "text"
        QString name;

        bool operator==(const Identity&) const = default;
    };

    QList<Identity> identities;
    QSet<QString> features;
    QHash<QString, QHash<QString, QString>> forms; ///< XEP-0128: by the form's type, then by the field's name; the first value of each

    bool is(QStringView category, QStringView type) const;
    QString field(QStringView form, QStringView name) const { return forms.value(form.toString()).value(name.toString()); }

    bool operator==(const EntityInfo&) const = default;
};

Element entityInfoRequest(const Jid& of);
/// Nothing for an answer without any.
std::optional<EntityInfo> readEntityInfo(const Element& answer);

/// What an address names as belonging to it: other addresses. Their nodes, which are lists of something else, are left out.
struct EntityItems
{
    struct Item
    {
        Jid jid;
        QString name;

        bool operator==(const Item&) const = default;
    };

    QList<Item> items;
    QString last; ///< XEP-0059: there may be more behind it; empty where the server does not tell pages
    std::optional<qint64> count; ///< of all, where it says
};

/// At most `most` of them, behind `after`; 0: as many as there are.
Element entityItemsRequest(const Jid& of, int most = 0, const QString& after = {});
/// The first `most`. Nothing for an answer without any list.
std::optional<EntityItems> readEntityItems(const Element& answer, qsizetype most);

} // namespace ridealong::xmpp
