// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Being told of messages: what is chosen where, and where a click leads.
#include "preferences/preferencesdialog.h"
#include "sidebar/sidebar.h"
#include "window/actiontable.h"
#include "window/notifying.h"
#include "window/wiring.h"

namespace ridealong::window {

using namespace Qt::StringLiterals;
using preferences::NotificationChoices;
using settings::Key;

void Wiring::wireNotify()
{
    m_notifying = new Notifying(m_window, m_workspace, m_theme, m_clock);
    connect(m_notifying, &Notifying::messageRequested, this, &Wiring::showMessage);
    sidebar::Sidebar* sidebar = m_window.sidebar();
    sidebar->setNotifyLevels([this](const base::ConversationId& id) { return m_notifying->level(id); });
    connect(sidebar, &sidebar::Sidebar::notifyLevelRequested, m_notifying, &Notifying::setLevel);
    connect(m_notifying, &Notifying::levelsChanged, sidebar, &sidebar::Sidebar::notifyLevelsChanged);
    const auto action = [this](const char* id) { return m_window.actionRegistry().find(QString::fromLatin1(id)); };
    connect(action(action::kNotifyMenu), &QAction::triggered, sidebar, &sidebar::Sidebar::showNotifyMenu);
    QAction* quiet = action(action::kQuietHour);
    quiet->setCheckable(true);
    connect(quiet, &QAction::triggered, m_notifying, &Notifying::setQuiet);
    connect(m_notifying, &Notifying::quietChanged, quiet, &QAction::setChecked);
}

void Wiring::presentNotifySettings(preferences::PreferencesDialog& dialog)
{
    settings::Settings& settings = m_workspace.settings();
    const auto time = [&](Key key, const QTime& otherwise) {
        const QTime read = QTime::fromString(settings.value(key).toString(), u"HH:mm"_s);
        return read.isValid() ? read : otherwise;
    };
    NotificationChoices choices;
    choices.on = settings.value(Key::NotifyOn).toBool();
    choices.showText = settings.value(Key::NotifyText).toBool();
    choices.quiet = settings.value(Key::NotifyQuiet).toBool();
    choices.quietFrom = time(Key::NotifyQuietFrom, choices.quietFrom);
    choices.quietTo = time(Key::NotifyQuietTo, choices.quietTo);
    choices.quietDays = 0;
    for (const QString& day : settings.value(Key::NotifyQuietDays).toStringList())
        if (const int number = day.toInt(); number >= 1 && number <= 7)
            choices.quietDays |= 1 << (number - 1);
    choices.keepInTray = settings.value(Key::KeepInTray).toBool();
    dialog.notifications()->setChoices(choices, m_notifying->hasTray());
    connect(dialog.notifications(), &preferences::NotificationsPage::choicesChanged, this, [&settings](const NotificationChoices& chosen) {
        settings.setValue(Key::NotifyOn, chosen.on);
        settings.setValue(Key::NotifyText, chosen.showText);
        settings.setValue(Key::NotifyQuiet, chosen.quiet);
        settings.setValue(Key::NotifyQuietFrom, chosen.quietFrom.toString(u"HH:mm"_s));
        settings.setValue(Key::NotifyQuietTo, chosen.quietTo.toString(u"HH:mm"_s));
        QStringList days;
        for (int day = 1; day <= 7; ++day)
            if ((chosen.quietDays >> (day - 1)) & 1)
                days << QString::number(day);
        settings.setValue(Key::NotifyQuietDays, days);
        settings.setValue(Key::KeepInTray, chosen.keepInTray);
    });
}

} // namespace ridealong::window
