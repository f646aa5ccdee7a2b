// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/form.h"

#include <QElapsedTimer>
#include <QTest>

namespace ridealong::chat {

using namespace Qt::StringLiterals;
using Kind = FormField::Kind;
using Wrong = FormProblem::Kind;
using Type = FormRule::Type;

namespace {

FormField field(Kind kind, const FormRule& rule = {}, bool required = false)
{
    FormField field;
    field.key = u"k"_s;
    field.kind = kind;
    field.required = required;
    field.rule = rule;
    return field;
}

FormField choice(Kind kind, bool isOpen = false)
{
    FormField made = field(kind);
    made.options = {{u"a"_s, u"First"_s}, {u"b"_s, {}}};
    made.isOpen = isOpen;
    return made;
}

FormRule ranged(Type type, const QString& low, const QString& high) { return {type, low, high, {}}; }
FormRule like(const QString& pattern) { return {Type::Any, {}, {}, pattern}; }

} // namespace

class TestForm : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatIsWrong_data()
    {
        QTest::addColumn<FormField>("asked");
        QTest::addColumn<QStringList>("answer");
        QTest::addColumn<QString>("wrong"); // the kind as a number, and the detail
        const auto row
            = [](const char* name, const FormField& asked, const QStringList& answer, std::optional<Wrong> wrong = {}, const QString& detail = {}) {
                  QTest::newRow(name) << asked << answer << (wrong ? QString::number(int(*wrong)) + u' ' + detail : QString());
              };
        row("text", field(Kind::Text), {u"x"_s});
        row("nothing, not needed", field(Kind::Text), {});
        row("nothing, needed", field(Kind::Text, {}, true), {}, Wrong::Missing);
        row("empty, needed", field(Kind::Text, {}, true), {QString()}, Wrong::Missing);
        row("empty lines, needed", field(Kind::MultiLine, {}, true), {QString(), QString()}, Wrong::Missing);
        row("an empty line among others", field(Kind::MultiLine, {}, true), {u"a"_s, QString(), u"b"_s});
        row("a line break in a line", field(Kind::Text), {u"a\nb"_s}, Wrong::Characters);
        row("an escape", field(Kind::MultiLine), {u"a\u001b[1m"_s}, Wrong::Characters);
        row("a tab", field(Kind::MultiLine), {u"a\tb"_s});
        row("an option", choice(Kind::Choice), {u"b"_s});
        row("the label of an option", choice(Kind::Choice), {u"First"_s}, Wrong::NotAnOption);
        row("no option of an open choice", choice(Kind::Choice, true), {u"c"_s});
        row("one of several is no option", choice(Kind::MultiChoice), {u"a"_s, u"c"_s}, Wrong::NotAnOption);
        row("an address", field(Kind::Address), {u"ana@chat.test/desk"_s});
        row("no address", field(Kind::Address), {u"ana at chat"_s}, Wrong::NotAnAddress);
        row("one of several is no address", field(Kind::Addresses), {u"a@b"_s, u"a b"_s}, Wrong::NotAnAddress);
        const FormRule small = ranged(Type::Integer, u"1"_s, u"9"_s);
        row("the lowest", field(Kind::Text, small), {u"1"_s});
        row("one below it", field(Kind::Text, small), {u"0"_s}, Wrong::TooLow, u"1"_s);
        row("the highest", field(Kind::Text, small), {u" 9 "_s});
        row("one above it", field(Kind::Text, small), {u"10"_s}, Wrong::TooHigh, u"9"_s);
        row("no integer", field(Kind::Text, small), {u"3.5"_s}, Wrong::NotAnInteger);
        row("too large to be counted", field(Kind::Text, ranged(Type::Integer, {}, {})), {u"99999999999999999999"_s}, Wrong::NotAnInteger);
        row("a limit that is none", field(Kind::Text, ranged(Type::Integer, u"x"_s, {})), {u"-5"_s});
        row("decimal", field(Kind::Text, ranged(Type::Decimal, u"0.5"_s, u"1"_s)), {u"0.5"_s});
        row("decimal below", field(Kind::Text, ranged(Type::Decimal, u"0.5"_s, u"1"_s)), {u"0.49"_s}, Wrong::TooLow, u"0.5"_s);
        row("no decimal", field(Kind::Text, ranged(Type::Decimal, {}, {})), {u"1,5"_s}, Wrong::NotADecimal);
        row("infinite", field(Kind::Text, ranged(Type::Decimal, {}, {})), {u"inf"_s}, Wrong::NotADecimal);
        const FormRule summer = ranged(Type::Date, u"2026-06-01"_s, u"2026-08-31"_s);
        row("date", field(Kind::Text, summer), {u"2026-06-01"_s});
        row("date before", field(Kind::Text, summer), {u"2026-05-31"_s}, Wrong::TooLow, u"2026-06-01"_s);
        row("date after", field(Kind::Text, summer), {u"2026-09-01"_s}, Wrong::TooHigh, u"2026-08-31"_s);
        row("no date", field(Kind::Text, summer), {u"2026-06-31"_s}, Wrong::NotADate);
        row("matches", field(Kind::Text, like(u"[0-9]{3}-[0-9]{2}"_s)), {u"123-45"_s});
        row("matches in part only", field(Kind::Text, like(u"[0-9]{3}-[0-9]{2}"_s)), {u"0123-45"_s}, Wrong::NoMatch);
        row("matches one of two only", field(Kind::Text, like(u"a|b"_s)), {u"ax"_s}, Wrong::NoMatch);
        row("no pattern", field(Kind::Text, like(u"(["_s)), {u"x"_s});
        row("a pattern that changes the limits", field(Kind::Text, like(u"(*LIMIT_MATCH=99999999)a"_s)), {u"x"_s});
        row("hidden", field(Kind::Hidden, small, true), {});
        row("a check box", field(Kind::Boolean, {}, true), {});
    }
    void saysWhatIsWrong()
    {
        QFETCH(FormField, asked);
        QFETCH(QStringList, answer);
        QFETCH(QString, wrong);
        const auto problems = validate({{}, {}, {asked}, false}, {{u"k"_s, answer}});
        QStringList told;
        for (const FormProblem& problem : problems)
            told << QString::number(int(problem.kind)) + u' ' + problem.detail;
        QCOMPARE(told.join(u' '), wrong);
    }

    void aPatternCannotTakeForEver()
    {
        QElapsedTimer clock;
        clock.start();
        for (const QString& pattern : {u"(a+)+b"_s, u"(a|aa)+b"_s, u"(a*)*\\1b"_s, u"(?R)?a"_s, u"((((((((((a*)*)*)*)*)*)*)*)*)*)b"_s})
            QVERIFY(validate({{}, {}, {field(Kind::Text, like(pattern))}, false}, {{u"k"_s, {QString(4096, u'a')}}}).size() <= 1);
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    }

    void answersWhatIsFilledIn()
    {
        FormField hidden = field(Kind::Hidden);
        hidden.key = u"FORM_TYPE"_s;
        hidden.values = {u"urn:x"_s};
        FormField fixed;
        fixed.kind = Kind::Fixed;
        fixed.values = {u"Read this."_s};
        QCOMPARE(valuesOf({{}, {}, {hidden, fixed, field(Kind::Text)}, false}), (FormValues{{u"FORM_TYPE"_s, {u"urn:x"_s}}, {u"k"_s, {}}}));
    }

    void tellsOneProblemAFieldInTheirOrder()
    {
        FormField first = field(Kind::Addresses), second = field(Kind::Text, {}, true);
        second.key = u"a"_s;
        const auto problems = validate({{}, {}, {first, second}, false}, {{u"k"_s, {u"x y"_s, u"z z"_s}}});
        QCOMPARE(problems, (QList<FormProblem>{{u"k"_s, Wrong::NotAnAddress, {}}, {u"a"_s, Wrong::Missing, {}}}));
    }
};

} // namespace ridealong::chat

QTEST_GUILESS_MAIN(ridealong::chat::TestForm)
#include "tst_form.moc"
