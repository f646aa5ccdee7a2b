// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/async.h"
#include "base/worker.h"
#include "support/await.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;
using base::Async;
using base::Done;
using base::Error;
using base::ErrorKind;
using base::Expected;
using base::Promise;
using tests::await;

class TestAsync : public QObject
{
    Q_OBJECT
private slots:
    void holdsAValueOrAnError();
    void answersFromTheEventLoop();
    void theFirstAnswerCounts();
    void aDroppedPromiseCancels();
    void aPromiseLivesAsLongAsOneCopy();
    void callsNobodyWhoseContextDied();
    void aHandlerMayDestroyItsContext();
    void answersManyWhoAsked();
    void aWorkerDoesThingsInOrderOnItsThread();
    void aWorkerFinishesWhatIsQueued();
    void aWorkerKeepsATaskThatAsksForAnother();
};

void TestAsync::holdsAValueOrAnError()
{
    const Expected<int> value(5);
    QVERIFY(value);
    QCOMPARE(*value, 5);
    QCOMPARE(value.valueOr(7), 5);
    const Expected<int> error(Error{ErrorKind::NotFound, u"nothing"_s, 0});
    QVERIFY(!error);
    QCOMPARE(error.valueOr(7), 7);
    QCOMPARE(error.error().detail, u"nothing"_s);
    Expected<QString> text(u"a"_s);
    *text += u'b';
    QCOMPARE(text->size(), 2);
    text = Error{};
    QVERIFY(!text);
    for (int kind = 0; kind <= int(ErrorKind::Incompatible); ++kind)
        QVERIFY(!base::toString(ErrorKind(kind)).isEmpty());
}

void TestAsync::answersFromTheEventLoop()
{
    bool called = false;
    Async<int>::ready(3).then(this, [&](const Expected<int>& answer) { called = answer.valueOr(0) == 3; });
    QVERIFY(!called); // never before then() returns
    QTRY_VERIFY(called);
}

void TestAsync::theFirstAnswerCounts()
{
    const Promise<int> promise;
    QVERIFY(!promise.isAnswered());
    promise.answer(1);
    promise.answer(2);
    promise.answer(Error{});
    QVERIFY(promise.isAnswered());
    QCOMPARE(*await(promise.async()), 1);
}

void TestAsync::aDroppedPromiseCancels()
{
    std::optional<Promise<int>> promise(std::in_place);
    const Async<int> async = promise->async();
    int calls = 0;
    async.then(this, [&](const Expected<int>& answer) {
        ++calls;
        QVERIFY(!answer);
        QVERIFY(answer.error().kind == ErrorKind::Cancelled);
    });
    promise.reset();
    QTRY_COMPARE(calls, 1);
    QVERIFY(await(async).error().kind == ErrorKind::Cancelled); // for one who asks late too
}

void TestAsync::aPromiseLivesAsLongAsOneCopy()
{
    std::optional<Promise<int>> promise(std::in_place);
    const Promise<int> copy = *promise;
    const Async<int> async = promise->async();
    promise.reset();
    copy.answer(4);
    QCOMPARE(*await(async), 4);
}

void TestAsync::callsNobodyWhoseContextDied()
{
    const Promise<int> promise;
    bool called = false;
    auto context = std::make_unique<QObject>();
    promise.async().then(context.get(), [&](const Expected<int>&) { called = true; });
    promise.answer(1); // the answer is on its way …
    context.reset(); // … to nobody
    (void)await(Async<int>::ready(0));
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestAsync::aHandlerMayDestroyItsContext()
{
    auto* context = new QObject;
    bool called = false;
    Async<int>::ready(1).then(context, [&, context](const Expected<int>&) {
        delete context;
        called = true;
    });
    QTRY_VERIFY(called);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TestAsync::answersManyWhoAsked()
{
    const Promise<int> promise;
    int sum = 0;
    for (int i = 0; i < 10; ++i)
        promise.async().then(this, [&](const Expected<int>& answer) { sum += *answer; });
    promise.answer(2);
    QTRY_COMPARE(sum, 20);
}

void TestAsync::aWorkerDoesThingsInOrderOnItsThread()
{
    base::Worker worker(u"test"_s);
    QThread* const here = QThread::currentThread();
    QList<int> done; // only the worker writes, and the last answer says that it has
    std::optional<Async<Done>> last;
    for (int i = 0; i < 1000; ++i)
        last = worker.run([&done, i, here]() -> Expected<Done> {
            if (QThread::currentThread() != here)
                done.append(i);
            return Done();
        });
    QVERIFY(await(*last));
    QCOMPARE(done.size(), 1000);
    QVERIFY(std::is_sorted(done.begin(), done.end()));
    QVERIFY(await(worker.run([]() -> Expected<int> { return Error{ErrorKind::Storage, {}, 0}; })).error().kind == ErrorKind::Storage);
}

void TestAsync::aWorkerFinishesWhatIsQueued()
{
    std::atomic<int> done = 0;
    {
        base::Worker worker(u"test"_s);
        for (int i = 0; i < 500; ++i)
            worker.post([&done] { ++done; });
    }
    QCOMPARE(done.load(), 500);
}

void TestAsync::aWorkerKeepsATaskThatAsksForAnother()
{
    base::Worker worker(u"test"_s);
    const Promise<int> promise;
    worker.post([&] { worker.post([promise] { promise.answer(1); }); });
    QCOMPARE(*await(promise.async()), 1);
}

QTEST_GUILESS_MAIN(TestAsync)
#include "tst_async.moc"
