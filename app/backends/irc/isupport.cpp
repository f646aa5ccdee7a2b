// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/isupport.h"

#include <algorithm>

namespace ridealong::irc {
namespace {

using namespace Qt::StringLiterals;

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    if (u >= u'A' && u <= u'F')
        return u - u'A' + 10;
    if (u >= u'a' && u <= u'f')
        return u - u'a' + 10;
    return -1;
}

/// \x20, \x3D and \x5C are those that servers need; the others mean what they say, except NUL, CR and LF.
QString unescaped(const QString& raw)
{
    if (!raw.contains(u'\\'))
        return raw;
    QString value;
    value.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] == u'\\' && i + 3 < raw.size() && raw[i + 1] == u'x') {
            const int high = hexDigit(raw[i + 2]), low = hexDigit(raw[i + 3]);
            const int code = high * 16 + low;
            if (high >= 0 && low >= 0 && code != 0 && code != '\r' && code != '\n' && code < 0x80) {
                value += QChar(code);
                i += 3;
                continue;
            }
        }
        value += raw[i];
    }
    return value;
}

} // namespace

void Isupport::take(const QStringList& tokens)
{
    for (const QString& token : tokens) {
        const qsizetype equals = token.indexOf(u'=');
        QString key = equals < 0 ? token : token.first(equals);
        const bool takesBack = key.startsWith(u'-');
        if (takesBack)
            key.remove(0, 1);
        if (key.isEmpty() || key.contains(u' '))
            continue;
        if (takesBack)
            m_values.remove(key);
        else if (m_values.size() < kMaxIsupportKeys || m_values.contains(key))
            m_values.insert(key, equals < 0 ? QString() : unescaped(token.sliced(equals + 1)));
    }
    readCaseMapping();
    readPrefixes();
    readModes();
    m_channelTypes = m_values.value(u"CHANTYPES"_s, u"#&"_s);
}

int Isupport::number(const QString& key, int fallback, int limit) const
{
    bool isNumber = false;
    const int number = value(key).toInt(&isNumber);
    return isNumber && number >= 1 && number <= limit ? number : fallback;
}

void Isupport::readCaseMapping()
{
    const QString name = m_values.value(u"CASEMAPPING"_s, u"rfc1459"_s).toLower();
    // Those we do not know (UTF-8 ones, mostly) keep brackets and braces apart, as ascii does.
    m_caseMapping = name == "rfc1459"_L1 || name.isEmpty()           ? CaseMapping::Rfc1459
        : name == "strict-rfc1459"_L1 || name == "rfc1459-strict"_L1 ? CaseMapping::Rfc1459Strict
                                                                     : CaseMapping::Ascii;
}

void Isupport::readPrefixes()
{
    m_prefixModes = u"ov"_s;
    m_prefixes = u"@+"_s;
    if (!has(u"PREFIX"_s))
        return;
    const QString text = value(u"PREFIX"_s);
    const qsizetype close = text.indexOf(u')');
    if (!text.isEmpty() && (text.front() != u'(' || close < 0))
        return; // not understood: better the usual ones than none
    m_prefixModes.clear();
    m_prefixes.clear();
    if (text.isEmpty())
        return; // the server says that nobody has a prefix
    const QStringView modes = QStringView(text).sliced(1, close - 1), signs = QStringView(text).sliced(close + 1);
    const qsizetype count = std::min({modes.size(), signs.size(), kMaxPrefixes});
    for (qsizetype i = 0; i < count; ++i) {
        if (m_prefixModes.contains(modes[i]) || m_prefixes.contains(signs[i]))
            continue;
        m_prefixModes += modes[i];
        m_prefixes += signs[i];
    }
}

void Isupport::readModes()
{
    m_modeKinds.clear();
    const QString text = m_values.value(u"CHANMODES"_s, u"beI,k,l,imnpst"_s); // RFC 2812 §4
    char kind = 'A';
    for (const QChar mode : text) {
        if (mode == u',') {
            if (++kind > 'D')
                break; // "clients MUST ignore" further kinds
        } else if (m_modeKinds.size() < kMaxModes && !m_modeKinds.contains(mode)) {
            m_modeKinds.insert(mode, kind);
        }
    }
    for (const QChar mode : m_prefixModes)
        m_modeKinds.insert(mode, 'P');
}

bool Isupport::isChannel(const QString& name) const { return !name.isEmpty() && m_channelTypes.contains(name.front()); }

char Isupport::modeKind(QChar mode) const { return m_modeKinds.value(mode, '\0'); }

QString Isupport::statusMessagePrefixes() const { return value(u"STATUSMSG"_s); }

int Isupport::lineBytes() const
{
    const int length = number(u"LINELEN"_s, 512, int(kMaxLineLength));
    return std::max(length, 512) - 2;
}

bool Isupport::deniesClientTag(const QString& tag) const
{
    const QString list = value(u"CLIENTTAGDENY"_s);
    bool denied = false;
    for (const QStringView item : QStringView(list).tokenize(u',')) {
        if (item == u'*' || item == tag)
            denied = true;
        else if (item.startsWith(u'-') && item.sliced(1) == tag)
            return false;
    }
    return denied;
}

} // namespace ridealong::irc
