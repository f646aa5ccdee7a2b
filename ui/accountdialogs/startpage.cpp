// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/startpage.h"

#include "accountdialogs/words.h"
#include "kit/icons.h"
#include "kit/tone.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kMaxAddress = 1024;
constexpr int kIconSize = 20;
constexpr int kGap = 8; ///< between two cards
enum Role { IdRole = Qt::UserRole, SaysRole, IconRole };

/// A card: icon, name, one sentence.
class KindDelegate final : public QStyledItemDelegate
{
public:
    KindDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int width = option.widget ? textWidth(static_cast<const QListWidget*>(option.widget)->viewport()->width()) : 300;
        const QRect says = QFontMetrics(m_theme.font(Theme::Type::Small))
                               .boundingRect(QRect(0, 0, width, 1000), Qt::TextWordWrap, index.data(SaysRole).toString());
        return {0, QFontMetrics(m_theme.font(Theme::Type::Body, true)).height() + 4 + says.height() + 2 * kPadding + kGap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect card = option.rect.adjusted(0, 0, 0, -kGap);
        const bool chosen = option.state & QStyle::State_Selected;
        const bool focused = chosen && option.state & QStyle::State_HasFocus;
        QPainterPath path;
        const qreal pen = chosen ? 2 : 1;
        path.addRoundedRect(QRectF(card).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), Theme::kCardRadius, Theme::kCardRadius);
        painter->fillPath(path, m_theme.color(focused ? Token::Selection : Token::Raised));
        painter->setPen(QPen(m_theme.color(chosen ? Token::Accent : Token::Border), pen));
        painter->drawPath(path);
        const QColor ink = m_theme.color(Token::Text, focused ? Token::Selection : Token::Raised);
        const int size = int(std::lround(kIconSize * m_theme.scale()));
        const QPixmap icon = kit::iconPixmap(index.data(IconRole).toString(), ink, size, option.widget->devicePixelRatioF());
        painter->drawPixmap(card.left() + kPadding, card.center().y() - size / 2, icon);
        const QFont strong = m_theme.font(Theme::Type::Body, true);
        QRect text(card.left() + 2 * kPadding + size, card.top() + kPadding, textWidth(card.width()), card.height() - 2 * kPadding);
        painter->setFont(strong);
        painter->setPen(ink);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, index.data(Qt::DisplayRole).toString());
        text.setTop(text.top() + QFontMetrics(strong).height() + 4);
        painter->setFont(m_theme.font(Theme::Type::Small));
        painter->setPen(m_theme.color(focused ? Token::Text : Token::Muted, focused ? Token::Selection : Token::Raised));
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, index.data(SaysRole).toString());
        painter->restore();
    }

private:
    static constexpr int kPadding = 12;
    int textWidth(int cardWidth) const { return std::max(40, cardWidth - 3 * kPadding - int(std::lround(kIconSize * m_theme.scale()))); }

    Theme& m_theme;
};

/// As high as its cards; the page scrolls, not the list.
class KindList final : public QListWidget
{
public:
    using QListWidget::QListWidget;
    QSize sizeHint() const override
    {
        int height = 0;
        for (int row = 0; row < count(); ++row)
            height += sizeHintForRow(row);
        return {200, height};
    }
    QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QListWidget::resizeEvent(event);
        scheduleDelayedItemsLayout();
        updateGeometry(); // the sentences wrap differently now
    }
};

} // namespace

StartPage::StartPage(AccountService& service, Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_service(service),
      m_kinds(new KindList(this)),
      m_label(new QLabel(this)),
      m_address(new QLineEdit(this)),
      m_hint(new QLabel(this))
{
    m_kinds->setObjectName(u"kinds"_s);
    m_kinds->setAccessibleName(tr("Kind of server"));
    m_kinds->setItemDelegate(new KindDelegate(theme, m_kinds));
    m_kinds->setFrameShape(QFrame::NoFrame);
    m_kinds->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_kinds->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_kinds->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    kit::setBackdrop(m_kinds, theme, Token::Window);
    // What needs a server comes first: the Local workspace is there from the first start on.
    std::vector<const chat::BackendDescriptor*> kinds;
    for (const chat::BackendDescriptor& kind : service.kinds())
        kinds.push_back(&kind);
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto* a, const auto* b) { return bool(a->discover) > bool(b->discover); });
    for (const chat::BackendDescriptor* kind : kinds) {
        const KindWords words = kindWords(kind->id);
        auto* item = new QListWidgetItem(words.name, m_kinds);
        item->setData(IdRole, kind->id);
        item->setData(SaysRole, words.says);
        item->setData(IconRole, words.icon);
        item->setData(Qt::AccessibleDescriptionRole, words.says);
    }
    m_kinds->setCurrentRow(0);

    m_label->setBuddy(m_address);
    kit::setTone(m_label, theme, Token::Text, Theme::Type::Body, true);
    m_address->setObjectName(u"address"_s);
    m_address->setMaxLength(kMaxAddress);
    m_hint->setWordWrap(true);
    kit::setTone(m_hint, theme, Token::Muted, Theme::Type::Small);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_kinds);
    column->addSpacing(8);
    column->addWidget(m_label);
    column->addWidget(m_address);
    column->addWidget(m_hint);
    column->addStretch(1);

    connect(&theme, &Theme::changed, this, [this] {
        m_kinds->doItemsLayout();
        m_kinds->updateGeometry();
    });
    connect(m_kinds, &QListWidget::currentItemChanged, this, &StartPage::kindChanged);
    connect(m_kinds, &QListWidget::itemActivated, this, [this] {
        if (needsAddress() && address().isEmpty())
            focusAddress();
        else
            emit submitted();
    });
    connect(m_address, &QLineEdit::textChanged, this, &StartPage::changed);
    connect(m_address, &QLineEdit::returnPressed, this, &StartPage::submitted);
    kindChanged();
}

const chat::BackendDescriptor* StartPage::kind() const
{
    const QListWidgetItem* item = m_kinds->currentItem();
    return item ? m_service.kind(item->data(IdRole).toString()) : nullptr;
}

void StartPage::setKind(const QString& id)
{
    for (int row = 0; row < m_kinds->count(); ++row)
        if (m_kinds->item(row)->data(IdRole).toString() == id)
            m_kinds->setCurrentRow(row);
}

bool StartPage::needsAddress() const
{
    const chat::BackendDescriptor* chosen = kind();
    return chosen && chosen->discover;
}

QString StartPage::address() const { return needsAddress() ? m_address->text().trimmed() : QString(); }

void StartPage::setAddress(const QString& address) { m_address->setText(address); }

void StartPage::kindChanged()
{
    const bool needs = needsAddress();
    for (QWidget* part : std::initializer_list<QWidget*>{m_label, m_address, m_hint})
        part->setVisible(needs);
    if (needs) {
        const KindWords words = kindWords(kind()->id);
        m_label->setText(words.addressLabel);
        m_address->setPlaceholderText(words.addressHint);
        m_hint->setText(words.addressSays);
    }
    emit changed();
}

void StartPage::focusFirst()
{
    if (needsAddress() && m_kinds->count() == 1)
        focusAddress();
    else
        m_kinds->setFocus(Qt::OtherFocusReason);
}

void StartPage::focusAddress()
{
    m_address->setFocus(Qt::OtherFocusReason);
    m_address->selectAll();
}

} // namespace ridealong::accountdialogs
