// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/attachment.h"
#include "xmpp/element.h"

#include <optional>

namespace ridealong::xmpp {

inline constexpr qsizetype kMaxTextChars = 256 * 1024; ///< of one text, before and after; a stanza has less
inline constexpr qsizetype kMaxEnvelopeBytes = 64 * 1024;
inline constexpr qsizetype kMaxAddressChars = 2000; ///< of a file

/// What we put beside a body: <ride xmlns='urn:ridealong:0' txn='…' thread='…' run='…'><markdown/><envelope/></ride>.
struct Payload
{
    base::TransactionId transaction;
    QString thread; ///< what the thread's root is called by
    base::RunId run;
    QString markdown; ///< where the body cannot say it all; believed only when its body would be this one
    QByteArray envelope; ///< of a run, for whoever reads those; anything may stand in it

    bool operator==(const Payload&) const = default;
};

/// Empty where there is none; without what is too large or makes no sense.
Payload payloadOf(const Element& message);
/// Null for an empty one.
Element toElement(const Payload& payload);

/// A file of a message is a web address: told out of band (XEP-0066) or, by older clients, as a body of nothing else, which counts when
/// it ends as the name of a file does.
QList<chat::Attachment> attachmentsOf(const Element& message, const QString& body);
/// Nothing for an address that is no file's: only https and http, with a host and without a password.
std::optional<chat::Attachment> attachmentFrom(const QString& address);

/// The first `chars` units at most, and no half of a character.
QString cutText(const QString& text, qsizetype chars);

} // namespace ridealong::xmpp
