// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "correlator/saying.h"

#include <QRegularExpression>

namespace ridealong::correlator {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLooked = 4000; ///< characters of a message that are looked at
const QString kFence = u"```"_s;

bool isWordCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.'; }

/// "ana: ", "@ana ", "ana, "; longest names first would not matter, as the character behind a name is no part of one.
qsizetype calledLength(QStringView text, const QStringList& names, QString* called)
{
    const qsizetype at = text.startsWith(u'@') ? 1 : 0;
    for (const QString& name : names) {
        if (name.isEmpty() || !text.sliced(at).startsWith(name, Qt::CaseInsensitive))
            continue;
        qsizetype end = at + name.size();
        const QChar next = end < text.size() ? text[end] : QChar();
        const bool marked = next == u':' || next == u',';
        if (!marked && !(at == 1 && (next.isNull() || next.isSpace())))
            continue;
        *called = text.sliced(at, name.size()).toString();
        end += marked;
        while (end < text.size() && text[end] == u' ')
            ++end;
        return end;
    }
    return 0;
}

QStringView lastLine(QStringView text)
{
    while (text.endsWith(u'\n'))
        text.chop(1);
    return text.sliced(text.lastIndexOf(u'\n') + 1);
}

void readPercent(QStringView text, Saying& saying)
{
    static const QRegularExpression percent(u"(?<![\\d.])(\\d{1,3})(?:\\.\\d+)? ?%"_s);
    static const QRegularExpression bar(u"[\\[(|][#=*>.\\-_ ]{4,}[\\])|]|[█▓▒░■□▰▱]{3,}"_s);
    const QString looked = lastLine(text).left(200).toString();
    auto found = percent.globalMatch(looked);
    while (found.hasNext())
        if (const int value = found.next().captured(1).toInt(); value <= 100)
            saying.percent = value;
    saying.hasBar = saying.percent && bar.match(looked).hasMatch();
}

QList<qint64> numbersIn(QStringView line)
{
    constexpr qsizetype kMaxDigits = 15;
    QList<qint64> numbers;
    for (qsizetype i = 0; i < line.size() && numbers.size() < kMaxNumbers;) {
        const qsizetype begin = i;
        while (i < line.size() && line[i].isDigit())
            ++i;
        if (const qsizetype digits = i - begin; digits > 0 && digits <= kMaxDigits)
            numbers += line.sliced(begin, digits).toLongLong();
        i += i == begin;
    }
    return numbers;
}

int openBrackets(QStringView text, QStringView opening, QStringView closing)
{
    int open = 0;
    for (const QChar c : text)
        open += int(opening.contains(c)) - int(closing.contains(c));
    return open;
}

} // namespace

QSet<QString> wordsIn(QStringView text)
{
    QSet<QString> words;
    const QStringView looked = text.left(kMaxLooked);
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= looked.size() && words.size() < kMaxWords; ++i) {
        if (i < looked.size() && isWordCharacter(looked[i]))
            continue;
        QStringView word = looked.sliced(begin, i - begin);
        while (word.endsWith(u'.') || word.endsWith(u'-'))
            word.chop(1);
        while (word.startsWith(u'.') || word.startsWith(u'-'))
            word = word.sliced(1);
        if (word.size() >= 3 || (word.size() == 2 && word[1].isDigit()))
            words.insert(word.toString().toLower());
        begin = i + 1;
    }
    return words;
}

QString signatureOf(QStringView line, const QSet<QString>& command)
{
    line = line.left(line.indexOf(u'\n') < 0 ? line.size() : line.indexOf(u'\n')).left(200);
    QString made;
    for (qsizetype i = 0; i < line.size() && made.size() < kMaxSignature;) {
        if (isWordCharacter(line[i])) {
            const qsizetype begin = i;
            while (i < line.size() && isWordCharacter(line[i]))
                ++i;
            const QStringView word = line.sliced(begin, i - begin);
            const bool hasDigit = std::any_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
            const bool isHex = word.size() >= 6 && hasDigit && std::all_of(word.begin(), word.end(), [](QChar c) {
                return c.isDigit() || (c.toLower() >= u'a' && c.toLower() <= u'f') || c == u'-';
            });
            if (command.contains(word.toString().toLower()))
                made += u'$';
            else if (isHex)
                made += u'h';
            else
                for (const QChar c : word)
                    if (!c.isDigit())
                        made += c;
                    else if (!made.endsWith(u'0'))
                        made += u'0';
        } else {
            if (!made.endsWith(line[i]))
                made += line[i];
            ++i;
        }
    }
    return made.left(kMaxSignature).trimmed();
}

Saying readSaying(const QString& text, const QStringList& names)
{
    Saying saying;
    saying.text = text.sliced(calledLength(text, names, &saying.called));
    while (saying.text.endsWith(u'\n'))
        saying.text.chop(1); // a part's line end is made
    const QStringView looked = QStringView(saying.text).left(kMaxLooked);
    saying.words = wordsIn(looked);
    readPercent(looked, saying);
    static const QRegularExpression continuation(u"\\A(\\s+\\S|\\s*\\z|[•\\-*+] |[\\]})]|\\| |\\d+\\. |\\.{3})"_s);
    static const QRegularExpression tag(
        u"\\A(?!\\[?(?i:info|warn|warning|error|debug|trace|fail|pass|note|usage)\\b)(?:\\[([A-Za-z][\\w.-]{2,20})[^\\]]{0,20}\\]|([a-z][\\w-]{2,20}):) "_s);
    if (const auto tagged = tag.match(text.left(60)); tagged.hasMatch() && saying.called.isEmpty())
        saying.tag = (tagged.captured(1) + tagged.captured(2)).toLower();
    static const QRegularExpression inside(u"\\A(\\s+[^\\s•\\-*+]|\\s*[\\]})])"_s);
    saying.isInside = saying.called.isEmpty() && inside.match(text.left(20)).hasMatch();
    saying.isContinuation = saying.called.isEmpty() && continuation.match(text.left(20)).hasMatch();
    const QStringView last = lastLine(looked).trimmed();
    saying.closesFence = looked.trimmed() == kFence;
    saying.numbers = numbersIn(looked.left(looked.indexOf(u'\n') < 0 ? 200 : std::min<qsizetype>(200, looked.indexOf(u'\n'))));
    saying.brackets = openBrackets(looked, u"{[", u"}]");
    saying.isOpen = looked.count(kFence) % 2 == 1 || openBrackets(looked, u"{[(", u"}])") > 0 || last.endsWith(u':') || last.endsWith(u',')
        || last.endsWith(u'\\');
    return saying;
}

bool cutsWord(QStringView before, QStringView next)
{
    return !before.isEmpty() && !next.isEmpty() && before.back().isLetterOrNumber() && next.front().isLower() && !next.front().isSpace();
}

QString joined(const QStringList& texts, const QList<bool>& cutBefore)
{
    QString all;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        QStringView next = texts[i];
        while (next.endsWith(u'\n'))
            next.chop(1);
        const bool cut = i > 0 && cutBefore.value(i);
        // "```\nrows\n```" and "```\nmore rows\n```": somebody's limit closed and opened what is one block.
        if (i > 0 && all.endsWith(kFence) && next.startsWith(kFence) && all.count(kFence) % 2 == 0 && all.size() > kFence.size()) {
            const qsizetype line = next.indexOf(u'\n');
            if (line > 0) {
                all.chop(kFence.size());
                next = next.sliced(line + 1);
                all += next;
                continue;
            }
        }
        if (i > 0 && !cut)
            all += u'\n';
        all += next;
    }
    return all;
}

} // namespace ridealong::correlator
