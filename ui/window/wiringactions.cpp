// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the actions of the one table do, and the look that is remembered.
#include "composer/composer.h"
#include "consoleview/consolepanel.h"
#include "kit/theme.h"
#include "ledgerview/ledgerpanel.h"
#include "preferences/preferencesdialog.h"
#include "preferences/writingpage.h"
#include "preferences/shortcutsdialog.h"
#include "searchview/searchpanel.h"
#include "sidebar/quickswitcher.h"
#include "sidebar/sidebar.h"
#include "spell/speller.h"
#include "threadsview/threadspanel.h"
#include "timelineview/timelineview.h"
#include "window/actiontable.h"
#include "window/notifying.h"
#include "window/wiring.h"

#include <QDesktopServices>
#include <QLocale>
#include <QUrl>

namespace ridealong::window {

using namespace Qt::StringLiterals;

namespace {

const QString kCompact = u"compact"_s;

QString themeName(kit::ThemeChoice choice)
{
    switch (choice) {
    case kit::ThemeChoice::System: return u"system"_s;
    case kit::ThemeChoice::Dark: return u"dark"_s;
    case kit::ThemeChoice::Light: return u"light"_s;
    case kit::ThemeChoice::HighContrast: return u"high-contrast"_s;
    }
    Q_UNREACHABLE();
}

kit::ThemeChoice themeChoice(const QString& name)
{
    for (const auto choice : {kit::ThemeChoice::Dark, kit::ThemeChoice::Light, kit::ThemeChoice::HighContrast})
        if (themeName(choice) == name)
            return choice;
    return kit::ThemeChoice::System;
}

} // namespace

/// All of them, before the window is complete: a key that comes early makes what it leads to, and is not lost to the composer.
void Wiring::wireActions()
{
    const auto on
        = [this](const char* id, auto act) { connect(m_window.actionRegistry().find(QString::fromLatin1(id)), &QAction::triggered, this, act); };
    on(action::kSwitcher, [this] { m_window.switcher()->open(); });
    on(action::kPalette, [this] { openPalette(); });
    on(action::kNextUnread, [this] { m_window.sidebar()->selectNextUnread(); });
    on(action::kNextConversation, [this] { m_window.sidebar()->selectNext(); });
    on(action::kPreviousConversation, [this] { m_window.sidebar()->selectPrevious(); });
    on(action::kFilter, [this] { m_window.sidebar()->focusFilter(); });
    on(action::kComposer, [this] { m_window.page()->composer()->focusEditor(); });
    on(action::kTimeline, [this] { m_window.page()->timeline()->setFocus(); });
    on(action::kConsole, [this] {
        m_window.showDock(MainWindow::Dock::Console);
        m_window.console()->view()->setFocus();
    });
    on(action::kCommandLine, [this] {
        m_window.showDock(MainWindow::Dock::Console);
        m_window.console()->focusCommandLine();
    });
    on(action::kNewest, [this] {
        if (model::TimelineModel* timeline = m_window.page()->model(); timeline && timeline->hasNewer())
            timeline->loadNewest();
        m_window.page()->timeline()->scrollToEnd();
    });
    on(action::kMarkRead, [this] {
        if (workspace::Account* account = m_workspace.accountOf(m_current))
            account->markRead(m_current, {}, account->read(m_current).newest);
    });
    on(action::kFindRuns, [this] {
        m_window.showDock(MainWindow::Dock::Console);
        m_window.console()->focusSearch();
    });
    on(action::kSaveDraft, [this] { saveComposerAsDraft(); });
    on(action::kAttach, [this] { chooseFiles(*m_window.page()); });
    on(action::kRetryAll, [this] {
        for (const chat::OutboxItem& item : m_workspace.outbox().items())
            if (item.state == chat::OutboxState::Failed && item.kind == chat::OutgoingKind::Text)
                retry(item.transaction);
    });
    using Dock = MainWindow::Dock;
    const std::pair<const char*, Dock> docks[]{{action::kShowConsole, Dock::Console}, {action::kShowDrafts, Dock::Drafts},
        {action::kShowApprovals, Dock::Approvals}, {action::kShowPairing, Dock::Pairing}};
    for (const auto& [id, dock] : docks)
        on(id, [this, which = dock] { m_window.showDock(which); });
    on(action::kShowThreads, [this] {
        m_window.showDock(Dock::Threads);
        if (m_window.threads()->isVisible())
            m_window.threads()->focusList();
        else
            m_window.threadPage()->composer()->focusEditor();
    });
    on(action::kShowLedger, [this] {
        m_window.showDock(Dock::Ledger);
        m_window.ledger()->focusList();
    });
    on(action::kSearch, [this] {
        m_window.showDock(Dock::Search);
        m_window.search()->focusField();
    });
    on(action::kDate, [this] { askDate(); });
    on(action::kResetLayout, [this] { m_window.resetLayout(); });
    on(action::kPreferences, [this] { showPreferences(false); });
    on(action::kShortcuts, [this] {
        auto* dialog = new preferences::ShortcutsDialog(m_window.actionRegistry(), m_theme, &m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &preferences::ShortcutsDialog::changeRequested, this, [this, dialog] {
            dialog->close();
            showPreferences(true);
        });
        dialog->open();
    });
    on(action::kScripts, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_workspace.userScriptsFolder())); });
    on(action::kQuit, [this] { m_window.quit(); });
}

void Wiring::takeSettings()
{
    settings::Settings& settings = m_workspace.settings();
    m_theme.setChoice(themeChoice(settings.value(settings::Key::ThemeChoice).toString()));
    m_theme.setDensity(settings.value(settings::Key::ThemeDensity).toString() == kCompact ? kit::Density::Compact : kit::Density::Comfortable);
    m_theme.setScale(settings.value(settings::Key::TextScale).toDouble());
    const QVariantMap changed = settings.value(settings::Key::Shortcuts).toMap();
    for (auto it = changed.begin(); it != changed.end(); ++it)
        m_window.actionRegistry().setShortcut(it.key(), QKeySequence(it.value().toString()));
    m_notifying->takeSettings();
    takeWritingSettings();
}

void Wiring::wireTheme()
{
    const auto on
        = [this](const char* id, auto act) { connect(m_window.actionRegistry().find(QString::fromLatin1(id)), &QAction::triggered, this, act); };
    on(action::kLarger, [this] {
        m_theme.setScale(m_theme.scale() + 0.1);
        keepAppearance();
    });
    on(action::kSmaller, [this] {
        m_theme.setScale(m_theme.scale() - 0.1);
        keepAppearance();
    });
    on(action::kNormalSize, [this] {
        m_theme.setScale(1.0);
        keepAppearance();
    });
    on(action::kNextTheme, [this] {
        constexpr kit::ThemeChoice order[]{kit::ThemeChoice::System, kit::ThemeChoice::Dark, kit::ThemeChoice::Light, kit::ThemeChoice::HighContrast};
        const auto at = std::find(std::begin(order), std::end(order), m_theme.choice());
        m_theme.setChoice(at + 1 == std::end(order) ? order[0] : *(at + 1));
        keepAppearance();
    });
}

void Wiring::keepAppearance()
{
    settings::Settings& settings = m_workspace.settings();
    settings.setValue(settings::Key::ThemeChoice, themeName(m_theme.choice()));
    settings.setValue(settings::Key::ThemeDensity, m_theme.density() == kit::Density::Compact ? kCompact : u"comfortable"_s);
    settings.setValue(settings::Key::TextScale, m_theme.scale());
}

void Wiring::takeWritingSettings()
{
    for (ConversationPage* page : pages())
        page->composer()->setEnterSends(m_workspace.settings().value(settings::Key::EnterSends).toBool());
}

void Wiring::presentWritingSettings(preferences::PreferencesDialog& dialog)
{
    settings::Settings& settings = m_workspace.settings();
    const spell::Speller& speller = m_workspace.speller();
    dialog.writing()->setChoices({settings.value(settings::Key::EnterSends).toBool(), settings.value(settings::Key::SpellLanguage).toString()},
        speller.languages(), speller.languageFor(QLocale::system().name()));
    connect(dialog.writing(), &preferences::WritingPage::choicesChanged, this, [this, &settings](const preferences::WritingChoices& chosen) {
        settings.setValue(settings::Key::EnterSends, chosen.enterSends);
        settings.setValue(settings::Key::SpellLanguage, chosen.spelling);
        takeWritingSettings();
    });
}

void Wiring::showPreferences(bool shortcuts)
{
    settings::Settings& settings = m_workspace.settings();
    using preferences::PreferencesDialog;
    const preferences::LocalWorkspace local{settings.value(settings::Key::LocalUser).toString(), m_workspace.userScriptsFolder(),
        int(settings.value(settings::Key::OutputDays).toDouble()), int(settings.value(settings::Key::OutputMegabytes).toDouble())};
    auto* dialog = new PreferencesDialog(m_theme, m_window.actionRegistry(), local, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::appearanceChanged, this, &Wiring::keepAppearance);
    connect(dialog, &PreferencesDialog::shortcutChanged, this, [&settings](const QString& id, const QKeySequence& keys) {
        QVariantMap map = settings.value(settings::Key::Shortcuts).toMap();
        map[id] = keys.toString(QKeySequence::PortableText);
        settings.setValue(settings::Key::Shortcuts, map);
    });
    connect(
        dialog, &PreferencesDialog::userNameChanged, this, [&settings](const QString& name) { settings.setValue(settings::Key::LocalUser, name); });
    connect(dialog, &PreferencesDialog::outputLimitsChanged, this, [&settings](int days, int megabytes) {
        settings.setValue(settings::Key::OutputDays, double(days));
        settings.setValue(settings::Key::OutputMegabytes, double(megabytes));
    });
    connect(dialog, &PreferencesDialog::openScriptsFolderRequested, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_workspace.userScriptsFolder())); });
    presentNotifySettings(*dialog);
    presentWritingSettings(*dialog);
    dialog->showPage(shortcuts ? PreferencesDialog::Page::Shortcuts : PreferencesDialog::Page::Appearance);
    dialog->open();
}

} // namespace ridealong::window
