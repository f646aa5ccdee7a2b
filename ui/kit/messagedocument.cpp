// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/messagedocument.h"

#include "kit/theme.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextFragment>
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

void dress(QTextDocument& document, const Theme& theme)
{
    struct Span
    {
        int from;
        int length;
        QTextCharFormat format;
    };
    QList<Span> spans;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const bool fenced = block.blockFormat().hasProperty(QTextFormat::BlockCodeFence);
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            QTextCharFormat format = fragment.charFormat();
            if (format.isAnchor()) {
                if (isSafeLink(QUrl(format.anchorHref()))) {
                    format.setForeground(theme.color(Token::Accent));
                } else {
                    format.setAnchor(false);
                    format.setAnchorHref({});
                    format.setFontUnderline(false);
                    format.setForeground(theme.color(Token::Text));
                }
            } else if (fenced || format.fontFixedPitch()) {
                const QFont mono = theme.mono();
                format.setFontFamilies({mono.family()});
                format.setFontPointSize(mono.pointSizeF());
                format.setBackground(theme.color(Token::Inset));
            } else {
                continue;
            }
            spans.append({fragment.position(), fragment.length(), format});
        }
    }
    QTextCursor cursor(&document);
    for (const auto& span : spans) {
        cursor.setPosition(span.from);
        cursor.setPosition(span.from + span.length, QTextCursor::KeepAnchor);
        cursor.setCharFormat(span.format);
    }
}

} // namespace

bool isSafeLink(const QUrl& url)
{
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1 || url.scheme() == "mailto"_L1);
}

QString safeName(const QString& name)
{
    QString safe;
    for (const QChar c : name.left(80))
        if (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control)
            safe += c;
    return safe;
}

std::unique_ptr<QTextDocument> messageDocument(const QString& markdown, const Theme& theme, int width)
{
    auto document = std::make_unique<SealedDocument>();
    document->setUndoRedoEnabled(false);
    document->setDocumentMargin(0);
    document->setDefaultFont(theme.font());
    const QString shown = markdown.left(kMaxShownChars);
    if (isPlain(shown)) {
        document->setPlainText(shown);
    } else {
        document->setMarkdown(shown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
        dress(*document, theme);
    }
    document->setTextWidth(std::max(40, width));
    return document;
}

} // namespace ridealong::kit
