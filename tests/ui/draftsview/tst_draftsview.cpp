// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "draftsview/approvalspanel.h"
#include "draftsview/draftspanel.h"
#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::draftsview;

class DraftsViewTest : public QObject
{
    Q_OBJECT

    tests::FakeClock m_clock;

    DraftView draft(const QString& id, const QString& text, chat::OutgoingKind kind = chat::OutgoingKind::Command)
    {
        DraftView view;
        view.draft.id = base::DraftId(id);
        view.draft.text = text;
        view.draft.kind = kind;
        view.draft.writtenAtMs = m_clock.nowMs() - 3 * 3'600'000;
        view.where = u"#prod"_s;
        view.environment = u"production"_s;
        return view;
    }
    OutboxView waiting(const QString& id, chat::OutboxState state)
    {
        OutboxView view;
        view.item.transaction = base::TransactionId(id);
        view.item.text = u"migrate pause vmax1"_s;
        view.item.kind = chat::OutgoingKind::Command;
        view.item.state = state;
        view.item.createdAtMs = m_clock.nowMs() - 60'000;
        view.where = u"#ops"_s;
        return view;
    }
    ApprovalView approval(const QString& id, const QString& environment)
    {
        ApprovalView view;
        view.report.run = base::RunId(id);
        view.report.command = u"array drain vmax2"_s;
        view.report.senderName = u"Ben"_s;
        view.report.state = chat::RunState::AwaitingApproval;
        view.report.environment = environment;
        view.report.startedAtMs = m_clock.nowMs() - 120'000;
        view.where = u"#prod"_s;
        return view;
    }
    static QStringList texts(const QWidget& widget)
    {
        QStringList all;
        for (auto* label : widget.findChildren<QLabel*>())
            all << label->text();
        return all;
    }

private slots:
    void saysWhatWouldBeHere()
    {
        kit::Theme theme;
        DraftsPanel panel(theme, m_clock);
        panel.show();
        QVERIFY(panel.findChild<QLabel*>(u"emptyText"_s)->isVisible());
        panel.setDrafts({draft(u"a"_s, u"disk"_s)});
        QVERIFY(!panel.findChild<QLabel*>(u"emptyText"_s)->isVisible());
        panel.setDrafts({});
        QVERIFY(panel.findChild<QLabel*>(u"emptyText"_s)->isVisible());
    }

    void tellsAgeNewerMessagesAndProblems()
    {
        kit::Theme theme;
        DraftsPanel panel(theme, m_clock);
        auto view = draft(u"a"_s, u"migrate start"_s);
        view.newerMessages = 12;
        view.problems = {u"array: this is needed."_s};
        panel.setDrafts({view});
        const auto all = texts(*panel.list()->card(u"draft/a"_s)).join(u'|');
        QVERIFY2(all.contains(u"3 h ago"_s) && all.contains(u"12 newer message"_s) && all.contains(u"this is needed"_s), qPrintable(all));
    }

    void cannotSendADraftOffline()
    {
        kit::Theme theme;
        DraftsPanel panel(theme, m_clock);
        auto view = draft(u"a"_s, u"x"_s);
        view.online = false;
        panel.setDrafts({view});
        QVERIFY(!panel.list()->card(u"draft/a"_s)->button(u"send"_s)->isEnabled());
    }

    void discardsOnTheSecondPressOnly()
    {
        kit::Theme theme;
        DraftsPanel panel(theme, m_clock);
        panel.setDrafts({draft(u"a"_s, u"x"_s), draft(u"b"_s, u"y"_s)});
        QSignalSpy discard(&panel, &DraftsPanel::discardDraftRequested);
        panel.list()->card(u"draft/a"_s)->button(u"discard"_s)->click();
        QCOMPARE(discard.size(), 0);
        panel.list()->card(u"draft/b"_s)->button(u"discard"_s)->click();
        QCOMPARE(discard.size(), 0); // another one: asks again
        panel.list()->card(u"draft/b"_s)->button(u"discard"_s)->click();
        QCOMPARE(discard.size(), 1);
        QCOMPARE(discard.front().front().value<base::DraftId>(), base::DraftId(u"b"_s));
    }

    void letsOnlyItsAuthorSendACommandInReview()
    {
        kit::Theme theme;
        DraftsPanel panel(theme, m_clock);
        panel.setOutbox({waiting(u"t"_s, chat::OutboxState::Review), waiting(u"f"_s, chat::OutboxState::InFlight)});
        QSignalSpy retry(&panel, &DraftsPanel::retryRequested);
        QVERIFY(texts(*panel.list()->card(u"outbox/t"_s)).join(u'|').contains(u"never sent by itself"_s));
        QVERIFY(!panel.list()->card(u"outbox/f"_s)->button(u"retry"_s));
        panel.list()->card(u"outbox/t"_s)->button(u"retry"_s)->click();
        QCOMPARE(retry.size(), 1);
    }

    void approvesAtOnceOutsideProductionAndByTypingInIt()
    {
        kit::Theme theme;
        ApprovalsPanel panel(theme, m_clock);
        panel.show();
        QSignalSpy decide(&panel, &ApprovalsPanel::decideRequested);
        panel.setApprovals({approval(u"s"_s, u"sandbox"_s), approval(u"p"_s, u"production"_s)});
        panel.list()->card(u"s"_s)->button(u"approve"_s)->click();
        QCOMPARE(decide.size(), 1);
        panel.list()->card(u"p"_s)->button(u"approve"_s)->click();
        QCOMPARE(decide.size(), 1);
        auto* bar = panel.findChild<kit::ConfirmBar*>();
        QVERIFY(bar->isAsking());
        auto* field = bar->findChild<QLineEdit*>(u"confirmField"_s);
        QTest::keyClicks(field, u"prod"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(decide.size(), 2);
        QCOMPARE(decide.back().at(0).value<base::RunId>(), base::RunId(u"p"_s));
        QCOMPARE(decide.back().at(1).toBool(), true);
    }

    void withdrawsTheQuestionWhenSomebodyElseDecided()
    {
        kit::Theme theme;
        ApprovalsPanel panel(theme, m_clock);
        panel.show();
        panel.setApprovals({approval(u"p"_s, u"production"_s)});
        panel.list()->card(u"p"_s)->button(u"approve"_s)->click();
        panel.setApprovals({});
        QVERIFY(!panel.findChild<kit::ConfirmBar*>()->isAsking());
    }

    void looksRight_data() { tests::addLooks({{"200", kit::ThemeChoice::Light, 2}}); }
    void looksRight()
    {
        QFETCH(tests::Look, look);
        kit::Theme theme;
        look.dress(theme);
        const auto tag = QString::fromLatin1(QTest::currentDataTag());
        DraftsPanel drafts(theme, m_clock);
        auto written = draft(u"a"_s, u"hubot migrate start"_s);
        written.newerMessages = 12;
        written.problems = {u"array: this is needed."_s};
        drafts.setDrafts({written, draft(u"b"_s, u"Window moves to Thursday, I tell the team."_s, chat::OutgoingKind::Text)});
        auto failed = waiting(u"f"_s, chat::OutboxState::Failed);
        failed.why = u"The server refused it: you are not in this room."_s;
        drafts.setOutbox({waiting(u"t"_s, chat::OutboxState::Review), failed});
        drafts.resize(QSize(560, 760) * look.scale);
        drafts.show();
        QCoreApplication::processEvents(); // sizes settle in the event loop
        const auto picture = drafts.grab();
        QVERIFY(tests::colorsOf(picture.toImage()) > 10);
        tests::keepShot(picture, u"drafts-"_s + tag);
        ApprovalsPanel approvals(theme, m_clock);
        approvals.setApprovals({approval(u"s"_s, u"staging"_s), approval(u"p"_s, u"production"_s)});
        approvals.resize(QSize(560, 560) * look.scale);
        approvals.show();
        approvals.list()->card(u"p"_s)->button(u"approve"_s)->click();
        tests::keepShot(approvals.grab(), u"approvals-"_s + tag);
    }
};

QTEST_MAIN(DraftsViewTest)
#include "tst_draftsview.moc"
