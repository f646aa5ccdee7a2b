// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"
#include "pairingview/pairingpanel.h"
#include "support/shots.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using chat::Presence;

class PairingViewTest : public QObject
{
    Q_OBJECT

private slots:
    void showsWhoIsHereOnlineFirstBotsLast()
    {
        kit::Theme theme;
        pairingview::PairingPanel panel(theme);
        panel.setConversation(u"#ops"_s,
            {{base::UserId(u"r"_s), u"runner"_s, true, Presence::Online}, {base::UserId(u"z"_s), u"Zoe"_s, false, Presence::Offline},
                {base::UserId(u"b"_s), u"Ben"_s, false, Presence::Away}, {base::UserId(u"a"_s), u"Ana"_s, false, Presence::Online}});
        QCOMPARE(panel.shownMembers(), (QStringList{u"Ana, online"_s, u"Ben, away"_s, u"Zoe, offline"_s, u"runner, bot, online"_s}));
        panel.setConversation({}, {});
        QVERIFY(panel.shownMembers().isEmpty());
    }

    void offersNothingItCannotDo()
    {
        kit::Theme theme;
        pairingview::PairingPanel panel(theme);
        QVERIFY(panel.findChildren<QAbstractButton*>().isEmpty());
        bool said = false;
        for (auto* label : panel.findChildren<QLabel*>())
            said = said || label->text() == u"Nobody is riding along."_s;
        QVERIFY(said);
    }

    void boundsAHugeRoom()
    {
        kit::Theme theme;
        pairingview::PairingPanel panel(theme);
        const int limit = pairingview::PairingPanel::kMaxShown;
        for (int count : {0, limit, limit + 1}) {
            QList<chat::Member> members;
            for (int i = 0; i < count; ++i)
                members << chat::Member{base::UserId(QString::number(i)), QString::number(i), false, Presence::Online};
            panel.setConversation(u"#big"_s, members);
            QCOMPARE(panel.shownMembers().size(), std::min(count, limit));
        }
    }

    void looksRight()
    {
        for (auto choice : {kit::ThemeChoice::Dark, kit::ThemeChoice::Light}) {
            kit::Theme theme;
            theme.setChoice(choice);
            theme.applyTo(*qApp);
            pairingview::PairingPanel panel(theme);
            panel.setConversation(u"#ops"_s,
                {{base::UserId(u"r"_s), u"runner"_s, true, Presence::Online}, {base::UserId(u"b"_s), u"Ben Okafor"_s, false, Presence::Away},
                    {base::UserId(u"a"_s), u"Ana"_s, false, Presence::Online}, {base::UserId(u"z"_s), u"Mina Sato"_s, false, Presence::Offline}});
            panel.resize(420, 360);
            panel.show();
            const auto picture = panel.grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 5);
            tests::keepShot(picture, choice == kit::ThemeChoice::Dark ? u"pairing-dark"_s : u"pairing-light"_s);
        }
    }
};

QTEST_MAIN(PairingViewTest)
#include "tst_pairingview.moc"
