// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/composer.h"
#include "kit/theme.h"
#include "window/conversationpage.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace ridealong;
using namespace Qt::StringLiterals;
using window::ConversationPage;

namespace {

const base::ConversationId kRoom(base::AccountId(u"local"_s), u"ops"_s);

base::Async<chat::MessagePage> nothing(const chat::MessageQuery&) { return base::Async<chat::MessagePage>::ready(chat::MessagePage()); }

} // namespace

class TestConversationPage : public QObject
{
    Q_OBJECT

    /// What becomes of files that are dragged over the page with Shift, which asks for a move.
    static Qt::DropAction dropOf(ConversationPage& page, const QString& path, Qt::DropActions offered)
    {
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({5, 5}, offered, &files, Qt::LeftButton, Qt::ShiftModifier);
        QCoreApplication::sendEvent(&page, &enter);
        if (!enter.isAccepted())
            return Qt::IgnoreAction;
        QDragMoveEvent move({6, 6}, offered, &files, Qt::LeftButton, Qt::ShiftModifier);
        QCoreApplication::sendEvent(&page, &move);
        QDropEvent drop({6, 6}, offered, &files, Qt::LeftButton, Qt::ShiftModifier);
        QCoreApplication::sendEvent(&page, &drop);
        return move.isAccepted() && move.dropAction() == drop.dropAction() && drop.isAccepted() ? drop.dropAction() : Qt::IgnoreAction;
    }

private slots:
    void droppedFilesAreCopiedNeverMoved()
    {
        kit::Theme theme;
        ConversationPage page(theme);
        page.setModel(std::make_unique<model::TimelineModel>(kRoom, base::MessageId(), chat::Member(), nothing));
        page.composer()->setNoFiles({});
        page.resize(600, 400);
        page.show();
        QSignalSpy dropped(&page, &ConversationPage::filesDropped);
        QCOMPARE(dropOf(page, u"/tmp/a.txt"_s, Qt::CopyAction | Qt::MoveAction), Qt::CopyAction);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped[0][0].toStringList(), QStringList{u"/tmp/a.txt"_s});
        QCOMPARE(dropOf(page, u"/tmp/a.txt"_s, Qt::MoveAction), Qt::IgnoreAction); // its source would delete it
        QCOMPARE(dropped.size(), 1);
    }

    void filesAreRefusedWhereNoneAreTaken()
    {
        kit::Theme theme;
        ConversationPage page(theme);
        page.composer()->setNoFiles(u"This server takes no files"_s);
        page.show();
        QCOMPARE(dropOf(page, u"/tmp/a.txt"_s, Qt::CopyAction), Qt::IgnoreAction);
    }
};

QTEST_MAIN(TestConversationPage)
#include "tst_conversationpage.moc"
