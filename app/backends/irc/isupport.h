// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

namespace ridealong::irc {

// Limits of what we keep of a server's 005; what is beyond is ignored.
inline constexpr qsizetype kMaxIsupportKeys = 512;
inline constexpr qsizetype kMaxPrefixes = 32;
inline constexpr qsizetype kMaxModes = 256;
inline constexpr qsizetype kMaxLineLength = 8192; ///< LINELEN, with CR LF

enum class CaseMapping { Ascii, Rfc1459, Rfc1459Strict };

/// Names that are the same to the server are the same text after this. Only ASCII letters and the mapping's own pairs change.
QString foldCase(const QString& name, CaseMapping mapping);

/// What the server said of itself in 005, with the defaults of RFC 2812 for what it did not say.
class Isupport
{
public:
    Isupport() { readModes(); }
    /// The parameters of one 005, without our nick and without the closing text. "-KEY" takes back.
    void take(const QStringList& tokens);

    bool has(const QString& key) const { return m_values.contains(key); }
    QString value(const QString& key) const { return m_values.value(key); } ///< \xHH unescaped
    /// A number in [1, limit], else `fallback`.
    int number(const QString& key, int fallback, int limit) const;

    CaseMapping caseMapping() const { return m_caseMapping; }
    QString fold(const QString& name) const { return foldCase(name, caseMapping()); }
    bool isChannel(const QString& name) const; ///< by CHANTYPES
    QString prefixModes() const { return m_prefixModes; } ///< "ov": the modes that have a prefix
    QString prefixes() const { return m_prefixes; } ///< "@+": theirs, highest first
    /// 'A' list, 'B' always with a parameter, 'C' with one when set, 'D' never, 'P' a prefix mode; 0 for an unknown mode.
    char modeKind(QChar mode) const;
    QString statusMessagePrefixes() const; ///< STATUSMSG: "@+" before a channel's name
    QString network() const { return value(QStringLiteral("NETWORK")); }
    int nickLength() const { return number(QStringLiteral("NICKLEN"), 9, 512); }
    int lineBytes() const; ///< LINELEN without CR LF; 510, never less
    int historyLimit() const { return number(QStringLiteral("CHATHISTORY"), 100, 1000); }
    /// CLIENTTAGDENY: is this client tag (without '+') refused by the server?
    bool deniesClientTag(const QString& tag) const;

private:
    void readCaseMapping();
    void readPrefixes();
    void readModes();

    QHash<QString, QString> m_values;
    // Asked for every line, so worked out once.
    CaseMapping m_caseMapping = CaseMapping::Rfc1459;
    QString m_channelTypes = QStringLiteral("#&");
    QString m_prefixModes = QStringLiteral("ov");
    QString m_prefixes = QStringLiteral("@+");
    QHash<QChar, char> m_modeKinds;
};

} // namespace ridealong::irc
