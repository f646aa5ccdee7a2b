// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/async.h"
#include "ledgerview/commandmodel.h"
#include "ledgerview/runmodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QTabBar;
class QToolButton;

namespace ridealong::kit {
class EmptyState;
}

namespace ridealong::ledgerview {

class CellTable;
class FilterBar;

using AskRuns = std::function<base::Async<QList<chat::RunRecord>>(const chat::LedgerQuery&)>;
using AskCommands = std::function<base::Async<QList<chat::CommandRecord>>(const chat::LedgerQuery&)>;

/// What was run by everybody, as far as this program saw it: a summary of each command, and the runs. It reads while it is in view, a
/// page at a time, and emits intents.
class LedgerPanel : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kPage = 500; ///< runs in one answer
    static constexpr int kMostRows = 10'000; ///< that are listed; a filter finds those behind
    static constexpr int kMostExported = 100'000; ///< runs in one file

    LedgerPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);
    ~LedgerPanel() override;

    void setSources(AskRuns runs, AskCommands commands);
    void setPlaces(PlaceOf places);
    void setNames(NameOfBot names);
    /// The conversation in front, which "this room" means.
    void setHere(const base::ConversationId& conversation, const QString& name);

    enum class Page { Commands, Runs };
    Page page() const;
    void setPage(Page page);
    const RunModel& runs() const { return m_runs; }
    const CommandModel& commands() const { return m_commands; }
    CellTable* table() const { return page() == Page::Runs ? m_runTable : m_commandTable; }

public slots:
    void noteChanged(); ///< a run began, went on or ended: what is in view is read anew, soon
    void focusList();
    void exportCsv();

signals:
    void runRequested(const ridealong::base::RunId& run); ///< is to be shown in the console
    void contextRequested(const ridealong::base::ConversationId& conversation, const ridealong::base::MessageId& message);
    void draftRequested(const ridealong::base::ConversationId& conversation, const QString& text); ///< to be written again, never sent
    void saveRequested(const QString& name, const QByteArray& csv); ///< under a name like that
    void closeRequested(); ///< Escape

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What is known of a page's rows.
    struct Reading
    {
        int asked = 0; ///< counts the questions: only the last one's answer is shown
        bool isAsking = false;
        bool isRead = false; ///< once
        bool isStale = true;
        bool hasMore = false;
        std::optional<base::Error> error;
    };

    void build();
    void wireTable(CellTable* table);
    void restyle();
    chat::LedgerQuery query() const; ///< what is asked for the page in front
    Reading& reading() { return page() == Page::Runs ? m_runReading : m_commandReading; }
    void filterChanged();
    void read(bool keepsPlace);
    void readRuns(bool keepsPlace);
    void readCommands(bool keepsPlace);
    void readMore();
    template <typename Answer> bool take(Reading& reading, int number, const Answer& answer);
    void sortBy(int column, bool ascending);
    void present();
    QString countText();
    void presentEmpty();

    // ledgerpanel_actions.cpp
    void activate(int row);
    void showMenu(const QPoint& globalPos);
    void fillMenu(QMenu& menu);
    void fillSortMenu(QMenu& menu);
    void copyRows(bool asCsv);
    void copyText(const QString& text);
    template <typename Records> void handOver(const QString& name, const Records& records);

    kit::Theme& m_theme;
    base::Clock& m_clock;
    AskRuns m_askRuns;
    AskCommands m_askCommands;
    NameOfBot m_names;
    RunModel m_runs;
    CommandModel m_commands;
    Reading m_runReading;
    Reading m_commandReading;
    bool m_isSoon = false; ///< a change waits to be read
    bool m_isExporting = false;
    QString m_note; ///< about the last export
    QTimer m_tick; ///< what goes on takes longer each second

    QTabBar* m_pages;
    QToolButton* m_export;
    QToolButton* m_menu;
    FilterBar* m_filter;
    CellTable* m_commandTable;
    CellTable* m_runTable;
    kit::EmptyState* m_empty;
    QLabel* m_count;
    QPushButton* m_more;
};

} // namespace ridealong::ledgerview
