// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/notificationspage.h"

#include "kit/tone.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QTimeEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kIndent = 24; ///< below the box that it belongs to
constexpr int kDaysInARow = 4; ///< seven in one would be cut at a large text size

} // namespace

NotificationsPage::NotificationsPage(Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_on(new QCheckBox(tr("&Tell me of messages while I look elsewhere"), this)),
      m_text(new QCheckBox(tr("Show &what they say, not only who wrote and where"), this)),
      m_quiet(new QCheckBox(tr("Be &quiet at these hours"), this)),
      m_from(new QTimeEdit(this)),
      m_to(new QTimeEdit(this)),
      m_tray(new QCheckBox(tr("Closing the window &keeps Ridealong running in the tray"), this))
{
    const auto makeNote = [&](const QString& text) {
        auto* note = new QLabel(text, this);
        note->setWordWrap(true);
        kit::setTone(note, theme, Token::Muted, Theme::Type::Small);
        return note;
    };
    m_on->setObjectName(u"notifyOn"_s);
    m_text->setObjectName(u"notifyText"_s);
    m_quiet->setObjectName(u"notifyQuiet"_s);
    m_from->setObjectName(u"notifyFrom"_s);
    m_to->setObjectName(u"notifyTo"_s);
    m_tray->setObjectName(u"keepInTray"_s);
    m_from->setAccessibleName(tr("Quiet from"));
    m_to->setAccessibleName(tr("Quiet until"));
    for (QTimeEdit* edit : {m_from, m_to})
        edit->setDisplayFormat(u"HH:mm"_s);

    auto* hours = new QHBoxLayout;
    hours->setSpacing(8);
    hours->addWidget(new QLabel(tr("from"), this));
    hours->addWidget(m_from);
    hours->addWidget(new QLabel(tr("until"), this));
    hours->addWidget(m_to);
    hours->addStretch();
    auto* days = new QGridLayout;
    days->setHorizontalSpacing(16);
    days->setVerticalSpacing(8);
    for (int day = 0; day < int(m_days.size()); ++day) {
        m_days[size_t(day)] = new QCheckBox(QLocale().standaloneDayName(day + 1, QLocale::LongFormat), this);
        m_days[size_t(day)]->setObjectName(u"notifyDay%1"_s.arg(day + 1));
        days->addWidget(m_days[size_t(day)], day / kDaysInARow, day % kDaysInARow);
    }
    days->setColumnStretch(kDaysInARow, 1);
    auto* within = new QVBoxLayout;
    within->setContentsMargins(kIndent, 0, 0, 0);
    within->setSpacing(8);
    within->addLayout(hours);
    within->addLayout(days);
    within->addWidget(
        makeNote(tr("A night belongs to the day on which it begins. What comes in quiet hours is counted as unread and not told later.")));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 24, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_on);
    column->addWidget(m_text);
    column->addWidget(makeNote(
        tr("Direct chats tell every message, rooms what names you. Another choice for one of them is in its menu in the list of conversations.")));
    column->addSpacing(8);
    column->addWidget(m_quiet);
    column->addLayout(within);
    column->addSpacing(8);
    column->addWidget(m_tray);
    column->addStretch();

    for (QCheckBox* box : {m_on, m_text, m_quiet, m_tray})
        connect(box, &QCheckBox::toggled, this, &NotificationsPage::tell);
    for (QCheckBox* box : m_days)
        connect(box, &QCheckBox::toggled, this, &NotificationsPage::tell);
    for (QTimeEdit* edit : {m_from, m_to}) {
        edit->setKeyboardTracking(false); // "2" on the way to "22:00" is not a wish
        connect(edit, &QTimeEdit::timeChanged, this, &NotificationsPage::tell);
    }
    setChoices({}, true);
}

void NotificationsPage::setChoices(const NotificationChoices& choices, bool hasTray)
{
    m_setting = true;
    m_on->setChecked(choices.on);
    m_text->setChecked(choices.showText);
    m_quiet->setChecked(choices.quiet);
    m_from->setTime(choices.quietFrom);
    m_to->setTime(choices.quietTo);
    for (size_t day = 0; day < m_days.size(); ++day)
        m_days[day]->setChecked((choices.quietDays >> day) & 1);
    m_tray->setChecked(choices.keepInTray);
    m_tray->setEnabled(hasTray);
    m_tray->setToolTip(hasTray ? QString() : tr("This desktop has no tray."));
    m_setting = false;
    refresh();
}

NotificationChoices NotificationsPage::choices() const
{
    NotificationChoices choices;
    choices.on = m_on->isChecked();
    choices.showText = m_text->isChecked();
    choices.quiet = m_quiet->isChecked();
    choices.quietFrom = m_from->time();
    choices.quietTo = m_to->time();
    choices.quietDays = 0;
    for (size_t day = 0; day < m_days.size(); ++day)
        choices.quietDays |= int(m_days[day]->isChecked()) << day;
    choices.keepInTray = m_tray->isChecked();
    return choices;
}

void NotificationsPage::refresh()
{
    m_text->setEnabled(m_on->isChecked());
    m_quiet->setEnabled(m_on->isChecked());
    const bool hours = m_on->isChecked() && m_quiet->isChecked();
    m_from->setEnabled(hours);
    m_to->setEnabled(hours);
    for (QCheckBox* day : m_days)
        day->setEnabled(hours);
}

void NotificationsPage::tell()
{
    if (m_setting)
        return;
    refresh();
    emit choicesChanged(choices());
}

} // namespace ridealong::preferences
