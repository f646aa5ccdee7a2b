// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "irc/line.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using namespace ridealong::irc;

namespace {

QJsonArray vectors(const QString& name)
{
    QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/irc/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(file.fileName()));
    const QJsonArray tests = QJsonDocument::fromJson(file.readAll()).object()[u"tests"].toArray();
    if (tests.isEmpty())
        qFatal("no tests in %s", qPrintable(file.fileName()));
    return tests;
}

/// What the vectors call atoms.
Line lineOf(const QJsonObject& atoms)
{
    Line line;
    const QJsonObject tags = atoms[u"tags"].toObject();
    for (auto it = tags.begin(); it != tags.end(); ++it)
        line.tags.push_back({it.key().toUtf8(), it.value().toString()});
    line.source = atoms[u"source"].toString();
    line.command = atoms[u"verb"].toString().toUpper().toUtf8();
    for (const QJsonValue& parameter : atoms[u"params"].toArray())
        line.parameters.append(parameter.toString());
    return line;
}

std::map<QByteArray, QString> tagMap(const Line& line)
{
    std::map<QByteArray, QString> map;
    for (const Tag& tag : line.tags)
        map[tag.key] = line.tag(tag.key);
    return map;
}

Line parsed(QByteArrayView bytes)
{
    auto line = parseLine(bytes);
    if (!line)
        qFatal("not parsed: %s", qPrintable(line.error().detail));
    return *line;
}

bool isRefused(QByteArrayView bytes)
{
    const auto line = parseLine(bytes);
    return !line && line.error().kind == base::ErrorKind::Invalid;
}

QByteArray repeated(const QByteArray& piece, qsizetype count) { return piece.repeated(count); }

} // namespace

class LineTest : public QObject
{
    Q_OBJECT

private slots:
    void splitsAsTheVectorsSay()
    {
        for (const QJsonValue& test : vectors(u"msg-split.json"_s)) {
            const QByteArray input = test[u"input"].toString().toUtf8();
            const Line line = parsed(input), expected = lineOf(test[u"atoms"].toObject());
            QVERIFY2(tagMap(line) == tagMap(expected), input.constData());
            QVERIFY2(line.source == expected.source && line.command == expected.command && line.parameters == expected.parameters, input.constData());
        }
    }

    void joinsAsTheVectorsSay()
    {
        for (const QJsonValue& test : vectors(u"msg-join.json"_s)) {
            const auto bytes = serialize(lineOf(test[u"atoms"].toObject()));
            QVERIFY(bytes);
            QStringList matches; // the vectors keep a verb's case, we send upper case
            for (const QJsonValue& match : test[u"matches"].toArray()) {
                QString text = match.toString();
                const QString verb = test[u"atoms"][u"verb"].toString();
                matches.append(text.replace(text.indexOf(verb), verb.size(), verb.toUpper()));
            }
            if (test[u"atoms"][u"tags"].toObject().contains(u"foo"))
                matches = {test[u"matches"][0].toString()}; // its tag is named like other tests' verbs
            QVERIFY2(matches.contains(QString::fromUtf8(*bytes)), bytes->constData());
        }
    }

    void splitsSourcesAsTheVectorsSay()
    {
        for (const QJsonValue& test : vectors(u"userhost-split.json"_s)) {
            const QString text = test[u"source"].toString();
            const Source source = splitSource(text);
            QCOMPARE(source.nick, test[u"atoms"][u"nick"].toString());
            QCOMPARE(source.user, test[u"atoms"][u"user"].toString());
            QCOMPARE(source.host, test[u"atoms"][u"host"].toString());
            Line line;
            line.source = text;
            QCOMPARE(line.nick(), source.nick);
        }
        QCOMPARE(splitSource({}).nick, QString());
        QCOMPARE(splitSource(u"a@b!c"_s).host, u"b!c"_s);
    }

    void readsTagsOfARealServer()
    {
        const Line line = parsed("@time=2026-11-25T10:00:00.000Z;msgid=1AA~1795425092~0;label=L1;inspircd.org/echo;+example.org/"
                                 "x=hello\\sworld;+draft/react=\xF0\x9F\x91\x8D "
                                 ":alice!alice@127.0.0.1 PRIVMSG #ops :hi there");
        QCOMPARE(line.tag("msgid"), u"1AA~1795425092~0"_s);
        QCOMPARE(line.tag("+example.org/x"), u"hello world"_s);
        QCOMPARE(line.tag("+draft/react"), u"👍"_s);
        QVERIFY(line.hasTag("inspircd.org/echo"));
        QVERIFY(!line.hasTag("echo"));
        QCOMPARE(line.nick(), u"alice"_s);
        QCOMPARE(line.parameters, QStringList({u"#ops"_s, u"hi there"_s}));
        QCOMPARE(line.parameter(2), QString());
    }

    void oddTagsAreTakenAsTheyCome()
    {
        QCOMPARE(parsed("@a=\\ X").tag("a"), QString());
        QCOMPARE(parsed("@a=\\\\\\ X").tag("a"), u"\\"_s);
        QCOMPARE(parsed("@a=\\q\\:\\s X").tag("a"), u"q; "_s);
        QCOMPARE(parsed("@a=b=c X").tag("a"), u"b=c"_s);
        QCOMPARE(parsed("@;;a=1;;=2; X").tags, std::vector<Tag>({{"a", u"1"_s}}));
        QCOMPARE(parsed("@ X").command, QByteArray("X"));
        QCOMPARE(parsed("@a=1;a X").tag("a"), QString());
    }

    void commandsAreLettersOrThreeDigits()
    {
        QCOMPARE(parsed("privmsg a b").command, QByteArray("PRIVMSG"));
        QCOMPARE(parsed("  :s   001   me   :hi  ").parameters, QStringList({u"me"_s, u"hi  "_s}));
        for (const char* bad : {"", " ", "@a=1", "@a=1 ", ":src", ":src ", "@a :src", "12", "1234", "A1", "PRIV-MSG x", "\xC3\x84", ":", "@", ": :"})
            QVERIFY2(isRefused(bad), bad);
        for (const char bad : {'\0', '\r', '\n'}) {
            QVERIFY(isRefused(QByteArray("PING a") + bad));
            QVERIFY(isRefused(bad + QByteArray("PING a")));
            QVERIFY(isRefused(QByteArray("@a=") + bad + " PING a"));
        }
    }

    void limitsHoldExactly()
    {
        QVERIFY(parseLine("PING " + QByteArray(kMaxReceivedBytes - 5, 'x')));
        QVERIFY(isRefused("PING " + QByteArray(kMaxReceivedBytes - 4, 'x')));
        QVERIFY(isRefused(QByteArray(1 << 20, 'x')));
        QVERIFY(parseLine('@' + repeated("a;", kMaxTags) + " PING"));
        QVERIFY(isRefused('@' + repeated("a;", kMaxTags + 1) + " PING"));
        QCOMPARE(parsed("PING" + repeated(" a", kMaxParameters)).parameters.size(), kMaxParameters);
        QVERIFY(isRefused("PING" + repeated(" a", kMaxParameters + 1)));
        QVERIFY(isRefused("PING" + repeated(" a", kMaxParameters) + " :a"));
    }

    void textIsUtf8ElseWindows1252()
    {
        QCOMPARE(decodeText("plain"), u"plain"_s);
        QCOMPARE(decodeText({}), QString());
        QCOMPARE(decodeText("Gr\xC3\xBC\xC3\x9F"
                            "e"),
            u"Grüße"_s);
        QCOMPARE(decodeText("Gr\xFC\xDF"
                            "e \x80 \x93x\x94"),
            u"Grüße € “x”"_s);
        QCOMPARE(decodeText("\xEF\xBB\xBF\xEF\xBB\xBFx"), u"\uFEFF\uFEFFx"_s);
        QCOMPARE(decodeText("\xED\xA0\x80"), u"\u00ED\u00A0\u20AC"_s); // a surrogate is no UTF-8
        QCOMPARE(decodeText("caf\xE9"), u"café"_s);
        QCOMPARE(decodeText("\xE9"), u"é"_s);
        // A channel in UTF-8, its message not.
        QCOMPARE(parsed("PRIVMSG #\xC3\xBC :\xFC").parameters, QStringList({u"#ü"_s, u"ü"_s}));
    }

    void textThatAServerCutStaysUtf8()
    {
        const QByteArray text = QByteArray("日本語 😀");
        QCOMPARE(decodeText(text.chopped(1)), u"日本語 \uFFFD"_s);
        QCOMPARE(decodeText(text.chopped(3)), u"日本語 \uFFFD"_s);
        QCOMPARE(decodeText(text.chopped(4)), u"日本語 "_s);
    }

    void serializeWritesWhatIsNeeded()
    {
        Line line{{{"label", u"a;b c\\d\r\n"_s}, {"x", {}}}, {}, "privmsg", {u"#c"_s, u"a\r\nb\0c"_s}};
        line.parameters[1] = QStringView(u"a\r\nb\0c", 6).toString();
        QCOMPARE(*serialize(line), QByteArray("@label=a\\:b\\sc\\\\d\\r\\n;x PRIVMSG #c :a  b c"));
        QCOMPARE(*serialize({{}, {}, "TOPIC", {u"#c"_s, QString()}}), QByteArray("TOPIC #c :"));
        QCOMPARE(*serialize({{}, {}, "PRIVMSG", {u"#c"_s, u":)"_s}}), QByteArray("PRIVMSG #c ::)"));
        QCOMPARE(*serialize({{}, {}, "PRIVMSG", {u"#c"_s, u"one"_s}}), QByteArray("PRIVMSG #c one"));
    }

    void serializeRefusesMistakes()
    {
        const std::vector<Line> mistakes = {{{}, {}, {}, {}}, {{}, {}, "A B", {}}, {{}, {}, "PING\r\nQUIT", {}}, {{}, u"a b"_s, "PING", {}},
            {{}, u"a\nb"_s, "PING", {}}, {{}, {}, "PING", {QString(), u"x"_s}}, {{}, {}, "PING", {u"a b"_s, u"x"_s}},
            {{}, {}, "PING", {u"a\nb"_s, u"x"_s}}, {{}, {}, "PING", {u":a"_s, u"x"_s}}, {{{{}, u"x"_s}}, {}, "PING", {}},
            {{{"a b", {}}}, {}, "PING", {}}, {{{"a;b", {}}}, {}, "PING", {}}, {{{"a=b", {}}}, {}, "PING", {}}};
        for (const Line& mistake : mistakes) {
            const auto bytes = serialize(mistake);
            QVERIFY2(!bytes, bytes ? bytes->constData() : "");
            QCOMPARE(toString(bytes.error().kind), u"Invalid"_s);
        }
    }

    void serializeKeepsTheLimits()
    {
        const auto ping = [](qsizetype bytes) { return Line{{}, {}, "PING", {QString(bytes - 5, u'x')}}; };
        QCOMPARE(serialize(ping(kMaxLineBytes))->size(), kMaxLineBytes);
        QVERIFY(!serialize(ping(kMaxLineBytes + 1)));
        QVERIFY(serialize(ping(2046), 2046));
        QVERIFY(!serialize(ping(2047), 2046));
        QVERIFY(!serialize(ping(kMaxLineBytes - 5), 0));
        Line tagged = ping(kMaxLineBytes); // the two limits are apart
        tagged.tags = {{"+x", QString(kMaxClientTagBytes - 3, u'x')}};
        QVERIFY(serialize(tagged));
        tagged.tags[0].value += u'x';
        QVERIFY(!serialize(tagged));
        tagged.tags[0].value = QString(kMaxClientTagBytes - 4, u'x') + u';'; // escaped it is two
        QVERIFY(!serialize(tagged));
    }
};

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::LineTest)
#include "tst_line.moc"
