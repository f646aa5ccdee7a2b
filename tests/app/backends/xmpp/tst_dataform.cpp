// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/dataform.h"
#include "xmpp/namespaces.h"
#include "xmpp/xmlreader.h"

#include <QTest>

namespace ridealong::xmpp {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using chat::Form;
using chat::FormField;
using chat::FormRule;
using Kind = FormField::Kind;
using Type = FormRule::Type;

namespace {

Element formOf(const QByteArray& inside, const QByteArray& type = "form")
{
    const auto x = parseElement("<x xmlns='jabber:x:data' type='" + type + "'>" + inside + "</x>");
    return x ? *x : Element();
}

Form read(const QByteArray& inside, const QByteArray& type = "form")
{
    const auto form = readForm(formOf(inside, type));
    [&] { QVERIFY2(form, form ? "" : qPrintable(form.error().detail)); }();
    return form.valueOr({});
}

FormField readOne(const QByteArray& field)
{
    const Form form = read(field);
    return form.fields.isEmpty() ? FormField() : form.fields.first();
}

QByteArray repeated(const QByteArray& what, qsizetype times)
{
    QByteArray all;
    for (qsizetype i = 0; i < times; ++i)
        all += QByteArray(what).replace("%", QByteArray::number(i));
    return all;
}

QByteArray submitted(const Form& form, const chat::FormValues& values) { return submitForm(form, values).toXml(ns::kDataForm); }

} // namespace

class TestDataForm : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatIsAroundTheFields();
    void readsEveryKindOfField_data();
    void readsEveryKindOfField();
    void readsFieldsOfUnknownTypesAsText();
    void readsWhatIsToldOfAField();
    void choosesOnlyWhatCanBeChosen();
    void readsRules_data();
    void readsRules();
    void leavesOutWhatNobodyCanAnswer();
    void readsAResultWithoutTypes();
    void readsATable();
    void makesTheColumnsOfRows();
    void cutsLongTables();
    void cutsWideTables();
    void takesOnlyForms();
    void refusesWhatIsBeyondTheLimits_data();
    void refusesWhatIsBeyondTheLimits();
    void cutsWhatIsForPeopleOnly();
    void answersEveryKindOfField();
    void sendsHiddenFieldsBackAsTheyCame();
    void sendsWhatWasEmptied();
    void leavesOutWhatIsStillEmpty();
    void answersNothingThatWasNotAsked();
    void cancels() { QCOMPARE(cancelForm().toXml(ns::kDataForm), QByteArray("<x type='cancel'/>")); }
};

void TestDataForm::readsWhatIsAroundTheFields()
{
    const Form form = read("<title>Add a user</title><instructions>First.</instructions><instructions>Second.</instructions>");
    QCOMPARE(form.title, u"Add a user"_s);
    QCOMPARE(form.instructions, u"First.\nSecond."_s);
    QVERIFY(form.fields.isEmpty() && !form.isResult && !form.isEmpty());
    QVERIFY(read({}).isEmpty());
}

void TestDataForm::readsEveryKindOfField_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("values");
    const auto row = [](const char* type, const QByteArray& inside, Kind kind, const QStringList& values) {
        QTest::newRow(type) << QByteArray(type).split(' ').first() << inside << int(kind) << values;
    };
    const QByteArray two = "<value>a</value><value>b</value>";
    const QByteArray options = "<option label='A'><value>a</value></option><option><value>b</value></option>";
    row("text-single", two, Kind::Text, {u"a"_s});
    row("text-private", "<value>s3cret</value>", Kind::Secret, {u"s3cret"_s});
    row("text-multi", two, Kind::MultiLine, {u"a"_s, u"b"_s});
    row("text-multi in one value", "<value>a\n\nb</value>", Kind::MultiLine, {u"a"_s, QString(), u"b"_s});
    row("boolean", "<value>1</value>", Kind::Boolean, {u"true"_s});
    row("boolean in a word", "<value>true</value>", Kind::Boolean, {u"true"_s});
    row("boolean not", "<value>0</value>", Kind::Boolean, {u"false"_s});
    row("boolean without a value", "", Kind::Boolean, {u"false"_s});
    row("list-single", options + two, Kind::Choice, {u"a"_s});
    row("list-multi", options + two + "<value>a</value>", Kind::MultiChoice, {u"a"_s, u"b"_s});
    row("jid-single", "<value>ana@chat.test</value>", Kind::Address, {u"ana@chat.test"_s});
    row("jid-multi", "<value>ana@chat.test</value><value>bob@chat.test</value>", Kind::Addresses, {u"ana@chat.test"_s, u"bob@chat.test"_s});
    row("jid-multi in one value", "<value>ana@chat.test\nbob@chat.test\n</value>", Kind::Addresses, {u"ana@chat.test"_s, u"bob@chat.test"_s});
    row("fixed", two, Kind::Fixed, {u"a"_s, u"b"_s});
    row("hidden", two, Kind::Hidden, {u"a"_s, u"b"_s});
}

void TestDataForm::readsEveryKindOfField()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, inside);
    QFETCH(int, kind);
    QFETCH(QStringList, values);
    const FormField field = readOne("<field var='k' type='" + type + "'>" + inside + "</field>");
    QCOMPARE(int(field.kind), kind);
    QCOMPARE(field.values, values);
    QCOMPARE(field.key, kind == int(Kind::Fixed) ? QString() : u"k"_s);
}

void TestDataForm::readsFieldsOfUnknownTypesAsText()
{
    for (const char* type : {"type='text-rainbow'", "type=''", ""}) {
        const FormField field = readOne(QByteArray("<field var='k' ") + type + "><value>a</value></field>");
        QVERIFY(field.kind == Kind::Text);
        QCOMPARE(field.values, QStringList{u"a"_s});
    }
}

void TestDataForm::readsWhatIsToldOfAField()
{
    const FormField field = readOne("<field var='k' label='Name' type='list-single'><desc>Why</desc><required/>"
                                    "<option label='First'><value>1</value></option><option><value>2</value></option>"
                                    "<option label='Again'><value>1</value></option><option label='None'/></field>");
    QCOMPARE(field.label, u"Name"_s);
    QCOMPARE(field.description, u"Why"_s);
    QVERIFY(field.required && !field.isOpen);
    QCOMPARE(field.options, (QList<chat::FormOption>{{u"1"_s, u"First"_s}, {u"2"_s, {}}}));
}

void TestDataForm::choosesOnlyWhatCanBeChosen()
{
    const QByteArray options = "<option><value>a</value></option>";
    QCOMPARE(readOne("<field var='k' type='list-single'>" + options + "<value>c</value></field>").values, QStringList());
    const FormField open = readOne("<field var='k' type='list-single'><validate xmlns='http://jabber.org/protocol/xdata-validate'><open/>"
                                   "</validate>"
        + options + "<value>c</value></field>");
    QVERIFY(open.isOpen);
    QCOMPARE(open.values, QStringList{u"c"_s});
    // Without anything to choose from it is written.
    QVERIFY(readOne("<field var='k' type='list-single'/>").kind == Kind::Text);
    QVERIFY(readOne("<field var='k' type='list-multi'/>").kind == Kind::MultiLine);
}

void TestDataForm::readsRules_data()
{
    QTest::addColumn<QByteArray>("datatype");
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("limits");
    QTest::addColumn<QString>("pattern");
    const auto row = [](const char* name, const QByteArray& datatype, const QByteArray& inside, Type type, const QString& limits,
                         const QString& pattern = {}) { QTest::newRow(name) << datatype << inside << int(type) << limits << pattern; };
    row("basic", "xs:string", "<basic/>", Type::Any, u"…"_s);
    row("integer", "xs:integer", "<basic/>", Type::Integer, u"…"_s);
    row("int", "xs:int", "<basic/>", Type::Integer, u"…"_s);
    row("range", "xs:int", "<range min='1' max='9'/>", Type::Integer, u"1…9"_s);
    row("half a range", "xs:integer", "<range min='1'/>", Type::Integer, u"1…"_s);
    row("decimal", "xs:decimal", "<range max='1.5'/>", Type::Decimal, u"…1.5"_s);
    row("date", "xs:date", "<range min='2026-01-01'/>", Type::Date, u"2026-01-01…"_s);
    row("a range of texts", "xs:string", "<range min='a' max='b'/>", Type::Any, u"…"_s);
    row("a type of somebody's own", "x:moon", "<basic/>", Type::Any, u"…"_s);
    row("regex", "xs:string", "<regex>[0-9]+</regex>", Type::Any, u"…"_s, u"[0-9]+"_s);
    row("a regex that is too long", "xs:string", "<regex>" + QByteArray(kMaxFormPatternChars + 1, 'a') + "</regex>", Type::Any, u"…"_s);
}

void TestDataForm::readsRules()
{
    QFETCH(QByteArray, datatype);
    QFETCH(QByteArray, inside);
    const FormField field = readOne("<field var='k' type='text-single'><validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='"
        + datatype + "'>" + inside + "</validate></field>");
    QTEST(int(field.rule.type), "type");
    QTEST(field.rule.minimum + u'…' + field.rule.maximum, "limits");
    QTEST(field.rule.pattern, "pattern");
}

void TestDataForm::leavesOutWhatNobodyCanAnswer()
{
    const Form form = read("<field type='text-single' label='Nameless'><value>Read this</value></field><field/><field type='fixed'/>"
                           "<field var='k' type='text-single'><value>first</value></field><field var='k' type='boolean'/>");
    QCOMPARE(form.fields.size(), 2);
    QVERIFY(form.fields[0].kind == Kind::Fixed);
    QCOMPARE(form.fields[0].label, u"Nameless"_s);
    QCOMPARE(form.fields[1].values, QStringList{u"first"_s});
}

void TestDataForm::readsAResultWithoutTypes()
{
    const Form form = read("<title>Users</title><field var='FORM_TYPE' type='hidden'><value>urn:x</value></field>"
                           "<field var='n' label='Online'><value>2</value></field><field var='who'><value>ana</value><value>bob</value></field>"
                           "<field var='state' type='list-single'><value>up</value></field>",
        "result");
    QVERIFY(form.isResult);
    QCOMPARE(form.fields.size(), 4);
    QCOMPARE(form.fields[1].values, QStringList{u"2"_s});
    QCOMPARE(form.fields[2].values, (QStringList{u"ana"_s, u"bob"_s}));
    QCOMPARE(form.fields[3].values, QStringList{u"up"_s});
    QVERIFY(readTable(formOf("<field var='n'><value>2</value></field>", "result")).isEmpty());
}

void TestDataForm::readsATable()
{
    const auto table = readTable(formOf("<title>Jobs</title><reported><field var='job' label='Job'/><field var='state'/><field/>"
                                        "<field var='job' label='Again'/><field var='secret' type='hidden'/></reported>"
                                        "<item><field var='job'><value>7</value></field><field var='state'><value>up</value></field></item>"
                                        "<item><field var='state'><value>down</value><value>since noon</value></field><field var='other'>"
                                        "<value>x</value></field></item>",
        "result"));
    QCOMPARE(table.title, u"Jobs"_s);
    QCOMPARE(table.columns, (QList<chat::FormTable::Column>{{u"job"_s, u"Job"_s}, {u"state"_s, {}}}));
    QCOMPARE(table.rows, (QList<QStringList>{{u"7"_s, u"up"_s}, {QString(), u"down\nsince noon"_s}}));
    QVERIFY(!table.isCut);
    QVERIFY(readTable(formOf("<reported><field var='a'/></reported>")).isEmpty()); // a question has none
}

void TestDataForm::makesTheColumnsOfRows()
{
    const auto table = readTable(formOf("<item><field var='a'><value>1</value></field></item>"
                                        "<item><field var='b'><value>2</value></field></item>",
        "result"));
    QCOMPARE(table.columns.size(), 2);
    QCOMPARE(table.rows, (QList<QStringList>{{u"1"_s, QString()}, {QString(), u"2"_s}}));
}

void TestDataForm::cutsLongTables()
{
    const QByteArray reported = "<reported><field var='a'/></reported>", item = "<item><field var='a'><value>%</value></field></item>";
    QVERIFY(!readTable(formOf(reported + repeated(item, kMaxTableRows), "result")).isCut);
    const auto table = readTable(formOf(reported + repeated(item, kMaxTableRows + 1), "result"));
    QVERIFY(table.isCut);
    QCOMPARE(table.rows.size(), kMaxTableRows);
    const QByteArray cell = "<item><field var='a'><value>" + QByteArray(kMaxTableCellChars + 1, 'x') + "</value></field></item>";
    QCOMPARE(readTable(formOf(reported + cell, "result")).rows.first().first().size(), kMaxTableCellChars);
}

void TestDataForm::cutsWideTables()
{
    const auto wide = [](qsizetype columns) { return "<reported>" + repeated("<field var='c%'/>", columns) + "</reported><item/>"; };
    QVERIFY(!readTable(formOf(wide(kMaxTableColumns), "result")).isCut);
    const auto table = readTable(formOf(wide(kMaxTableColumns + 1), "result"));
    QVERIFY(table.isCut);
    QCOMPARE(table.rows.first().size(), kMaxTableColumns);
}

void TestDataForm::takesOnlyForms()
{
    for (const char* type : {"submit", "cancel", "", "FORM"})
        QVERIFY(!readForm(formOf("<field var='k'/>", type)));
    QVERIFY(!readForm(Element()));
    QVERIFY(!readForm(Element(u"x", u"urn:other").with(u"type", u"form"_s)));
}

void TestDataForm::refusesWhatIsBeyondTheLimits_data()
{
    QTest::addColumn<QByteArray>("atTheLimit");
    QTest::addColumn<QByteArray>("beyond");
    const auto row = [](const char* name, auto make, qsizetype limit) { QTest::newRow(name) << make(limit) << make(limit + 1); };
    row(
        "fields", [](qsizetype n) { return repeated("<field var='k%'/>", n); }, kMaxFormFields);
    row(
        "options", [](qsizetype n) { return "<field var='k' type='list-multi'>" + repeated("<option><value>%</value></option>", n) + "</field>"; },
        kMaxFormOptions);
    row(
        "values", [](qsizetype n) { return "<field var='k' type='hidden'>" + repeated("<value/>", n) + "</field>"; }, kMaxFormLines);
    row(
        "lines in one value", [](qsizetype n) { return "<field var='k' type='text-multi'><value>" + QByteArray(n - 1, '\n') + "</value></field>"; },
        kMaxFormLines);
    row(
        "a key", [](qsizetype n) { return "<field var='" + QByteArray(n, 'k') + "'/>"; }, kMaxFormKeyChars);
    row(
        "a value", [](qsizetype n) { return "<field var='k' type='hidden'><value>" + QByteArray(n, 'v') + "</value></field>"; }, kMaxFormValueChars);
    row(
        "the value of an option",
        [](qsizetype n) { return "<field var='k' type='list-single'><option><value>" + QByteArray(n, 'v') + "</value></option></field>"; },
        kMaxFormValueChars);
}

void TestDataForm::refusesWhatIsBeyondTheLimits()
{
    QFETCH(QByteArray, atTheLimit);
    QFETCH(QByteArray, beyond);
    QVERIFY(readForm(formOf(atTheLimit)));
    const auto refused = readForm(formOf(beyond));
    QVERIFY(!refused);
    QVERIFY(refused.error().kind == ErrorKind::Protocol);
}

void TestDataForm::cutsWhatIsForPeopleOnly()
{
    const QByteArray longText(kMaxFormLabelChars + 1, 'x');
    const Form form = read("<title>" + longText + "</title><field var='k' label='" + longText + "' type='list-single'><desc>" + longText
        + "</desc><option label='" + longText + "'><value>a</value></option></field>");
    for (const QString& text : {form.title, form.fields[0].label, form.fields[0].description, form.fields[0].options[0].label})
        QCOMPARE(text.size(), kMaxFormLabelChars);
}

void TestDataForm::answersEveryKindOfField()
{
    const Form form = read("<field var='FORM_TYPE' type='hidden'><value>urn:x</value></field><field type='fixed'><value>Read</value></field>"
                           "<field var='text'/><field var='secret' type='text-private'/><field var='lines' type='text-multi'/>"
                           "<field var='on' type='boolean'/><field var='off' type='boolean'><value>1</value></field>"
                           "<field var='one' type='list-single'><option><value>a</value></option></field>"
                           "<field var='some' type='list-multi'><option><value>a</value></option><option><value>b</value></option></field>"
                           "<field var='who' type='jid-single'/><field var='all' type='jid-multi'/>");
    const QByteArray sent = submitted(form,
        {{u"text"_s, {u"a <b>"_s}}, {u"secret"_s, {u"s"_s}}, {u"lines"_s, {u"1"_s, QString(), u"2"_s}}, {u"on"_s, {u"true"_s}},
            {u"off"_s, {u"false"_s}}, {u"one"_s, {u"a"_s}}, {u"some"_s, {u"a"_s, u"b"_s}}, {u"who"_s, {u"ana@chat.test"_s}},
            {u"all"_s, {u"a@b"_s, u"c@d"_s}}});
    QCOMPARE(sent,
        QByteArray("<x type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:x</value></field><field var='text'><value>a &lt;b&gt;</value>"
                   "</field><field var='secret'><value>s</value></field><field var='lines'><value>1</value><value/><value>2</value></field>"
                   "<field var='on'><value>1</value></field><field var='off'><value>0</value></field><field var='one'><value>a</value></field>"
                   "<field var='some'><value>a</value><value>b</value></field><field var='who'><value>ana@chat.test</value></field>"
                   "<field var='all'><value>a@b</value><value>c@d</value></field></x>"));
}

void TestDataForm::sendsHiddenFieldsBackAsTheyCame()
{
    const Form form = read("<field var='FORM_TYPE' type='hidden'><value>urn:x</value></field><field var='token' type='hidden'><value> 1\n2 </value>"
                           "<value/></field><field var='none' type='hidden'/>");
    const QByteArray sent = submitted(form, {{u"FORM_TYPE"_s, {u"urn:other"_s}}, {u"token"_s, {}}});
    QCOMPARE(sent,
        QByteArray("<x type='submit'><field var='FORM_TYPE' type='hidden'><value>urn:x</value></field><field var='token' type='hidden'><value> 1\n2 "
                   "</value><value/></field><field var='none' type='hidden'/></x>"));
}

void TestDataForm::sendsWhatWasEmptied()
{
    const Form form = read("<field var='text'><value>a</value></field><field var='lines' type='text-multi'><value>a</value></field>"
                           "<field var='all' type='jid-multi'><value>a@b</value></field>");
    QCOMPARE(submitted(form, {{u"text"_s, {QString()}}}),
        QByteArray("<x type='submit'><field var='text'><value/></field><field var='lines'><value/></field><field var='all'/></x>"));
}

void TestDataForm::leavesOutWhatIsStillEmpty()
{
    const Form form = read("<field var='text'/><field var='who' type='jid-single'/>");
    QCOMPARE(submitted(form, {{u"text"_s, {QString()}}}), QByteArray("<x type='submit'/>"));
}

void TestDataForm::answersNothingThatWasNotAsked()
{
    QCOMPARE(submitted(read("<field var='k'/>"), {{u"other"_s, {u"a"_s}}, {u"k"_s, {u"b"_s}}}),
        QByteArray("<x type='submit'><field var='k'><value>b</value></field></x>"));
}

} // namespace ridealong::xmpp

QTEST_GUILESS_MAIN(ridealong::xmpp::TestDataForm)
#include "tst_dataform.moc"
