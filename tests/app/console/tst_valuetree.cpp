// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/valuetree.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong::console;
using Problem = ValueTree::Problem;

namespace {

QByteArray slice(const QByteArray& text, quint32 begin, quint32 end) { return text.mid(begin, end - begin); }

/// "{a:1,b:[x]}": what was understood, in one line. Strings by what they say.
QString said(const ValueTree& tree, const QByteArray& text, quint32 id)
{
    const ValueNode& node = tree[id];
    if (!node.isContainer())
        return valueText(node, slice(text, node.begin, node.end))
            + u"sNBn"_s.at(node.kind == ValueKind::String ? 0
                    : node.kind == ValueKind::Number      ? 1
                    : node.kind == ValueKind::Bool        ? 2
                                                          : 3);
    QStringList parts;
    for (quint32 child = id + 1; child < node.next; child = tree[child].next)
        parts << (tree[child].isKeyed() ? keyText(slice(text, tree[child].key, tree[child].key + tree[child].keyLength)) + u':' : QString())
                + said(tree, text, child);
    return node.kind == ValueKind::Object ? u'{' + parts.join(u',') + u'}' : u'[' + parts.join(u',') + u']';
}
QString json(const QByteArray& text)
{
    const auto read = ValueTree::readJson(text);
    return read.problem == Problem::None ? said(read.tree, text, 0) : u"%1@%2"_s.arg(int(read.problem)).arg(read.at);
}
QString yaml(const QByteArray& text)
{
    const auto read = ValueTree::readYaml(text);
    return read.problem == Problem::None ? said(read.tree, text, 0) : u"%1@%2"_s.arg(int(read.problem)).arg(read.at);
}
QString broken(qint64 at) { return u"%1@%2"_s.arg(int(Problem::Broken)).arg(at); }

} // namespace

class ValueTreeTest : public QObject
{
    Q_OBJECT

private slots:
    void readsJson()
    {
        QCOMPARE(json(R"({"a": 1, "b": [true, null, "x\n\u00e9"], "c": {}, "d": []})"),
            u"{a:1N,b:[trueB,nulln,x\né"
            "s],c:{},d:[]}"_s);
        QCOMPARE(json("  -1.5e+3 "), u"-1.5e+3N"_s);
        QCOMPARE(json("[[[]]]"), u"[[[]]]"_s);
        QCOMPARE(json("\xef\xbb\xbf[1]"), u"[1N]"_s);
    }
    void readsLinesOfJsonAsAList()
    {
        QCOMPARE(json("{\"a\":1}\n{\"a\":2}\n"), u"[{a:1N},{a:2N}]"_s);
        QVERIFY(ValueTree::readJson("1 2").tree[0].isDocuments);
        QVERIFY(!ValueTree::readJson("[1,2]").tree[0].isDocuments);
    }
    void refusesWhatIsNoJson()
    {
        QCOMPARE(json(""), u"%1@0"_s.arg(int(Problem::Empty)));
        QCOMPARE(json("{\"a\":1,}"), broken(7));
        QCOMPARE(json("[1,]"), broken(3));
        QCOMPARE(json("[1 2]"), broken(3));
        QCOMPARE(json("{a:1}"), broken(1));
        QCOMPARE(json("[1"), broken(2));
        QCOMPARE(json("\"abc"), broken(4));
        QCOMPARE(json("\"abc\\"), broken(5));
        QCOMPARE(json("[01]"), broken(2));
        QCOMPARE(json("[1.]"), broken(3));
        QCOMPARE(json("nul"), broken(0));
        QCOMPARE(json("]"), broken(0));
        QCOMPARE(json("{\"a\" 1}"), broken(5));
        QCOMPARE(json("[\"a\nb\"]"), broken(3));
    }
    void holdsItsDepth()
    {
        const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
        // The list of documents is a level of its own.
        QCOMPARE(ValueTree::readJson(nested(kMaxTreeDepth - 1)).problem, Problem::None);
        QCOMPARE(ValueTree::readJson(nested(kMaxTreeDepth)).problem, Problem::TooDeep);
        QCOMPARE(ValueTree::readYaml(nested(kMaxTreeDepth - 1)).problem, Problem::None);
        QCOMPARE(ValueTree::readYaml(nested(kMaxTreeDepth)).problem, Problem::TooDeep);
        QCOMPARE(ValueTree::readYaml(QByteArray("- ").repeated(kMaxTreeDepth + 5) + "x").problem, Problem::TooDeep);
    }
    void holdsItsNumberOfValues()
    {
        QByteArray most = "[" + QByteArray("1,").repeated(kMaxTreeNodes - 2) + "1]";
        QCOMPARE(ValueTree::readJson(most).problem, Problem::None);
        most.chop(1);
        QCOMPARE(ValueTree::readJson(most + ",1]").problem, Problem::TooManyNodes);
        const std::atomic<bool> isGivenUp = true;
        QCOMPARE(ValueTree::readJson(most + "]", &isGivenUp).problem, Problem::GivenUp);
    }
    void holdsTheLengthOfKeys()
    {
        const auto keyed = [](int bytes) { return "{\"" + QByteArray(bytes - 2, 'k') + "\":1}"; };
        QCOMPARE(ValueTree::readJson(keyed(kMaxKeyBytes)).problem, Problem::None);
        QCOMPARE(ValueTree::readJson(keyed(kMaxKeyBytes + 1)).problem, Problem::TooLarge);
        QCOMPARE(json("{\"\":1}"), u"{:1N}"_s);
    }
    void knowsWhereANodeIs()
    {
        const QByteArray text = R"({"items": [{"name": "a"}, {"odd name": 2}], "z": 3})";
        const auto tree = ValueTree::readJson(text).tree;
        const auto textOf = [&](quint32 begin, quint32 end) { return slice(text, begin, end); };
        const auto pathAt = [&](QByteArrayView word) { return pathOf(tree, tree.nodeAt(quint32(text.indexOf(word))), textOf); };
        QCOMPARE(pathAt("\"a\""), u".items[0].name"_s);
        QCOMPARE(pathAt("name\": 2"), u".items[1][\"odd name\"]"_s);
        QCOMPARE(pathAt("3}"), u".z"_s);
        QCOMPARE(pathOf(tree, 0, textOf), u"."_s);
        QCOMPARE(tree.depth(tree.nodeAt(quint32(text.indexOf("\"a\"")))), 3);
        QCOMPARE(tree.nodeAt(quint32(text.indexOf("], \"z"))), 1U); // the end of a list is the list's
    }

    void readsYaml()
    {
        QCOMPARE(yaml("apiVersion: v1\nmetadata:\n  name: web\n  labels: {app: web, tier: 'x'}\nspec:\n- 1\n- two\n"),
            u"{apiVersion:v1s,metadata:{name:webs,labels:{app:webs,tier:xs}},spec:[1N,twos]}"_s);
        QCOMPARE(yaml("- name: a\n  port: 80\n- name: b\n  ports:\n    - 1\n    - 2\n-\n  - deep\n"),
            u"[{name:as,port:80N},{name:bs,ports:[1N,2N]},[deeps]]"_s);
        QCOMPARE(yaml("a: null\nb: ~\nc:\nd: true\ne: 0x1f\nf: 1.5e3\ng: 1.2.3\nh: yes\n"),
            u"{a:nulln,b:~n,c:n,d:trueB,e:0x1fN,f:1.5e3N,g:1.2.3s,h:yess}"_s);
        QCOMPARE(yaml("[a, [b, {c: d}], \"e f\"]"), u"[as,[bs,{c:ds}],e fs]"_s);
        QCOMPARE(yaml("a: [\n  1,\n  2 # two\n]\nb: 3\n"), u"{a:[1N,2N],b:3N}"_s);
    }
    void readsScalarsOfYaml()
    {
        QCOMPARE(yaml("a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\nc: |-\n  x\n"), u"{a:one\n  two\n\nthree\ns,b:one twos,c:xs}"_s);
        QCOMPARE(yaml("a: 'it''s'\nb: \"tab\\tq\\\"\"\nc: http://x.test/#y # comment\n"), u"{a:it'ss,b:tab\tq\"s,c:http://x.test/#ys}"_s);
        QCOMPARE(yaml("a: one\n  two\n\"b c\": &anchor !tag 3\nd: *anchor\n"), u"{a:one twos,b c:3N,d:*anchors}"_s);
        QCOMPARE(yaml("url: a:b\ntime: 12:30:00\n"), u"{url:a:bs,time:12:30:00s}"_s);
    }
    void readsSeveralDocumentsAndComments()
    {
        QCOMPARE(yaml("# head\n---\na: 1\n---\n# in between\nb: 2\n...\n"), u"[{a:1N},{b:2N}]"_s);
        QCOMPARE(yaml("%YAML 1.2\n--- x\n"), u"xs"_s);
        QCOMPARE(yaml("a: 1\r\nb:\r\n  - 2\r\n"), u"{a:1N,b:[2N]}"_s);
    }
    void refusesWhatIsNoYamlOfTools()
    {
        QCOMPARE(yaml(""), u"%1@0"_s.arg(int(Problem::Empty)));
        QCOMPARE(yaml("a: 1\n   b: 2\n"), broken(8));
        QCOMPARE(yaml("a:\n\tb: 1\n"), broken(3));
        QCOMPARE(yaml("a: [1, 2\n"), broken(9));
        QCOMPARE(yaml("a: \"open\n"), broken(3));
        QCOMPARE(yaml("? a\n: b\n"), broken(0));
        QCOMPARE(yaml("- a\nb: 1\n"), broken(4));
    }
    void holdsTheOrderOfTheText()
    {
        const auto tree = ValueTree::readYaml("a:\n  b:\n  - c: 1\n    d: |\n      x\n  e: {f: [g, h]}\ni: \"j\nk\"\n").tree;
        for (quint32 id = 1; id < tree.count(); ++id) {
            QVERIFY(tree[id].start() >= tree[id - 1].start());
            QVERIFY(tree[id].parent < id && tree[id].next > id && tree[id].end <= tree[tree[id].parent].end);
        }
    }
};

QTEST_APPLESS_MAIN(ValueTreeTest)
#include "tst_valuetree.moc"
