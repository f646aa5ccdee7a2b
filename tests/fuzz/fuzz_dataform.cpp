// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The laws: any element can be read as a form, a table, and an answer of a command; each is within its limits; hidden fields go back as they
// came; an answer names only what was asked, and is one that can be read.
#include "xmpp/commandlist.h"
#include "xmpp/commandreply.h"
#include "xmpp/dataform.h"
#include "xmpp/namespaces.h"
#include "xmpp/xmlreader.h"

#include <QSet>

#include <algorithm>
#include <cstdlib>
#include <iterator>

using namespace ridealong;
using namespace ridealong::xmpp;
using namespace Qt::StringLiterals;

namespace {

/// Pieces of what forms are made of; each byte chooses one.
Element insideOf(const uint8_t* data, size_t size)
{
    static const char* const kWords[] = {"<field var='FORM_TYPE' type='hidden'><value>urn:x</value></field>", "<field var='a' type='text-single'>",
        "<field var='b' type='text-multi'>", "<field var='c' type='boolean'>", "<field var='d' type='list-single'>",
        "<field var='e' type='list-multi'>", "<field var='a' type='jid-multi'>", "<field var='g' type='hidden'>", "<field type='fixed'>",
        "<field var='' type='text-private' label='x'>", "</field>", "<value>1</value>", "<value>\n\n</value>", "<value/>", "<value>a b</value>",
        "<option label='A'><value>1</value></option>", "<option/>", "<required/>", "<desc>why</desc>", "<title>t</title>",
        "<instructions>i</instructions>", "<reported>", "</reported>", "<item>", "</item>",
        "<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:int'><range min='5' max='1'/></validate>",
        "<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:date'><open/></validate>",
        "<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:string'><regex>(a+)+b</regex></validate>"};
    QByteArray inside;
    for (size_t i = 0; i < size; ++i)
        inside += kWords[data[i] % std::size(kWords)];
    for (const char* end : {"", "</field>", "</field></item>", "</field></reported>", "</item>", "</reported>"}) // what was left open
        if (const auto x = parseElement("<x xmlns='jabber:x:data'>" + inside + end + "</x>"))
            return *x;
    return Element(u"x", ns::kDataForm).with(Element(u"field", ns::kDataForm).with(u"var", QString::fromUtf8(inside)));
}

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void checkForm(const chat::Form& form)
{
    check(form.fields.size() <= kMaxFormFields);
    QSet<QString> keys;
    for (const chat::FormField& field : form.fields) {
        check(field.key.size() <= kMaxFormKeyChars && field.options.size() <= kMaxFormOptions && field.values.size() <= kMaxFormLines);
        check(field.key.isEmpty() || !keys.contains(field.key));
        keys.insert(field.key);
    }
    const chat::FormValues values = chat::valuesOf(form);
    for (const chat::FormProblem& problem : chat::validate(form, values))
        check(values.contains(problem.key));
    const auto sent = parseElement(submitForm(form, values).toXml());
    check(bool(sent));
    for (const Element* field : sent->children(u"field", ns::kDataForm))
        check(keys.contains(field->attribute(u"var")));
    for (const chat::FormField& field : form.fields) {
        if (field.kind != chat::FormField::Kind::Hidden)
            continue;
        QStringList back;
        for (const Element* element : sent->children(u"field", ns::kDataForm))
            if (element->attribute(u"var") == field.key)
                for (const Element* value : element->children(u"value", ns::kDataForm))
                    back << value->text();
        check(back == field.values);
    }
}

void checkTable(const chat::FormTable& table)
{
    check(table.columns.size() <= kMaxTableColumns && table.rows.size() <= kMaxTableRows);
    check(std::all_of(table.rows.begin(), table.rows.end(), [&table](const QStringList& row) { return row.size() == table.columns.size(); }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const char* const kTypes[] = {"form", "result", "submit", "cancel", ""};
    static const char* const kStatuses[] = {"executing", "completed", "canceled", "", "?"};
    if (size < 2)
        return 0;
    Element x = insideOf(data + 2, std::min<size_t>(size - 2, 40));
    x.setAttribute(u"type", QString::fromLatin1(kTypes[data[0] % std::size(kTypes)]));
    if (const auto form = readForm(x))
        checkForm(*form);
    checkTable(readTable(x));

    Element command = Element(u"command", ns::kCommands).with(u"status", QString::fromLatin1(kStatuses[data[1] % std::size(kStatuses)]));
    command.append(Element(u"note", ns::kCommands).withText(QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size))));
    command.append(x);
    Element iq(u"iq", ns::kClient);
    iq.append(std::move(command));
    if (const auto reply = readCommandReply(iq)) {
        checkForm(reply->stage.form);
        checkTable(reply->stage.table);
        check(reply->stage.isOver == !reply->stage.actions);
        check(reply->stage.isOver || reply->stage.actions.testFlag(reply->stage.defaultAction));
    }
    (void)readCommandRefusal(iq);

    const Jid address = *Jid::parse(u"bot@chat.test/x");
    Element query(u"query", ns::kDiscoItems);
    for (size_t i = 2; i < std::min<size_t>(size, 40); ++i)
        query.append(Element(u"item", ns::kDiscoItems)
                         .with(u"jid", i % 5 == 0 ? u"eve@evil.test"_s : address.toString())
                         .with(u"node", QString(data[i] % 8, QChar(ushort(u'a' + data[i] % 3))))
                         .with(u"name", QString(data[i] % 3, u'n')));
    Element list(u"iq", ns::kClient);
    list.append(std::move(query));
    QSet<QString> names;
    for (const chat::CommandSpec& spec : readCommands(list, address, {}, {})) {
        check(spec.dialog && !spec.node.isEmpty() && !spec.name.isEmpty() && !names.contains(spec.name));
        names.insert(spec.name);
    }
    return 0;
}
