// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/errortext.h"

#include "kit/durations.h"

#include <QCoreApplication>

namespace ridealong::kit {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

} // namespace

QString errorText(const base::Error& error)
{
    using Kind = base::ErrorKind;
    switch (error.kind) {
    case Kind::Cancelled: return Words::tr("This was cancelled. Nothing was changed.");
    case Kind::Timeout: return Words::tr("The server did not answer in time. What you wrote is kept; try again.");
    case Kind::Offline: return Words::tr("There is no connection. What you wrote is kept; try again when you are connected.");
    case Kind::Auth: return Words::tr("The server did not accept your sign-in. Your messages are kept; sign in again.");
    case Kind::RateLimited:
        if (error.retryAfterMs > 0)
            return Words::tr("The server asks to slow down. What you wrote is kept; try again in %1.").arg(aboutText(error.retryAfterMs));
        return Words::tr("The server asks to slow down. What you wrote is kept; try again in a moment.");
    case Kind::Protocol:
        return Words::tr("The server sent something that makes no sense. What you have is kept; try again, and tell its operator if it stays.");
    case Kind::NotFound: return Words::tr("This is not there any more. Nothing was changed; reload to see what is.");
    case Kind::Denied: return Words::tr("You are not allowed to do this. Nothing was changed; ask somebody who may.");
    case Kind::Invalid: return Words::tr("This could not be understood. What you wrote is kept; correct it and try again.");
    case Kind::Storage:
        return Words::tr(
            "This could not be saved on this computer. What is on the screen is kept while the program runs; make room on the disk and try again.");
    case Kind::Unsupported: return Words::tr("This server cannot do that. Nothing was changed.");
    case Kind::Untrusted: return Words::tr("The server could not prove who it is. Nothing was sent to it; look at its certificate before you go on.");
    case Kind::Incompatible: return Words::tr("The other side speaks another version. Nothing was changed; update the older of the two.");
    }
    Q_UNREACHABLE();
}

} // namespace ridealong::kit
