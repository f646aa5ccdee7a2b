// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomview/peopledialog.h"

#include "kit/messagedocument.h"
#include "kit/noticebar.h"
#include "kit/tone.h"
#include "roomview/askdialog.h"
#include "roomview/persondelegate.h"
#include "roomview/words.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::roomview {

using chat::MemberRank;
using kit::Theme;
using kit::Token;

namespace {

constexpr QSize kSize{420, 520};
constexpr int kFrame = 48; // of the window's title and edges

bool isAbove(const Person& a, const Person& b)
{
    if (a.rank != b.rank)
        return a.rank > b.rank;
    const int names = a.member.name.compare(b.member.name, Qt::CaseInsensitive);
    return names != 0 ? names < 0 : a.member.user < b.member.user;
}

} // namespace

PeopleDialog::PeopleDialog(Theme& theme, const QString& room, PowersOver powersOver, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_room(kit::safeName(room)),
      m_powersOver(std::move(powersOver)),
      m_notice(new kit::NoticeBar(theme, this)),
      m_filter(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_count(new QLabel(this)),
      m_invite(new QPushButton(tr("&Invite…"), this)),
      m_actions(new QPushButton(tr("&Actions"), this))
{
    setObjectName(u"peopleDialog"_s);
    setWindowTitle(tr("People in %1").arg(m_room));
    m_notice->hide();
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_list->setObjectName(u"people"_s);
    m_list->setAccessibleName(windowTitle());
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setUniformItemSizes(true);
    new PersonDelegate(*m_list, theme);
    kit::setTone(m_count, theme, Token::Muted, Theme::Type::Small);
    for (QPushButton* button : {m_invite, m_actions})
        button->setAutoDefault(false);
    m_actions->setObjectName(u"actions"_s);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_count, 1);
    buttons->addWidget(m_invite);
    buttons->addWidget(m_actions);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_notice);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);

    connect(m_filter, &QLineEdit::textChanged, this, &PeopleDialog::filter);
    connect(m_list, &QListWidget::currentRowChanged, this, &PeopleDialog::refresh);
    connect(m_list, &QListWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        if (m_list->itemAt(at) || !m_list->viewport()->rect().contains(at))
            popupMenu(m_list->viewport()->mapToGlobal(at));
    });
    connect(m_invite, &QPushButton::clicked, this, &PeopleDialog::inviteRequested);
    connect(m_actions, &QPushButton::clicked, this, [this] { popupMenu(m_actions->mapToGlobal(QPoint(0, m_actions->height()))); });
    resize((kSize * std::max(1.0, theme.scale())).boundedTo(screen()->availableSize() - QSize(kFrame, kFrame)));
    refresh();
    m_list->setFocus();
}

void PeopleDialog::setPeople(const QList<Person>& people, const chat::RoomPowers& powers)
{
    m_invite->setVisible(powers.invite);
    if (people == m_people)
        return refresh(); // we may have another rank
    m_people = people;
    filter();
}

void PeopleDialog::complain(const QString& text, const QString& details) { m_notice->show(text, details); }

void PeopleDialog::filter()
{
    const base::UserId user = current() ? current()->member.user : base::UserId();
    const QString wanted = m_filter->text().trimmed();
    m_shown.clear();
    for (const Person& person : std::as_const(m_people))
        if (person.member.name.contains(wanted, Qt::CaseInsensitive))
            m_shown.append(person);
    const qsizetype fitting = m_shown.size(), shown = std::min<qsizetype>(fitting, kMostShown);
    std::partial_sort(m_shown.begin(), m_shown.begin() + shown, m_shown.end(), isAbove);
    m_shown.resize(shown);

    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const Person& person : std::as_const(m_shown)) {
        const QString name = kit::safeName(person.member.name);
        const QString what = person.self                     ? tr("you")
            : person.member.bot                              ? tr("bot")
            : person.member.presence == chat::Presence::Away ? tr("away")
                                                             : QString();
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(PersonDelegate::MoreRole, what);
        item->setData(PersonDelegate::RankRole, rankTitle(person.rank));
        QStringList spoken{name, what, rankTitle(person.rank)};
        spoken.removeAll(QString());
        item->setData(Qt::AccessibleTextRole, spoken.join(u", "_s));
        if (person.member.user == user)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_count->setText(fitting > kMostShown ? tr("The first %1 of %n", nullptr, int(fitting)).arg(kMostShown)
            : wanted.isEmpty()            ? tr("%n here", nullptr, int(fitting))
                                          : tr("%n of that name", nullptr, int(fitting)));
    refresh();
}

const Person* PeopleDialog::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_shown.size() ? &m_shown[row] : nullptr;
}

void PeopleDialog::refresh()
{
    const Person* person = current();
    m_actions->setEnabled(person && !person->self);
}

// ---- what may be done ----

QMenu* PeopleDialog::makeMenu()
{
    const Person* person = current();
    if (!person || person->self)
        return nullptr;
    const Person whom = *person; // the list may change while the menu is open
    const chat::MemberPowers powers = m_powersOver(whom.member.user);
    auto* menu = new QMenu(this);
    connect(menu->addAction(tr("Write to %1").arg(kit::safeName(whom.member.name).replace(u'&', u"&&"_s))), &QAction::triggered, this,
        [this, whom] { emit directRequested(whom.member.user); });
    if (powers == chat::MemberPowers())
        return menu;
    menu->addSeparator();
    if (!powers.ranks.isEmpty())
        fillRanks(menu->addMenu(tr("Rank")), whom, powers.ranks);
    QAction* kick = menu->addAction(tr("Kick…"));
    kick->setEnabled(powers.kick);
    connect(kick, &QAction::triggered, this, [this, whom] { askToPutOut(whom, false); });
    QAction* ban = menu->addAction(tr("Ban…"));
    ban->setEnabled(powers.ban);
    connect(ban, &QAction::triggered, this, [this, whom] { askToPutOut(whom, true); });
    return menu;
}

void PeopleDialog::fillRanks(QMenu* menu, const Person& person, QList<MemberRank> ranks)
{
    auto* group = new QActionGroup(menu);
    if (!ranks.contains(person.rank))
        ranks.append(person.rank);
    std::sort(ranks.begin(), ranks.end(), std::greater());
    for (const MemberRank rank : std::as_const(ranks)) {
        QAction* action = group->addAction(rankChoice(rank));
        action->setCheckable(true);
        action->setChecked(rank == person.rank);
        menu->addAction(action);
        if (rank != person.rank)
            connect(action, &QAction::triggered, this, [this, user = person.member.user, rank] { emit rankRequested(user, rank); });
    }
}

void PeopleDialog::askToPutOut(const Person& person, bool ban)
{
    const QString name = kit::safeName(person.member.name);
    Question question;
    question.title = ban ? tr("Ban %1").arg(name) : tr("Kick %1").arg(name);
    question.label = tr("&Reason, for %1 and everybody else here").arg(QString(name).replace(u'&', u"&&"_s));
    question.placeholder = tr("None");
    question.note = ban ? tr("%1 is put out of %2, and not let in again until the ban is taken back.").arg(name, m_room)
                        : tr("%1 is put out of %2, and may come back at once.").arg(name, m_room);
    question.action = ban ? tr("Ban") : tr("Kick");
    question.mayBeEmpty = true;
    question.danger = true;
    auto* dialog = new AskDialog(m_theme, question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AskDialog::answered, this, [this, ban, user = person.member.user](const QString& reason) {
        if (ban)
            emit banRequested(user, reason);
        else
            emit kickRequested(user, reason);
    });
    dialog->open();
}

void PeopleDialog::popupMenu(const QPoint& at)
{
    QMenu* menu = makeMenu();
    if (!menu)
        return;
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(at);
}

bool PeopleDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace ridealong::roomview
