// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "model/searchmodel.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ridealong;
using namespace Qt::StringLiterals;
using model::SearchModel;
using State = SearchModel::State;

class TestSearchModel : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_asked.clear();
        m_model = std::make_unique<SearchModel>(
            [this](const chat::SearchQuery& query, qint64 from, int limit) {
                m_asked.push_back({query, from, limit, {}});
                return m_asked.back().promise.async();
            },
            m_clock);
    }

    void waitsForAPauseInTyping()
    {
        m_model->setText(u"d"_s);
        m_clock.advance(SearchModel::kTypingPause - std::chrono::milliseconds(1));
        m_model->setText(u"de"_s);
        m_clock.advance(SearchModel::kTypingPause - std::chrono::milliseconds(1));
        QVERIFY(m_asked.empty());
        QVERIFY(m_model->state() == State::Searching);
        m_clock.advance(std::chrono::milliseconds(1));
        QCOMPARE(m_asked.size(), size_t(1));
        QCOMPARE(m_asked[0].query.unfinished, QStringList{u"de"_s});
        QCOMPARE(m_asked[0].from, 0);
        m_clock.advance(std::chrono::seconds(10));
        QCOMPARE(m_asked.size(), size_t(1));
    }

    void enterDoesNotWait()
    {
        m_model->setText(u"deploy"_s);
        m_model->searchNow();
        QCOMPARE(m_asked.size(), size_t(1));
        m_model->searchNow();
        m_clock.advance(SearchModel::kTypingPause);
        QCOMPARE(m_asked.size(), size_t(1));
    }

    void whatMeansTheSameIsNotAskedAgain()
    {
        search(u"deploy now "_s);
        answer({1});
        m_model->setText(u"  deploy   now "_s);
        m_clock.advance(SearchModel::kTypingPause);
        QCOMPARE(m_asked.size(), size_t(1));
        QVERIFY(m_model->state() == State::Done);
    }

    void dropsTheAnswerToWhatWasTypedBefore()
    {
        search(u"old "_s);
        search(u"new "_s);
        QCOMPARE(m_asked.size(), size_t(2));
        answer({20, 19}, 0, false, 1);
        answer({10, 9, 8}, 7, false, 0); // late
        QCOMPARE(orders(), (QList<int>{20, 19}));
        QVERIFY(m_model->state() == State::Done && !m_model->hasMore());
        QCOMPARE(m_asked.size(), size_t(2)); // and nobody asks on for it
    }

    void keepsTheRowsUntilThereIsSomethingBetter()
    {
        search(u"one "_s);
        answer({5, 4});
        search(u"two "_s);
        QCOMPARE(orders(), (QList<int>{5, 4}));
        QVERIFY(m_model->isStale());
        answer({}, 77); // looked at some, found none, goes on
        QCOMPARE(orders(), (QList<int>{5, 4}));
        QCOMPARE(m_asked.back().from, 77);
        answer({3});
        QCOMPARE(orders(), QList<int>{3});
        QVERIFY(!m_model->isStale());
        search(u"three "_s);
        answer({});
        QCOMPARE(orders(), QList<int>()); // nothing is an answer too
        QVERIFY(m_model->state() == State::Done);
    }

    void goesOnUntilThePageIsFull()
    {
        search(u"rare "_s);
        answer({9}, 90);
        answer({}, 80);
        answer({8, 7}, 70);
        QVERIFY(m_model->state() == State::Searching);
        QCOMPARE(orders(), (QList<int>{9, 8, 7}));
        QCOMPARE(m_asked.back().limit, SearchModel::kPage - 3);
        answer(series(1000, SearchModel::kPage - 3), 60);
        QVERIFY(m_model->state() == State::Done);
        QVERIFY(m_model->hasMore());
        QCOMPARE(m_asked.size(), size_t(4));
        m_model->loadMore();
        m_model->loadMore(); // one is on its way
        QCOMPARE(m_asked.size(), size_t(5));
        QCOMPARE(m_asked.back().from, 60);
        answer({1});
        QVERIFY(!m_model->hasMore());
        QCOMPARE(m_model->rowCount(), SearchModel::kPage + 1);
        m_model->loadMore();
        QCOMPARE(m_asked.size(), size_t(5));
    }

    void endsAtItsLimit()
    {
        search(u"frequent "_s);
        for (int page = 0; page < SearchModel::kMaxRows / SearchModel::kPage; ++page) {
            answer(series(100'000 - page * 100, SearchModel::kPage), 1000 - page);
            m_model->loadMore();
        }
        QCOMPARE(m_model->rowCount(), SearchModel::kMaxRows);
        QVERIFY(!m_model->hasMore());
        QCOMPARE(m_asked.size(), size_t(SearchModel::kMaxRows / SearchModel::kPage));
    }

    void tellsThatItIsBeingMadeSearchable()
    {
        search(u"deploy "_s);
        answer({}, 5, true);
        QVERIFY(m_model->isPreparing());
        QVERIFY(m_model->state() == State::Searching);
        answer({1});
        QVERIFY(!m_model->isPreparing());
    }

    void anErrorCanBeTriedAgain()
    {
        search(u"deploy "_s);
        answer({9}, 90);
        m_asked.back().promise.answer(base::Error{base::ErrorKind::Storage, u"disk"_s, 0});
        QTRY_VERIFY(m_model->state() == State::Failed);
        QVERIFY(m_model->error().kind == base::ErrorKind::Storage);
        QCOMPARE(orders(), QList<int>{9}); // what came stays
        m_model->retry();
        QCOMPARE(m_asked.back().from, 90);
        answer({8});
        QCOMPARE(orders(), (QList<int>{9, 8}));
        QVERIFY(m_model->state() == State::Done);
    }

    void anEmptyFieldEndsIt()
    {
        search(u"deploy "_s);
        answer({9}, 90);
        m_model->setText({});
        QVERIFY(m_model->state() == State::Idle);
        QCOMPARE(m_model->rowCount(), 0);
        answer({8}); // too late
        QCOMPARE(m_model->rowCount(), 0);
        m_clock.advance(std::chrono::seconds(10));
        QCOMPARE(m_asked.size(), size_t(2));
    }

    void aModelThatIsGoneHearsNothing()
    {
        search(u"deploy "_s);
        m_model.reset();
        m_asked.back().promise.answer(chat::SearchPage());
        QCoreApplication::processEvents();
    }

private:
    struct Asked
    {
        chat::SearchQuery query;
        qint64 from = 0;
        int limit = 0;
        base::Promise<chat::SearchPage> promise;
    };

    void search(const QString& typed)
    {
        m_model->setText(typed);
        m_clock.advance(SearchModel::kTypingPause);
    }
    static QList<int> series(int from, int count)
    {
        QList<int> all;
        for (int i = 0; i < count; ++i)
            all.append(from - i);
        return all;
    }
    /// Answers the last question, or the one with that number, and lets the model hear it.
    void answer(const QList<int>& found, qint64 next = 0, bool preparing = false, int which = -1)
    {
        chat::SearchPage page;
        for (const int order : found) {
            chat::SearchHit hit;
            hit.message.order = order;
            page.hits.append(hit);
        }
        page.next = next;
        page.preparing = preparing;
        m_asked[which < 0 ? m_asked.size() - 1 : size_t(which)].promise.answer(page);
        QCoreApplication::processEvents();
    }
    QList<int> orders() const
    {
        QList<int> all;
        for (int i = 0; i < m_model->rowCount(); ++i)
            all.append(int(m_model->row(i).message.order));
        return all;
    }

    tests::FakeClock m_clock;
    std::vector<Asked> m_asked;
    std::unique_ptr<SearchModel> m_model;
};

QTEST_GUILESS_MAIN(TestSearchModel)
#include "tst_searchmodel.moc"
