// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "xmpp/element.h"

#include <QCryptographicHash>

#include <optional>

namespace ridealong::xmpp {

/// What somebody's client says that it is and can (XEP-0030).
struct DiscoInfo
{
    static constexpr size_t kMaxIdentities = 20;
    static constexpr size_t kMaxFeatures = 500;
    static constexpr size_t kMaxForms = 20;
    static constexpr size_t kMaxFields = 100; ///< of one form
    static constexpr size_t kMaxValues = 100; ///< of one field
    static constexpr qsizetype kMaxChars = 1000; ///< of one text

    struct Identity
    {
        QString category, type, language, name;
    };
    struct Field
    {
        QString name;
        QStringList values;
    };
    struct Form
    {
        QString type; ///< its FORM_TYPE
        QList<Field> fields; ///< the others
    };

    QList<Identity> identities;
    QStringList features;
    QList<Form> forms; ///< those with a FORM_TYPE (XEP-0128)
};

/// Of <query xmlns='…disco#info'/>. Nothing for what is too large, or says the same twice and so is no proof of anything (XEP-0115 §5.4).
std::optional<DiscoInfo> readDiscoInfo(const Element& query);
Element toElement(const DiscoInfo& info, const QString& node = {});

/// XEP-0115 §5.1, in Base64. Empty for what others may read otherwise: a "<" in a text makes it the same as something else.
QString capabilityHash(const DiscoInfo& info, QCryptographicHash::Algorithm algorithm = QCryptographicHash::Sha1);
/// "sha-1" and its successors, by IANA's names; nothing for others. MD5 and MD2 prove nothing any more.
std::optional<QCryptographicHash::Algorithm> hashNamed(QStringView name);

} // namespace ridealong::xmpp
