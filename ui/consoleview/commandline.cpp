// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/commandline.h"

#include "consoleview/commandeditor.h"
#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

bool isProduction(const QString& environment)
{
    return environment.compare("production"_L1, Qt::CaseInsensitive) == 0 || environment.compare("prod"_L1, Qt::CaseInsensitive) == 0;
}

CommandLine::CommandLine(kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_editor(new CommandEditor(theme, this)),
      m_confirm(new kit::ConfirmBar(theme, this)),
      m_where(new QLabel(this)),
      m_search(new QLabel(this)),
      m_risk(new QLabel(this)),
      m_button(new QPushButton(tr("Run"), this))
{
    setObjectName(u"commandLine"_s);
    m_button->setObjectName(u"runButton"_s);
    m_button->setProperty("primary", true);
    m_search->setObjectName(u"historySearch"_s);
    m_risk->setObjectName(u"riskLabel"_s);
    for (auto* label : {m_where, m_search, m_risk})
        label->setTextFormat(Qt::PlainText);
    kit::setTone(m_where, theme, Token::Muted, kit::Theme::Type::Small);
    kit::setTone(m_search, theme, Token::Accent, kit::Theme::Type::Small);
    kit::setTone(m_risk, theme, Token::Muted, kit::Theme::Type::Small);
    m_search->hide();
    setFocusProxy(m_editor);

    auto* row = new QHBoxLayout;
    row->setContentsMargins(24, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_where);
    row->addWidget(m_search);
    row->addWidget(m_editor, 1);
    row->addWidget(m_risk);
    row->addWidget(m_button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_confirm);
    column->addLayout(row);

    connect(m_editor, &CommandEditor::submitted, this, &CommandLine::submit);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        m_confirm->giveUp(); // what was asked for is no longer what stands here
        refresh();
        emit draftChanged(text());
    });
    connect(m_editor, &CommandEditor::searchChanged, this, [this] {
        m_search->setVisible(m_editor->isSearching());
        m_where->setVisible(!m_editor->isSearching());
        m_search->setText(tr("History: %1").arg(m_editor->searchText().isEmpty() ? tr("type to search") : m_editor->searchText()));
    });
    connect(m_button, &QPushButton::clicked, this, &CommandLine::submit);
    connect(m_confirm, &kit::ConfirmBar::confirmed, this, [this] {
        emit runRequested(m_asked);
        m_editor->setFocus();
    });
    connect(m_confirm, &kit::ConfirmBar::gaveUp, this, [this] { m_editor->setFocus(); });
    connect(&theme, &kit::Theme::changed, this, [this] {
        refresh();
        update();
    });
    refresh();
}

void CommandLine::setContext(const CommandContext& context)
{
    if (m_context == context)
        return;
    m_context = context;
    m_confirm->giveUp();
    refresh();
    update();
}

void CommandLine::setHint(const CommandHint& hint)
{
    m_hint = hint;
    m_editor->setGhost(hint.ghost);
    refresh();
}

void CommandLine::setHistory(const QStringList& oldestFirst) { m_editor->setHistory(oldestFirst); }

void CommandLine::setText(const QString& text)
{
    if (m_editor->text() != text)
        m_editor->setText(text);
}

QString CommandLine::text() const { return m_editor->text(); }

QString CommandLine::environment() const
{
    // The stricter of the two counts: a production command in a quiet room is still one.
    if (isProduction(m_context.environment) || m_hint.environment.isEmpty())
        return m_context.environment;
    return m_hint.environment;
}

bool CommandLine::asksFirst() const { return isProduction(environment()) && m_hint.risk != chat::Risk::Safe; }

void CommandLine::refresh()
{
    const QString room = m_context.name.left(60);
    m_where->setText(room.isEmpty() ? tr("No conversation") : room);
    const bool empty = text().trimmed().isEmpty();
    m_editor->setPlaceholderText(tr("Command"));
    QString risk;
    Token token = Token::Muted;
    if (!empty) {
        switch (m_hint.risk) {
        case chat::Risk::Safe: risk = tr("safe"); break;
        case chat::Risk::Mutates:
            risk = tr("mutates");
            token = Token::Warning;
            break;
        case chat::Risk::Danger:
            risk = tr("danger");
            token = Token::Danger;
            break;
        case chat::Risk::Unknown: risk = m_hint.known ? tr("risk unknown") : tr("unknown command"); break;
        }
        if (asksFirst())
            token = Token::Danger;
    }
    if (!environment().isEmpty())
        risk += (risk.isEmpty() ? QString() : u" · "_s) + environment().left(30);
    if (!empty && !m_hint.changed.isEmpty())
        risk.prepend(m_hint.changed.left(60) + (risk.isEmpty() ? QString() : u" · "_s));
    kit::setTone(m_risk, m_theme, token, kit::Theme::Type::Small);
    m_risk->setText(risk);
    m_button->setText(asksFirst() && !empty ? tr("Review") : tr("Run"));
    m_button->setEnabled(!empty && !m_context.conversation.isEmpty());
}

void CommandLine::submit()
{
    const QString command = text().trimmed();
    if (command.isEmpty() || m_context.conversation.isEmpty())
        return;
    if (!asksFirst()) {
        emit runRequested(command);
        return;
    }
    m_asked = command;
    const QString phrase = m_hint.target.isEmpty() ? m_context.name : m_hint.target;
    m_confirm->ask({tr("%1 is production. This is exactly what will be sent:").arg(m_context.name), command, phrase, tr("Run in production")});
}

void CommandLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Panel));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.color(Token::Border));
    const int lineTop = m_editor->geometry().top() + 4;
    painter.fillRect(QRect(12, lineTop, 3, m_editor->height() - 8), m_theme.environment(m_context.environment));
}

} // namespace ridealong::consoleview
