// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/conversationpage.h"

#include "composer/composer.h"
#include "composer/composereditor.h"
#include "kit/icons.h"
#include "kit/theme.h"
#include "timelineview/timelineview.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QToolButton>

namespace ridealong::window {

using namespace Qt::StringLiterals;

ConversationPage::ConversationPage(kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_bar(new QWidget(this)),
      m_name(new QLabel(m_bar)),
      m_environment(new QLabel(m_bar)),
      m_topic(new QLabel(m_bar)),
      m_people(new QToolButton(m_bar)),
      m_close(new QToolButton(m_bar)),
      m_offer(new OfferBar(theme, this)),
      m_typing(new QLabel(this)),
      m_timeline(new timelineview::TimelineView(theme, this)),
      m_composer(new composer::Composer(theme, this))
{
    for (QLabel* label : {m_name, m_environment, m_topic, m_typing})
        label->setTextFormat(Qt::PlainText); // all of it comes from servers
    m_environment->setProperty("chip", true);
    m_topic->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_topic->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long topic is cut, never the name
    setAcceptDrops(true);
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close the thread"));
    connect(m_close, &QToolButton::clicked, this, &ConversationPage::closeRequested);
    m_people->setObjectName(u"people"_s);
    m_people->setAutoRaise(true);
    m_people->setToolTip(tr("People in the room"));
    m_people->setAccessibleName(m_people->toolTip());
    connect(m_people, &QToolButton::clicked, this, &ConversationPage::peopleRequested);
    m_bar->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_bar, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        if (!m_head.closable)
            emit headMenuRequested(m_bar->mapToGlobal(at));
    });

    auto* bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(16, 10, 12, 10);
    bar->setSpacing(10);
    bar->addWidget(m_name);
    bar->addWidget(m_environment);
    bar->addWidget(m_topic, 1);
    bar->addWidget(m_people);
    bar->addWidget(m_close);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_offer);
    column->addWidget(m_timeline, 1);
    column->addWidget(m_typing);
    column->addWidget(m_composer); // has margins of its own
    m_typing->setContentsMargins(16, 0, 16, 4);
    m_typing->setObjectName(u"typing"_s);
    m_typing->hide();
    connect(m_offer, &OfferBar::answered, this, &ConversationPage::offerAnswered);

    connect(&m_theme, &kit::Theme::changed, this, &ConversationPage::restyle);
    restyle();
}

ConversationPage::~ConversationPage()
{
    m_timeline->setModel(nullptr); // the view is a child and would outlive the model by a moment
}

void ConversationPage::setHead(const PageHead& head)
{
    m_head = head;
    m_name->setText(head.name);
    m_topic->setText(head.topic);
    m_topic->setToolTip(head.topic.toHtmlEscaped());
    m_environment->setText(head.environment);
    m_environment->setVisible(!head.environment.isEmpty());
    m_people->setVisible(head.people);
    m_close->setVisible(head.closable);
    restyle();
}

void ConversationPage::setTyping(const QString& words)
{
    m_typing->setText(words);
    m_typing->setVisible(!words.isEmpty());
}

void ConversationPage::setModel(std::unique_ptr<model::TimelineModel> model)
{
    m_timeline->setModel(model.get());
    m_model = std::move(model);
}

void ConversationPage::restyle()
{
    setAutoFillBackground(true);
    QPalette surface = palette();
    surface.setColor(QPalette::Window, m_theme.color(kit::Token::Panel));
    setPalette(surface);
    m_name->setFont(m_theme.font(kit::Theme::Type::Header, true));
    m_topic->setFont(m_theme.font(kit::Theme::Type::Small));
    QPalette faint = m_topic->palette();
    faint.setColor(QPalette::WindowText, m_theme.color(kit::Token::Muted));
    m_topic->setPalette(faint);
    m_typing->setFont(m_theme.font(kit::Theme::Type::Small));
    m_typing->setPalette(faint);
    m_environment->setFont(m_theme.font(kit::Theme::Type::Small, true));
    QPalette chip = m_environment->palette();
    chip.setColor(QPalette::WindowText, m_theme.environment(m_head.environment));
    m_environment->setPalette(chip);
    m_people->setIcon(kit::icon(u"person"_s, m_theme));
    m_close->setIcon(kit::icon(u"close"_s, m_theme));
    update();
}

bool ConversationPage::takes(const QDropEvent& event) const
{
    return m_model && m_composer->takesFiles() && !composer::localFiles(*event.mimeData()).isEmpty();
}

void ConversationPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (takes(*event))
        composer::acceptAsCopy(*event);
}

void ConversationPage::dragMoveEvent(QDragMoveEvent* event)
{
    if (takes(*event)) // what is proposed changes with the modifier keys
        composer::acceptAsCopy(*event);
}

void ConversationPage::dropEvent(QDropEvent* event)
{
    if (!takes(*event))
        return event->ignore();
    composer::acceptAsCopy(*event);
    if (event->isAccepted())
        emit filesDropped(composer::localFiles(*event->mimeData()));
}

void ConversationPage::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    QPainter painter(this);
    const QRect bar = m_bar->geometry();
    painter.fillRect(QRect(bar.left(), bar.bottom(), bar.width(), 1), m_theme.color(kit::Token::Border));
    if (!m_head.environment.isEmpty())
        painter.fillRect(QRect(bar.left(), bar.top() + 8, 3, bar.height() - 16), m_theme.environment(m_head.environment));
}

} // namespace ridealong::window
