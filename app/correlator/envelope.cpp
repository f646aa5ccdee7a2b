// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/envelope.h"

#include "correlator/bundletable.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::RunState;

namespace {

constexpr QLatin1StringView kPrefix("dev.ridealong.run.");
const QString kRunId = u"\\A[A-Za-z0-9_-]{6,64}\\z"_s;
constexpr qsizetype kMaxBundle = 6;
constexpr qsizetype kMaxGroups = 20;
constexpr qsizetype kMaxReplies = 4;

/// Qt's reader goes 1,024 deep; ours are flat, and what is not is not worth the stack.
bool isTooDeep(const QByteArray& json)
{
    int depth = 0;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxEnvelopeDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

std::optional<Envelope::Kind> kindOf(QStringView type)
{
    static constexpr std::pair<QLatin1StringView, Envelope::Kind> kKinds[]
        = {{QLatin1StringView("queued.v1"), Envelope::Kind::Queued}, {QLatin1StringView("started.v1"), Envelope::Kind::Started},
            {QLatin1StringView("output.v1"), Envelope::Kind::Output}, {QLatin1StringView("progress.v1"), Envelope::Kind::Progress},
            {QLatin1StringView("approval.v1"), Envelope::Kind::Approval}, {QLatin1StringView("finished.v1"), Envelope::Kind::Finished}};
    if (!type.startsWith(kPrefix))
        return std::nullopt;
    for (const auto& [name, kind] : kKinds)
        if (type.mid(kPrefix.size()) == name)
            return kind;
    return std::nullopt;
}

std::optional<RunState> outcomeOf(QStringView word)
{
    if (word == u"success")
        return RunState::Succeeded;
    if (word == u"failure")
        return RunState::Failed;
    if (word == u"error")
        return RunState::Error;
    if (word == u"cancelled")
        return RunState::Cancelled;
    if (word == u"denied")
        return RunState::Denied;
    return std::nullopt;
}

class Reader
{
public:
    explicit Reader(const QJsonObject& data) : m_data(data) {}

    QString text(const QString& key) { return textIn(m_data, key); }
    QString textIn(const QJsonObject& object, const QString& key)
    {
        const QJsonValue value = object[key];
        if (!value.isUndefined() && !value.isString())
            wrong(key);
        return value.toString().left(kMaxEnvelopeText);
    }
    bool flag(const QString& key)
    {
        const QJsonValue value = m_data.value(key);
        if (!value.isUndefined() && !value.isBool())
            wrong(key);
        return value.toBool();
    }
    std::optional<qint64> integer(const QJsonObject& object, const QString& key)
    {
        const QJsonValue value = object[key];
        if (value.isUndefined())
            return std::nullopt;
        if (!value.isDouble() || double(value.toInteger()) != value.toDouble()) {
            wrong(key);
            return std::nullopt;
        }
        return value.toInteger();
    }
    QJsonObject object(const QString& key)
    {
        const QJsonValue value = m_data.value(key);
        if (!value.isUndefined() && !value.isObject())
            wrong(key);
        return value.toObject();
    }
    void wrong(const QString& key)
    {
        if (m_wrong.isEmpty())
            m_wrong = key;
    }
    const QString& whatIsWrong() const { return m_wrong; }
    const QJsonObject& data() const { return m_data; }

private:
    QJsonObject m_data;
    QString m_wrong;
};

void readProgress(Reader& reader, Envelope& envelope)
{
    const QJsonObject object = reader.object(u"progress"_s);
    if (object.isEmpty())
        return;
    chat::Progress progress;
    const QString state = reader.textIn(object, u"state"_s);
    if (state == "error"_L1)
        progress.state = chat::Progress::State::Error;
    else if (state == "indeterminate"_L1)
        progress.state = chat::Progress::State::Indeterminate;
    else if (state == "paused"_L1)
        progress.state = chat::Progress::State::Paused;
    else if (state != "normal"_L1)
        reader.wrong(u"progress.state"_s);
    const qint64 percent = reader.integer(object, u"percent"_s).value_or(0);
    if (percent < 0 || percent > 100)
        reader.wrong(u"progress.percent"_s);
    progress.percent = int(std::clamp<qint64>(percent, 0, 100));
    progress.label = reader.textIn(object, u"label"_s).left(120);
    envelope.progress = progress;
}

void readApproval(Reader& reader, Envelope& envelope)
{
    const QJsonObject object = reader.object(u"approval"_s);
    if (object.isEmpty())
        return;
    envelope.approval = reader.textIn(object, u"state"_s);
    if (!QStringList{u"pending"_s, u"approved"_s, u"denied"_s, u"expired"_s}.contains(envelope.approval))
        reader.wrong(u"approval.state"_s);
    for (const QJsonValue& group : object[u"groups"_s].toArray())
        if (envelope.groups.size() < kMaxGroups)
            envelope.groups += group.toString().left(120);
    for (const QJsonValue& reply : object[u"replies"_s].toArray())
        if (const QString text = reply[u"text"_s].toString().simplified(); envelope.replies.size() < kMaxReplies && !text.isEmpty())
            envelope.replies += text.left(200);
}

void readData(Reader& reader, Envelope& envelope)
{
    envelope.task = reader.text(u"taskName"_s).left(200);
    const auto sequence = reader.integer(reader.data(), u"seq"_s);
    if (!reader.data().contains("taskName"_L1))
        reader.wrong(u"taskName"_s);
    if (!sequence || *sequence < 0)
        reader.wrong(u"seq"_s);
    envelope.sequence = sequence.value_or(0);
    const QJsonObject cause = reader.object(u"cause"_s);
    envelope.causeMessage = reader.textIn(cause, u"message"_s);
    envelope.causeUser = reader.textIn(cause, u"user"_s);
    envelope.causeRoom = reader.textIn(cause, u"room"_s);
    envelope.causeCommand = reader.textIn(cause, u"command"_s).left(2000);
    envelope.environment = reader.text(u"environment"_s).left(64);
    envelope.dryRun = reader.flag(u"dryRun"_s);
    const QUrl url(reader.text(u"url"_s), QUrl::StrictMode);
    if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1)
        envelope.url = url.toString();
    envelope.displayId = reader.text(u"displayId"_s).left(64);
    envelope.update = reader.flag(u"update"_s);
    const QJsonObject bundle = reader.object(u"bundle"_s);
    if (bundle.size() > kMaxBundle)
        reader.wrong(u"bundle"_s);
    if (const QJsonValue table = bundle[u"application/vnd.dataresource+json"_s]; table.isObject())
        envelope.table = tableText(table.toObject());
    readProgress(reader, envelope);
    readApproval(reader, envelope);
    if (const QString outcome = reader.text(u"outcome"_s); !outcome.isEmpty()) {
        envelope.outcome = outcomeOf(outcome);
        if (!envelope.outcome)
            reader.wrong(u"outcome"_s);
    }
    if (const auto exit = reader.integer(reader.data(), u"exitCode"_s))
        envelope.exitCode = int(std::clamp<qint64>(*exit, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    envelope.durationMs = reader.integer(reader.data(), u"durationMs"_s).value_or(-1);
    envelope.errors = reader.text(u"errors"_s);
    if (envelope.kind == Envelope::Kind::Finished && !envelope.outcome)
        reader.wrong(u"outcome"_s);
    if (envelope.kind == Envelope::Kind::Output && !reader.data().contains("bundle"_L1))
        reader.wrong(u"bundle"_s);
    if (envelope.kind == Envelope::Kind::Progress && !envelope.progress)
        reader.wrong(u"progress"_s);
}

} // namespace

base::Expected<Envelope> readEnvelope(const QByteArray& json)
{
    if (json.size() > kMaxEnvelopeBytes)
        return Error{ErrorKind::Invalid, u"larger than %1 bytes"_s.arg(kMaxEnvelopeBytes), 0};
    if (isTooDeep(json))
        return Error{ErrorKind::Invalid, u"deeper than %1"_s.arg(kMaxEnvelopeDepth), 0};
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Reader outer(object);
    if (outer.text(u"specversion"_s) != "1.0"_L1)
        outer.wrong(u"specversion"_s);
    for (const QString& field : {u"id"_s, u"source"_s})
        if (outer.text(field).isEmpty())
            outer.wrong(field);
    if (!QDateTime::fromString(outer.text(u"time"_s), Qt::ISODateWithMs).isValid())
        outer.wrong(u"time"_s);
    Envelope envelope;
    const auto kind = kindOf(outer.text(u"type"_s));
    if (!kind)
        outer.wrong(u"type"_s);
    envelope.kind = kind.value_or(Envelope::Kind::Output);
    envelope.run = outer.text(u"subject"_s);
    static const QRegularExpression isRunId(kRunId);
    if (!isRunId.match(envelope.run).hasMatch())
        outer.wrong(u"subject"_s);
    if (!object[u"data"_s].isObject())
        outer.wrong(u"data"_s);
    Reader data(object[u"data"_s].toObject());
    if (outer.whatIsWrong().isEmpty())
        readData(data, envelope);
    if (const QString wrong = outer.whatIsWrong().isEmpty() ? data.whatIsWrong() : outer.whatIsWrong(); !wrong.isEmpty())
        return Error{ErrorKind::Invalid, wrong, 0};
    return envelope;
}

std::optional<Trailer> trailerOf(const QString& text)
{
    static const QRegularExpression pattern(
        u"\\A\\[run:(?<id>[A-Za-z0-9_-]{6,64}) (?<task>\\S{1,200}) (?<st>queued|running|success|failure|error|cancelled|denied)"
        "(?: exit=(?<exit>-?\\d{1,9}))?(?: (?<pct>\\d{1,3})%)?(?: (?<dur>\\d{1,9}(?:\\.\\d{1,3})?)s)?(?: env=(?<env>[\\w-]{1,64}))?(?<dry> dry-run)?\\]\\z"_s);
    const qsizetype begin = text.lastIndexOf(u'\n') + 1;
    if (text.size() - begin > 600 || !QStringView(text).sliced(begin).startsWith(u"[run:"))
        return std::nullopt;
    const auto match = pattern.match(text.sliced(begin));
    if (!match.hasMatch())
        return std::nullopt;
    Trailer trailer;
    trailer.textEnd = std::max<qsizetype>(0, begin - 1);
    Envelope& envelope = trailer.envelope;
    envelope.run = match.captured(u"id");
    envelope.task = match.captured(u"task");
    const QString state = match.captured(u"st");
    envelope.outcome = outcomeOf(state);
    envelope.kind = envelope.outcome ? Envelope::Kind::Finished : state == "queued"_L1 ? Envelope::Kind::Queued : Envelope::Kind::Started;
    if (match.hasCaptured(u"exit"))
        envelope.exitCode = match.captured(u"exit").toInt();
    if (match.hasCaptured(u"pct")) {
        envelope.progress = chat::Progress{chat::Progress::State::Normal, std::min(100, match.captured(u"pct").toInt()), {}};
        if (!envelope.outcome)
            envelope.kind = Envelope::Kind::Progress;
    }
    if (match.hasCaptured(u"dur"))
        envelope.durationMs = qint64(match.captured(u"dur").toDouble() * 1000);
    envelope.environment = match.captured(u"env");
    envelope.dryRun = match.hasCaptured(u"dry");
    return trailer;
}

} // namespace ridealong::correlator
