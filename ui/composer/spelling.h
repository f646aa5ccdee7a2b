// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "spell/speller.h"

#include <QPlainTextEdit>
#include <QPointer>
#include <QSyntaxHighlighter>

class QMenu;

namespace ridealong::composer {

/// A word of a text, by its place in it.
struct Word
{
    int start = 0;
    int length = 0;

    bool operator==(const Word&) const = default;
};
/// What of a line is prose: not code, addresses, names, paths, options, abbreviations.
QList<Word> proseWords(const QString& line);

/// Underlines words that the speller does not know, and offers others for them. The word at the caret is left alone until it
/// is done.
class Spelling : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    Spelling(QPlainTextEdit& editor, kit::Theme& theme);

    void setSpeller(spell::Speller* speller);
    void setActive(bool active); ///< not in a command

    /// The underlined word at that place; nothing when there is none.
    QString wrongWordAt(int position) const;

protected:
    void highlightBlock(const QString& text) override;

private:
    void showMenu(const QPoint& position);
    void addSuggestions(QMenu& menu, QAction* before, const QStringList& suggestions, const QTextCursor& word);
    void onCaretMoved();

    QPlainTextEdit& m_editor;
    kit::Theme& m_theme;
    QPointer<spell::Speller> m_speller;
    bool m_active = true;
    int m_spared = -1; ///< number of the block in which a word was left alone
};

} // namespace ridealong::composer
