// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "draftsview/cardlist.h"

#include "kit/card.h"
#include "kit/tone.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::draftsview {

using kit::Theme;
using kit::Token;

namespace {

constexpr qsizetype kMaxShownText = 2000;

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // what is shown comes from outside
    return label;
}

} // namespace

Card::Card(Theme& theme, const QString& key, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_key(key),
      m_where(plainLabel(this)),
      m_right(plainLabel(this)),
      m_text(plainLabel(this)),
      m_facts(plainLabel(this)),
      m_problems(plainLabel(this)),
      m_buttonRow(new QWidget(this))
{
    kit::setTone(m_where, theme, Token::Muted, Theme::Type::Small, true);
    kit::setTone(m_right, theme, Token::Faint, Theme::Type::Small);
    kit::setTone(m_facts, theme, Token::Muted, Theme::Type::Small);
    kit::setTone(m_problems, theme, Token::Danger, Theme::Type::Small);
    m_right->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (auto* label : {m_text, m_facts, m_problems})
        label->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_where);
    head->addWidget(m_right, 1);
    auto* buttons = new QHBoxLayout(m_buttonRow);
    buttons->setContentsMargins(0, 4, 0, 0);
    buttons->setSpacing(8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 12, 10);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_text);
    column->addWidget(m_facts);
    column->addWidget(m_problems);
    column->addWidget(m_buttonRow);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::setHead(const QString& where, const QString& environment, const QString& right)
{
    m_environment = environment;
    m_where->setText(environment.isEmpty() ? where.left(80) : where.left(80) + u" · "_s + environment.left(30));
    m_right->setText(right);
    update();
}

void Card::setText(const QString& text, bool command)
{
    if (command)
        kit::setMonoTone(m_text, m_theme, Token::Text);
    else
        kit::setTone(m_text, m_theme, Token::Text);
    m_text->setText(text.size() > kMaxShownText ? text.left(kMaxShownText) + u'…' : text);
    setAccessibleName(m_where->text() + u", "_s + text.left(200));
}

void Card::setNotes(const QStringList& facts, const QStringList& problems)
{
    m_facts->setText(facts.join(u" · "_s));
    m_facts->setVisible(!facts.isEmpty());
    m_problems->setText(problems.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
}

void Card::setButtons(const QList<Button>& buttons)
{
    if (m_buttons == buttons)
        return;
    m_buttons = buttons;
    auto* row = static_cast<QHBoxLayout*>(m_buttonRow->layout());
    while (auto* item = row->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    bool first = true;
    for (const auto& spec : buttons) {
        auto* push = new QPushButton(spec.text, m_buttonRow);
        push->setObjectName(spec.name);
        push->setEnabled(spec.enabled);
        push->setAutoDefault(false);
        push->setProperty("primary", first);
        first = false;
        connect(push, &QPushButton::clicked, this, [this, name = spec.name] { emit pressed(name); });
        row->addWidget(push);
        push->show();
    }
    row->addStretch();
}

QPushButton* Card::button(const QString& name) const
{
    // Replaced ones die later; the newest counts.
    const auto all = m_buttonRow->findChildren<QPushButton*>(name);
    return all.isEmpty() ? nullptr : all.back();
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    kit::drawCard(painter, rect(), m_theme);
    if (!m_environment.isEmpty())
        painter.fillRect(QRect(6, 12, 3, height() - 24), m_theme.environment(m_environment));
}

CardList::CardList(Theme& theme, const QString& emptyText, QWidget* parent)
    : QScrollArea(parent),
      m_theme(theme),
      m_content(new QWidget),
      m_column(new QVBoxLayout(m_content)),
      m_empty(plainLabel(m_content))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    kit::setBackdrop(this, theme, Token::Panel);
    kit::setBackdrop(m_content, theme, Token::Panel);
    m_empty->setText(emptyText);
    m_empty->setObjectName(u"emptyText"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    kit::setTone(m_empty, theme, Token::Muted);
    m_column->setContentsMargins(12, 12, 12, 12);
    m_column->setSpacing(8);
    m_column->addWidget(m_empty, 1);
    setWidget(m_content);
}

void CardList::begin()
{
    m_before = std::exchange(m_cards, {});
    qDeleteAll(std::exchange(m_sections, {}));
    m_at = 0;
    while (m_column->count() > 0)
        delete m_column->takeAt(0);
}

void CardList::addSection(const QString& title)
{
    auto* label = plainLabel(m_content);
    label->setText(title);
    kit::setTone(label, m_theme, Token::Muted, Theme::Type::Small, true);
    m_sections << label;
    m_column->addWidget(label);
}

Card* CardList::addCard(const QString& key)
{
    if (m_cards.size() >= kMaxCards)
        return nullptr;
    const auto known = std::find_if(m_before.begin(), m_before.end(), [&](const Card* card) { return card->key() == key; });
    Card* card = nullptr;
    if (known != m_before.end()) {
        card = *known;
        m_before.erase(known);
    } else {
        card = new Card(m_theme, key, m_content);
        connect(card, &Card::pressed, this, [this, key](const QString& name) { emit pressed(key, name); });
    }
    m_cards << card;
    m_column->addWidget(card);
    card->show();
    return card;
}

void CardList::end()
{
    for (auto* gone : std::as_const(m_before)) {
        gone->hide();
        gone->deleteLater(); // its own button may be what led here
    }
    m_before.clear();
    m_empty->setVisible(m_cards.isEmpty());
    if (m_cards.isEmpty())
        m_column->addWidget(m_empty, 1);
    else
        m_column->addStretch(1);
}

Card* CardList::card(const QString& key) const
{
    for (auto* card : m_cards)
        if (card->key() == key)
            return card;
    return nullptr;
}

} // namespace ridealong::draftsview
