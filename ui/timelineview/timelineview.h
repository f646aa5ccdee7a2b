// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"
#include "kit/virtualview.h"
#include "model/timelinemodel.h"

#include <QCache>
#include <QTextDocument>

namespace ridealong::timelineview {

/// A conversation as a list of messages. Emits intents only. The model may be replaced; it is not owned.
class TimelineView : public kit::VirtualView
{
    Q_OBJECT
public:
    explicit TimelineView(kit::Theme& theme, QWidget* parent = nullptr);
    void setModel(model::TimelineModel* model);
    model::TimelineModel* model() const { return m_model; }
    int currentRow() const { return m_current; }

signals:
    void replyRequested(const ridealong::chat::Message& message);
    void editRequested(const ridealong::chat::Message& message);
    void deleteRequested(const ridealong::base::MessageId& message);
    void reactRequested(const ridealong::base::MessageId& message, const QString& emoji);
    void threadRequested(const ridealong::base::MessageId& root);
    void runRequested(const ridealong::base::RunId& run);
    void retryRequested(const ridealong::base::TransactionId& transaction);
    void discardRequested(const ridealong::base::TransactionId& transaction);
    void linkActivated(const QUrl& url);
    /// The newest message in view, while the window is active.
    void readUpTo(qint64 order);

protected:
    int measureItem(int item, int width) override;
    int estimateItem(int item, int width) override;
    void paintItem(QPainter& painter, int item, const QRect& rect) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Part { None, Text, Run, Thread, Pending, Reaction };
    struct Line
    {
        Part part = Part::None;
        QRect rect; ///< relative to the row
        QString text;
        kit::Token token{};
        int reaction = -1;
    };
    QList<Line> lines(const model::TimelineRow& row, int width);
    QTextDocument* document(const model::TimelineRow& row, int width);
    void showMenu(int row, const QPoint& globalPosition);
    void activate(int row);
    void tellRead();

    model::TimelineModel* m_model = nullptr;
    QCache<QString, QTextDocument> m_documents{300};
    int m_current = -1;
    qint64 m_told = 0;
};

} // namespace ridealong::timelineview
