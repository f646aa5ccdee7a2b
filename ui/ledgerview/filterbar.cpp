// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ledgerview/filterbar.h"

#include "kit/clearbutton.h"
#include "kit/icons.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "ledgerview/cell.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ridealong::ledgerview {

namespace {

constexpr qint64 kDayMs = 24 * 3'600'000LL;
constexpr std::chrono::milliseconds kTypingRests{200};
constexpr int kWide = 520; ///< from here on all of it stands in one line, at the usual size of text
constexpr int kLeastChoice = 84; ///< width of a box to choose from, at the usual size of text
constexpr int kWideChoice = 108;
constexpr int kMostTyped = 200;

enum Since { kAllTime, kToday, kDay, kWeek, kMonth };
enum Room { kAllRooms, kThisRoom };

} // namespace

FilterBar::FilterBar(kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_clock(clock),
      m_text(new QLineEdit(this)),
      m_since(new QComboBox(this)),
      m_room(new QComboBox(this)),
      m_failed(new QCheckBox(this)),
      m_chip(new QToolButton(this)),
      m_choices(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_line(new QBoxLayout(QBoxLayout::LeftToRight))
{
    m_text->setObjectName(u"ledgerText"_s);
    m_text->setPlaceholderText(tr("Command, person or bot"));
    m_text->setAccessibleName(tr("Filter by command, person or bot"));
    m_text->setMaxLength(kMostTyped);
    kit::addClearButton(m_text, theme);
    m_since->setObjectName(u"ledgerSince"_s);
    m_since->setAccessibleName(tr("Since when"));
    m_since->addItems({tr("All time"), tr("Today"), tr("24 hours"), tr("7 days"), tr("30 days")});
    m_room->setObjectName(u"ledgerRoom"_s);
    m_room->setAccessibleName(tr("Which rooms"));
    m_room->addItems({tr("All rooms"), tr("This room")});
    m_failed->setObjectName(u"ledgerFailed"_s);
    m_failed->setAccessibleName(tr("Failed only"));
    m_failed->setToolTip(tr("Failed, denied, cancelled, without a reply, or unknown"));
    for (QComboBox* box : {m_since, m_room}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    m_chip->setObjectName(u"ledgerCommand"_s);
    m_chip->setProperty("framed", true);
    m_chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_chip->setFocusPolicy(Qt::StrongFocus);
    m_chip->hide();

    m_choices->setSpacing(8);
    m_choices->addWidget(m_since, 1);
    m_choices->addWidget(m_room, 1);
    m_choices->addWidget(m_failed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(m_line);
    m_line->setSpacing(8);
    m_line->addWidget(m_text, 1);
    m_line->addLayout(m_choices, 1);
    column->addWidget(m_chip, 0, Qt::AlignLeft);

    connect(m_text, &QLineEdit::textChanged, this, &FilterBar::tellSoon);
    connect(m_text, &QLineEdit::returnPressed, this, &FilterBar::tell);
    connect(m_since, &QComboBox::currentIndexChanged, this, &FilterBar::tell);
    connect(m_room, &QComboBox::currentIndexChanged, this, &FilterBar::tell);
    connect(m_failed, &QCheckBox::toggled, this, &FilterBar::tell);
    connect(m_chip, &QToolButton::clicked, this, [this] {
        setCommand({}, {});
        m_text->setFocus(Qt::OtherFocusReason); // the button that had it is gone
    });
    connect(&theme, &kit::Theme::changed, this, &FilterBar::restyle);
    restyle();
}

chat::LedgerQuery FilterBar::query() const
{
    chat::LedgerQuery query;
    query.text = m_text->text().trimmed();
    const qint64 nowMs = m_clock.nowMs();
    switch (m_since->currentIndex()) {
    case kToday: query.sinceMs = QDateTime::fromMSecsSinceEpoch(nowMs).date().startOfDay().toMSecsSinceEpoch(); break;
    case kDay: query.sinceMs = nowMs - kDayMs; break;
    case kWeek: query.sinceMs = nowMs - 7 * kDayMs; break;
    case kMonth: query.sinceMs = nowMs - 30 * kDayMs; break;
    default: break;
    }
    if (m_room->currentIndex() == kThisRoom)
        query.conversation = m_here;
    query.failedOnly = m_failed->isChecked();
    query.account = m_command.account;
    query.bot = m_command.bot;
    query.kind = m_command.kind;
    return query;
}

bool FilterBar::isNone() const
{
    const chat::LedgerQuery now = query();
    return now.text.isEmpty() && now.sinceMs == 0 && now.conversation.isEmpty() && !now.failedOnly && now.kind.isEmpty();
}

void FilterBar::setHere(const base::ConversationId& conversation, const QString& name)
{
    const bool other = std::exchange(m_here, conversation) != conversation;
    m_room->setItemText(kThisRoom, name.isEmpty() ? tr("This room") : kit::safeName(name));
    if (other && m_room->currentIndex() == kThisRoom)
        tell();
}

void FilterBar::setCommand(const chat::CommandRecord& command, const QString& bot)
{
    if (m_command.kind == command.kind && m_command.bot == command.bot && m_command.account == command.account)
        return;
    m_command = command;
    m_bot = bot;
    restyle();
    tell();
}

void FilterBar::clear()
{
    {
        const QSignalBlocker text(m_text), since(m_since), room(m_room), failed(m_failed);
        m_text->clear();
        m_since->setCurrentIndex(kAllTime);
        m_room->setCurrentIndex(kAllRooms);
        m_failed->setChecked(false);
        m_command = {};
    }
    restyle();
    tell();
}

void FilterBar::tell()
{
    m_typing.reset();
    emit changed();
}

void FilterBar::tellSoon()
{
    m_typing = std::make_unique<QObject>();
    m_clock.after(kTypingRests, m_typing.get(), [this] { tell(); });
}

void FilterBar::restyle()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_text, m_since, m_room, m_failed, m_chip})
        widget->setFont(m_theme.font());
    m_chip->setIcon(kit::icon(u"close"_s, m_theme));
    const QString command = oneLine(m_command.kind).left(60);
    m_chip->setText(tr("%1 · %2").arg(command, kit::safeName(m_bot)));
    m_chip->setToolTip(tr("Show the runs of all commands again"));
    m_chip->setAccessibleName(tr("Only runs of %1. Press to show the runs of all commands.").arg(command));
    m_chip->setVisible(isOfCommand());
    arrange();
}

void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QSize FilterBar::minimumSizeHint() const
{
    const QMargins around = layout()->contentsMargins();
    const int choices = 2 * int(kLeastChoice * m_theme.scale()) + m_failed->minimumSizeHint().width() + 2 * m_choices->spacing();
    return {choices + around.left() + around.right(), QWidget::minimumSizeHint().height()};
}

void FilterBar::arrange()
{
    const bool wide = width() >= kWide * m_theme.scale();
    m_line->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (QComboBox* box : {m_since, m_room})
        box->setMinimumWidth(int((wide ? kWideChoice : kLeastChoice) * m_theme.scale()));
    m_failed->setText(wide ? tr("Failed only") : tr("Failed"));
}

} // namespace ridealong::ledgerview
