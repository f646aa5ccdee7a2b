// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "base/ids.h"

#include <QByteArray>
#include <QObject>

namespace ridealong::chat {

/// Pictures that people have of themselves.
class AvatarFacet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Tells one picture of theirs from the next, and is the same for the same bytes. Empty: they have none, or none that is known.
    virtual QString hash(const base::UserId& user) const = 0;
    /// Bytes of a stranger: PNG, JPEG, GIF or WebP, as their first bytes say. Errors: NotFound, Invalid, RateLimited, and those of the server.
    virtual base::Async<QByteArray> fetch(const base::UserId& user) = 0;

signals:
    void changed(const ridealong::base::UserId& user); ///< hash()
};

} // namespace ridealong::chat
