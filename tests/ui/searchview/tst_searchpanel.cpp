// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/emptystate.h"
#include "model/searchmodel.h"
#include "searchview/searchpanel.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace ridealong;
using namespace Qt::StringLiterals;
using model::SearchModel;
using searchview::SearchPanel;

namespace {

const base::AccountId kAccount(u"irc-1"_s);
constexpr qint64 kHourMs = 3'600'000;

} // namespace

class TestSearchPanel : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_panel.reset();
        m_asked.clear();
        m_theme = std::make_unique<kit::Theme>();
        m_theme->applyTo(*qApp); // before the first widget
        m_model = std::make_unique<SearchModel>(
            [this](const chat::SearchQuery& query, qint64 from, int) {
                m_asked.push_back({query, from, {}});
                return m_asked.back().promise.async();
            },
            m_clock);
        m_panel = std::make_unique<SearchPanel>(*m_theme, m_clock);
        m_panel->setPlaces([](const base::ConversationId& id) {
            return searchview::Place{id.key(), id.key() == u"#prod"_s ? u"production"_s : u"sandbox"_s, {}};
        });
        m_panel->setModel(m_model.get());
        m_panel->setHere(u"#ops"_s);
        m_panel->resize(590, 700);
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_panel->focusField();
    }

    void saysWhatWouldBeFoundHere()
    {
        QVERIFY(empty()->isVisible());
        QVERIFY2(empty()->accessibleName().contains(u"from:"_s), qPrintable(empty()->accessibleName()));
        QVERIFY(!list()->isVisible());
    }

    void keysWalkAndOpenFromTheField()
    {
        QSignalSpy opened(m_panel.get(), &SearchPanel::messageRequested);
        type(u"deploy "_s);
        answer({hit(9, u"deploy of nine"_s), hit(8, u"deploy of eight"_s), hit(7, u"deploy of seven"_s)});
        QVERIFY(list()->isVisible());
        QCOMPARE(m_panel->currentRow(), 0);
        QVERIFY(field()->hasFocus());
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Down); // the end stays the end
        QCOMPARE(m_panel->currentRow(), 2);
        QTest::keyClick(field(), Qt::Key_Up);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<chat::Message>().order, 8);
        QTest::keyClick(field(), Qt::Key_PageUp);
        QCOMPARE(m_panel->currentRow(), 0);
        QCOMPARE(field()->text(), u"deploy "_s);
    }

    void enterInTheListOpensAndUpLeavesIt()
    {
        QSignalSpy opened(m_panel.get(), &SearchPanel::messageRequested);
        type(u"deploy "_s);
        answer({hit(9, u"deploy"_s), hit(8, u"deploy"_s)});
        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Enter);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<chat::Message>().order, 8);
        QTest::keyClick(list(), Qt::Key_Up);
        QTest::keyClick(list(), Qt::Key_Up);
        QVERIFY(field()->hasFocus());
    }

    void aClickOpens()
    {
        QSignalSpy opened(m_panel.get(), &SearchPanel::messageRequested);
        type(u"deploy "_s);
        answer({hit(9, u"deploy"_s), hit(8, u"deploy"_s)});
        const QRect second = list()->visualRect(m_model->index(1));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, second.center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<chat::Message>().order, 8);
    }

    void enterWhileTypingOpensNothingOld()
    {
        QSignalSpy opened(m_panel.get(), &SearchPanel::messageRequested);
        type(u"old "_s);
        answer({hit(1, u"old"_s)});
        QTest::keyClicks(field(), u"er"_s); // not asked yet: the pause is not over
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(opened.size(), 0);
        QCOMPARE(m_asked.size(), size_t(2)); // but asked at once
        answer({hit(2, u"older"_s)});
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<chat::Message>().order, 2);
    }

    void escapeLeaves()
    {
        QSignalSpy closed(m_panel.get(), &SearchPanel::closeRequested);
        QTest::keyClick(field(), Qt::Key_Escape);
        QCOMPARE(closed.size(), 1);
        type(u"deploy "_s);
        answer({hit(9, u"deploy"_s)});
        list()->setFocus();
        QTest::keyClick(list(), Qt::Key_Escape);
        QCOMPARE(closed.size(), 2);
    }

    void saysThatNothingWasFound()
    {
        type(u"nowhere "_s);
        QVERIFY2(empty()->accessibleName().contains(u"Searching"_s), qPrintable(empty()->accessibleName()));
        answer({});
        QVERIFY(empty()->isVisible());
        QVERIFY2(empty()->accessibleName().contains(u"No message"_s), qPrintable(empty()->accessibleName()));
    }

    void saysWhatWentWrongAndTriesAgain()
    {
        type(u"deploy "_s);
        m_asked.back().promise.answer(base::Error{base::ErrorKind::Storage, u"disk I/O error"_s, 0});
        auto* button = empty()->findChild<QPushButton*>();
        QTRY_VERIFY(button->isVisible());
        button->click();
        QCOMPARE(m_asked.size(), size_t(2));
        answer({hit(1, u"deploy"_s)});
        QVERIFY(list()->isVisible() && !empty()->isVisible());
    }

    void saysWhichFilterIsLeftOut()
    {
        type(u"deploy before:tuesday has:tea "_s);
        QVERIFY(problem()->isVisible());
        QVERIFY2(problem()->text().contains(u"before:tuesday"_s) && problem()->text().contains(u"has:tea"_s), qPrintable(problem()->text()));
        type(u"deploy in:nowhere "_s);
        chat::SearchPage page;
        page.unknownPlaces = {u"nowhere"_s};
        m_asked.back().promise.answer(page);
        QTRY_VERIFY(problem()->text().contains(u"nowhere"_s));
        type(u"deploy "_s);
        QVERIFY(!problem()->isVisible());
    }

    void loadsTheNextPageBeforeTheEndIsSeen()
    {
        type(u"deploy "_s);
        QList<chat::SearchHit> page;
        for (int i = 0; i < SearchModel::kPage; ++i)
            page.append(hit(1000 - i, u"deploy"_s));
        answer(page, 77);
        QCOMPARE(m_asked.size(), size_t(1));
        list()->verticalScrollBar()->setValue(list()->verticalScrollBar()->maximum());
        QCOMPARE(m_asked.size(), size_t(2));
        QCOMPARE(m_asked[1].from, 77);
        answer({hit(1, u"deploy"_s)});
        QCOMPARE(m_model->rowCount(), SearchModel::kPage + 1);
        QVERIFY(list()->verticalScrollBar()->value() > 0); // and nothing jumps
    }

    void filtersAreOfferedInAMenu()
    {
        auto* menu = m_panel->findChild<QToolButton*>(u"searchFilters"_s)->menu();
        m_panel->setHere(u"#on call"_s);
        m_panel->findChild<QAction*>(u"searchHere"_s)->trigger();
        QCOMPARE(m_panel->text(), u"in:\"#on call\" "_s);
        QCOMPARE(m_model->query().in, QStringList{u"#on call"_s});
        for (QAction* action : menu->actions())
            if (action->text().endsWith(u"from:"_s))
                action->trigger();
        QCOMPARE(m_panel->text(), u"in:\"#on call\" from:"_s);
        QVERIFY(field()->hasFocus());
        m_panel->setHere({});
        emit menu->aboutToShow();
        QVERIFY(!m_panel->findChild<QAction*>(u"searchHere"_s)->isEnabled());
    }

    void theFieldTakesNoMoreThanIsRead()
    {
        field()->setText(QString(5000, u'a'));
        QCOMPARE(field()->text().size(), chat::kMaxSearchChars);
    }

    void rowsAreDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void rowsAreDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        look.dress(*m_theme);
        const auto shot = [&](const QString& name) {
            QCoreApplication::processEvents();
            const QPixmap picture = m_panel->grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 4);
            tests::keepShot(picture, u"search-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
        };
        shot(u"1-empty"_s);
        type(u"deploy gateway before:soon "_s);
        auto first = hit(9, u"The **gateway** deploy failed again with exit code 3, see https://ci.example/7 for the whole log of it"_s);
        auto second = hit(8,
            u"before we deploy the gateway to production somebody has to look at the batch list that Ben made last week, because the array is "
            u"still migrating and nothing of it may be restarted before eight; I put the numbers into the thread and ask again at noon"_s);
        second.message.conversation = {kAccount, u"#prod"_s};
        second.message.senderName = u"Benjamin Constantin von Hohenlohe-Langenburg"_s;
        second.message.timeMs -= 30 * kHourMs;
        auto third = hit(7, u"gateway deploy done"_s);
        third.message.thread = base::MessageId(u"root"_s);
        third.message.timeMs -= 400 * 24 * kHourMs;
        answer({first, second, third}, 5);
        QTest::keyClick(field(), Qt::Key_Down);
        shot(u"2-found"_s);
        const int wide = list()->visualRect(m_model->index(1)).height();
        m_panel->resize(260, 700);
        QCoreApplication::processEvents();
        shot(u"3-narrow"_s);
        QVERIFY(list()->visualRect(m_model->index(0)).height() >= wide); // two lines, of a text that was one
        type(u"nothing "_s);
        answer({});
        shot(u"4-nothing"_s);
    }

private:
    struct Asked
    {
        chat::SearchQuery query;
        qint64 from = 0;
        base::Promise<chat::SearchPage> promise;
    };

    QLineEdit* field() { return m_panel->findChild<QLineEdit*>(u"searchField"_s); }
    QListView* list() { return m_panel->findChild<QListView*>(u"searchResults"_s); }
    QLabel* problem() { return m_panel->findChild<QLabel*>(u"searchProblem"_s); }
    kit::EmptyState* empty() { return m_panel->findChild<kit::EmptyState*>(u"searchEmpty"_s); }

    chat::SearchHit hit(int order, const QString& text)
    {
        chat::SearchHit made;
        made.message.id = base::MessageId(u"m%1"_s.arg(order));
        made.message.conversation = {kAccount, u"#ops"_s};
        made.message.senderName = u"Ana"_s;
        made.message.timeMs = m_clock.nowMs() - 600'000;
        made.message.order = order;
        made.message.text = text;
        for (const QString& word : {u"deploy"_s, u"gateway"_s})
            if (const auto at = text.indexOf(word); at >= 0)
                made.marks.append({int(at), int(word.size())});
        std::sort(made.marks.begin(), made.marks.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
        made.snippet = text;
        return made;
    }
    void type(const QString& text)
    {
        field()->setText(text);
        m_clock.advance(SearchModel::kTypingPause);
    }
    void answer(const QList<chat::SearchHit>& hits, qint64 next = 0)
    {
        chat::SearchPage page;
        page.hits = hits;
        page.next = next;
        m_asked.back().promise.answer(page);
        QCoreApplication::processEvents();
    }

    tests::FakeClock m_clock;
    std::vector<Asked> m_asked;
    std::unique_ptr<kit::Theme> m_theme;
    std::unique_ptr<SearchModel> m_model;
    std::unique_ptr<SearchPanel> m_panel;
};

QTEST_MAIN(TestSearchPanel)
#include "tst_searchpanel.moc"
