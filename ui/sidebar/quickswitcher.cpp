// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "sidebar/quickswitcher.h"

#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "sidebar/rowwords.h"
#include "sidebar/switcherrows.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace ridealong::sidebar {

using kit::Theme;
using kit::Token;
using Kind = model::ConversationRow::Kind;

namespace {

constexpr int kMaxWidth = 640;
constexpr int kShownRows = 9;
constexpr int kPage = 5;

/// Without a ranker: names that begin so, then names that hold it, then names that have its letters in their order, the
/// closest together first.
std::vector<int> rankSimply(const QString& query, const QStringList& names)
{
    std::vector<std::tuple<int, int, int>> found;
    for (int at = 0; at < int(names.size()); ++at) {
        const QString name = names[at].startsWith(u'#') ? names[at].mid(1) : names[at];
        const QString wanted = query.startsWith(u'#') ? query.mid(1) : query;
        if (name.startsWith(wanted, Qt::CaseInsensitive))
            found.emplace_back(0, 0, at);
        else if (name.contains(wanted, Qt::CaseInsensitive))
            found.emplace_back(1, 0, at);
        else if (const auto letters = matchedLetters(wanted, name); !letters.empty())
            found.emplace_back(2, letters.back() - letters.front(), at);
    }
    std::sort(found.begin(), found.end());
    std::vector<int> order;
    for (const auto& entry : found)
        order.push_back(std::get<2>(entry));
    return order;
}

} // namespace

QuickSwitcher::QuickSwitcher(model::ConversationListModel& model, Theme& theme, QWidget* window)
    : Chooser(theme, kMaxWidth, window),
      m_model(model),
      m_ranker(rankSimply)
{
    setObjectName(u"quickSwitcher"_s);
    setAccessibleName(tr("Go to a conversation"));
    build();
    ready();
}

QuickSwitcher::~QuickSwitcher() = default;

void QuickSwitcher::build()
{
    m_query->setObjectName(u"switcherQuery"_s);
    m_query->setPlaceholderText(tr("Go to a room or a person"));
    m_query->setAccessibleName(tr("Go to a room or a person"));
    m_query->setMaxLength(200);
    m_rows = new SwitcherRows(this);
    m_delegate = new SwitcherDelegate(m_theme, this);
    m_list->setObjectName(u"switcherList"_s);
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setModel(m_rows);
    m_list->setItemDelegate(m_delegate);
    m_nothing->setObjectName(u"switcherNothing"_s);
    m_keys = new QLabel(tr("↑↓ choose · Enter open · Esc close"), m_card);
    m_keys->setContentsMargins(kSide, 8, kSide, 8);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kSide, 10, kSide, 10);
    top->addWidget(m_query);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(makeRule());
    column->addWidget(m_nothing);
    column->addWidget(m_list);
    column->addWidget(makeRule());
    column->addWidget(m_keys);
    kit::setTone(m_keys, m_theme, Token::Muted, Theme::Type::Small);
    connect(m_query, &QLineEdit::textChanged, this, &QuickSwitcher::runQuery);
    connect(m_list, &QListView::clicked, this, &QuickSwitcher::accept);
}

void QuickSwitcher::setRanker(Ranker ranker) { m_ranker = ranker ? std::move(ranker) : Ranker(rankSimply); }

void QuickSwitcher::noteOpened(const base::ConversationId& id)
{
    m_recent.removeAll(id);
    m_recent.prepend(id);
    while (m_recent.size() > kMaxRecent)
        m_recent.removeLast();
}

void QuickSwitcher::open()
{
    m_query->clear();
    runQuery();
    appear();
}

std::vector<int> QuickSwitcher::order(const QList<model::ConversationRow>& rows) const
{
    const QString query = m_query->text().trimmed();
    if (!query.isEmpty()) {
        QStringList names;
        for (const auto& row : rows)
            names << row.conversation.name.left(200);
        std::vector<int> ranked = m_ranker(query, names);
        std::erase_if(ranked, [&](int at) { return at < 0 || at >= int(rows.size()); });
        return ranked;
    }
    // Who is called comes first, then what is unread, then what was open lately; what is in front now is the last of those.
    const auto keyOf = [&](const model::ConversationRow& row) {
        const auto recent = m_recent.indexOf(row.conversation.id);
        const bool inFront = recent == 0;
        const int group = row.mentions > 0 && !inFront ? 0 : row.unread > 0 && !inFront ? 1 : recent > 0 ? 2 : inFront ? 3 : 4;
        return std::pair(group, recent < 0 ? qsizetype(kMaxRecent) : recent);
    };
    std::vector<int> all;
    for (int at = 0; at < int(rows.size()); ++at)
        all.push_back(at);
    std::stable_sort(all.begin(), all.end(), [&](int a, int b) { return keyOf(rows[a]) < keyOf(rows[b]); });
    return all;
}

void QuickSwitcher::runQuery()
{
    QList<model::ConversationRow> conversations;
    QHash<base::AccountId, QString> accounts;
    for (int at = 0; at < m_model.rowCount(); ++at) {
        const auto& row = m_model.row(at);
        if (row.kind == Kind::Account)
            accounts.insert(row.account, kit::safeName(row.accountName).simplified());
        else
            conversations.append(row);
    }
    QString query = m_query->text().trimmed();
    if (query.startsWith(u'#'))
        query.remove(0, 1);
    std::vector<SwitcherRows::Row> rows;
    for (const int at : order(conversations)) {
        if (rows.size() >= size_t(kMaxRows))
            break;
        const auto& row = conversations[at];
        rows.push_back({row, accounts.value(row.conversation.id.account()), matchedLetters(query, shownName(row.conversation))});
    }
    const bool none = rows.empty();
    m_rows->setRows(std::move(rows));
    m_nothing->setText(conversations.isEmpty() ? tr("The rooms and people of your accounts will be listed here.")
                                               : tr("No conversation is called “%1”.").arg(m_query->text().left(60)));
    m_nothing->setVisible(none);
    m_list->setVisible(!none);
    if (!none)
        m_list->setCurrentIndex(m_rows->index(0));
    place();
}

void QuickSwitcher::moveChoice(int by)
{
    const int count = m_rows->rowCount();
    if (count == 0)
        return;
    const int at = m_list->currentIndex().row();
    // One step goes round at the ends, a page stops there.
    const int wanted = std::abs(by) == 1 ? (at + by + count) % count : std::clamp(at + by, 0, count - 1);
    m_list->setCurrentIndex(m_rows->index(wanted));
}

void QuickSwitcher::accept(const QModelIndex& index)
{
    const auto* row = m_rows->row(index.row());
    if (!row)
        return;
    const base::ConversationId id = row->row.conversation.id;
    dismiss();
    emit conversationRequested(id);
}

bool QuickSwitcher::event(QEvent* event)
{
    // While this is open Esc is its own, whatever the window uses it for.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        dismiss();
        return true;
    }
    return Chooser::event(event);
}

bool QuickSwitcher::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up: moveChoice(-1); return true;
        case Qt::Key_Down: moveChoice(1); return true;
        case Qt::Key_PageUp: moveChoice(-kPage); return true;
        case Qt::Key_PageDown: moveChoice(kPage); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: accept(m_list->currentIndex()); return true;
        case Qt::Key_Escape: dismiss(); return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab: return true; // nothing else in here takes the focus, and it must not leave
        default: break;
        }
    }
    return Chooser::eventFilter(watched, event);
}

void QuickSwitcher::fit(int room)
{
    if (m_rows->rowCount() == 0)
        return;
    const int row = m_delegate->sizeHint({}, m_rows->index(0)).height();
    const int most = std::max(row, room - 4 * row) / row;
    m_list->setFixedHeight(row * std::clamp(std::min(m_rows->rowCount(), most), 1, kShownRows));
}

} // namespace ridealong::sidebar
