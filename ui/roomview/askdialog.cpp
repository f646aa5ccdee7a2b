// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomview/askdialog.h"

#include "kit/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::roomview {

using kit::Theme;
using kit::Token;

namespace {

constexpr QSize kSize{440, 190};
constexpr int kFrame = 48; // of the window's title and edges

} // namespace

AskDialog::AskDialog(Theme& theme, const Question& question, QWidget* parent)
    : QDialog(parent),
      m_line(new QLineEdit(question.text, this)),
      m_action(new QPushButton(question.action, this))
{
    setObjectName(u"askDialog"_s);
    setWindowTitle(question.title);
    auto* label = new QLabel(question.label, this);
    label->setTextFormat(Qt::PlainText); // names come from servers
    label->setBuddy(m_line);
    label->setWordWrap(true);
    kit::setTone(label, theme, Token::Text, Theme::Type::Body, true);
    m_line->setObjectName(u"answer"_s);
    m_line->setMaxLength(question.maxChars);
    m_line->setPlaceholderText(question.placeholder);
    m_line->selectAll();
    auto* note = new QLabel(question.note, this);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setVisible(!question.note.isEmpty());
    kit::setTone(note, theme, Token::Muted, Theme::Type::Small);

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    m_action->setObjectName(u"act"_s);
    m_action->setProperty(question.danger ? "danger" : "primary", true);
    m_action->setAutoDefault(!question.danger);
    m_action->setDefault(!question.danger);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_action);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(label);
    column->addWidget(m_line);
    column->addWidget(note);
    column->addStretch(1);
    column->addLayout(buttons);

    const auto refresh = [this, question] {
        const QString text = m_line->text().trimmed();
        m_action->setEnabled((question.mayBeEmpty || !text.isEmpty()) && (question.danger || text != question.text.trimmed()));
    };
    connect(m_line, &QLineEdit::textChanged, this, refresh);
    refresh();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_action, &QPushButton::clicked, this, [this] {
        emit answered(m_line->text().trimmed());
        accept();
    });
    m_line->setFocus();
    resize((kSize * std::max(1.0, theme.scale())).boundedTo(screen()->availableSize() - QSize(kFrame, kFrame)));
}

} // namespace ridealong::roomview
