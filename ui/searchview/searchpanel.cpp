// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "searchview/searchpanel.h"

#include "kit/clearbutton.h"
#include "kit/emptystate.h"
#include "kit/errortext.h"
#include "kit/icons.h"
#include "kit/tone.h"
#include "model/searchmodel.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::searchview {

using kit::Theme;
using kit::Token;
using model::SearchModel;
using State = SearchModel::State;

namespace {

constexpr int kPageStep = 5;

/// As parseSearch reads it back.
QString quotedName(const QString& name)
{
    QString bare = name;
    bare.remove(u'"');
    return std::any_of(bare.cbegin(), bare.cend(), [](QChar c) { return c.isSpace(); }) ? u'"' + bare + u'"' : bare;
}

} // namespace

SearchPanel::SearchPanel(Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_field(new QLineEdit(this)),
      m_filters(new QToolButton(this)),
      m_status(new QLabel(this)),
      m_problem(new QLabel(this)),
      m_list(new QListView(this)),
      m_delegate(new ResultDelegate(theme, clock, this)),
      m_empty(new kit::EmptyState(theme, this))
{
    setObjectName(u"searchPanel"_s);
    setAccessibleName(tr("Search messages"));
    build();
    makeFilterMenu();
    connect(&theme, &Theme::changed, this, &SearchPanel::restyle);
    restyle();
    refresh();
}

SearchPanel::~SearchPanel() = default;

void SearchPanel::build()
{
    kit::setBackdrop(this, m_theme, Token::Panel);
    m_field->setObjectName(u"searchField"_s);
    m_field->setPlaceholderText(tr("Search messages"));
    m_field->setAccessibleName(tr("Search messages"));
    m_field->setAccessibleDescription(tr("Arrow keys walk through what was found, Enter opens it, Escape goes back to the composer."));
    kit::addClearButton(m_field, m_theme);
    m_field->setMaxLength(int(chat::kMaxSearchChars));
    m_field->installEventFilter(this);
    m_filters->setObjectName(u"searchFilters"_s);
    m_filters->setToolTip(tr("Narrow the search"));
    m_filters->setAccessibleName(tr("Narrow the search"));
    m_filters->setPopupMode(QToolButton::InstantPopup);
    for (QLabel* label : {m_status, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setContentsMargins(12, 0, 12, 8);
    }
    m_status->setObjectName(u"searchStatus"_s);
    m_problem->setObjectName(u"searchProblem"_s);
    kit::setTone(m_status, m_theme, Token::Muted, Theme::Type::Small);
    kit::setTone(m_problem, m_theme, Token::Warning, Theme::Type::Small);
    m_list->setObjectName(u"searchResults"_s);
    m_list->setAccessibleName(tr("Messages found"));
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMouseTracking(true);
    m_list->installEventFilter(this);
    m_empty->setObjectName(u"searchEmpty"_s);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->setSpacing(8);
    top->addWidget(m_field, 1);
    top->addWidget(m_filters);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_problem);
    column->addWidget(m_status);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& typed) {
        if (m_model)
            m_model->setText(typed);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { accept(index.row()); });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SearchPanel::loadWhenNearEnd);
    connect(m_empty, &kit::EmptyState::pressed, this, [this] {
        if (m_model && m_model->state() == State::Failed)
            m_model->retry();
    });
}

void SearchPanel::makeFilterMenu()
{
    auto* menu = new QMenu(m_filters);
    const auto add = [&](const QString& words, const QString& filter) {
        auto* entry = menu->addAction(u"%1\t%2"_s.arg(words, filter));
        connect(entry, &QAction::triggered, this, [this, filter] { insertFilter(filter); });
    };
    auto* here = menu->addAction(tr("In this conversation"));
    here->setObjectName(u"searchHere"_s);
    connect(here, &QAction::triggered, this, [this] { insertFilter(u"in:"_s + quotedName(m_here) + u' '); });
    connect(menu, &QMenu::aboutToShow, here, [this, here] { here->setEnabled(!m_here.isEmpty()); });
    menu->addSeparator();
    add(tr("Written by"), u"from:"_s);
    add(tr("In a conversation"), u"in:"_s);
    add(tr("On a day"), u"on:"_s);
    add(tr("From a day on"), u"after:"_s);
    add(tr("Before a day"), u"before:"_s);
    add(tr("With a link"), u"has:link "_s);
    add(tr("With a file"), u"has:file "_s);
    add(tr("Exact words"), u"\""_s);
    m_filters->setMenu(menu);
}

void SearchPanel::insertFilter(const QString& filter)
{
    QString typed = m_field->text();
    if (!typed.isEmpty() && !typed.endsWith(u' '))
        typed += u' ';
    m_field->setText(typed + filter);
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->setCursorPosition(int(m_field->text().size()));
}

void SearchPanel::setModel(SearchModel* model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_delegate->setModel(model);
    m_list->setModel(model);
    if (model) {
        connect(model, &SearchModel::changed, this, &SearchPanel::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, [this] {
            m_list->scrollToTop();
            choose(m_model->rowCount() > 0 ? 0 : -1);
        });
        connect(model, &QObject::destroyed, this, [this] {
            m_model = nullptr;
            m_delegate->setModel(nullptr);
            refresh();
        });
        model->setText(m_field->text());
    }
    refresh();
}

void SearchPanel::setPlaces(PlaceOf places)
{
    m_delegate->setPlaces(std::move(places));
    m_list->viewport()->update();
}

void SearchPanel::setHere(const QString& conversationName) { m_here = conversationName; }

QString SearchPanel::text() const { return m_field->text(); }

void SearchPanel::setText(const QString& typed) { m_field->setText(typed); }

int SearchPanel::currentRow() const { return m_list->currentIndex().row(); }

void SearchPanel::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

// ---- keys ----

bool SearchPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // while the focus is in here it is ours, whatever the window uses it for
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (watched == m_field && fieldKey(key->key()))
            return true;
        if (watched == m_list && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            accept(currentRow());
            return true;
        }
        if (watched == m_list && key->key() == Qt::Key_Up && currentRow() <= 0) {
            focusField();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SearchPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return emit closeRequested();
    QWidget::keyPressEvent(event);
}

bool SearchPanel::fieldKey(int key)
{
    switch (key) {
    case Qt::Key_Up: moveChoice(-1); return true;
    case Qt::Key_Down: moveChoice(1); return true;
    case Qt::Key_PageUp: moveChoice(-kPageStep); return true;
    case Qt::Key_PageDown: moveChoice(kPageStep); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_model && m_model->state() == State::Failed)
            m_model->retry();
        else if (m_model && m_model->isStale())
            m_model->searchNow();
        else
            accept(std::max(0, currentRow()));
        return true;
    default: return false;
    }
}

void SearchPanel::moveChoice(int by)
{
    const int count = m_model ? m_model->rowCount() : 0;
    if (count > 0)
        choose(std::clamp(currentRow() + by, 0, count - 1));
    loadWhenNearEnd();
}

void SearchPanel::choose(int row)
{
    const QModelIndex index = m_model && row >= 0 ? m_model->index(row) : QModelIndex();
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
}

void SearchPanel::accept(int row)
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return;
    choose(row);
    const chat::Message message = m_model->row(row).message; // the rows may be others once we have asked
    emit messageRequested(message);
}

void SearchPanel::loadWhenNearEnd()
{
    const auto* bar = m_list->verticalScrollBar();
    const bool nearEnd = bar->maximum() - bar->value() < m_list->viewport()->height() || (m_model && currentRow() + kPageStep >= m_model->rowCount());
    if (m_model && nearEnd && m_list->isVisible())
        m_model->loadMore();
}

// ---- what there is to say ----

QString SearchPanel::problemText() const
{
    QStringList lines;
    if (!m_model)
        return {};
    for (const QString& filter : m_model->query().misunderstood)
        lines << (filter.startsWith("has:"_L1, Qt::CaseInsensitive) ? tr("“%1” is left out: has:link and has:file are known.").arg(filter.left(40))
                : filter.startsWith("from:"_L1, Qt::CaseInsensitive) || filter.startsWith("in:"_L1, Qt::CaseInsensitive)
                ? tr("“%1” is left out: it has no name.").arg(filter.left(40))
                : tr("“%1” is left out: a day is written 2026-11-28, today, yesterday or 3d.").arg(filter.left(40)));
    if (m_model->state() == State::Done)
        for (const QString& place : m_model->unknownPlaces())
            lines << tr("No conversation is called “%1”.").arg(place.left(40));
    return lines.join(u'\n');
}

QString SearchPanel::statusText() const
{
    if (!m_model || m_model->state() == State::Idle)
        return {};
    const int found = m_model->rowCount();
    if (m_model->state() == State::Searching)
        return m_model->isPreparing() ? tr("Making the latest messages searchable …") : found > 0 ? tr("Searching …") : QString();
    if (m_model->state() == State::Failed)
        return found > 0 ? kit::errorText(m_model->error()) : QString();
    if (found == 0)
        return {};
    if (found >= SearchModel::kMaxRows)
        return tr("The newest %n messages. Add a word or a filter to find older ones.", nullptr, found);
    return m_model->hasMore() ? tr("The newest %n message(s), more below", nullptr, found) : tr("%n message(s)", nullptr, found);
}

void SearchPanel::refresh()
{
    const State state = m_model ? m_model->state() : State::Idle;
    const bool any = m_model && m_model->rowCount() > 0 && state != State::Idle;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    if (!any) {
        switch (state) {
        case State::Idle:
            m_empty->set(m_field->text().trimmed().isEmpty()
                    ? tr("Messages of all conversations that are kept on this computer will be found here. Write words, \"exact words\", or "
                         "from:ana, in:ops, before:2026-11-28, has:link.")
                    : tr("Write a word to look for, or a name behind the filter."));
            break;
        case State::Searching: m_empty->set(tr("Searching …")); break;
        case State::Done: m_empty->set(tr("No message has all of this. Fewer words or filters find more.")); break;
        case State::Failed: m_empty->set(kit::errorText(m_model->error()), tr("Search again")); break;
        }
    }
    const QString status = statusText();
    m_status->setText(status);
    m_status->setVisible(!status.isEmpty());
    const QString problem = problemText();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (any && currentRow() < 0)
        choose(0);
    m_list->viewport()->update(); // what is marked may have changed
}

void SearchPanel::restyle()
{
    m_field->setFont(m_theme.font());
    m_filters->setIcon(kit::icon(u"filter"_s, m_theme));
    m_list->doItemsLayout();
    update();
}

} // namespace ridealong::searchview
