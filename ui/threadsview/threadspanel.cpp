// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "threadsview/threadspanel.h"

#include "kit/emptystate.h"
#include "kit/errortext.h"
#include "kit/messagedocument.h"
#include "kit/tone.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::threadsview {

using kit::Theme;
using kit::Token;

namespace {

enum Scope { kHere, kAll };

} // namespace

ThreadsPanel::ThreadsPanel(Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_scope(new QComboBox(this)),
      m_count(new QLabel(this)),
      m_list(new QListView(this)),
      m_delegate(new ThreadDelegate(m_threads, theme, clock, this)),
      m_empty(new kit::EmptyState(theme, this))
{
    setObjectName(u"threadsPanel"_s);
    setAccessibleName(tr("Threads"));
    kit::setBackdrop(this, theme, Token::Panel);
    m_scope->setObjectName(u"threadsScope"_s);
    m_scope->setAccessibleName(tr("Which threads"));
    m_scope->addItem(tr("This conversation"));
    m_scope->addItem(tr("All conversations"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_count->setObjectName(u"threadsCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    kit::setTone(m_count, theme, Token::Muted, Theme::Type::Small);
    m_list->setObjectName(u"threadsList"_s);
    m_list->setAccessibleName(tr("Threads"));
    m_list->setModel(&m_threads);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->installEventFilter(this);
    m_empty->setObjectName(u"threadsEmpty"_s);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->setSpacing(8);
    top->addWidget(m_scope);
    top->addWidget(m_count, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);

    connect(m_scope, &QComboBox::currentIndexChanged, this, [this](int scope) {
        m_delegate->setNamesPlaces(scope == kAll);
        emit scopeChanged(scope == kAll);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { accept(index.row()); });
    connect(m_empty, &kit::EmptyState::pressed, this, &ThreadsPanel::reloadRequested);
    connect(&theme, &Theme::changed, this, [this] {
        m_scope->setFont(m_theme.font());
        m_list->doItemsLayout();
    });
    setThreads(std::nullopt);
}

bool ThreadsPanel::isOfAll() const { return m_scope->currentIndex() == kAll; }

void ThreadsPanel::setOfAll(bool all) { m_scope->setCurrentIndex(all ? kAll : kHere); }

void ThreadsPanel::setHere(const QString& conversationName)
{
    m_here = conversationName;
    m_scope->setItemText(kHere, conversationName.isEmpty() ? tr("This conversation") : kit::safeName(conversationName));
}

void ThreadsPanel::setPlaces(PlaceOf places) { m_delegate->setPlaces(std::move(places)); }

void ThreadsPanel::showList(bool list)
{
    m_list->setVisible(list);
    m_empty->setVisible(!list);
}

void ThreadsPanel::setThreads(const std::optional<QList<chat::ThreadOverview>>& threads)
{
    // Whoever walks through the list stays at the same thread, wherever it went.
    const int at = currentRow();
    const auto walked = at >= 0 ? std::optional(m_threads.row(at)) : std::nullopt;
    m_threads.setThreads(threads.value_or(QList<chat::ThreadOverview>()));
    const int now = walked ? m_threads.rowOf(walked->conversation, walked->root.id) : -1;
    if (m_threads.rowCount() > 0)
        m_list->setCurrentIndex(m_threads.index(std::max(0, now)));
    showList(m_threads.rowCount() > 0);
    if (!threads)
        m_empty->set(tr("Looking for threads …"));
    else if (isOfAll())
        m_empty->set(tr("Threads of all conversations will be listed here. A reply in a thread begins one."));
    else
        m_empty->set(tr("Threads of this conversation will be listed here. A reply in a thread begins one."));
    const int unread = m_threads.unread();
    m_count->setText(unread > 0 ? tr("%n with new replies", nullptr, unread) : QString());
    m_list->viewport()->update(); // times go on
}

void ThreadsPanel::setError(const base::Error& error)
{
    m_threads.setThreads({});
    m_count->clear();
    m_empty->set(kit::errorText(error), tr("Try again"));
    showList(false);
}

int ThreadsPanel::currentRow() const
{
    const int row = m_list->currentIndex().row();
    return row < m_threads.rowCount() ? row : -1;
}

void ThreadsPanel::focusList()
{
    if (m_list->isVisible())
        m_list->setFocus(Qt::ShortcutFocusReason);
    else
        m_scope->setFocus(Qt::ShortcutFocusReason);
}

void ThreadsPanel::accept(int row)
{
    if (row < 0 || row >= m_threads.rowCount())
        return;
    const chat::ThreadOverview thread = m_threads.row(row); // the rows may be others once we have asked
    emit threadRequested(thread.conversation, thread.root.id);
}

bool ThreadsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            accept(currentRow());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ThreadsPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return emit closeRequested();
    QWidget::keyPressEvent(event);
}

} // namespace ridealong::threadsview
