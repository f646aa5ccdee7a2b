// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>
#include <QStringList>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

/// The editor of the command line: one line that grows to a few, history, search in the history, and a hint of what comes
/// next behind the text. What is typed is what is sent: nothing is replaced, no quotes are made pretty.
class CommandEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr int kMaxShownLines = 6;

    explicit CommandEditor(kit::Theme& theme, QWidget* parent = nullptr);

    QString text() const { return toPlainText(); }
    void setText(const QString& text); ///< with the caret at its end
    void setGhost(const QString& ghost); ///< shown after the text, never part of it
    QString ghost() const { return m_ghost; }
    void setHistory(const QStringList& oldestFirst);

    bool isSearching() const { return m_searching; }
    QString searchText() const { return m_query; }

signals:
    void submitted();
    void searchChanged(); ///< in the history: began, ended, other text

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    bool event(QEvent* event) override;

private:
    void fitHeight();
    bool historyKey(QKeyEvent* event);
    bool searchKey(QKeyEvent* event);
    void showHistory(int at);
    void beginSearch();
    void endSearch(bool keep);
    void findInHistory(int before);

    kit::Theme& m_theme;
    QString m_ghost;
    QStringList m_history;
    int m_at = -1; ///< shown entry of the history; -1: what the user writes
    QString m_written; ///< what the user wrote before going up
    bool m_searching = false;
    QString m_query;
    int m_found = -1;
    bool m_showing = false; ///< text changes by us, not by typing
};

} // namespace ridealong::consoleview
