// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/inlinepicture.h"

namespace ridealong::console {
namespace {

constexpr QByteArrayView kData = "data:image/";
constexpr QByteArrayView kBase64 = ";base64,";
constexpr QByteArrayView kOsc = "1337;File=";
constexpr qsizetype kMaxTypeBytes = 32;
constexpr qsizetype kMaxNameBytes = 200;

/// All of the text is taken for the URL.
std::optional<PictureText> urlAt(QByteArrayView text)
{
    if (!text.startsWith(kData))
        return std::nullopt;
    const QByteArrayView rest = text.sliced(kData.size());
    const qsizetype mark = rest.first(std::min(rest.size(), kMaxTypeBytes + kBase64.size())).indexOf(kBase64);
    if (mark < 0)
        return std::nullopt;
    return PictureText{{}, {}, rest.first(mark), rest.sliced(mark + kBase64.size())};
}

/// Of what it begins with; in base64, three bytes are four characters.
QByteArray typeOf(QByteArrayView base64)
{
    constexpr std::pair<const char*, const char*> kBeginnings[] = {{"iVBORw0KGgo", "png"}, {"/9j/", "jpeg"}, {"R0lGOD", "gif"}, {"UklGR", "webp"}};
    for (const auto& [beginning, type] : kBeginnings)
        if (base64.startsWith(beginning))
            return type;
    return "*";
}

} // namespace

std::optional<PictureText> pictureIn(QByteArrayView line)
{
    line = line.trimmed();
    if (auto whole = urlAt(line))
        return whole;
    const qsizetype url = line.indexOf("](data:image/");
    const qsizetype begin = url < 0 ? -1 : line.first(url).lastIndexOf("![");
    if (begin < 0)
        return std::nullopt;
    auto found = urlAt(line.sliced(url + 2));
    const qsizetype end = found ? found->base64.indexOf(')') : -1;
    if (end < 0)
        return std::nullopt;
    found->base64 = found->base64.first(end);
    found->before = line.first(begin).trimmed();
    found->name = line.sliced(begin + 2, std::min(url - begin - 2, kMaxNameBytes));
    return found;
}

QByteArray bytesOf(const PictureText& picture)
{
    const auto decoded = QByteArray::fromBase64Encoding(picture.base64.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

bool maybePictureOsc(QByteArrayView string) { return string.startsWith(kOsc); }

QByteArray pictureFromOsc(QByteArrayView string)
{
    const qsizetype colon = string.indexOf(':');
    if (!maybePictureOsc(string) || colon < 0)
        return {};
    bool isInline = false;
    QString name;
    for (const QByteArray& argument : string.sliced(kOsc.size(), colon - kOsc.size()).toByteArray().split(';')) {
        isInline = isInline || argument == "inline=1";
        if (argument.startsWith("name="))
            name = QString::fromUtf8(QByteArray::fromBase64(argument.mid(5)).left(kMaxNameBytes));
    }
    if (!isInline)
        return {};
    name.removeIf([](QChar c) { return c.category() == QChar::Other_Control || c == u'[' || c == u']'; }); // C1 is obeyed, too, by some
    QByteArray base64 = string.sliced(colon + 1).toByteArray();
    base64.removeIf([](char c) { return !(std::isalnum(quint8(c)) || c == '+' || c == '/' || c == '='); });
    if (base64.size() > kMaxPictureBytes)
        base64.clear();
    return "![" + name.toUtf8() + "](" + kData.toByteArray() + typeOf(base64) + kBase64.toByteArray() + base64 + ')';
}

} // namespace ridealong::console
