// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/attachmentstrip.h"
#include "composer/completionlist.h"
#include "composer/composer.h"
#include "composer/composereditor.h"
#include "composer/emojigrid.h"
#include "composer/spelling.h"
#include "kit/confirmbar.h"
#include "kit/icons.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QAbstractTextDocumentLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kMaxPreviewHeight = 240;

QString riskWord(chat::Risk risk)
{
    switch (risk) {
    case chat::Risk::Unknown: return Composer::tr("risk unknown");
    case chat::Risk::Safe: return Composer::tr("safe");
    case chat::Risk::Mutates: return Composer::tr("mutates");
    case chat::Risk::Danger: return Composer::tr("danger");
    }
    return {};
}

} // namespace

void Composer::build()
{
    setObjectName(u"composer"_s);
    kit::setBackdrop(this, m_theme, Token::Panel);
    m_notice = new QLabel(this);
    m_notice->setObjectName(u"composerNotice"_s);
    m_own = new QLabel(this);
    m_own->setObjectName(u"composerOwnNotice"_s);
    kit::setTone(m_own, m_theme, Token::Muted, Theme::Type::Small);
    for (auto* label : {m_notice, m_own}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->hide();
    }

    m_banner = new QWidget(this);
    m_banner->setObjectName(u"composerBanner"_s);
    m_bannerWords = new QLabel(m_banner);
    m_bannerWords->setTextFormat(Qt::PlainText);
    m_bannerWords->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // cut short rather than widening the window
    kit::setTone(m_bannerWords, m_theme, Token::Muted, Theme::Type::Small);
    m_bannerClose = new QToolButton(m_banner);
    m_bannerClose->setObjectName(u"composerBannerClose"_s);
    m_bannerClose->setAccessibleName(tr("Cancel"));
    m_bannerClose->setToolTip(tr("Cancel (Esc)"));
    auto* bannerRow = new QHBoxLayout(m_banner);
    bannerRow->setContentsMargins(0, 0, 0, 0);
    bannerRow->setSpacing(8);
    bannerRow->addWidget(m_bannerWords, 1);
    bannerRow->addWidget(m_bannerClose);
    m_banner->hide();

    m_confirm = new kit::ConfirmBar(m_theme, this);
    m_card = new ComposerCard(m_theme, this);
    m_preview = new QTextBrowser(m_card);
    m_preview->setObjectName(u"composerPreview"_s);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setOpenLinks(false);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_preview->setFocusPolicy(Qt::NoFocus);
    kit::setBackdrop(m_preview, m_theme, Token::Inset);
    m_preview->hide();
    m_previewRule = new QWidget(m_card);
    m_previewRule->setFixedHeight(1);
    kit::setBackdrop(m_previewRule, m_theme, Token::Border);
    m_previewRule->hide();
    m_editor = new ComposerEditor(m_theme, m_card);
    m_editor->setObjectName(u"composerEditor"_s);
    m_spelling = new Spelling(*m_editor, m_theme);
    setFocusProxy(m_editor);

    m_markdown = new QToolButton(m_card);
    m_markdown->setObjectName(u"composerMarkdown"_s);
    m_markdown->setText(tr("Markdown"));
    m_markdown->setCheckable(true);
    m_markdown->setToolTip(tr("Shows how the text will look"));
    m_emoji = new QToolButton(m_card);
    m_emoji->setObjectName(u"composerEmoji"_s);
    m_emoji->setText(tr("Emoji"));
    m_attach = new QToolButton(m_card);
    m_attach->setObjectName(u"composerAttach"_s);
    m_attach->setText(tr("Attach"));
    m_strip = new AttachmentStrip(m_theme, m_card);
    m_strip->hide();
    for (auto* button : {m_markdown, m_emoji, m_attach})
        button->setFocusPolicy(Qt::TabFocus);
    m_hint = new QLabel(m_card);
    m_hint->setObjectName(u"composerHint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_button = new QPushButton(m_card);
    m_button->setObjectName(u"composerSend"_s);
    m_button->setProperty("primary", true);
    m_button->setAutoDefault(false);
    m_button->hide();

    auto* foot = new QHBoxLayout;
    foot->setSpacing(0); // each has its padding
    foot->addWidget(m_markdown);
    foot->addWidget(m_emoji);
    foot->addWidget(m_attach);
    foot->addStretch(1);
    foot->addWidget(m_hint);
    foot->addWidget(m_button);
    auto* inside = new QVBoxLayout(m_card);
    // The words of the buttons, not their edges, stand under the text.
    constexpr int kButtonPadding = 8;
    inside->setContentsMargins(12 - kButtonPadding, 10, 12, 6);
    inside->setSpacing(6);
    auto* texts = new QVBoxLayout;
    texts->setContentsMargins(kButtonPadding, 0, 0, 0);
    texts->setSpacing(6);
    for (QWidget* one : std::initializer_list<QWidget*>{m_preview, m_previewRule, m_editor, m_strip})
        texts->addWidget(one);
    inside->addLayout(texts);
    inside->addLayout(foot);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 4, 16, 12);
    column->setSpacing(4);
    column->addWidget(m_notice);
    column->addWidget(m_own);
    column->addWidget(m_banner);
    column->addWidget(m_confirm);
    column->addWidget(m_card);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setNoFiles(tr("Files cannot be sent here"));
}

void Composer::refreshFoot()
{
    m_bannerClose->setIcon(kit::icon(u"close"_s, m_theme));
    for (auto* button : {m_markdown, m_emoji, m_attach}) {
        button->setFont(m_theme.font(Theme::Type::Small));
        button->setVisible(!m_state.command && (button != m_attach || !m_edit));
    }
    m_button->setFont(m_theme.font(Theme::Type::Body, true));
    m_button->setVisible(m_state.command);
    m_button->setText(needsReview() ? tr("Review") : m_edit ? tr("Save") : tr("Send"));
    Token token = Token::Faint;
    QString words;
    if (m_state.command) {
        token = Token::Muted;
        if (m_state.risk == chat::Risk::Danger || needsReview())
            token = Token::Danger;
        else if (m_state.risk == chat::Risk::Mutates)
            token = Token::Warning;
        words = riskWord(m_state.risk);
        if (!environment().isEmpty())
            words += u" · "_s + kit::safeName(environment()).left(30);
    } else if (m_edit) {
        words = m_enterSends ? tr("Enter saves · Esc cancels") : tr("Ctrl+Enter saves · Esc cancels");
    } else {
        words = m_enterSends ? tr("Enter sends · Shift+Enter new line") : tr("Ctrl+Enter sends · Enter new line");
    }
    kit::setTone(m_hint, m_theme, token, Theme::Type::Small);
    m_hint->setText(words);
    m_hint->setContentsMargins(0, 0, m_state.command ? 8 : 0, 0); // beside the button
    // Told once is enough: in a narrow window the hint gives way, a risk never does.
    const int buttons = m_markdown->sizeHint().width() + m_emoji->sizeHint().width() + m_attach->sizeHint().width();
    m_hint->setVisible(m_state.command || width() == 0 || buttons + m_hint->sizeHint().width() + 80 < width());
}

void Composer::refreshPreview()
{
    const bool shown = m_markdown->isChecked() && !m_state.command;
    m_preview->setVisible(shown);
    m_previewRule->setVisible(shown);
    if (!shown)
        return;
    const int width = std::max(120, m_card->width() - 24);
    auto made = kit::messageDocument(text(), m_theme, width);
    auto* document = made.release();
    document->setParent(m_preview);
    const int height = int(document->size().height()) + 2;
    m_preview->setDocument(document); // deletes the one before
    m_preview->setFixedHeight(
        std::clamp(height, QFontMetrics(m_theme.font()).lineSpacing() + 2, int(kMaxPreviewHeight * std::max(1.0, m_theme.scale()))));
}

void Composer::toggleEmoji()
{
    if (!m_emojis) {
        m_emojis = new EmojiGrid(m_theme, this);
        connect(m_emojis, &EmojiGrid::picked, this, [this](const QString& emoji) {
            m_editor->textCursor().insertText(emoji);
            focusEditor();
        });
    }
    m_emojis->popUpOver(m_emoji);
}

} // namespace ridealong::composer
