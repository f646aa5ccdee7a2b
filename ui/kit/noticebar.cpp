// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/noticebar.h"

#include "kit/icons.h"
#include "kit/tone.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

constexpr int kIcon = 16;
constexpr int kEdge = 3; ///< the bar of colour at the left
constexpr qsizetype kMaxDetails = 4000; ///< details may quote what a server sent

} // namespace

NoticeBar::NoticeBar(Theme& theme, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_details(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_fold(new QToolButton(this)),
      m_close(new QToolButton(this))
{
    for (auto* label : {m_text, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    setTone(m_text, theme, Token::Text);
    setMonoTone(m_details, theme, Token::Muted, Theme::Type::Small);
    m_fold->setText(tr("Details"));
    m_fold->setCheckable(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addWidget(m_text, 1);
    row->addWidget(m_fold);
    row->addWidget(m_button);
    row->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kEdge + 12, 8, 8, 8);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_details);

    connect(m_fold, &QToolButton::toggled, this, &NoticeBar::unfold);
    connect(m_button, &QPushButton::clicked, this, &NoticeBar::buttonPressed);
    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(&theme, &Theme::changed, this, &NoticeBar::dress);
    dress();
    hide();
}

void NoticeBar::setLevel(Level level)
{
    m_level = level;
    dress();
}

void NoticeBar::show(const QString& text, const QString& details, const QString& buttonText)
{
    m_text->setText(text);
    m_details->setText(details.left(kMaxDetails));
    m_fold->setVisible(!details.isEmpty());
    m_fold->setChecked(false);
    unfold(false);
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    setAccessibleName(text);
    setVisible(true);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString NoticeBar::text() const { return m_text->text(); }

void NoticeBar::dismiss()
{
    if (isHidden())
        return;
    hide();
    emit dismissed();
}

void NoticeBar::unfold(bool open)
{
    m_details->setVisible(open);
    m_fold->setIcon(icon(open ? u"chevron-down"_s : u"chevron-right"_s, m_theme));
}

void NoticeBar::dress()
{
    m_icon->setPixmap(iconPixmap(u"warning"_s, m_theme.color(token()), kIcon, devicePixelRatioF()));
    m_close->setIcon(icon(u"close"_s, m_theme));
    unfold(m_fold->isChecked());
    update();
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Raised));
    painter.fillRect(QRect(0, 0, kEdge, height()), m_theme.color(token()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Border));
}

void NoticeBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

bool NoticeBar::event(QEvent* event)
{
    if (event->type() == QEvent::ScreenChangeInternal)
        dress(); // the ratio may be another one
    return QFrame::event(event);
}

} // namespace ridealong::kit
