// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/codehighlighter.h"

#include "kit/codecolors.h"
#include "kit/theme.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>

#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace ridealong::kit {
namespace {

constexpr qsizetype kMaxLanguageName = 32;

QString languageOf(const QTextBlock& block) { return block.blockFormat().stringProperty(QTextFormat::BlockCodeLanguage).left(kMaxLanguageName); }

} // namespace

class CodeHighlighter::Worker : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    void begin(const QString& language)
    {
        auto definition = m_repository.definitionForName(language);
        if (!definition.isValid() && !language.isEmpty())
            definition = m_repository.definitionForName(language.left(1).toUpper() + language.mid(1));
        if (!definition.isValid() && !language.contains(u'/'))
            definition = m_repository.definitionForFileName(u"x."_s + language.toLower());
        setDefinition(definition);
        m_state = {};
    }

    QList<QTextLayout::FormatRange> line(const QString& text, const Theme& theme)
    {
        m_ranges.clear();
        m_theme = &theme;
        m_state = highlightLine(text, m_state);
        return m_ranges;
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override
    {
        if (length <= 0)
            return;
        QTextCharFormat look;
        look.setForeground(codeColor(format.textStyle(), *m_theme));
        m_ranges.append({offset, length, look});
    }

private:
    KSyntaxHighlighting::Repository m_repository;
    KSyntaxHighlighting::State m_state;
    QList<QTextLayout::FormatRange> m_ranges;
    const Theme* m_theme = nullptr;
};

CodeHighlighter::CodeHighlighter() = default;
CodeHighlighter::~CodeHighlighter() = default;

void CodeHighlighter::highlight(QTextDocument& document, const Theme& theme)
{
    QString open; // the language of the block before
    bool plain = true;
    int lines = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QString language = languageOf(block);
        if (language != open) {
            open = language;
            plain = language.isEmpty();
            if (!plain) {
                if (!m_worker)
                    m_worker = std::make_unique<Worker>();
                m_worker->begin(language);
                plain = !m_worker->definition().isValid();
            }
        }
        if (plain)
            continue;
        if (block.length() > kMaxLineLength || ++lines > kMaxLines) {
            plain = true;
            continue;
        }
        block.layout()->setFormats(m_worker->line(block.text(), theme));
        document.markContentsDirty(block.position(), block.length());
    }
}

} // namespace ridealong::kit
