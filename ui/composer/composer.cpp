// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/composer.h"

#include "chat/gist.h"
#include "composer/attachmentstrip.h"
#include "composer/completionlist.h"
#include "composer/composereditor.h"
#include "composer/emojigrid.h"
#include "composer/spelling.h"
#include "composer/typography.h"
#include "kit/confirmbar.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

constexpr auto kInspectAfter = 40ms; ///< what is typed in one go is looked at once
constexpr auto kTypingIdle = 5s;
constexpr auto kDraftEvery = 300ms;
constexpr auto kPreviewAfter = 150ms;
constexpr qsizetype kMaxInsert = 256 * 1024; ///< characters of one paste; far above what any server takes
constexpr qsizetype kMaxQuoted = 120; ///< characters of the message in the banner

} // namespace

Composer::Composer(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    build();
    for (auto* timer : {&m_inspectTimer, &m_typingTimer, &m_draftTimer, &m_previewTimer})
        timer->setSingleShot(true);
    m_inspectTimer.setInterval(kInspectAfter);
    m_typingTimer.setInterval(kTypingIdle);
    m_draftTimer.setInterval(kDraftEvery);
    m_previewTimer.setInterval(kPreviewAfter);
    connectAll();
    refreshFoot();
}

Composer::~Composer()
{
    delete m_completions; // it stands in the window, not in us
}

void Composer::connectAll()
{
    m_editor->installEventFilter(this);
    m_editor->setPrepareInsert([this](const QString& pasted) { return prepareInsert(pasted); });
    connect(m_editor, &QPlainTextEdit::textChanged, this, &Composer::onTextChanged);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (m_completions && m_completions->isVisible() && wordAtCaret().isEmpty())
            m_completions->hide();
    });
    connect(&m_inspectTimer, &QTimer::timeout, this, &Composer::inspect);
    connect(&m_typingTimer, &QTimer::timeout, this, &Composer::endTyping);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] { emit draftChanged(m_edit ? m_kept : text()); });
    connect(&m_previewTimer, &QTimer::timeout, this, &Composer::refreshPreview);
    connect(m_bannerClose, &QToolButton::clicked, this, &Composer::cancelMode);
    connect(m_markdown, &QToolButton::toggled, this, [this] {
        refreshPreview();
        focusEditor();
    });
    connect(m_emoji, &QToolButton::clicked, this, &Composer::toggleEmoji);
    connect(m_attach, &QToolButton::clicked, this, &Composer::attachRequested);
    connect(m_strip, &AttachmentStrip::removed, this, [this](int index) {
        emit attachmentRemoved(index);
        focusEditor();
    });
    connect(m_editor, &ComposerEditor::filesGiven, this, &Composer::filesGiven);
    connect(m_editor, &ComposerEditor::pictureGiven, this, &Composer::pictureGiven);
    connect(m_button, &QPushButton::clicked, this, &Composer::submit);
    connect(m_confirm, &kit::ConfirmBar::confirmed, this, [this] {
        send(m_asked);
        focusEditor();
    });
    connect(m_confirm, &kit::ConfirmBar::gaveUp, this, &Composer::focusEditor);
    connect(&m_theme, &Theme::changed, this, [this] {
        refreshFoot();
        refreshPreview();
        m_editor->fitHeight();
        update();
    });
}

void Composer::setContext(const Context& context)
{
    m_context = context;
    m_confirm->giveUp();
    const QString placeholder = kit::safeName(context.placeholder).simplified();
    m_editor->setPlaceholderText(placeholder);
    m_editor->setAccessibleName(placeholder.isEmpty() ? tr("Message") : placeholder);
    inspect();
    refreshFoot();
}

void Composer::setText(const QString& text)
{
    endMode();
    m_draftTimer.stop();
    m_own->hide();
    replaceText(text);
}

QString Composer::text() const { return m_editor->toPlainText(); }

void Composer::setNotice(const QString& words, bool error)
{
    kit::setTone(m_notice, m_theme, error ? Token::Danger : Token::Muted, Theme::Type::Small);
    m_notice->setText(words);
    m_notice->setVisible(!words.isEmpty());
}

void Composer::setReply(const chat::Message& message)
{
    cancelMode();
    m_reply = message;
    const QString who = kit::safeName(message.senderName.isEmpty() ? message.sender.text() : message.senderName).simplified();
    m_bannerWords->setText(tr("Replying to %1: %2").arg(who, chat::gist(message).left(kMaxQuoted).simplified()));
    m_banner->show();
    focusEditor();
}

void Composer::setEdit(const chat::Message& message)
{
    cancelMode();
    flush();
    m_kept = text();
    m_edit = message;
    m_bannerWords->setText(tr("Editing your message"));
    m_banner->show();
    m_strip->hide(); // they belong to what was being written
    replaceText(message.text);
    refreshFoot();
    focusEditor();
}

void Composer::cancelMode()
{
    const bool editing = m_edit.has_value();
    const QString kept = m_kept;
    endMode();
    if (editing)
        replaceText(kept);
}

void Composer::endMode()
{
    m_reply.reset();
    m_edit.reset();
    m_kept.clear();
    m_banner->hide();
    m_strip->setVisible(!m_files.isEmpty());
    m_confirm->giveUp();
    refreshFoot();
}

void Composer::setEnterSends(bool enterSends)
{
    m_enterSends = enterSends;
    refreshFoot();
}

void Composer::setKindOf(KindOf kindOf)
{
    m_kindOf = std::move(kindOf);
    inspect();
}

void Composer::setSpeller(spell::Speller* speller) { m_spelling->setSpeller(speller); }

void Composer::setCompleter(Completer completer) { m_completer = std::move(completer); }

QPlainTextEdit* Composer::editor() const { return m_editor; }

void Composer::focusEditor() { m_editor->setFocus(Qt::OtherFocusReason); }

void Composer::flush()
{
    endTyping();
    if (!m_draftTimer.isActive())
        return;
    m_draftTimer.stop();
    emit draftChanged(m_edit ? m_kept : text());
}

void Composer::replaceText(const QString& text)
{
    m_replacing = true;
    m_editor->setPlainText(text);
    m_editor->moveCursor(QTextCursor::End);
    endTyping();
    inspect();
    m_replacing = false; // after inspect: nothing is offered for what nobody typed
}

void Composer::onTextChanged()
{
    m_confirm->giveUp(); // what was asked for is no longer what stands here
    if (m_markdown->isChecked() && !m_previewTimer.isActive())
        m_previewTimer.start();
    if (m_replacing)
        return;
    if (m_editor->isEmpty()) {
        m_own->hide();
        endTyping();
    } else {
        m_typingTimer.start();
        if (!m_typing) {
            m_typing = true;
            emit typingChanged(true);
        }
    }
    if (!m_edit && !m_draftTimer.isActive())
        m_draftTimer.start();
    if (m_completions && m_completions->isVisible() && wordAtCaret().isEmpty())
        m_completions->hide();
    // The whole text is looked at when the typing pauses; at once only when it may have become another kind.
    const QString firstWord = m_editor->firstWord();
    const bool otherKind = (firstWord != m_firstWord) && (m_state.command || !m_editor->isEmpty());
    m_firstWord = firstWord;
    if (otherKind && m_kindOf && m_files.isEmpty())
        applyState(m_kindOf(text()));
    if (!m_inspectTimer.isActive())
        m_inspectTimer.start();
}

void Composer::inspect()
{
    m_inspectTimer.stop();
    m_firstWord = m_editor->firstWord();
    applyState(m_kindOf && !m_editor->isEmpty() && m_files.isEmpty() ? m_kindOf(text()) : CommandState()); // no bot takes files
    showCompletions();
}

void Composer::applyState(const CommandState& state)
{
    if (m_state == state)
        return;
    const bool otherMode = m_state.command != state.command;
    m_state = state;
    if (otherMode) {
        m_editor->setMono(state.command);
        m_spelling->setActive(!state.command);
        refreshPreview();
    }
    refreshFoot();
}

QString Composer::environment() const
{
    // The stricter of the two counts: a production command in a quiet room is still one.
    return m_context.production || m_state.environment.isEmpty() ? m_context.environment : m_state.environment;
}

bool Composer::isProduction() const
{
    const QString& named = m_state.environment;
    return m_context.production || named.compare("production"_L1, Qt::CaseInsensitive) == 0 || named.compare("prod"_L1, Qt::CaseInsensitive) == 0;
}

bool Composer::needsReview() const
{
    return m_state.command && !m_edit && (m_state.needsReview || (isProduction() && m_state.risk != chat::Risk::Safe));
}

void Composer::submit()
{
    if (isBlank())
        return;
    if (m_attaching > 0 && !m_edit) {
        m_own->setText(tr("A file is still being added. Press Enter again in a moment."));
        m_own->show();
        return;
    }
    inspect(); // never by what was true some keys ago
    if (m_completions)
        m_completions->hide();
    const QString all = text();
    if (!needsReview()) {
        send(all);
        return;
    }
    m_asked = all;
    const QString phrase = !m_context.name.isEmpty() ? m_context.name : !environment().isEmpty() ? environment() : tr("send");
    QString question = tr("This is exactly what will be sent:");
    if (m_context.production && !m_context.name.isEmpty())
        question = tr("%1 is production. This is exactly what will be sent:").arg(kit::safeName(m_context.name));
    else if (isProduction())
        question = tr("This goes to production. This is exactly what will be sent:");
    m_confirm->ask({question, all, phrase, isProduction() ? tr("Run in production") : tr("Send")});
}

void Composer::send(const QString& all)
{
    endTyping();
    if (m_edit) {
        const chat::Message message = *m_edit;
        cancelMode();
        if (all != message.text)
            emit editSubmitted(message, all);
        return;
    }
    const base::MessageId replyTo = m_reply ? m_reply->id : base::MessageId();
    // Empty first: who cannot send it gives text and files back from within the signal.
    setText(QString());
    const QList<chat::Attachment> files = std::exchange(m_files, {});
    setAttachments({});
    emit sendRequested(all, replyTo, files);
    m_draftTimer.stop();
    emit draftChanged(text());
}

bool Composer::isBlank() const { return m_editor->isBlank() && (m_files.isEmpty() || m_edit); }

void Composer::setAttachments(const QList<chat::Attachment>& files)
{
    m_files = files;
    m_strip->set(files);
    m_strip->setVisible(!files.isEmpty() && !m_edit);
    inspect();
    refreshFoot();
}

void Composer::setAttaching(int files)
{
    m_attaching = files;
    if (files == 0)
        m_own->hide();
}

void Composer::setNoFiles(const QString& why)
{
    m_noFiles = why;
    m_editor->setTakesFiles(why.isEmpty());
    m_attach->setEnabled(why.isEmpty());
    m_attach->setToolTip(why.isEmpty() ? tr("Attach files. They can be dropped or pasted here, too.") : why);
}

void Composer::endTyping()
{
    m_typingTimer.stop();
    if (!m_typing)
        return;
    m_typing = false;
    emit typingChanged(false);
}

QString Composer::prepareInsert(const QString& pasted)
{
    QString text = pasted;
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').remove(QChar(0));
    if (text.size() > kMaxInsert) {
        text.truncate(kMaxInsert);
        m_own->setText(tr("Only the first %L1 characters were pasted").arg(kMaxInsert));
        m_own->show();
    }
    const PlainText plain = withoutTypography(text);
    if (!m_kindOf || !(plain.quotes || plain.others))
        return text;
    // Ask about the text as it would be: a command is often pasted whole.
    const QTextCursor cursor = m_editor->textCursor();
    QString whole = this->text();
    whole.replace(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart(), plain.text);
    if (!m_kindOf(whole).command)
        return text;
    m_own->setText(plain.quotes ? tr("Typographic quotes were replaced") : tr("Typographic dashes and spaces were replaced"));
    m_own->show();
    return plain.text;
}

void Composer::hideEvent(QHideEvent* event)
{
    flush();
    if (m_completions)
        m_completions->hide();
    QWidget::hideEvent(event);
}

void Composer::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refreshFoot();
    if (m_markdown->isChecked())
        m_previewTimer.start();
}

} // namespace ridealong::composer
