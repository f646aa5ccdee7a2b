// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/fallback.h"

#include "xmpp/namespaces.h"
#include "xmpp/payload.h"

#include <algorithm>
#include <utility>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

using Range = std::pair<qsizetype, qsizetype>; ///< from, behind; in code points

std::vector<Range> rangesOf(const Element& message, const QList<QStringView>& features, qsizetype length)
{
    std::vector<Range> ranges;
    for (const Element* fallback : message.children(u"fallback", ns::kFallback)) {
        if (!features.contains(fallback->attribute(u"for")))
            continue;
        if (fallback->children().empty())
            ranges.emplace_back(0, length);
        for (const Element* part : fallback->children(u"body", ns::kFallback)) {
            bool isFrom = true, isEnd = true;
            const bool isWhole = !part->hasAttribute(u"start") && !part->hasAttribute(u"end");
            const qsizetype from = isWhole ? 0 : part->attribute(u"start").toLongLong(&isFrom);
            const qsizetype end = isWhole ? length : part->attribute(u"end").toLongLong(&isEnd);
            if (isFrom && isEnd && from >= 0 && from < end && end <= length)
                ranges.emplace_back(from, end);
        }
        if (ranges.size() > size_t(kMaxFallbackRanges))
            return {};
    }
    return ranges;
}

} // namespace

qsizetype codePoints(QStringView text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

QString bodyOf(const Element& message)
{
    const Element* chosen = nullptr;
    for (const Element* body : message.children(u"body", ns::kClient))
        if (!chosen || (chosen->hasAttribute(u"lang", ns::kXml) && !body->hasAttribute(u"lang", ns::kXml)))
            chosen = body;
    return chosen ? cutText(chosen->text(), kMaxTextChars) : QString();
}

QString withoutFallback(const Element& message, const QString& body, const QList<QStringView>& features)
{
    if (!message.has(u"fallback", ns::kFallback))
        return body;
    const auto ranges = rangesOf(message, features, codePoints(body));
    if (ranges.empty())
        return body;
    QString kept;
    qsizetype point = -1;
    for (const QChar c : body) {
        if (!c.isLowSurrogate())
            ++point;
        if (std::none_of(ranges.begin(), ranges.end(), [point](const Range& range) { return point >= range.first && point < range.second; }))
            kept += c;
    }
    return kept;
}

Element fallbackMark(QStringView feature, qsizetype from, qsizetype end)
{
    return Element(u"fallback", ns::kFallback)
        .with(u"for", feature.toString())
        .with(Element(u"body", ns::kFallback).with(u"start", QString::number(from)).with(u"end", QString::number(end)));
}

} // namespace ridealong::xmpp
