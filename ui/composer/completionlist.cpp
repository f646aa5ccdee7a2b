// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/completionlist.h"

#include "kit/card.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSide = 10;
constexpr int kGap = 12;
constexpr int kMaxWidth = 460;
constexpr int kMinWidth = 200;
constexpr int kPaddingV = 4;

} // namespace

class CompletionRows : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void setOffers(const QList<Completion>& offers)
    {
        beginResetModel();
        m_offers = offers.mid(0, CompletionList::kMaxRows);
        for (auto& offer : m_offers) {
            offer.label = kit::safeName(offer.label.isEmpty() ? offer.text : offer.label).simplified();
            offer.detail = kit::safeName(offer.detail).simplified();
        }
        endResetModel();
    }
    const Completion* at(int row) const { return row >= 0 && row < int(m_offers.size()) ? &m_offers[row] : nullptr; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_offers.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const auto* offer = at(index.row());
        if (offer && role == Qt::DisplayRole)
            return offer->label;
        if (offer && role == Qt::AccessibleTextRole)
            return offer->detail.isEmpty() ? offer->label : u"%1, %2"_s.arg(offer->label, offer->detail);
        return {};
    }

private:
    QList<Completion> m_offers;
};

namespace {

class OfferDelegate : public QStyledItemDelegate
{
public:
    OfferDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const auto* offer = static_cast<const CompletionRows*>(index.model())->at(index.row());
        const QFontMetrics body(m_theme.font()), small(m_theme.font(Theme::Type::Small));
        int width = 2 * kSide;
        if (offer)
            width += body.horizontalAdvance(offer->label) + (offer->detail.isEmpty() ? 0 : kGap + small.horizontalAdvance(offer->detail));
        return {width, body.height() + 2 * kPaddingV};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* offer = static_cast<const CompletionRows*>(index.model())->at(index.row());
        if (!offer)
            return;
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        if (selected || option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Inset));
        const QRect inner = option.rect.adjusted(kSide, 0, -kSide, 0);
        const QFontMetrics body(m_theme.font()), small(m_theme.font(Theme::Type::Small));
        const QString label = body.elidedText(offer->label, Qt::ElideRight, inner.width());
        painter->setFont(m_theme.font());
        painter->setPen(m_theme.color(Token::Text));
        painter->drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine, label);
        const int room = inner.width() - body.horizontalAdvance(label) - kGap;
        if (!offer->detail.isEmpty() && room > 24) {
            painter->setFont(m_theme.font(Theme::Type::Small));
            painter->setPen(selected ? m_theme.color(Token::Muted, Token::Selection) : m_theme.color(Token::Muted));
            painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, small.elidedText(offer->detail, Qt::ElideRight, room));
        }
        painter->restore();
    }

private:
    Theme& m_theme;
};

} // namespace

CompletionList::CompletionList(Theme& theme, QWidget* window)
    : QFrame(window),
      m_theme(theme),
      m_rows(new CompletionRows(this)),
      m_list(new QListView(this))
{
    setObjectName(u"completionList"_s);
    m_list->setAccessibleName(tr("Completions"));
    m_list->setModel(m_rows);
    m_list->setItemDelegate(new OfferDelegate(theme, this));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    kit::setBackdrop(m_list, theme, Token::Raised);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 5, 1, 5);
    column->addWidget(m_list);
    connect(m_list, &QListView::clicked, this, &CompletionList::picked);
    hide();
}

void CompletionList::setOffers(const QList<Completion>& offers, bool chooseFirst)
{
    m_rows->setOffers(offers);
    m_list->setCurrentIndex(chooseFirst ? m_rows->index(0) : QModelIndex());
    if (!chooseFirst)
        m_list->scrollToTop();
}

void CompletionList::popUpAt(const QPoint& caretTop, int composerTop)
{
    const auto* delegate = m_list->itemDelegate();
    int width = kMinWidth;
    for (int row = 0; row < m_rows->rowCount(); ++row)
        width = std::max(width, delegate->sizeHint({}, m_rows->index(row)).width() + 2);
    width = std::min({width, int(kMaxWidth * std::max(1.0, m_theme.scale())), parentWidget()->width() - 16});
    const int row = delegate->sizeHint({}, m_rows->index(0)).height();
    const int room = std::max(row, composerTop - 24);
    const int height = row * std::clamp(std::min(m_rows->rowCount(), room / row), 1, kShownRows) + 10;
    const int left = std::clamp(caretTop.x(), 8, std::max(8, parentWidget()->width() - width - 8));
    setGeometry(left, std::max(0, composerTop - height - 4), width, height);
    show();
    raise();
}

void CompletionList::move(int by)
{
    const int count = m_rows->rowCount();
    if (count == 0)
        return;
    const int at = m_list->currentIndex().row();
    choose(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
}

void CompletionList::choose(int at) { m_list->setCurrentIndex(m_rows->index(at)); }

const Completion* CompletionList::chosen() const { return m_rows->at(m_list->currentIndex().row()); }

int CompletionList::count() const { return m_rows->rowCount(); }

void CompletionList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    kit::drawCard(painter, rect(), m_theme);
}

} // namespace ridealong::composer
