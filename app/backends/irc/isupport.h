// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace ridealong::irc {

enum class CaseMapping { Ascii, Rfc1459, Rfc1459Strict };

/// Names that are the same to the server are the same text after this. Only ASCII letters and the mapping's own pairs change.
QString foldCase(const QString& name, CaseMapping mapping);

/// What the server said of itself in 005, with the defaults of RFC 2812 for what it did not say.
class Isupport
{
public:
    /// The parameters of one 005, without our nick and without the closing text. "-KEY" takes back.
    void take(const QStringList& tokens);

    bool has(const QString& key) const { return m_values.contains(key); }
    QString value(const QString& key) const { return m_values.value(key); } ///< \xHH unescaped
    /// A number in [1, limit], else `fallback`.
    int number(const QString& key, int fallback, int limit) const;

    CaseMapping caseMapping() const;
    QString fold(const QString& name) const { return foldCase(name, caseMapping()); }
    bool isChannel(const QString& name) const; ///< by CHANTYPES
    QString prefixModes() const; ///< "ov": the modes that have a prefix
    QString prefixes() const; ///< "@+": theirs, highest first
    /// 'A' list, 'B' always with a parameter, 'C' with one when set, 'D' never, 'P' a prefix mode; 0 for an unknown mode.
    char modeKind(QChar mode) const;
    QString statusMessagePrefixes() const; ///< STATUSMSG: "@+" before a channel's name
    QString network() const { return value(QStringLiteral("NETWORK")); }
    int nickLength() const { return number(QStringLiteral("NICKLEN"), 9, 512); }
    int lineBytes() const; ///< LINELEN without CR LF; 510
    int historyLimit() const { return number(QStringLiteral("CHATHISTORY"), 100, 1000); }
    /// CLIENTTAGDENY: is this client tag (without '+') refused by the server?
    bool deniesClientTag(const QString& tag) const;

private:
    QHash<QString, QString> m_values;
};

} // namespace ridealong::irc
