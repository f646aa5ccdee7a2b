// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/profile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

/// Reads fields and keeps the first thing that is wrong.
class Reader
{
public:
    bool failed() const { return !m_problem.isEmpty(); }
    const QString& problem() const { return m_problem; }
    void fail(const QString& where, const QString& what)
    {
        if (m_problem.isEmpty())
            m_problem = where + u": "_s + what;
    }

    QString text(const QJsonObject& object, const QString& key, const QString& where)
    {
        const QJsonValue value = object[key];
        if (value.isUndefined())
            return {};
        if (!value.isString() || value.toString().size() > kMaxPatternChars)
            fail(where + key, u"is no text of at most %1 characters"_s.arg(kMaxPatternChars));
        return value.toString();
    }

    bool flag(const QJsonObject& object, const QString& key, bool fallback)
    {
        const QJsonValue value = object[key];
        if (!value.isUndefined() && !value.isBool())
            fail(key, u"is neither true nor false"_s);
        return value.toBool(fallback);
    }

    qint64 milliseconds(const QJsonObject& object, const QString& key, qint64 fallback)
    {
        const QJsonValue value = object[key];
        if (value.isUndefined())
            return fallback;
        const qint64 read = value.toInteger(-1);
        if (read < 100 || read > 24 * 3'600'000)
            fail(key, u"is no number of milliseconds from 100 to a day"_s);
        return read;
    }

    QJsonArray list(const QJsonObject& object, const QString& key, const QString& where)
    {
        const QJsonValue value = object[key];
        if (value.isUndefined())
            return {};
        if (!value.isArray() || value.toArray().size() > kMaxProfileEntries)
            fail(where + key, u"is no list of at most %1"_s.arg(kMaxProfileEntries));
        return value.toArray();
    }

    QStringList texts(const QJsonObject& object, const QString& key, const QString& where)
    {
        QStringList read;
        for (const QJsonValue& value : list(object, key, where)) {
            if (!value.isString() || value.toString().isEmpty() || value.toString().size() > kMaxPatternChars)
                fail(where + key, u"has something that is no text"_s);
            read += value.toString();
        }
        return read;
    }

    QRegularExpression pattern(const QString& text, const QString& where)
    {
        QRegularExpression read(text);
        if (text.isEmpty())
            fail(where, u"is empty"_s);
        else if (text.size() > kMaxPatternChars)
            fail(where, u"is longer than %1 characters"_s.arg(kMaxPatternChars));
        else if (!read.isValid())
            fail(where, read.errorString());
        return read;
    }

    std::optional<chat::RunState> state(const QString& text, const QString& where)
    {
        const auto read = chat::runStateFromString(text);
        if (!read)
            fail(where, u"'%1' is no state of a run"_s.arg(text));
        return read;
    }

private:
    QString m_problem;
};

StateRule readRule(Reader& reader, const QJsonObject& object, const QString& where)
{
    StateRule rule;
    rule.pattern = reader.pattern(reader.text(object, u"match"_s, where), where + u"match"_s);
    if (object.contains("state"_L1))
        rule.state = reader.state(reader.text(object, u"state"_s, where), where + u"state"_s);
    rule.detail = reader.text(object, u"detail"_s, where);
    rule.answers = reader.texts(object, u"answers"_s, where);
    rule.ends = reader.flag(object, u"ends"_s, rule.state && chat::isFinal(*rule.state));
    return rule;
}

} // namespace

base::Expected<BotProfile> readProfile(const QByteArray& json)
{
    if (json.size() > kMaxProfileBytes)
        return Error{ErrorKind::Invalid, u"larger than %1 bytes"_s.arg(kMaxProfileBytes), 0};
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(json, &wrong);
    if (!document.isObject())
        return Error{ErrorKind::Invalid, u"no JSON object: %1 at byte %2"_s.arg(wrong.errorString()).arg(wrong.offset), 0};
    const QJsonObject object = document.object();
    Reader reader;
    BotProfile profile;
    profile.id = reader.text(object, u"id"_s, {});
    static const QRegularExpression kId(u"\\A[a-z0-9][a-z0-9-]{0,39}\\z"_s);
    if (!kId.match(profile.id).hasMatch())
        reader.fail(u"id"_s, u"is not made of small letters, digits and '-'"_s);
    profile.title = reader.text(object, u"title"_s, {});
    if (profile.title.isEmpty())
        profile.title = profile.id;
    profile.names = reader.texts(object, u"names"_s, {});
    for (const QString& saying : reader.texts(object, u"sayings"_s, {}))
        profile.sayings += reader.pattern(saying, u"sayings"_s);
    profile.byName = reader.flag(object, u"byName"_s, true);
    profile.prefixes = reader.texts(object, u"prefixes"_s, {});
    profile.bareInDirect = reader.flag(object, u"bareInDirect"_s, false);
    profile.answersOnce = reader.flag(object, u"answersOnce"_s, false);
    profile.cutsWords = reader.flag(object, u"cutsWords"_s, false);
    if (object.contains("executionId"_L1))
        profile.executionId = reader.pattern(reader.text(object, u"executionId"_s, {}), u"executionId"_s);
    if (!profile.executionId.pattern().isEmpty() && !profile.executionId.namedCaptureGroups().contains(u"id"_s))
        reader.fail(u"executionId"_s, u"captures no 'id'"_s);
    const QJsonArray rules = reader.list(object, u"rules"_s, {});
    for (qsizetype i = 0; i < rules.size() && !reader.failed(); ++i)
        profile.rules += readRule(reader, rules[i].toObject(), u"rules[%1]."_s.arg(i));
    const QJsonObject reactions = object[u"reactions"_s].toObject();
    if (reactions.size() > kMaxProfileEntries)
        reader.fail(u"reactions"_s, u"are more than %1"_s.arg(kMaxProfileEntries));
    for (auto it = reactions.begin(); it != reactions.end() && !reader.failed(); ++it)
        if (const auto state = reader.state(it->toString(), u"reactions."_s + it.key()))
            profile.reactions.insert(it.key(), *state);
    profile.noReplyMs = reader.milliseconds(object, u"noReplyMs"_s, profile.noReplyMs);
    profile.quietMs = reader.milliseconds(object, u"quietMs"_s, profile.quietMs);
    if (reader.failed())
        return Error{ErrorKind::Invalid, reader.problem(), 0};
    return profile;
}

} // namespace ridealong::correlator
