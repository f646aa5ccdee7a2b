// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/ids.h"

#include <QList>
#include <QObject>

namespace ridealong::chat {

/// Somebody asks to be told when we are there.
struct ContactRequest
{
    base::UserId from;
    QString text; ///< what they say with it

    bool operator==(const ContactRequest&) const = default;
};

/// Who is told when we are there, and from whom nothing is taken. The server keeps it for all our clients, so what is asked for shows when
/// changed() says so. Errors: Invalid (no such person can be), Unsupported (see canBlock), and those of the server.
class ContactFacet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual QList<ContactRequest> requests() const = 0; ///< that wait for us, oldest first
    virtual base::Async<base::Done> accept(const base::UserId& user) = 0; ///< and asks the same of them
    virtual base::Async<base::Done> decline(const base::UserId& user) = 0;

    virtual bool isContact(const base::UserId& user) const = 0;
    virtual base::Async<base::Done> add(const base::UserId& user) = 0; ///< they are asked
    virtual base::Async<base::Done> remove(const base::UserId& user) = 0; ///< neither is told of the other any more

    virtual bool canBlock() const = 0;
    virtual QList<base::UserId> blocked() const = 0; ///< people, and servers with all who are there
    virtual base::Async<base::Done> setBlocked(const base::UserId& user, bool blocked) = 0;

signals:
    void changed();
};

} // namespace ridealong::chat
