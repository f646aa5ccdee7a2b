// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/sidebar.h"

#include "kit/icons.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "sidebar/conversationfilter.h"
#include "sidebar/conversationlist.h"
#include "sidebar/rowwords.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::sidebar {

using kit::Theme;
using kit::Token;
using Kind = model::ConversationRow::Kind;

namespace {

constexpr int kMenuInset = 12;

} // namespace

Sidebar::Sidebar(model::ConversationListModel& model, Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_theme(theme),
      m_filter(new ConversationFilter(model, this)),
      m_delegate(new ConversationDelegate(*m_filter, theme, this)),
      m_field(new QLineEdit(this)),
      m_keyCap(new QToolButton(m_field)),
      m_list(new ConversationList(*m_filter, *m_delegate, this)),
      m_nothing(new QLabel(this)),
      m_add(new QToolButton(this))
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Conversations"));
    m_field->setObjectName(u"sidebarFilter"_s);
    m_field->setPlaceholderText(tr("Go to…"));
    m_field->setAccessibleName(tr("Filter conversations"));
    m_field->setMaxLength(200);
    m_field->installEventFilter(this);
    m_keyCap->setObjectName(u"sidebarKeyCap"_s);
    m_keyCap->setProperty("framed", true);
    m_keyCap->setText(tr("Ctrl K"));
    m_keyCap->setToolTip(tr("Go to any conversation"));
    m_keyCap->setFocusPolicy(Qt::NoFocus);
    m_keyCap->setCursor(Qt::ArrowCursor);
    m_list->setObjectName(u"sidebarList"_s);
    m_list->setAccessibleName(tr("Conversations"));
    m_list->installEventFilter(this);
    m_nothing->setObjectName(u"sidebarNothing"_s);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_nothing->setContentsMargins(4, 8, 4, 8);
    kit::setTone(m_nothing, theme, Token::Muted);
    kit::setBackdrop(this, theme, Token::Window);
    kit::setBackdrop(m_list, theme, Token::Window);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->setSpacing(0);
    top->addWidget(m_field);
    top->addWidget(m_nothing);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addStretch(); // takes what the list leaves: all of it while there is no row
    m_add->setObjectName(u"sidebarAddAccount"_s);
    m_add->setText(tr("Add an account …"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setFocusPolicy(Qt::TabFocus);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(8, 4, 8, 8);
    bottom->addWidget(m_add);
    bottom->addStretch(1);
    column->addLayout(bottom);
    connect(m_add, &QToolButton::clicked, this, &Sidebar::addAccountRequested);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter->setWords(words);
        m_list->scrollToTop();
        placeKeyCap();
        refresh();
    });
    connect(m_keyCap, &QToolButton::clicked, this, &Sidebar::switcherRequested);
    connect(m_list, &ConversationList::chosen, this, &Sidebar::request);
    connect(m_list, &ConversationList::joinClicked, this, &Sidebar::joinRequested);
    connect(m_list, &ConversationList::leftUpwards, this, &Sidebar::focusFilter);
    connect(m_list, &QWidget::customContextMenuRequested, this, &Sidebar::openMenu);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &Sidebar::refresh);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &Sidebar::refresh);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &Sidebar::refresh);
    connect(&theme, &Theme::changed, this, &Sidebar::restyle);
    restyle();
    refresh();
}

Sidebar::~Sidebar() = default;

void Sidebar::setCurrent(const base::ConversationId& id)
{
    m_current = id;
    m_delegate->setCurrent(id);
    const QModelIndex index = m_filter->indexOf(id);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
    m_list->viewport()->update();
}

void Sidebar::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void Sidebar::selectNext() { step(1, false); }

void Sidebar::selectPrevious() { step(-1, false); }

void Sidebar::selectNextUnread() { step(1, true); }

void Sidebar::step(int by, bool unreadOnly)
{
    const int count = m_filter->rowCount();
    const QModelIndex here = m_filter->indexOf(m_current);
    int at = here.isValid() ? here.row() : (by > 0 ? -1 : count);
    for (int steps = 0; steps < count; ++steps) {
        at = (at + by + count) % count;
        const auto* row = m_filter->row(at);
        if (row->kind != Kind::Conversation || row->conversation.id == m_current || (unreadOnly && row->unread <= 0 && row->mentions <= 0))
            continue;
        request(m_filter->index(at, 0));
        return;
    }
}

void Sidebar::request(const QModelIndex& index)
{
    const auto* row = m_filter->row(index);
    if (!row || row->kind != Kind::Conversation)
        return;
    const base::ConversationId id = row->conversation.id; // the row may be gone once we have asked
    emit conversationRequested(id);
}

bool Sidebar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (watched == m_field && filterKey(key))
            return true;
        if (watched == m_list && key == Qt::Key_Escape && !m_field->text().isEmpty()) {
            m_field->clear();
            return true;
        }
    }
    if (watched == m_field && event->type() == QEvent::Resize)
        placeKeyCap();
    return QWidget::eventFilter(watched, event);
}

bool Sidebar::filterKey(int key)
{
    switch (key) {
    case Qt::Key_Down: {
        const QModelIndex first = m_filter->firstConversation();
        if (first.isValid()) {
            m_list->setCurrentIndex(first);
            m_list->setFocus(Qt::OtherFocusReason);
        }
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_field->text().trimmed().isEmpty()) {
            const auto* row = m_filter->row(m_filter->firstConversation());
            if (row) {
                const base::ConversationId id = row->conversation.id;
                m_field->clear();
                emit conversationRequested(id);
            }
        }
        return true;
    case Qt::Key_Escape:
        if (m_field->text().isEmpty())
            return false;
        m_field->clear();
        return true;
    default: return false;
    }
}

void Sidebar::openMenu(const QPoint& at)
{
    const auto* row = m_filter->row(m_list->indexAt(at));
    if (!row)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (row->kind == Kind::Account) {
        connect(menu->addAction(tr("Join a room…")), &QAction::triggered, this, [this, account = row->account] { emit joinRequested(account); });
        connect(menu->addAction(tr("Settings of the account…")), &QAction::triggered, this,
            [this, account = row->account] { emit accountRequested(account); });
    } else {
        const base::ConversationId id = row->conversation.id;
        connect(menu->addAction(tr("Open")), &QAction::triggered, this, [this, id] { emit conversationRequested(id); });
        auto* read = menu->addAction(tr("Mark as read"));
        read->setEnabled(row->unread > 0 || row->mentions > 0);
        connect(read, &QAction::triggered, this, [this, id] { emit markReadRequested(id); });
        fillNotifyMenu(menu->addMenu(tr("Notify me of")), *row);
        emit conversationMenuOpens(id, menu);
    }
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

void Sidebar::fillNotifyMenu(QMenu* menu, const model::ConversationRow& row)
{
    auto* group = new QActionGroup(menu);
    const chat::NotifyLevel now = m_filter->level(row);
    const std::pair<chat::NotifyLevel, QString> choices[]{{chat::NotifyLevel::Everything, tr("Every message")},
        {chat::NotifyLevel::Mentions, tr("Only what names me")}, {chat::NotifyLevel::Nothing, tr("Nothing")}};
    for (const auto& [level, words] : choices) {
        auto* action = group->addAction(words);
        action->setCheckable(true);
        action->setChecked(level == now);
        menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = row.conversation.id, chosen = level] { emit notifyLevelRequested(id, chosen); });
    }
}

void Sidebar::showNotifyMenu()
{
    const QModelIndex index = m_filter->indexOf(m_current);
    const auto* row = m_current.isEmpty() ? nullptr : m_filter->row(index); // a heading has no conversation either
    if (!row)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(u"sidebarNotify"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // No section: of these the style draws only the line. "&local" is a room of IRC.
    menu->addAction(tr("Notify me in %1 of").arg(shownName(row->conversation).replace(u'&', u"&&"_s)))->setEnabled(false);
    fillNotifyMenu(menu, *row);
    for (QAction* action : menu->actions())
        if (action->isChecked())
            menu->setActiveAction(action); // the arrow keys begin at what is so now
    const QRect place = m_list->visualRect(index);
    menu->popup(m_list->viewport()->mapToGlobal(QPoint(place.left() + 2 * kMenuInset, place.bottom())));
}

void Sidebar::setNotifyLevels(std::function<chat::NotifyLevel(const base::ConversationId&)> levels)
{
    m_filter->setLevels(std::move(levels));
    notifyLevelsChanged();
}

void Sidebar::notifyLevelsChanged() { m_list->viewport()->update(); }

void Sidebar::refresh()
{
    const bool none = m_filter->rowCount() == 0;
    if (none)
        m_nothing->setText(m_filter->words().isEmpty() ? tr("Your accounts and their conversations will be listed here.")
                                                       : tr("No conversation is called “%1”.").arg(m_filter->words().left(60)));
    m_nothing->setVisible(none);
    m_list->setVisible(!none);
}

void Sidebar::restyle()
{
    m_field->setFont(m_theme.font());
    m_add->setFont(m_theme.font(Theme::Type::Small));
    m_add->setIcon(kit::icon(u"plus"_s, m_theme));
    m_keyCap->setFont(m_theme.font(Theme::Type::Small));
    m_list->layoutSoon();
    placeKeyCap();
    update();
}

void Sidebar::placeKeyCap()
{
    const QSize size = m_keyCap->sizeHint();
    const bool fits = m_field->text().isEmpty() && m_field->width() > 2 * size.width();
    m_keyCap->setVisible(fits);
    m_field->setTextMargins(0, 0, fits ? size.width() : 0, 0);
    m_keyCap->setGeometry(m_field->width() - size.width() - 8, (m_field->height() - size.height()) / 2, size.width(), size.height());
}

void Sidebar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_list->layoutSoon();
}

} // namespace ridealong::sidebar
