// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/messagedocument.h"

#include "kit/codehighlighter.h"
#include "kit/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextFragment>
#include <QTextFrame>
#include <QTextList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

class SealedDocument : public QTextDocument
{
protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

bool isPlain(const QString& text)
{
    static const QString marks = u"\n*_`~[]<>#|\\&:/@-+=!"_s;
    for (const QChar c : text)
        if (marks.contains(c))
            return false;
    return text.isEmpty() || !text.front().isDigit();
}

/// Stands for a line break while Markdown is read: Markdown itself would make a space of it. From the private use area.
constexpr char16_t kBreak = 0xE0DA;
constexpr int kCodePadding = 8;
constexpr int kParagraphGap = 6;

bool startsBlock(QStringView line)
{
    static const QString marks = u"-*+#>|`~="_s;
    return line.isEmpty() || line.front().isSpace() || marks.contains(line.front())
        || (line.front().isDigit() && line.size() > 1 && !line.at(1).isLetter());
}

/// Breaks between two lines of one paragraph are kept as marks; those that Markdown needs are left alone.
QString withBreaks(const QString& text)
{
    QString joined;
    joined.reserve(text.size() + 16);
    bool fenced = false;
    const auto lines = QStringView(text).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QStringView line = lines[i];
        const bool fence = line.trimmed().startsWith("```"_L1) || line.trimmed().startsWith("~~~"_L1);
        fenced = fenced != fence;
        for (const QChar c : line)
            if (c != QChar(kBreak))
                joined += c;
        if (i + 1 == lines.size())
            break;
        const bool structural = fenced || fence || line.isEmpty() || line.front() == u'#' || line.front() == u'|' || startsBlock(lines[i + 1]);
        if (structural)
            joined += u'\n';
        else
            joined += u' ' + QString(QChar(kBreak)) + u' '; // the spaces end a link before it
    }
    return joined;
}

bool isCode(const QTextBlock& block)
{
    return block.isValid()
        && (block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage));
}

QTextCharFormat linkFormat(const QUrl& url, const Theme& theme)
{
    QTextCharFormat format;
    format.setFont(theme.font());
    if (!isSafeLink(url))
        return format;
    format.setAnchor(true);
    format.setAnchorHref(url.toString());
    format.setForeground(theme.color(Token::Accent));
    return format;
}

void setMono(QTextCharFormat& format, const Theme& theme)
{
    const QFont mono = theme.mono();
    format.setFontFamilies({mono.family()});
    format.setFontPointSize(mono.pointSizeF());
    format.setFontFixedPitch(true);
}

void dressText(QTextDocument& document, const Theme& theme)
{
    struct Span
    {
        int from;
        int length;
        QTextCharFormat format;
        QString instead; ///< of an image
    };
    QList<Span> spans;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const bool code = isCode(block);
        const bool heading = block.blockFormat().headingLevel() > 0;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            QTextCharFormat format = fragment.charFormat();
            QString instead;
            if (format.isImageFormat()) {
                const auto image = format.toImageFormat();
                const QUrl url(image.name());
                const QString words = image.stringProperty(QTextFormat::ImageAltText).left(200);
                instead = words.isEmpty() ? image.name().left(200) : words;
                instead = instead.isEmpty() ? u"?"_s : instead;
                format = linkFormat(url, theme);
            } else if (format.isAnchor()) {
                const QUrl url(format.anchorHref());
                format = linkFormat(url, theme);
            } else if (code || format.fontFixedPitch()) {
                setMono(format, theme);
                if (!code)
                    format.setBackground(theme.color(Token::Inset));
            } else if (heading) {
                format.clearProperty(QTextFormat::FontSizeAdjustment); // nobody shouts
                format.setFontWeight(QFont::DemiBold);
            } else if (format.fontWeight() > QFont::DemiBold) {
                format.setFontWeight(QFont::DemiBold);
            } else {
                continue;
            }
            spans.append({fragment.position(), fragment.length(), format, instead});
        }
    }
    QTextCursor cursor(&document);
    for (auto span = spans.crbegin(); span != spans.crend(); ++span) { // from the end: an image's words move what is behind it
        cursor.setPosition(span->from);
        cursor.setPosition(span->from + span->length, QTextCursor::KeepAnchor);
        if (span->instead.isEmpty())
            cursor.setCharFormat(span->format);
        else
            cursor.insertText(span->instead, span->format);
    }
    const QString mark = u' ' + QString(QChar(kBreak)) + u' ';
    for (QTextCursor at = document.find(mark); !at.isNull(); at = document.find(mark, at))
        at.insertText(QString(QChar::LineSeparator));
}

void dressBlocks(QTextDocument& document, const Theme& theme)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const bool first = !block.previous().isValid();
        const bool last = !block.next().isValid();
        if (isCode(block)) {
            format.setNonBreakableLines(false);
            format.setLeftMargin(kCodePadding);
            format.setRightMargin(kCodePadding);
            format.setTopMargin(isCode(block.previous()) ? 0 : kCodePadding + (first ? 0 : 2));
            format.setBottomMargin(isCode(block.next()) ? 0 : kCodePadding + (last ? 0 : kParagraphGap));
            QTextCharFormat mono = block.charFormat();
            setMono(mono, theme);
            cursor.setBlockCharFormat(mono);
        } else {
            const bool item = block.textList() && block.next().isValid() && block.next().textList();
            format.setTopMargin(0);
            format.setBottomMargin(last ? 0 : item ? 2 : kParagraphGap);
        }
        cursor.setBlockFormat(format);
    }
    // At both ends of the document a block's own margin does not count.
    QTextFrameFormat frame = document.rootFrame()->frameFormat();
    frame.setTopMargin(isCode(document.firstBlock()) ? kCodePadding : 0);
    frame.setBottomMargin(isCode(document.lastBlock()) ? kCodePadding : 0);
    document.rootFrame()->setFrameFormat(frame);
}

std::unique_ptr<QTextDocument> sealed(const QFont& font)
{
    auto document = std::make_unique<SealedDocument>();
    document->setUndoRedoEnabled(false);
    document->setDocumentMargin(0);
    document->setDefaultFont(font);
    QTextOption option = document->defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere); // a long path must not leave the column
    document->setDefaultTextOption(option);
    return document;
}

} // namespace

bool isSafeLink(const QUrl& url) { return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1 || url.scheme() == "mailto"_L1); }

QString safeName(const QString& name)
{
    constexpr qsizetype kMaxChars = 80;
    const bool isCut = name.size() > kMaxChars;
    QString safe;
    for (const QChar c : isCut ? name.left(kMaxChars - 1) : name)
        if (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control)
            safe += c;
    return isCut ? safe + u'…' : safe;
}

std::unique_ptr<QTextDocument> messageDocument(const QString& markdown, const Theme& theme, int width, CodeHighlighter* highlighter)
{
    auto document = sealed(theme.font());
    const QString shown = markdown.left(kMaxShownChars);
    if (isPlain(shown)) {
        document->setPlainText(shown);
    } else {
        document->setMarkdown(
            withBreaks(shown), QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
        document->setIndentWidth(24 * theme.scale());
        dressText(*document, theme);
        dressBlocks(*document, theme);
        if (highlighter)
            highlighter->highlight(*document, theme);
    }
    document->setTextWidth(std::max(40, width));
    return document;
}

std::unique_ptr<QTextDocument> commandDocument(const QString& command, const Theme& theme, int width)
{
    auto document = sealed(theme.mono());
    document->setPlainText(command.left(kMaxShownChars));
    document->setTextWidth(std::max(40, width));
    return document;
}

QList<QRectF> codeCards(const QTextDocument& document)
{
    QList<QRectF> cards;
    bool open = false;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (!isCode(block)) {
            open = false;
            continue;
        }
        const QRectF rect = document.documentLayout()->blockBoundingRect(block);
        if (!open)
            cards.append(QRectF(0, rect.top() - kCodePadding, document.textWidth(), kCodePadding));
        cards.last().setBottom(rect.bottom() + kCodePadding);
        open = true;
    }
    return cards;
}

} // namespace ridealong::kit
