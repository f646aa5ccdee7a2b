// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/dataform.h"

#include "xmpp/namespaces.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using chat::FormField;
using chat::FormRule;
using chat::FormTable;
using Kind = FormField::Kind;

struct TypeRow
{
    QStringView type;
    Kind kind;
};
constexpr TypeRow kTypes[] = {
    {u"text-single", Kind::Text},
    {u"text-private", Kind::Secret},
    {u"text-multi", Kind::MultiLine},
    {u"boolean", Kind::Boolean},
    {u"list-single", Kind::Choice},
    {u"list-multi", Kind::MultiChoice},
    {u"jid-single", Kind::Address},
    {u"jid-multi", Kind::Addresses},
    {u"fixed", Kind::Fixed},
    {u"hidden", Kind::Hidden},
};

struct RuleRow
{
    QStringView datatype;
    FormRule::Type type;
};
// XEP-0122 §5: those of XML Schema that people write by hand. How far the small ones go is no limit that anybody meant.
constexpr RuleRow kRules[] = {
    {u"xs:integer", FormRule::Type::Integer},
    {u"xs:long", FormRule::Type::Integer},
    {u"xs:int", FormRule::Type::Integer},
    {u"xs:short", FormRule::Type::Integer},
    {u"xs:byte", FormRule::Type::Integer},
    {u"xs:decimal", FormRule::Type::Decimal},
    {u"xs:double", FormRule::Type::Decimal},
    {u"xs:date", FormRule::Type::Date},
};

Error beyond(const char* what) { return {ErrorKind::Protocol, u"a form with %1"_s.arg(QLatin1StringView(what)), 0}; }

Kind kindOf(const Element& field, bool isResult)
{
    const QString type = field.attribute(u"type");
    const auto row = std::find_if(std::begin(kTypes), std::end(kTypes), [&type](const TypeRow& r) { return r.type == type; });
    if (row != std::end(kTypes))
        return row->kind;
    // Results may leave the types out (XEP-0004 §3.3), and then several values are lines.
    return isResult && field.children(u"value", ns::kDataForm).size() > 1 ? Kind::MultiLine : Kind::Text;
}

QStringList valuesIn(const Element& field)
{
    QStringList values;
    for (const Element* value : field.children(u"value", ns::kDataForm))
        values << value->text();
    return values;
}

/// Servers write one value of several lines where several values are meant, and the other way round.
QStringList linesOf(const QStringList& values) { return values.isEmpty() ? values : values.join(u'\n').split(u'\n'); }

FormRule ruleOf(const Element& field, bool* isOpen)
{
    FormRule rule;
    const Element* validate = field.find(u"validate", ns::kFormRules);
    if (!validate)
        return rule;
    *isOpen = validate->has(u"open", ns::kFormRules);
    const QString datatype = validate->attribute(u"datatype");
    const auto row = std::find_if(std::begin(kRules), std::end(kRules), [&datatype](const RuleRow& r) { return r.datatype == datatype; });
    if (row != std::end(kRules))
        rule.type = row->type;
    const Element* range = validate->find(u"range", ns::kFormRules);
    if (range && rule.type != FormRule::Type::Any) {
        if (const QString low = range->attribute(u"min"); !low.isEmpty() && low.size() <= kMaxFormPatternChars)
            rule.minimum = low;
        if (const QString high = range->attribute(u"max"); !high.isEmpty() && high.size() <= kMaxFormPatternChars)
            rule.maximum = high;
    }
    if (const QString pattern = validate->textOf(u"regex", ns::kFormRules); pattern.size() <= kMaxFormPatternChars)
        rule.pattern = pattern;
    return rule;
}

base::Status readOptions(const Element& element, FormField& field, bool isResult)
{
    const auto options = element.children(u"option", ns::kDataForm);
    if (qsizetype(options.size()) > kMaxFormOptions)
        return beyond("too many options");
    QSet<QString> known;
    for (const Element* option : options) {
        const QString value = option->textOf(u"value", ns::kDataForm);
        if (value.size() > kMaxFormValueChars)
            return beyond("a value that is too long");
        if (!option->has(u"value", ns::kDataForm) || known.contains(value))
            continue;
        known.insert(value);
        field.options.append({value, option->attribute(u"label").left(kMaxFormLabelChars)});
    }
    if (field.options.isEmpty()) // nothing to choose from, so it is written
        field.kind = field.kind == Kind::Choice ? Kind::Text : Kind::MultiLine;
    else if (!field.isOpen && !isResult)
        field.values.removeIf([&known](const QString& value) { return !known.contains(value); });
    return base::Done{};
}

/// Values as the kind of the field has them.
void settleValues(FormField& field)
{
    const auto isTrue = [](const QString& value) { return value == "1"_L1 || value == "true"_L1; };
    switch (field.kind) {
    case Kind::Text:
    case Kind::Secret:
    case Kind::Address:
    case Kind::Choice: field.values = field.values.mid(0, 1); break;
    case Kind::Boolean: field.values = {!field.values.isEmpty() && isTrue(field.values.first().trimmed()) ? u"true"_s : u"false"_s}; break;
    case Kind::MultiLine: field.values = linesOf(field.values); break;
    case Kind::MultiChoice: field.values.removeDuplicates(); break;
    case Kind::Addresses:
        field.values = linesOf(field.values);
        field.values.removeAll(QString());
        break;
    case Kind::Fixed:
    case Kind::Hidden: break;
    }
}

base::Expected<FormField> readField(const Element& element, bool isResult)
{
    FormField field;
    field.key = element.attribute(u"var");
    field.kind = kindOf(element, isResult);
    field.label = element.attribute(u"label").left(kMaxFormLabelChars);
    field.description = element.textOf(u"desc", ns::kDataForm).left(kMaxFormLabelChars);
    field.required = element.has(u"required", ns::kDataForm);
    field.values = valuesIn(element);
    if (field.key.size() > kMaxFormKeyChars)
        return beyond("a name that is too long");
    if (std::any_of(field.values.begin(), field.values.end(), [](const QString& value) { return value.size() > kMaxFormValueChars; }))
        return beyond("a value that is too long");
    if (field.key.isEmpty() && !isResult)
        field.kind = Kind::Fixed; // nobody could answer it
    if (field.kind == Kind::Fixed)
        field.key.clear();
    field.rule = ruleOf(element, &field.isOpen);
    settleValues(field);
    if (field.values.size() > kMaxFormLines)
        return beyond("too many values");
    if (field.kind == Kind::Choice || field.kind == Kind::MultiChoice)
        if (const auto read = readOptions(element, field, isResult); !read)
            return read.error();
    return field;
}

} // namespace

base::Expected<chat::Form> readForm(const Element& x)
{
    const QString type = x.attribute(u"type");
    if (!x.is(u"x", ns::kDataForm) || (type != "form"_L1 && type != "result"_L1))
        return beyond("no questions");
    chat::Form form;
    form.isResult = type == "result"_L1;
    form.title = x.textOf(u"title", ns::kDataForm).left(kMaxFormLabelChars);
    QStringList instructions;
    for (const Element* each : x.children(u"instructions", ns::kDataForm))
        instructions << each->text();
    form.instructions = instructions.join(u'\n').left(kMaxFormValueChars);
    QSet<QString> known;
    for (const Element* element : x.children(u"field", ns::kDataForm)) {
        auto field = readField(*element, form.isResult);
        if (!field)
            return field.error();
        const bool isTold = !field->key.isEmpty() || !field->values.isEmpty() || !field->label.isEmpty();
        if (!isTold || (!field->key.isEmpty() && known.contains(field->key)))
            continue;
        if (form.fields.size() >= kMaxFormFields)
            return beyond("too many fields");
        known.insert(field->key);
        form.fields.append(std::move(*field));
    }
    return form;
}

chat::FormTable readTable(const Element& x)
{
    FormTable table;
    if (!x.is(u"x", ns::kDataForm) || x.attribute(u"type") != "result"_L1)
        return table;
    const auto items = x.children(u"item", ns::kDataForm);
    QHash<QString, qsizetype> places;
    const auto addColumn = [&](const Element& field) {
        const QString key = field.attribute(u"var");
        if (key.isEmpty() || key.size() > kMaxFormKeyChars || places.contains(key) || field.attribute(u"type") == "hidden"_L1)
            return;
        if (table.columns.size() >= kMaxTableColumns) {
            table.isCut = true;
            return;
        }
        places.insert(key, table.columns.size());
        table.columns.append({key, field.attribute(u"label").left(kMaxFormLabelChars)});
    };
    table.title = x.textOf(u"title", ns::kDataForm).left(kMaxFormLabelChars);
    if (const Element* reported = x.find(u"reported", ns::kDataForm)) {
        for (const Element* field : reported->children(u"field", ns::kDataForm))
            addColumn(*field);
    } else {
        for (const Element* item : items)
            for (const Element* field : item->children(u"field", ns::kDataForm))
                addColumn(*field);
    }
    for (const Element* item : items) {
        if (table.columns.isEmpty() || table.rows.size() >= kMaxTableRows) {
            table.isCut = true;
            break;
        }
        QStringList row(table.columns.size());
        for (const Element* field : item->children(u"field", ns::kDataForm))
            if (const auto place = places.constFind(field->attribute(u"var")); place != places.constEnd())
                row[*place] = valuesIn(*field).join(u'\n').left(kMaxTableCellChars);
        table.rows.append(row);
    }
    return table;
}

Element submitForm(const chat::Form& form, const chat::FormValues& values)
{
    Element x = Element(u"x", ns::kDataForm).with(u"type", u"submit"_s);
    for (const FormField& field : form.fields) {
        if (field.key.isEmpty() || field.kind == Kind::Fixed)
            continue;
        const bool isHidden = field.kind == Kind::Hidden;
        QStringList answer = isHidden ? field.values : values.value(field.key);
        if (field.kind == Kind::Boolean)
            answer = {answer.value(0) == "true"_L1 ? u"1"_s : u"0"_s};
        else if (!isHidden && std::all_of(answer.begin(), answer.end(), [](const QString& value) { return value.isEmpty(); }))
            answer.clear();
        // Left out, it would stay what it was (XEP-0045 §10.2).
        if (answer.isEmpty() && field.values.isEmpty() && !isHidden)
            continue;
        Element element = Element(u"field", ns::kDataForm).with(u"var", field.key);
        if (isHidden)
            element.setAttribute(u"type", u"hidden"_s);
        if (answer.isEmpty() && (field.kind == Kind::Text || field.kind == Kind::Secret || field.kind == Kind::MultiLine))
            answer << QString(); // a text that is empty; an empty address would be none
        for (const QString& value : std::as_const(answer))
            element.append(Element(u"value", ns::kDataForm).withText(value));
        x.append(std::move(element));
    }
    return x;
}

Element cancelForm() { return Element(u"x", ns::kDataForm).with(u"type", u"cancel"_s); }

} // namespace ridealong::xmpp
