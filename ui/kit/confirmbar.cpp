// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/confirmbar.h"

#include "kit/theme.h"
#include "kit/tone.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

QString bare(const QString& phrase)
{
    const auto trimmed = phrase.trimmed();
    return trimmed.startsWith(u'#') ? trimmed.mid(1) : trimmed;
}

} // namespace

ConfirmBar::ConfirmBar(Theme& theme, QWidget* parent)
    : QFrame(parent),
      m_theme(theme),
      m_question(new QLabel(this)),
      m_text(new QLabel(this)),
      m_prompt(new QLabel(this)),
      m_field(new QLineEdit(this)),
      m_confirm(new QPushButton(this)),
      m_cancel(new QPushButton(tr("Not now"), this))
{
    setObjectName(u"confirmBar"_s);
    m_field->setObjectName(u"confirmField"_s);
    m_confirm->setObjectName(u"confirmButton"_s);
    m_confirm->setProperty("danger", true);
    m_confirm->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    // Plain text, always: what is confirmed comes from outside and must not be able to look like something else.
    for (auto* label : {m_question, m_text, m_prompt}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setMargin(6);
    setTone(m_question, theme, Token::Danger, Theme::Type::Body, true);
    setMonoTone(m_text, theme, Token::Text);
    setBackdrop(m_text, theme, Token::Inset);
    setTone(m_prompt, theme, Token::Muted);
    m_prompt->setBuddy(m_field);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_confirm);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_question);
    column->addWidget(m_text);
    column->addWidget(m_prompt);
    column->addLayout(row);

    connect(m_field, &QLineEdit::textChanged, this, [this] { m_confirm->setEnabled(phraseMatches()); });
    connect(m_field, &QLineEdit::returnPressed, this, &ConfirmBar::tryConfirm);
    connect(m_confirm, &QPushButton::clicked, this, &ConfirmBar::tryConfirm);
    connect(m_cancel, &QPushButton::clicked, this, &ConfirmBar::giveUp);
    hide();
}

void ConfirmBar::ask(const Confirmation& confirmation)
{
    m_phrase = confirmation.phrase;
    m_question->setText(confirmation.question);
    m_text->setText(confirmation.text);
    m_prompt->setText(tr("Type %1 to go on.").arg(bare(m_phrase)));
    m_confirm->setText(confirmation.action);
    m_field->clear();
    m_field->setAccessibleName(tr("Confirm by typing %1").arg(bare(m_phrase)));
    m_confirm->setEnabled(false);
    show();
    m_field->setFocus(Qt::OtherFocusReason);
}

bool ConfirmBar::phraseMatches() const
{
    // An empty phrase must never be confirmed by an empty field.
    return !bare(m_phrase).isEmpty() && bare(m_field->text()) == bare(m_phrase);
}

void ConfirmBar::tryConfirm()
{
    if (!isVisibleTo(parentWidget()) || !phraseMatches())
        return;
    hide();
    emit confirmed();
}

void ConfirmBar::giveUp()
{
    if (!isVisibleTo(parentWidget()))
        return;
    hide();
    emit gaveUp();
}

void ConfirmBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        giveUp();
    else if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) // the line edit has seen these; no default button of a dialog may
        QFrame::keyPressEvent(event);
}

void ConfirmBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Raised));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.color(Token::Border));
    painter.fillRect(QRect(0, 0, 3, height()), m_theme.color(Token::Danger));
}

} // namespace ridealong::kit
