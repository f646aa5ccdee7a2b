// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/composereditor.h"

#include "kit/theme.h"
#include "kit/tone.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

/// Qt's field has accepted what was proposed; text may be moved, files may not.
void neverMoveFiles(QDropEvent& event)
{
    if (event.isAccepted() && !localFiles(*event.mimeData()).isEmpty())
        acceptAsCopy(event);
}

} // namespace

ComposerEditor::ComposerEditor(Theme& theme, QWidget* parent) : QPlainTextEdit(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(0);
    setContentsMargins(0, 0, 0, 0);
    kit::setTone(this, theme, Token::Text);
    viewport()->setAutoFillBackground(false); // the card behind it has the colour
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &ComposerEditor::fitHeight);
    fitHeight();
}

bool ComposerEditor::isEmpty() const { return document()->characterCount() <= 1; }

bool ComposerEditor::isBlank() const
{
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
        const QString text = block.text();
        if (!std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); }))
            return false;
    }
    return true;
}

QString ComposerEditor::firstWord() const
{
    const QString line = document()->firstBlock().text();
    qsizetype end = 0;
    while (end < line.size() && !line[end].isSpace())
        ++end;
    return line.left(end);
}

void ComposerEditor::setMono(bool mono)
{
    if (m_mono == mono)
        return;
    m_mono = mono;
    if (mono)
        kit::setMonoTone(this, m_theme, Token::Text);
    else
        kit::setTone(this, m_theme, Token::Text);
    fitHeight();
}

void ComposerEditor::fitHeight()
{
    // A plain text document counts its height in lines.
    const int lines = std::max(1, int(document()->size().height()));
    const int shown = std::min(lines, kMaxShownLines);
    const int wanted = shown * QFontMetrics(font()).lineSpacing() + 2;
    const auto policy = lines > kMaxShownLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff;
    if (verticalScrollBarPolicy() != policy)
        setVerticalScrollBarPolicy(policy);
    if (minimumHeight() != wanted || maximumHeight() != wanted)
        setFixedHeight(wanted);
}

QStringList localFiles(const QMimeData& source)
{
    QStringList paths;
    for (const QUrl& url : source.urls()) {
        if (!url.isLocalFile())
            return {};
        paths += url.toLocalFile();
    }
    return paths;
}

void acceptAsCopy(QDropEvent& event)
{
    event.setDropAction(Qt::CopyAction);
    event.setAccepted(event.dropAction() == Qt::CopyAction); // where only a move is offered, it stays one
}

bool ComposerEditor::canInsertFromMimeData(const QMimeData* source) const
{
    return source && (source->hasText() || (m_takesFiles && (source->hasImage() || !localFiles(*source).isEmpty())));
}

void ComposerEditor::insertFromMimeData(const QMimeData* source)
{
    if (!source)
        return;
    if (const QStringList paths = m_takesFiles ? localFiles(*source) : QStringList(); !paths.isEmpty())
        return emit filesGiven(paths);
    // Text first: an office program offers a picture of every cell that is copied.
    if (m_takesFiles && source->hasImage() && !source->hasText())
        return emit pictureGiven(qvariant_cast<QImage>(source->imageData()));
    if (!source->hasText())
        return;
    const QString text = source->text();
    textCursor().insertText(m_prepareInsert ? m_prepareInsert(text) : text);
    ensureCursorVisible();
}

void ComposerEditor::dragEnterEvent(QDragEnterEvent* event)
{
    QPlainTextEdit::dragEnterEvent(event);
    neverMoveFiles(*event);
}

void ComposerEditor::dragMoveEvent(QDragMoveEvent* event)
{
    QPlainTextEdit::dragMoveEvent(event);
    neverMoveFiles(*event);
}

void ComposerEditor::dropEvent(QDropEvent* event)
{
    QPlainTextEdit::dropEvent(event);
    neverMoveFiles(*event);
}

void ComposerEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void ComposerEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    // All of it fits: growing by a line must not leave the first one scrolled out.
    if (int(document()->size().height()) <= kMaxShownLines)
        verticalScrollBar()->setValue(0);
}

void ComposerCard::setRing(bool ring)
{
    if (m_ring == ring)
        return;
    m_ring = ring;
    update();
}

void ComposerCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = m_ring ? 2 : 1;
    painter.setPen(QPen(m_theme.color(m_ring ? Token::Accent : Token::Border), width));
    painter.setBrush(m_theme.color(Token::Inset));
    painter.drawRoundedRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), Theme::kCardRadius, Theme::kCardRadius);
}

} // namespace ridealong::composer
