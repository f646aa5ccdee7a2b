// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/spelling.h"

#include <QMenu>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace ridealong::composer {
namespace {

constexpr int kInFence = 1; ///< state of a block within ```
constexpr qsizetype kMaxLine = 10'000; ///< a line that is longer was pasted, and is no prose

bool isLetter(QChar c) { return c.isLetter() || c.isMark(); }
bool isApostrophe(QChar c) { return c == u'\'' || c == u'’'; }

/// One token between blanks, as a word or two ("well-known"); nothing when it is something else than prose.
void addWords(QList<Word>& words, QStringView token, int at)
{
    qsizetype first = 0, last = token.size();
    const auto isQuoting = [](QChar c) { return QStringView(u"\"'“”„‚‘’«»()[]*…!?.,;:–—").contains(c); };
    while (first < last && isQuoting(token[first]) && token[first] != u':') // ":tada:" is an emoji
        ++first;
    while (last > first && isQuoting(token[last - 1]))
        --last;
    const QStringView inner = token.sliced(first, last - first);
    for (const QChar c : inner)
        if (!isLetter(c) && !isApostrophe(c) && c != u'-')
            return; // a path, an option, an address, a version, a name
    qsizetype start = 0;
    for (qsizetype i = 0; i <= inner.size(); ++i) {
        if (i < inner.size() && inner[i] != u'-')
            continue;
        const QStringView word = inner.sliced(start, i - start);
        const bool capsInside = std::any_of(word.begin() + (word.isEmpty() ? 0 : 1), word.end(), [](QChar c) { return c.isUpper(); });
        if (word.size() > 1 && !capsInside) // "I"; "LUN", "QWidget"
            words.append({at + int(first + start), int(word.size())});
        start = i + 1;
    }
}

} // namespace

QList<Word> proseWords(const QString& line)
{
    QList<Word> words;
    if (line.size() > kMaxLine)
        return words;
    bool code = false;
    qsizetype start = -1;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        const bool tick = i < line.size() && line[i] == u'`';
        if (i < line.size() && !line[i].isSpace() && !tick) {
            if (start < 0)
                start = i;
            continue;
        }
        if (start >= 0 && !code)
            addWords(words, QStringView(line).sliced(start, i - start), int(start));
        start = -1;
        if (tick)
            code = !code;
    }
    return words;
}

Spelling::Spelling(QPlainTextEdit& editor, kit::Theme& theme) : QSyntaxHighlighter(editor.document()), m_editor(editor), m_theme(theme)
{
    editor.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&editor, &QWidget::customContextMenuRequested, this, &Spelling::showMenu);
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, &Spelling::onCaretMoved);
    connect(&theme, &kit::Theme::changed, this, &Spelling::rehighlight);
}

void Spelling::setSpeller(spell::Speller* speller)
{
    if (m_speller)
        m_speller->disconnect(this);
    m_speller = speller;
    if (speller)
        connect(speller, &spell::Speller::checked, this, &Spelling::rehighlight);
    rehighlight();
}

void Spelling::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    rehighlight();
}

void Spelling::highlightBlock(const QString& text)
{
    const bool wasInFence = previousBlockState() == kInFence;
    const bool fence = QStringView(text).trimmed().startsWith(u"```");
    setCurrentBlockState(fence != wasInFence ? kInFence : 0);
    if (fence || wasInFence || !m_active || !m_speller)
        return;
    const QTextCursor caret = m_editor.textCursor();
    const int at = caret.block() == currentBlock() && m_editor.hasFocus() ? caret.positionInBlock() : -1;
    for (const Word& word : proseWords(text)) {
        if (at == word.start + word.length) { // being typed
            m_spared = currentBlock().blockNumber();
            continue;
        }
        if (m_speller->isRight(text.mid(word.start, word.length)).value_or(true))
            continue;
        QTextCharFormat wrong;
        wrong.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
        wrong.setUnderlineColor(m_theme.color(kit::Token::Danger));
        setFormat(word.start, word.length, wrong);
    }
}

void Spelling::onCaretMoved()
{
    if (m_spared < 0)
        return;
    const QTextBlock block = document()->findBlockByNumber(std::exchange(m_spared, -1));
    if (block.isValid())
        rehighlightBlock(block);
}

QString Spelling::wrongWordAt(int position) const
{
    const QTextBlock block = document()->findBlock(position);
    if (!m_active || !m_speller || !block.isValid() || block.userState() == kInFence)
        return {};
    const int at = position - block.position();
    for (const Word& word : proseWords(block.text()))
        if (at >= word.start && at <= word.start + word.length)
            if (const QString text = block.text().mid(word.start, word.length); !m_speller->isRight(text).value_or(true))
                return text;
    return {};
}

void Spelling::showMenu(const QPoint& position)
{
    QTextCursor word = m_editor.cursorForPosition(position);
    QString wrong = wrongWordAt(word.position());
    if (wrong.isEmpty()) { // by the keyboard: the caret counts, wherever the menu opens
        word = m_editor.textCursor();
        wrong = word.hasSelection() ? QString() : wrongWordAt(word.position());
    }
    const QPoint at = m_editor.viewport()->mapToGlobal(position);
    auto* menu = m_editor.createStandardContextMenu(position);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (wrong.isEmpty())
        return menu->popup(at);
    const QTextBlock block = word.block();
    for (const Word& one : proseWords(block.text()))
        if (block.text().mid(one.start, one.length) == wrong && word.positionInBlock() >= one.start
            && word.positionInBlock() <= one.start + one.length) {
            word.setPosition(block.position() + one.start);
            word.setPosition(block.position() + one.start + one.length, QTextCursor::KeepAnchor);
            break;
        }
    m_speller->suggestions(wrong).then(menu, [this, menu, word, wrong, at](const base::Expected<QStringList>& suggestions) {
        QAction* first = menu->actions().value(0);
        addSuggestions(*menu, first, suggestions ? *suggestions : QStringList(), word);
        auto* learn = new QAction(tr("Add “%1” to my words").arg(wrong), menu);
        connect(learn, &QAction::triggered, this, [this, wrong] {
            if (m_speller)
                m_speller->add(wrong);
        });
        menu->insertAction(first, learn);
        menu->insertSeparator(first);
        menu->popup(at);
    });
}

void Spelling::addSuggestions(QMenu& menu, QAction* before, const QStringList& suggestions, const QTextCursor& word)
{
    if (suggestions.isEmpty()) {
        auto* none = new QAction(tr("No suggestions"), &menu);
        none->setEnabled(false);
        menu.insertAction(before, none);
    }
    for (const QString& suggestion : suggestions) {
        auto* action = new QAction(suggestion, &menu);
        QFont strong = menu.font();
        strong.setWeight(QFont::DemiBold);
        action->setFont(strong);
        connect(action, &QAction::triggered, this, [at = QTextCursor(word), suggestion]() mutable { at.insertText(suggestion); });
        menu.insertAction(before, action);
    }
}

} // namespace ridealong::composer
