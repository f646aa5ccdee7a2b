// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/roompicker.h"

#include "accountdialogs/rowdelegate.h"
#include "kit/errortext.h"
#include "kit/messagedocument.h"
#include "kit/tone.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kPauseMs = 300;
constexpr int kMaxName = 200;
constexpr qsizetype kMaxTopic = 120;
constexpr int kNameRole = Qt::UserRole;

QString bare(const QString& name) { return name.startsWith(u'#') ? name.mid(1) : name; }

} // namespace

RoomPicker::RoomPicker(AccountService& service, Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_service(service),
      m_theme(theme),
      m_name(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_note(new QLabel(this)),
      m_pause(new QTimer(this))
{
    auto* label = new QLabel(tr("&Room"), this);
    label->setBuddy(m_name);
    kit::setTone(label, theme, Token::Text, Theme::Type::Body, true);
    m_name->setObjectName(u"roomName"_s);
    m_name->setMaxLength(kMaxName);
    m_name->setPlaceholderText(tr("A room, or a part of its name"));
    m_name->setAccessibleName(tr("Name of the room"));
    m_name->installEventFilter(this);
    m_list->setObjectName(u"roomList"_s);
    m_list->setAccessibleName(tr("Rooms on this server"));
    new RowDelegate(*m_list, theme, RowDelegate::Lines::One);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(120);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_pause->setSingleShot(true);
    m_pause->setInterval(kPauseMs);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(label);
    column->addWidget(m_name);
    column->addWidget(m_list, 1);
    column->addWidget(m_note);

    connect(m_name, &QLineEdit::textEdited, this, [this] {
        filter();
        if (!m_complete)
            m_pause->start();
        emit changed();
    });
    connect(m_name, &QLineEdit::returnPressed, this, &RoomPicker::join);
    connect(m_list, &QListWidget::itemActivated, this, &RoomPicker::join);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item && m_list->hasFocus()) // walking through the list writes the name; filtering does not
            m_name->setText(item->data(kNameRole).toString());
        emit changed();
    });
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
        m_name->setText(item->data(kNameRole).toString());
        emit changed();
    });
    connect(m_pause, &QTimer::timeout, this, &RoomPicker::ask);
    say({});
}

void RoomPicker::setAccount(const base::AccountId& account)
{
    m_account = account;
    m_rooms.clear();
    m_complete = false;
    m_joining.reset();
    m_name->clear();
    m_list->clear();
    ask();
    emit changed();
}

void RoomPicker::ask()
{
    m_listing.reset();
    m_pause->stop();
    if (m_account.isEmpty())
        return;
    m_asked = m_rooms.isEmpty() && m_name->text().isEmpty() ? QString() : bare(m_name->text().trimmed());
    m_listing = std::make_unique<QObject>();
    say(tr("Asking the server for its rooms …"));
    m_service.rooms(m_account, m_asked, kMostRooms).then(m_listing.get(), [this](const base::Expected<QList<chat::RoomInfo>>& rooms) {
        m_listing.release()->deleteLater(); // we are in its callback
        show(rooms);
    });
}

void RoomPicker::show(const base::Expected<QList<chat::RoomInfo>>& rooms)
{
    if (!rooms) {
        m_complete = true; // not asked again with every letter
        if (m_joining)
            return;
        return say(rooms.error().kind == base::ErrorKind::Unsupported ? tr("This server gives no list of its rooms. Write the name of one.")
                                                                      : tr("The list of rooms did not come. Write the name of one."));
    }
    m_rooms = rooms->mid(0, kMostRooms);
    m_complete = rooms->size() < kMostRooms && m_asked.isEmpty();
    std::stable_sort(m_rooms.begin(), m_rooms.end(), [](const chat::RoomInfo& a, const chat::RoomInfo& b) { return a.members > b.members; });
    filter();
}

void RoomPicker::filter()
{
    m_list->clear();
    const QString wanted = bare(m_name->text().trimmed());
    for (const chat::RoomInfo& room : std::as_const(m_rooms)) {
        if (!room.name.contains(wanted, Qt::CaseInsensitive) && !room.title.contains(wanted, Qt::CaseInsensitive))
            continue;
        const QString name = kit::safeName(room.name);
        QStringList about{room.title, room.topic};
        about.removeAll(QString());
        const QString topic = kit::safeName(about.join(u" – "_s).left(kMaxTopic).simplified());
        const QString here = room.members > 0 ? tr("%n here", nullptr, room.members) : QString();
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(kNameRole, room.name);
        item->setData(RowDelegate::MoreRole, topic);
        item->setData(RowDelegate::TrailingRole, here);
        item->setData(Qt::AccessibleTextRole, QStringList{name, here, topic}.join(u", "_s));
    }
    if (m_joining || m_listing)
        return;
    if (m_rooms.isEmpty())
        say(tr("No room is listed here. Write the name of one; where the server lets you, it is made when there is none."));
    else if (m_list->count() == 0)
        say(tr("No listed room is called like that. Join it all the same; where the server lets you, it is made when there is none."));
    else
        say(m_rooms.size() == kMostRooms ? tr("The first %n rooms. Write a part of the name to find others.", nullptr, kMostRooms) : QString());
}

QString RoomPicker::name() const
{
    QString written = m_name->text().trimmed();
    if (!written.isEmpty())
        return written;
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(kNameRole).toString() : QString();
}

void RoomPicker::join()
{
    const QString room = name();
    if (m_joining || room.isEmpty() || m_account.isEmpty())
        return;
    m_joining = std::make_unique<QObject>();
    m_name->setEnabled(false);
    m_list->setEnabled(false);
    say(tr("Joining %1 …").arg(kit::safeName(room)));
    emit changed();
    m_service.join(m_account, room).then(m_joining.get(), [this](const base::Expected<base::ConversationId>& answer) {
        m_joining.release()->deleteLater(); // we are in its callback
        m_name->setEnabled(true);
        m_list->setEnabled(true);
        if (answer) {
            say({});
            emit changed();
            emit joined(*answer);
            return;
        }
        const base::Error& error = answer.error();
        QString why = error.kind == base::ErrorKind::Denied || error.kind == base::ErrorKind::Invalid
            ? tr("The server does not let you into this room.")
            : kit::errorText(error);
        if (!error.detail.isEmpty())
            why += u' ' + tr("It says: %1").arg(kit::safeName(error.detail));
        say(why, true);
        m_name->setFocus(Qt::OtherFocusReason);
        m_name->selectAll();
        emit changed();
    });
}

void RoomPicker::cancel()
{
    if (!m_joining)
        return;
    m_joining.reset();
    m_name->setEnabled(true);
    m_list->setEnabled(true);
    filter();
    focusName();
    emit changed();
}

void RoomPicker::focusName() { m_name->setFocus(Qt::OtherFocusReason); }

int RoomPicker::shownRooms() const { return m_list->count(); }

QString RoomPicker::note() const { return m_note->text(); }

void RoomPicker::say(const QString& note, bool problem)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    kit::setTone(m_note, m_theme, problem ? Token::Danger : Token::Muted, problem ? Theme::Type::Body : Theme::Type::Small);
}

bool RoomPicker::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_name && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down && m_list->count() > 0) {
        m_list->setFocus(Qt::OtherFocusReason);
        m_list->setCurrentRow(std::max(0, m_list->currentRow()));
        m_name->setText(m_list->currentItem()->data(kNameRole).toString());
        emit changed();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ridealong::accountdialogs
