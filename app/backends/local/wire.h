// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QCborArray>
#include <QCborMap>

namespace ridealong::local {

// A frame is one CBOR map. "t" says what it is; requests have an "id" and are answered by one "re" with the same id.
//
//   both     hello {v, …}                        first of all; hub: hub; client: user, hubSeen, seq (the cursor)
//   hub      welcome {user, name, seq}           the client is in
//            bye {kind, detail}                  why the hub hangs up
//            rooms {list} members {list}         what changed, all of it after welcome
//            sync {seq, events: [{m}|{r}]}       messages and read markers in the order they changed; seq is the new cursor
//            runs {list}                         reports
//            typing {c, user, name, on}   link {c, peer, frame}
//            re {id, …} or re {id, kind, detail}
//   client   request {id, do, …}   typing {c, on}   link {c, peer, frame}
//
// A member that is missing, of another type or over its limit makes the whole frame a Protocol error.

/// Checked access to the members of a foreign map. The first one that is wrong is remembered; its value is a default.
class Fields
{
public:
    explicit Fields(QCborMap map) : m_map(std::move(map)) {}

    QString text(QLatin1StringView key, int maxLength); ///< required, may be empty
    QString optionalText(QLatin1StringView key, int maxLength);
    qint64 integer(QLatin1StringView key, qint64 minimum, qint64 maximum);
    qint64 optionalInteger(QLatin1StringView key, qint64 minimum, qint64 maximum, qint64 fallback = 0);
    bool flag(QLatin1StringView key); ///< missing: false
    QByteArray bytes(QLatin1StringView key, qsizetype maxBytes);
    QCborArray array(QLatin1StringView key, qsizetype maxItems); ///< missing: empty
    QCborMap map(QLatin1StringView key);
    QStringList texts(QLatin1StringView key, qsizetype maxItems, int maxLength); ///< missing: empty
    bool has(QLatin1StringView key) const { return m_map.contains(key); }

    void refuse(QLatin1StringView key, const char* why);
    bool ok() const { return !m_error; }
    /// Protocol, naming the member.
    base::Error error() const { return *m_error; }
    const QCborMap& raw() const { return m_map; }

private:
    QCborMap m_map;
    std::optional<base::Error> m_error;
};

QByteArray encodeFrame(const QCborMap& map);
/// Error Protocol when the bytes are no CBOR map, have more after it or are nested deeper than kMaxFrameDepth.
base::Expected<QCborMap> decodeFrame(const QByteArray& bytes, qsizetype maxBytes);

/// {kind, detail} of an error, to be put into a frame.
void putError(QCborMap& map, const base::Error& error);
/// The error in a frame, if it has one. A kind that is not known becomes Protocol.
std::optional<base::Error> takeError(const QCborMap& map);

} // namespace ridealong::local
