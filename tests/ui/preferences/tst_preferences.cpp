// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/preferencesdialog.h"
#include "kit/actions.h"
#include "preferences/shortcutsdialog.h"
#include "preferences/shortcutspage.h"
#include "preferences/shortcuttable.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimeEdit>

using namespace Qt::StringLiterals;
using namespace ridealong;
using namespace ridealong::preferences;

class PreferencesTest : public QObject
{
    Q_OBJECT

    static void fill(kit::ActionRegistry& registry, QWidget& window)
    {
        registry.add({u"palette.open"_s, u"Go"_s, u"Open the &palette"_s, QKeySequence(u"Ctrl+Shift+P"_s), {}}, &window);
        registry.add({u"go.conversation"_s, u"Go"_s, u"&Switch conversation"_s, QKeySequence(u"Ctrl+K"_s), {}}, &window);
        registry.add({u"console.search"_s, u"Console"_s, u"&Find in the console"_s, QKeySequence(u"Ctrl+F"_s), {}}, &window);
        registry.add({u"console.clear"_s, u"Console"_s, u"Fold && hide"_s, {}, {}}, &window);
    }

private slots:
    void listsEveryActionAndFilters()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        QWidget window;
        fill(registry, window);
        ShortcutsDialog dialog(registry, theme);
        QCOMPARE(dialog.table()->shownCount(), 4);
        auto* filter = dialog.findChild<QLineEdit*>(u"shortcutFilter"_s);
        QTest::keyClicks(filter, u"palette"_s);
        QCOMPARE(dialog.table()->shownCount(), 1);
        filter->setText(u"ctrl+k"_s);
        QCOMPARE(dialog.table()->shownCount(), 1);
        filter->setText(u"console"_s);
        QCOMPARE(dialog.table()->shownCount(), 2);
        filter->setText(u"nothing of the kind"_s);
        QCOMPARE(dialog.table()->shownCount(), 0);
    }

    void changesAShortcut()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        QWidget window;
        fill(registry, window);
        PreferencesDialog dialog(theme, registry, {});
        auto* page = dialog.shortcuts();
        QSignalSpy changed(&dialog, &PreferencesDialog::shortcutChanged);
        page->table()->setCurrentAction(u"palette.open"_s);
        QVERIFY(page->tryShortcut(QKeySequence(u"Ctrl+P"_s)));
        QCOMPARE(registry.find(u"palette.open"_s)->shortcut(), QKeySequence(u"Ctrl+P"_s));
        QCOMPARE(changed.size(), 1);
    }

    void saysWhoHasTheKeysAndChangesNothing()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        QWidget window;
        fill(registry, window);
        ShortcutsPage page(registry, theme);
        page.table()->setCurrentAction(u"palette.open"_s);
        QVERIFY(!page.tryShortcut(QKeySequence(u"Ctrl+K"_s)));
        QVERIFY2(page.problem().contains(u"Switch conversation"_s), qPrintable(page.problem()));
        QCOMPARE(registry.find(u"palette.open"_s)->shortcut(), QKeySequence(u"Ctrl+Shift+P"_s));
        QCOMPARE(registry.find(u"go.conversation"_s)->shortcut(), QKeySequence(u"Ctrl+K"_s));
    }

    void appliesTheAppearanceAtOnce()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        PreferencesDialog dialog(theme, registry, {});
        QSignalSpy changed(&dialog, &PreferencesDialog::appearanceChanged);
        auto* choice = dialog.findChild<QComboBox*>(u"themeChoice"_s);
        choice->setCurrentIndex(choice->findData(int(kit::ThemeChoice::Light)));
        emit choice->activated(choice->currentIndex());
        QCOMPARE(theme.choice(), kit::ThemeChoice::Light);
        dialog.findChild<QSpinBox*>(u"textSize"_s)->setValue(150);
        QCOMPARE(theme.scale(), 1.5);
        QCOMPARE(changed.size(), 2);
    }

    void doesNotTakeAnEmptyName()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        PreferencesDialog dialog(theme, registry, {u"ana"_s, u"/scripts"_s});
        QSignalSpy changed(&dialog, &PreferencesDialog::userNameChanged);
        auto* name = dialog.findChild<QLineEdit*>(u"userName"_s);
        name->setText(u"   "_s);
        emit name->editingFinished();
        QCOMPARE(changed.size(), 0);
        QCOMPARE(name->text(), u"ana"_s);
        name->setText(u" Ana  B "_s);
        emit name->editingFinished();
        QCOMPARE(changed.front().front().toString(), u"Ana B"_s);
    }

    void limitsWhatIsKeptOfRuns()
    {
        kit::Theme theme;
        kit::ActionRegistry registry;
        PreferencesDialog dialog(theme, registry, {u"ana"_s, u"/scripts"_s, 90, 0});
        QSignalSpy changed(&dialog, &PreferencesDialog::outputLimitsChanged);
        auto* days = dialog.findChild<QSpinBox*>(u"outputDays"_s);
        auto* megabytes = dialog.findChild<QSpinBox*>(u"outputMegabytes"_s);
        QCOMPARE(days->text(), u"90 days"_s);
        QCOMPARE(megabytes->text(), u"No limit"_s);
        megabytes->setValue(512);
        QCOMPARE(changed.takeFirst(), (QVariantList{90, 512}));
        days->setValue(0);
        QCOMPARE(days->text(), u"For ever"_s);
        QCOMPARE(changed.takeFirst(), (QVariantList{0, 512}));
        days->setValue(1);
        QCOMPARE(days->text(), u"1 day"_s);
    }

    void readsMnemonicsAsPeopleDo()
    {
        QCOMPARE(withoutMnemonic(u"&Open"_s), u"Open"_s);
        QCOMPARE(withoutMnemonic(u"Fold && hide"_s), u"Fold & hide"_s);
        QCOMPARE(withoutMnemonic(u"odd &"_s), u"odd &"_s);
        QCOMPARE(withoutMnemonic({}), QString());
    }

    void choosesWhatIsTold()
    {
        kit::Theme theme;
        NotificationsPage page(theme);
        page.show();
        QSignalSpy changed(&page, &NotificationsPage::choicesChanged);
        NotificationChoices stored;
        stored.quiet = true;
        stored.quietFrom = QTime(20, 15);
        stored.quietDays = 0b0011111;
        stored.keepInTray = true;
        page.setChoices(stored, true);
        QCOMPARE(changed.size(), 0); // only the user's changes are told
        QCOMPARE(page.choices(), stored);
        page.findChild<QCheckBox*>(u"notifyDay6"_s)->click();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.last()[0].value<NotificationChoices>().quietDays, 0b0111111);
        page.findChild<QTimeEdit*>(u"notifyTo"_s)->setTime(QTime(6, 30));
        QCOMPARE(changed.last()[0].value<NotificationChoices>().quietTo, QTime(6, 30));
        page.findChild<QCheckBox*>(u"notifyText"_s)->click();
        QVERIFY(!changed.last()[0].value<NotificationChoices>().showText);
        auto* from = page.findChild<QTimeEdit*>(u"notifyFrom"_s);
        QVERIFY(from->isEnabled());
        page.findChild<QCheckBox*>(u"notifyOn"_s)->click();
        QVERIFY(!from->isEnabled() && !page.findChild<QCheckBox*>(u"notifyDay1"_s)->isEnabled()); // of no use then
        QVERIFY(page.findChild<QCheckBox*>(u"keepInTray"_s)->isEnabled());
        page.setChoices(stored, false);
        QVERIFY(!page.findChild<QCheckBox*>(u"keepInTray"_s)->isEnabled()); // there is no tray
        QCOMPARE(page.choices(), stored); // and yet what was chosen is kept
    }

    void looksRight_data() { tests::addLooks({{"200", kit::ThemeChoice::Dark, 2}}); }
    void looksRight()
    {
        QFETCH(tests::Look, look);
        kit::Theme theme;
        look.dress(theme);
        kit::ActionRegistry registry;
        QWidget window;
        fill(registry, window);
        const auto tag = QString::fromLatin1(QTest::currentDataTag());
        PreferencesDialog dialog(theme, registry, {u"ana"_s, u"scripts"_s});
        dialog.resize(QSize(640, 460) * look.scale);
        dialog.show();
        QVERIFY(tests::colorsOf(dialog.grab().toImage()) > 10);
        tests::keepShot(dialog.grab(), u"preferences-"_s + tag);
        dialog.showPage(PreferencesDialog::Page::Shortcuts);
        dialog.shortcuts()->table()->setCurrentAction(u"palette.open"_s);
        (void)dialog.shortcuts()->tryShortcut(QKeySequence(u"Ctrl+K"_s));
        tests::keepShot(dialog.grab(), u"preferences-keys-"_s + tag);
        dialog.showPage(PreferencesDialog::Page::Notifications);
        NotificationChoices choices;
        choices.quiet = true;
        dialog.notifications()->setChoices(choices, true);
        tests::keepShot(dialog.grab(), u"preferences-notifications-"_s + tag);
        dialog.showPage(PreferencesDialog::Page::Local);
        tests::keepShot(dialog.grab(), u"preferences-local-"_s + tag);
        ShortcutsDialog shortcuts(registry, theme);
        shortcuts.resize(QSize(560, 460) * look.scale);
        shortcuts.show();
        tests::keepShot(shortcuts.grab(), u"shortcuts-"_s + tag);
    }
};

QTEST_MAIN(PreferencesTest)
#include "tst_preferences.moc"
