// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/noticebar.h"
#include "kit/theme.h"
#include "roomview/askdialog.h"
#include "roomview/bansdialog.h"
#include "roomview/peopledialog.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using chat::MemberRank;
using roomview::AskDialog;
using roomview::BansDialog;
using roomview::PeopleDialog;
using roomview::Person;
using roomview::Question;

namespace {

const chat::MemberPowers kAll{true, true, {MemberRank::Ordinary, MemberRank::Member, MemberRank::Moderator, MemberRank::Admin}};
const chat::RoomPowers kRoom{true, true, true, true};

/// Over everybody but ourselves and eve, who is above us in all but one thing.
chat::MemberPowers powersOver(const base::UserId& user)
{
    if (user.text() == "eve"_L1)
        return {true, false, {}};
    return user.text() == "ana"_L1 ? chat::MemberPowers() : kAll;
}

Person person(const QString& name, MemberRank rank = MemberRank::Ordinary)
{
    return {.member = {base::UserId(name.toLower()), name, false, chat::Presence::Online}, .rank = rank};
}

QList<Person> team()
{
    Person ana = person(u"Ana"_s, MemberRank::Owner);
    ana.self = true;
    Person runner = person(u"runner"_s, MemberRank::Member);
    runner.member.bot = true;
    Person carol = person(u"Carol"_s, MemberRank::Ordinary);
    carol.member.presence = chat::Presence::Away;
    return {carol, person(u"ben"_s, MemberRank::Moderator), runner, ana, person(u"Dave"_s, MemberRank::Visitor)};
}

QStringList rowsOf(const PeopleDialog& dialog)
{
    QStringList rows;
    auto* list = dialog.findChild<QListWidget*>(u"people"_s);
    for (int i = 0; i < list->count(); ++i)
        rows += list->item(i)->text();
    return rows;
}

void choose(PeopleDialog& dialog, const QString& name)
{
    auto* list = dialog.findChild<QListWidget*>(u"people"_s);
    for (int i = 0; i < list->count(); ++i)
        if (list->item(i)->text() == name)
            list->setCurrentRow(i);
}

QAction* entry(const QMenu* menu, const QString& text)
{
    for (QAction* action : menu->actions())
        if (action->text() == text)
            return action;
    return nullptr;
}

} // namespace

class TestRoomView : public QObject
{
    Q_OBJECT
private slots:
    void showsThoseOfRankFirst()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        QCOMPARE(rowsOf(dialog), QStringList({u"Ana"_s, u"ben"_s, u"runner"_s, u"Carol"_s, u"Dave"_s}));
        auto* list = dialog.findChild<QListWidget*>(u"people"_s);
        QCOMPARE(list->item(0)->data(Qt::AccessibleTextRole).toString(), u"Ana, you, Owner"_s);
        QCOMPARE(list->item(3)->data(Qt::AccessibleTextRole).toString(), u"Carol, away"_s);
        QCOMPARE(dialog.windowTitle(), u"People in #ops"_s);
    }

    void findsPeopleByName()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        dialog.show();
        auto* filter = dialog.findChild<QLineEdit*>();
        QTest::keyClicks(filter, u"a"_s);
        QCOMPARE(rowsOf(dialog), QStringList({u"Ana"_s, u"Carol"_s, u"Dave"_s}));
        filter->clear();
        QList<Person> many;
        for (int i = 0; i <= PeopleDialog::kMostShown; ++i)
            many += person(u"p%1"_s.arg(i));
        dialog.setPeople(many, kRoom);
        QCOMPARE(rowsOf(dialog).size(), PeopleDialog::kMostShown);
    }

    void staysWithWhomItShowedWhenSomebodyComes()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        choose(dialog, u"Carol"_s);
        dialog.setPeople(team() << person(u"Abe"_s), kRoom);
        QCOMPARE(dialog.findChild<QListWidget*>(u"people"_s)->currentItem()->text(), u"Carol"_s);
    }

    void offersWhatMayBeDone()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        QVERIFY(!dialog.makeMenu()); // nobody is there
        dialog.setPeople(team() << person(u"eve"_s), kRoom);
        choose(dialog, u"Ana"_s);
        const std::unique_ptr<QMenu> own(dialog.makeMenu());
        QVERIFY(!own); // with oneself there is nothing to do
        QVERIFY(!dialog.findChild<QPushButton*>(u"actions"_s)->isEnabled());
        choose(dialog, u"eve"_s);
        const std::unique_ptr<QMenu> eves(dialog.makeMenu());
        QVERIFY(entry(eves.get(), u"Write to eve"_s)->isEnabled());
        QVERIFY(entry(eves.get(), u"Kick…"_s)->isEnabled() && !entry(eves.get(), u"Ban…"_s)->isEnabled());
        QVERIFY(dialog.findChild<QPushButton*>(u"actions"_s)->isEnabled());
        choose(dialog, u"ben"_s);
        const std::unique_ptr<QMenu> bens(dialog.makeMenu());
        const QMenu* ranks = entry(bens.get(), u"Rank"_s)->menu();
        QStringList names;
        for (const QAction* action : ranks->actions()) {
            names += action->text();
            QCOMPARE(action->isChecked(), action->text() == u"Moderator"_s);
        }
        QCOMPARE(names, QStringList({u"Administrator"_s, u"Moderator"_s, u"Member"_s, u"Nothing special"_s}));
    }

    void asksToWriteToSomebodyWithoutPowers()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, [](const base::UserId&) { return chat::MemberPowers(); });
        dialog.setPeople(team(), kRoom);
        choose(dialog, u"ben"_s);
        QSignalSpy asked(&dialog, &PeopleDialog::directRequested);
        const std::unique_ptr<QMenu> menu(dialog.makeMenu());
        QCOMPARE(menu->actions().size(), 1);
        menu->actions().first()->trigger();
        QVERIFY(asked.first().first().value<base::UserId>() == base::UserId(u"ben"_s));
    }

    void asksForRanks()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        choose(dialog, u"ben"_s);
        QSignalSpy asked(&dialog, &PeopleDialog::rankRequested);
        const std::unique_ptr<QMenu> menu(dialog.makeMenu());
        const QMenu* ranks = entry(menu.get(), u"Rank"_s)->menu();
        entry(ranks, u"Moderator"_s)->trigger(); // as it is
        QVERIFY(asked.isEmpty());
        entry(ranks, u"Administrator"_s)->trigger();
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.first().at(0).value<base::UserId>() == base::UserId(u"ben"_s));
        QVERIFY(asked.first().at(1).value<MemberRank>() == MemberRank::Admin);
    }

    void asksForAReasonBeforeItPutsSomebodyOut_data()
    {
        QTest::addColumn<bool>("ban");
        QTest::addColumn<QString>("reason");
        QTest::newRow("kick") << false << u"too loud"_s;
        QTest::newRow("kick without a reason") << false << QString();
        QTest::newRow("ban") << true << u"spam"_s;
    }
    void asksForAReasonBeforeItPutsSomebodyOut()
    {
        QFETCH(bool, ban);
        QFETCH(QString, reason);
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        dialog.show();
        choose(dialog, u"ben"_s);
        QSignalSpy kicks(&dialog, &PeopleDialog::kickRequested), bans(&dialog, &PeopleDialog::banRequested);
        const std::unique_ptr<QMenu> menu(dialog.makeMenu());
        entry(menu.get(), ban ? u"Ban…"_s : u"Kick…"_s)->trigger();
        auto* question = dialog.findChild<AskDialog*>();
        QVERIFY(question && kicks.isEmpty() && bans.isEmpty());
        auto* line = question->findChild<QLineEdit*>(u"answer"_s);
        QTest::keyClicks(line, reason);
        QTest::keyClick(line, Qt::Key_Return); // a habit: it puts nobody out
        QVERIFY(kicks.isEmpty() && bans.isEmpty());
        question->findChild<QPushButton*>(u"act"_s)->click();
        QCOMPARE(kicks.size(), ban ? 0 : 1);
        QCOMPARE(bans.size(), ban ? 1 : 0);
        QCOMPARE((ban ? bans : kicks).first().at(1).toString(), reason);
    }

    void cancelsPuttingOut()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.setPeople(team(), kRoom);
        dialog.show();
        choose(dialog, u"ben"_s);
        QSignalSpy kicks(&dialog, &PeopleDialog::kickRequested);
        const std::unique_ptr<QMenu> menu(dialog.makeMenu());
        entry(menu.get(), u"Kick…"_s)->trigger();
        QTest::keyClick(dialog.findChild<AskDialog*>(), Qt::Key_Escape);
        QVERIFY(kicks.isEmpty());
        QVERIFY(dialog.isVisible());
    }

    void invitesWhereThatMayBeDone()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        QSignalSpy invited(&dialog, &PeopleDialog::inviteRequested);
        dialog.show();
        const auto button = [&dialog] {
            for (QPushButton* each : dialog.findChildren<QPushButton*>())
                if (each->text() == u"&Invite…"_s)
                    return each;
            return static_cast<QPushButton*>(nullptr);
        };
        dialog.setPeople(team(), {});
        QVERIFY(!button()->isVisible());
        dialog.setPeople(team(), kRoom);
        QVERIFY(button()->isVisible());
        button()->click();
        QCOMPARE(invited.size(), 1);
    }

    void tellsWhatTheServerSays()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"#ops"_s, powersOver);
        dialog.show();
        QVERIFY(!dialog.findChild<kit::NoticeBar*>()->isVisible());
        dialog.complain(u"You may not."_s, u"forbidden"_s);
        QVERIFY(dialog.findChild<kit::NoticeBar*>()->isVisible());
        QCOMPARE(dialog.findChild<kit::NoticeBar*>()->text(), u"You may not."_s);
    }

    void namesOfStrangersAreOnlyText()
    {
        kit::Theme theme;
        PeopleDialog dialog(theme, u"<b>#ops</b>"_s, powersOver);
        dialog.setPeople({person(u"<img src=x>\u202Eeve"_s, MemberRank::Ordinary)}, kRoom);
        QCOMPARE(rowsOf(dialog), QStringList({u"<img src=x>eve"_s}));
        dialog.show();
        choose(dialog, u"<img src=x>eve"_s);
        const std::unique_ptr<QMenu> menu(dialog.makeMenu());
        entry(menu.get(), u"Kick…"_s)->trigger();
        for (const QLabel* label : dialog.findChild<AskDialog*>()->findChildren<QLabel*>())
            if (label->text().contains(u"<img"_s))
                QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void asksForOneLine()
    {
        kit::Theme theme;
        const Question question{
            .title = u"Topic"_s, .label = u"&Topic"_s, .text = u"Deploys"_s, .action = u"Change"_s, .mayBeEmpty = true, .maxChars = 20};
        AskDialog dialog(theme, question);
        QSignalSpy answered(&dialog, &AskDialog::answered);
        dialog.show();
        auto* line = dialog.findChild<QLineEdit*>(u"answer"_s);
        auto* act = dialog.findChild<QPushButton*>(u"act"_s);
        QVERIFY(!act->isEnabled()); // nothing would change
        QTest::keyClicks(line, u"  On fire"_s); // what stood there was selected
        QVERIFY(act->isEnabled());
        QTest::keyClicks(line, QString(30, u'x'));
        QCOMPARE(line->text().size(), 20);
        line->setText(u" On fire "_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(answered.size(), 1);
        QCOMPARE(answered.first().first().toString(), u"On fire"_s);

        AskDialog name(theme, {.title = u"Name"_s, .label = u"&Name"_s, .text = u"ana"_s, .action = u"Change"_s});
        auto* nameLine = name.findChild<QLineEdit*>(u"answer"_s);
        nameLine->setText(u"  "_s);
        QVERIFY(!name.findChild<QPushButton*>(u"act"_s)->isEnabled());
    }

    void listsBans()
    {
        kit::Theme theme;
        BansDialog dialog(theme, roomview::bannedFrom(u"#ops"_s));
        QSignalSpy asked(&dialog, &BansDialog::unbanRequested);
        dialog.show();
        auto* list = dialog.findChild<QListWidget*>(u"bans"_s);
        auto* unban = dialog.findChild<QPushButton*>(u"unban"_s);
        QVERIFY(!list->isVisible() && !unban->isEnabled());
        dialog.setBans(QList<chat::Ban>{{u"eve@evil.test"_s, u"ana"_s, u"spam"_s}, {u"*!*@bad.test"_s, {}, {}}});
        QCOMPARE(list->count(), 2);
        list->setCurrentRow(1);
        unban->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"*!*@bad.test"_s);
        dialog.setBans(QList<chat::Ban>());
        QVERIFY(!list->isVisible() && !unban->isEnabled());
        dialog.setBans(base::Error{base::ErrorKind::Denied, u"forbidden"_s, 0});
        QVERIFY(!list->isVisible());
    }

    void isDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void isDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        kit::Theme theme;
        look.dress(theme);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        PeopleDialog people(theme, u"#ops"_s, powersOver);
        QList<Person> everybody = team();
        for (const QString& other : {u"Erin"_s, u"Frank"_s, u"Grace-with-a-rather-long-name-that-does-not-fit-at-all"_s, u"Heidi"_s})
            everybody += person(other, other.startsWith(u'G') ? MemberRank::Admin : MemberRank::Ordinary);
        people.setPeople(everybody, kRoom);
        people.show();
        choose(people, u"ben"_s);
        QCoreApplication::processEvents();
        tests::keepShot(people.grab(), u"people-"_s + name);
        const std::unique_ptr<QMenu> menu(people.makeMenu());
        menu->popup({0, 0});
        tests::keepShot(menu->grab(), u"people-menu-"_s + name);
        QMenu* ranks = entry(menu.get(), u"Rank"_s)->menu();
        ranks->popup({0, 0});
        tests::keepShot(ranks->grab(), u"people-ranks-"_s + name);
        ranks->hide();
        menu->hide();
        people.complain(u"The server does not let you do this."_s, u"forbidden"_s);
        QCoreApplication::processEvents();
        tests::keepShot(people.grab(), u"people-complaint-"_s + name);
        menu->actions().last()->trigger();
        auto* ask = people.findChild<AskDialog*>();
        QCoreApplication::processEvents();
        tests::keepShot(ask->grab(), u"ban-"_s + name);
        BansDialog bans(theme, roomview::bannedFrom(u"#ops"_s));
        bans.setBans(QList<chat::Ban>{{u"eve@evil.test"_s, u"ana"_s, u"spam, again and again"_s}, {u"*!*@bad.test"_s, {}, {}}});
        bans.show();
        QCoreApplication::processEvents();
        tests::keepShot(bans.grab(), u"bans-"_s + name);
        for (const QWidget* dialog : std::initializer_list<const QWidget*>{&people, ask, &bans})
            for (const QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->isVisibleTo(dialog) && button->window() == dialog) {
                    QVERIFY(dialog->rect().contains(QRect(button->mapTo(dialog, QPoint()), button->size())));
                    QVERIFY(button->width() >= button->sizeHint().width());
                }
    }
};

QTEST_MAIN(TestRoomView)
#include "tst_roomview.moc"
