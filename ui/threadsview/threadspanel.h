// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "threadsview/threaddelegate.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QListView;

namespace ridealong::kit {
class EmptyState;
}

namespace ridealong::threadsview {

/// The threads of the conversation in front or of all, those with something unread first.
class ThreadsPanel : public QWidget
{
    Q_OBJECT
public:
    ThreadsPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    bool isOfAll() const;
    void setOfAll(bool all);
    void setHere(const QString& conversationName);
    void setPlaces(PlaceOf places);
    /// What there is; nothing while it is not known yet.
    void setThreads(const std::optional<QList<chat::ThreadOverview>>& threads);
    void setError(const base::Error& error); ///< instead of threads
    const model::ThreadListModel& threads() const { return m_threads; }
    int currentRow() const;

public slots:
    void focusList();

signals:
    void threadRequested(const ridealong::base::ConversationId& conversation, const ridealong::base::MessageId& root);
    void scopeChanged(bool all); ///< other threads are wanted
    void reloadRequested();
    void closeRequested(); ///< Escape

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void accept(int row);
    void showList(bool list);

    kit::Theme& m_theme;
    model::ThreadListModel m_threads;
    QComboBox* m_scope;
    QLabel* m_count;
    QListView* m_list;
    ThreadDelegate* m_delegate;
    kit::EmptyState* m_empty;
    QString m_here;
};

} // namespace ridealong::threadsview
