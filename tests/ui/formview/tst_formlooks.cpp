// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "forms.h"
#include "formview/commandwindow.h"
#include "formview/formview.h"
#include "kit/theme.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

namespace ridealong::tests {

using base::ErrorKind;
using chat::CommandAction;
using chat::CommandNote;
using chat::CommandStage;
using formview::CommandWindow;

class TestFormLooks : public QObject
{
    Q_OBJECT
private slots:
    void everyStateIsDrawnInEveryLook_data() { addLooks({kContrast, kDouble}); }
    void everyStateIsDrawnInEveryLook();
};

void TestFormLooks::everyStateIsDrawnInEveryLook()
{
    QFETCH(Look, look);
    kit::Theme theme;
    look.dress(theme);
    FakeDialog::Log log;
    auto owned = std::make_unique<FakeDialog>(log);
    FakeDialog* dialog = owned.get();
    CommandWindow window(std::move(owned), u"Roll out a release"_s, u"deployer · Work"_s, theme);
    window.resize(window.size().boundedTo({1280, 752}));
    window.show();
    auto* area = window.findChild<QScrollArea*>();
    const auto shot = [&](const QString& name) {
        QCoreApplication::processEvents();
        const QPixmap picture = window.grab();
        QVERIFY(colorsOf(picture.toImage()) > 4);
        keepShot(picture, u"form-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
        QVERIFY2(area->widget()->width() <= area->viewport()->width(), qPrintable(name));
        for (const QPushButton* button : window.findChildren<QPushButton*>())
            if (button->isVisible())
                QVERIFY2(
                    window.rect().contains(QRect(button->mapTo(&window, QPoint()), button->size())), qPrintable(name + u": "_s + button->text()));
    };
    const auto line = [&window](const QString& key) { return qobject_cast<QLineEdit*>(window.form()->input(key)); };
    const auto button = [&window](const QString& name) { return window.findChild<QPushButton*>(name); };

    shot(u"1-asking"_s);
    CommandStage first = question(everyKind(), CommandAction::Previous | CommandAction::Next, CommandAction::Next);
    first.notes = {{CommandNote::Severity::Warning, u"Production is frozen until Monday; only staging will do."_s}};
    dialog->say(first);
    shot(u"2-form"_s);
    area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum() / 2);
    shot(u"3-middle"_s);
    area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
    shot(u"4-end"_s);
    line(u"share"_s)->setText(u"250"_s);
    button(u"next"_s)->click();
    shot(u"5-wrong"_s);
    QVERIFY(!line(u"share"_s)->visibleRegion().isEmpty()); // the page has gone to what is wrong
    line(u"share"_s)->setText(u"25"_s);
    line(u"token"_s)->setText(u"s3cret"_s);
    button(u"next"_s)->click();
    QVERIFY(window.isBusy());
    shot(u"6-busy"_s);
    dialog->fail(ErrorKind::Invalid, u"bad-payload: bad-request: the token is not known"_s, false);
    shot(u"7-refused"_s);
    CommandStage last = question({}, CommandAction::Previous | CommandAction::Next | CommandAction::Complete, CommandAction::Complete);
    last.form = {u"Is that right?"_s, {}, {field({}, Kind::Fixed, {}, {u"2026.11.3 goes to 25 % of the hosts of Staging in Europe."_s})}, false};
    dialog->say(last);
    shot(u"8-last"_s);
    CommandStage done;
    done.isOver = true;
    done.notes = {{CommandNote::Severity::Info, u"Rolled out in 48 s."_s},
        {CommandNote::Severity::Error,
            u"web3 did not come up, and was rolled back. See its log for the reason; the others were left as they are."_s}};
    done.table = hosts();
    dialog->say(done);
    shot(u"9-table"_s);
    done.notes.clear();
    done.table = hosts(40);
    dialog->say(done);
    shot(u"10-long"_s);
    done.table = {};
    done.form = {u"Status of Staging"_s, {},
        {field(u"a"_s, Kind::Text, u"Hosts that are up"_s, {u"4"_s}), field(u"b"_s, Kind::MultiLine, u"Versions"_s, {u"2026.11.3"_s, u"2026.11.2"_s}),
            field(u"c"_s, Kind::Boolean, u"Frozen"_s, {u"false"_s}),
            field(u"d"_s, Kind::Text, u"The last one who rolled out"_s, {u"ana@chat.test, who was asked by the team that looks after the login"_s})},
        true};
    dialog->say(done);
    shot(u"11-answers"_s);
    done.form = {};
    dialog->say(done);
    shot(u"12-nothing"_s);
}

} // namespace ridealong::tests

QTEST_MAIN(ridealong::tests::TestFormLooks)
#include "tst_formlooks.moc"
