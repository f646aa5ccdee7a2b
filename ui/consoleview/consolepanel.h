// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "consoleview/commandline.h"
#include "consoleview/consoleview.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace ridealong::kit {
class ConfirmBar;
}

namespace ridealong::consoleview {

class OutputSearch;
class PinnedRuns;

/// The console dock: search and filters, the runs, the command line. It only asks for things; the wiring does them.
class ConsolePanel : public QWidget
{
    Q_OBJECT
public:
    ConsolePanel(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    void setContext(const CommandContext& context); ///< the conversation in front, and who I am in it
    void setHint(const CommandHint& hint) { m_line->setHint(hint); }
    void setHistory(const QStringList& oldestFirst) { m_line->setHistory(oldestFirst); }
    void setText(const QString& text) { m_line->setText(text); }
    QString text() const { return m_line->text(); }

    void setPins(const QList<base::RunId>& runs); ///< what stays in view at the top

    ConsoleView* view() const { return m_view; }
    CommandLine* commandLine() const { return m_line; }
    /// Shows a run even when a filter hides it: the filter makes way.
    bool showRun(const base::RunId& run);

public slots:
    void focusSearch();
    void focusCommandLine();
    void findNext();
    void findPrevious();
    void compare(const ridealong::base::RunId& run); ///< with the last one of its kind before it; it may be chosen anew there
    void openWindow(const ridealong::base::RunId& run); ///< its own, or that which it has

signals:
    void runRequested(const QString& text);
    void draftChanged(const QString& text);
    void cancelRequested(const ridealong::base::RunId& run);
    void decideRequested(const ridealong::base::RunId& run, bool approve);
    void rerunRequested(const ridealong::base::RunId& run);
    void contextRequested(const ridealong::base::RunId& run);
    void handOverRequested(const QList<ridealong::base::RunId>& runs);
    void placeRequested(const ridealong::base::RunId& run, const QString& file, int line, int column);
    void argumentsRequested(const ridealong::base::RunId& run, const QStringList& values);
    void joinRequested(const ridealong::base::RunId& run, const ridealong::base::RunId& into);
    void lineMoveRequested(const ridealong::base::RunId& run, qint64 line, const ridealong::base::RunId& into);
    void paletteRequested();
    void pinsChanged(const QList<ridealong::base::RunId>& runs);
    void saveFailed(const ridealong::base::Error& error);

private:
    enum class Who { Everyone, Mine };
    enum class States { All, Open, Failed };

    QWidget* makeTopRow();
    QWidget* makeEmptyPage();
    void applyFilter();
    void showPage();
    void wireView(ConsoleView& view);
    void tellPinned();
    void decide(const base::RunId& run, bool approve);
    void saveAs(const base::RunId& run);
    void askWhereToSave(const QString& fileName, std::function<base::Async<base::Done>(const QString&)> save);

    console::Console& m_console;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    CommandContext m_context;
    bool m_allRooms = false;
    Who m_who = Who::Everyone;
    States m_states = States::All;

    QLineEdit* m_search;
    OutputSearch* m_finder = nullptr;
    QToolButton* m_roomFilter;
    QToolButton* m_whoFilter;
    PinnedRuns* m_pins;
    QStackedWidget* m_pages;
    QLabel* m_emptyText;
    ConsoleView* m_view;
    kit::ConfirmBar* m_confirm;
    CommandLine* m_line;

    base::RunId m_deciding;
};

} // namespace ridealong::consoleview
