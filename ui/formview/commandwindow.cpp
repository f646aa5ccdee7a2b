// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "formview/commandwindow.h"

#include "formview/formview.h"
#include "formview/notelist.h"
#include "formview/resulttable.h"
#include "formview/resulttext.h"
#include "formview/words.h"
#include "kit/fitting.h"
#include "kit/messagedocument.h"
#include "kit/noticebar.h"
#include "kit/tone.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QStyle>
#include <QVBoxLayout>

namespace ridealong::formview {

using namespace Qt::StringLiterals;
using chat::CommandAction;
using kit::Theme;
using kit::Token;

namespace {

QLabel* makeText(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

CommandWindow::CommandWindow(std::unique_ptr<chat::CommandDialog> dialog, const QString& title, const QString& bot, Theme& theme, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_dialog(std::move(dialog)),
      m_title(kit::safeName(title)),
      m_bar(new QProgressBar(this)),
      m_notice(new kit::NoticeBar(theme, this)),
      m_state(makeText(this)),
      m_notes(new NoteList(theme, this)),
      m_form(new FormView(theme, this)),
      m_table(new ResultTable(theme, this)),
      m_tableTitle(makeText(this)),
      m_cut(makeText(this)),
      m_share(makeButton(u"share"_s, tr("Share result to the room …"))),
      m_copy(makeButton(u"copy"_s, tr("Copy"))),
      m_cancel(makeButton(u"cancel"_s, tr("Cancel"))),
      m_previous(makeButton(u"previous"_s, tr("Previous"))),
      m_next(makeButton(u"next"_s, tr("Next"))),
      m_finish(makeButton(u"finish"_s, tr("Finish")))
{
    setObjectName(u"commandWindow"_s);
    setWindowTitle(m_title);
    build(kit::safeName(bot));
    connect(m_dialog.get(), &chat::CommandDialog::stage, this, &CommandWindow::takeStage);
    connect(m_dialog.get(), &chat::CommandDialog::failed, this, &CommandWindow::takeFailure);
    connect(m_dialog.get(), &chat::CommandDialog::ended, this, &CommandWindow::end);
    connect(m_cancel, &QPushButton::clicked, this, &CommandWindow::reject);
    connect(m_previous, &QPushButton::clicked, this, [this] { go(CommandAction::Previous); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(CommandAction::Next); });
    connect(m_finish, &QPushButton::clicked, this, [this] { go(CommandAction::Complete); });
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText(m_stage)); });
    connect(m_share, &QPushButton::clicked, this, [this] { emit shareRequested(asMarkdown(m_stage, m_title)); });
    // In a field of several lines Enter is a line.
    connect(new QShortcut(Qt::CTRL | Qt::Key_Return, this), &QShortcut::activated, this, &CommandWindow::goByDefault);
    m_state->setText(tr("Asking %1 …").arg(kit::safeName(bot)));
    kit::fitToScreen(*this, theme, {560, 520});
    present();
}

CommandWindow::~CommandWindow()
{
    m_dialog->disconnect(this); // what it says while it goes is nobody's any more
}

QPushButton* CommandWindow::makeButton(const QString& name, const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAutoDefault(false); // Enter is the bot's default, not the button that has the focus next
    return button;
}

void CommandWindow::build(const QString& bot)
{
    auto* title = makeText(this);
    title->setText(m_title);
    kit::setTone(title, m_theme, Token::Text, Theme::Type::Title, true);
    auto* whose = makeText(this);
    whose->setText(bot);
    kit::setTone(whose, m_theme, Token::Muted);
    kit::setTone(m_state, m_theme, Token::Muted);
    kit::setTone(m_tableTitle, m_theme, Token::Text, Theme::Type::Header, true);
    kit::setTone(m_cut, m_theme, Token::Muted, Theme::Type::Small);
    m_cut->setText(tr("There is more than can be shown."));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setAccessibleName(tr("Waiting for an answer"));

    auto* page = new QWidget;
    auto* content = new QVBoxLayout(page);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(16);
    for (QWidget* part : std::initializer_list<QWidget*>{m_state, m_notes, m_form, m_tableTitle, m_table, m_cut})
        content->addWidget(part);
    content->addStretch(1);
    m_area = kit::scrolledPage(page, m_theme);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_share);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    for (QPushButton* button : {m_cancel, m_previous, m_next, m_finish})
        buttons->addWidget(button);
    auto* head = new QVBoxLayout;
    head->setSpacing(4);
    head->addWidget(title);
    head->addWidget(whose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(m_bar);
    column->addWidget(m_notice);
    column->addWidget(m_area, 1);
    column->addLayout(buttons);
    m_notes->setNotes({});
    m_form->hide();
    m_table->hide();
}

void CommandWindow::takeStage(const chat::CommandStage& stage)
{
    m_stage = stage;
    m_failure.reset();
    if (safeText(m_stage.form.title).simplified().compare(m_title, Qt::CaseInsensitive) == 0)
        m_stage.form.title.clear(); // it stands above already
    m_hasStage = true;
    m_isBusy = false;
    m_isOver = stage.isOver;
    m_notice->dismiss();
    m_notes->setNotes(stage.notes);
    m_form->setForm(m_stage.form);
    m_form->setVisible(!m_stage.form.isEmpty());
    m_tableTitle->setText(safeText(stage.table.title).simplified());
    m_tableTitle->setVisible(!stage.table.title.isEmpty() && !stage.table.isEmpty());
    m_table->setTable(stage.table);
    m_table->setVisible(!stage.table.isEmpty() && !stage.table.rows.isEmpty());
    m_cut->setVisible(stage.table.isCut);
    m_state->setText(emptyText());
    m_area->verticalScrollBar()->setValue(0);
    present();
    m_form->focusFirst();
    if (!m_form->isVisibleTo(this) || stage.form.isResult || stage.form.fields.isEmpty())
        (stage.isOver ? m_cancel : stage.defaultAction == CommandAction::Next ? m_next : m_finish)->setFocus(Qt::OtherFocusReason);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString CommandWindow::emptyText() const
{
    if (!m_stage.table.isEmpty() && m_stage.table.rows.isEmpty())
        return tr("The list is empty.");
    if (!m_stage.notes.isEmpty() || !m_stage.form.isEmpty() || !m_stage.table.isEmpty())
        return {};
    if (m_stage.isCancelled)
        return tr("The bot has cancelled this. Nothing more was done.");
    return m_stage.isOver ? tr("Done. The bot has nothing to add.") : tr("The bot asks nothing; it waits for you to go on.");
}

void CommandWindow::takeFailure(const base::Error& error)
{
    m_failure = error;
    m_wasBusy = std::exchange(m_isBusy, false);
    if (!m_hasStage)
        m_state->setText({});
    m_notice->show(failureText(error, m_hasStage ? Progress::Stands : Progress::Nothing), error.detail);
    present();
    m_form->focusFirst();
}

void CommandWindow::end()
{
    m_isBusy = false;
    m_isOver = true;
    if (m_failure && m_hasStage) // now it is known that there is no other try
        m_notice->show(failureText(*m_failure, m_wasBusy ? Progress::Unknown : Progress::Lost), m_failure->detail);
    present();
}

void CommandWindow::go(CommandAction action)
{
    if (m_isBusy || m_isOver || !m_stage.actions.testFlag(action))
        return;
    if (action != CommandAction::Previous && !m_form->check())
        return;
    m_isBusy = true;
    m_failure.reset();
    m_notice->dismiss();
    present();
    m_dialog->go(action, m_form->values());
}

void CommandWindow::goByDefault()
{
    if (!m_isOver)
        go(m_stage.defaultAction);
}

void CommandWindow::present()
{
    const auto can = [this](CommandAction action) { return m_hasStage && !m_isOver && m_stage.actions.testFlag(action); };
    m_bar->setVisible(m_isBusy);
    m_bar->setRange(0, m_theme.motionMs() > 0 ? 0 : 1);
    m_state->setVisible(!m_state->text().isEmpty());
    m_form->setEnabled(!m_isBusy && (!m_isOver || m_stage.form.isResult));
    m_previous->setVisible(can(CommandAction::Previous));
    m_next->setVisible(can(CommandAction::Next));
    m_finish->setVisible(can(CommandAction::Complete));
    for (QPushButton* button : {m_previous, m_next, m_finish})
        button->setEnabled(!m_isBusy);
    m_cancel->setText(m_isOver ? tr("Close") : tr("Cancel"));
    m_copy->setVisible(hasResult());
    m_share->setVisible(hasResult());
    QPushButton* first = m_isOver ? m_cancel : m_stage.defaultAction == CommandAction::Next ? m_next : m_finish;
    for (QPushButton* button : {m_cancel, m_next, m_finish}) {
        button->setDefault(button == first);
        const bool isPrimary = button == first && button != m_cancel;
        if (button->property("primary").toBool() == isPrimary)
            continue;
        button->setProperty("primary", isPrimary);
        button->style()->polish(button); // looks the property up again
    }
}

bool CommandWindow::hasResult() const
{
    return !m_isBusy && m_hasStage && (m_stage.form.isResult || !m_stage.table.isEmpty() || (m_stage.isOver && !m_stage.notes.isEmpty()));
}

QString CommandWindow::problem() const { return m_notice->isHidden() ? QString() : m_notice->text(); }

void CommandWindow::reject()
{
    if (!m_isOver)
        m_dialog->cancel();
    QDialog::reject();
}

} // namespace ridealong::formview
