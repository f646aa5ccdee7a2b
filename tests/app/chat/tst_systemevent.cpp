// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "chat/systemevent.h"

#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::SystemEvent;
using Kind = SystemEvent::Kind;

class TestSystemEvent : public QObject
{
    Q_OBJECT
private slots:
    void comesBackFromItsText()
    {
        for (int kind = int(Kind::Joined); kind <= int(Kind::NetJoin); ++kind)
            for (const QString& subject : {QString(), u"bob"_s, u"#ops"_s})
                for (const QString& detail : {QString(), u"too loud: twice"_s, u"with\nlines"_s}) {
                    const SystemEvent event{Kind(kind), subject, detail};
                    QCOMPARE(chat::systemEventFromText(chat::toText(event)), std::optional(event));
                }
    }
    void isReadableAsItIs()
    {
        QCOMPARE(chat::toText({Kind::Kicked, u"bob"_s, u"too loud"_s}), u"kicked bob: too loud"_s);
        QCOMPARE(chat::toText({Kind::TopicChanged, {}, u"Deploys here"_s}), u"topic: Deploys here"_s);
    }
    void takesNoOtherTextForOne()
    {
        for (const QString& text : {QString(), u" "_s, u"hello"_s, u"joinedx"_s, u": joined"_s, QString(100'000, u'x')})
            QVERIFY(!chat::systemEventFromText(text));
    }
};

QTEST_APPLESS_MAIN(TestSystemEvent)
#include "tst_systemevent.moc"
