// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "pairingview/pairingpanel.h"

#include "kit/theme.h"
#include "kit/tone.h"

#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::pairingview {

using chat::Presence;
using kit::Theme;
using kit::Token;

namespace {

enum Role { PresenceRole = Qt::UserRole, BotRole };

QString presenceWord(Presence presence)
{
    switch (presence) {
    case Presence::Online: return PairingPanel::tr("online");
    case Presence::Away: return PairingPanel::tr("away");
    case Presence::Offline: break;
    }
    return PairingPanel::tr("offline");
}

/// Dot, name, "bot", word of presence at the right.
class MemberDelegate : public QStyledItemDelegate
{
public:
    MemberDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {0, QFontMetrics(m_theme.font()).height() + m_theme.rowPaddingV()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus;
        if (selected)
            painter->fillRect(option.rect, m_theme.color(Token::Selection));
        const auto presence = Presence(index.data(PresenceRole).toInt());
        const QRect inner = option.rect.adjusted(12, 0, -12, 0);
        const QColor color = m_theme.color(presence == Presence::Online ? Token::Success
                : presence == Presence::Away                            ? Token::Warning
                                                                        : Token::Faint);
        const QPointF center(inner.left() + 4, inner.center().y() + 0.5);
        painter->setPen(QPen(color, 1.5));
        painter->setBrush(presence == Presence::Online ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawEllipse(center, 3.5, 3.5);
        const QFont small = m_theme.font(Theme::Type::Small);
        const QFontMetrics smallMetrics(small);
        const QString word = presenceWord(presence);
        painter->setFont(small);
        painter->setPen(m_theme.color(selected ? Token::Text : Token::Muted));
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, word);
        QString name = index.data(Qt::DisplayRole).toString();
        if (index.data(BotRole).toBool())
            name += u"  "_s + PairingPanel::tr("bot");
        painter->setFont(m_theme.font());
        painter->setPen(m_theme.color(presence == Presence::Offline ? Token::Muted : Token::Text));
        const QRect room = inner.adjusted(18, 0, -smallMetrics.horizontalAdvance(word) - 12, 0);
        painter->drawText(room, Qt::AlignVCenter | Qt::TextSingleLine, painter->fontMetrics().elidedText(name, Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    Theme& m_theme;
};

} // namespace

PairingPanel::PairingPanel(Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_state(new QLabel(tr("Nobody is riding along."), this)),
      m_title(new QLabel(this)),
      m_list(new QListWidget(this))
{
    setObjectName(u"pairingPanel"_s);
    kit::setBackdrop(this, theme, Token::Panel);
    kit::setBackdrop(m_list, theme, Token::Panel);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new MemberDelegate(theme, m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_title->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    kit::setTone(m_state, theme, Token::Text);
    kit::setTone(m_title, theme, Token::Muted, Theme::Type::Small, true);
    m_state->setContentsMargins(12, 12, 12, 4);
    m_title->setContentsMargins(12, 8, 12, 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state);
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    connect(&theme, &Theme::changed, this, [this] {
        m_list->doItemsLayout();
        m_list->viewport()->update();
    });
    setConversation({}, {});
}

void PairingPanel::setConversation(const QString& name, const QList<chat::Member>& members)
{
    m_name = name;
    m_members = members;
    std::stable_sort(m_members.begin(), m_members.end(), [](const chat::Member& a, const chat::Member& b) {
        if (a.bot != b.bot)
            return b.bot;
        if (a.presence != b.presence)
            return a.presence > b.presence;
        return a.name.localeAwareCompare(b.name) < 0;
    });
    fill(m_members);
}

void PairingPanel::fill(const QList<chat::Member>& members)
{
    m_title->setText(m_name.isEmpty() ? tr("No conversation is open.") : tr("Here in %1").arg(m_name.left(80)));
    m_list->setAccessibleName(m_title->text());
    m_list->clear();
    for (const auto& member : members.mid(0, kMaxShown)) {
        auto* item = new QListWidgetItem(member.name.left(120), m_list);
        item->setData(PresenceRole, int(member.presence));
        item->setData(BotRole, member.bot);
        item->setData(
            Qt::AccessibleTextRole, u"%1, %2"_s.arg(member.bot ? tr("%1, bot").arg(member.name) : member.name, presenceWord(member.presence)));
    }
}

QStringList PairingPanel::shownMembers() const
{
    QStringList result;
    for (int row = 0; row < m_list->count(); ++row)
        result << m_list->item(row)->data(Qt::AccessibleTextRole).toString();
    return result;
}

} // namespace ridealong::pairingview
