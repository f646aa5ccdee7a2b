// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/notelist.h"

#include "formview/words.h"
#include "kit/icons.h"
#include "kit/tone.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ridealong::formview {

using namespace Qt::StringLiterals;
using kit::Theme;
using kit::Token;
using Severity = chat::CommandNote::Severity;

namespace {

constexpr int kIcon = 16;

} // namespace

NoteList::NoteList(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void NoteList::setNotes(const QList<chat::CommandNote>& notes)
{
    delete m_content;
    m_content = new QWidget(this);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    layout()->addWidget(m_content);
    for (const chat::CommandNote& note : notes)
        add(note);
    m_content->show();
    setVisible(!notes.isEmpty());
}

void NoteList::add(const chat::CommandNote& note)
{
    const bool isError = note.severity == Severity::Error, isWarning = note.severity == Severity::Warning;
    const Token token = isError ? Token::Danger : isWarning ? Token::Warning : Token::Muted;
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* sign = new QLabel(m_content);
    const auto draw = [this, sign, token, isPlain = !isError && !isWarning] {
        sign->setPixmap(kit::iconPixmap(isPlain ? u"bot"_s : u"warning"_s, m_theme.color(token), kIcon, sign->devicePixelRatioF()));
    };
    connect(&m_theme, &Theme::changed, sign, draw);
    draw();
    auto* text = new QVBoxLayout;
    text->setSpacing(0);
    if (isError || isWarning) {
        auto* word = new QLabel(isError ? tr("Error") : tr("Warning"), m_content);
        kit::setTone(word, m_theme, token, Theme::Type::Body, true);
        text->addWidget(word);
    }
    auto* said = new QLabel(safeText(note.text), m_content);
    said->setTextFormat(Qt::PlainText);
    said->setWordWrap(true);
    said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    said->setFocusPolicy(Qt::ClickFocus);
    kit::setTone(said, m_theme, Token::Text);
    text->addWidget(said);
    row->addWidget(sign, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    static_cast<QVBoxLayout*>(m_content->layout())->addLayout(row);
}

} // namespace ridealong::formview
