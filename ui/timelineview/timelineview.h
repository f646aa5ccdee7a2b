// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/codehighlighter.h"
#include "kit/virtualview.h"
#include "model/timelinemodel.h"
#include "timelineview/filepainter.h"
#include "timelineview/rowlayout.h"
#include "timelineview/textselection.h"

#include <QBasicTimer>
#include <QCache>
#include <QSet>
#include <QVariantAnimation>

class QMenu;
class QPushButton;

namespace ridealong::kit {
class EmptyState;
}

namespace ridealong::timelineview {

class HoverBar;
class Thumbnails;

/// A conversation as a list of messages. Emits intents only. The model may be replaced; it is not owned.
class TimelineView : public kit::VirtualView
{
    Q_OBJECT
public:
    explicit TimelineView(kit::Theme& theme, QWidget* parent = nullptr);
    ~TimelineView() override;

    void setModel(model::TimelineModel* model);
    model::TimelineModel* model() const { return m_model; }
    int currentRow() const { return m_current; }
    void setCurrentRow(int row); ///< and brings it into view
    /// Where the time comes from that open runs are counted with; the system's clock unless set.
    void setNow(std::function<qint64()> now);
    qint64 nowMs() const { return m_now(); }

    /// Where files stand; asked while painting. Tell filesChanged() when the answer would be another one.
    using FileStates = std::function<chat::FileState(const base::ConversationId&, const chat::Attachment&)>;
    void setFileStates(FileStates states);
    void filesChanged() { viewport()->update(); }
    /// Pictures of people, square; null where there is none (yet). Tell avatarsChanged() when the answer would be another one.
    using Avatars = std::function<QPixmap(const base::ConversationId&, const base::UserId&)>;
    void setAvatars(Avatars avatars);
    void avatarsChanged() { viewport()->update(); }
    /// The files of a message of ours on their way up: so many bytes of all of them.
    void setSendingProgress(const base::TransactionId& transaction, qint64 bytes);
    /// How the files of a row stand, in their order; without their pictures.
    QList<FileLook> fileLooks(const model::TimelineRow& row) const;

    // Of the rows as they stand now; -1 when there are none.
    int firstVisibleRow() const;
    int lastVisibleRow() const;
    int rowAt(const QPoint& viewportPosition) const { return itemAt(viewportPosition); }
    QRect rowRect(int row) const { return itemRect(row); } ///< in the viewport
    QRect pieceRect(int row, Part part, int index = -1); ///< in the viewport; empty when the row has none
    QString selectedText();

public slots:
    /// Brings a message into view and lights it up for a moment; not loaded: as soon as it is, and `jumpRequested` tells.
    void scrollToMessage(const ridealong::base::MessageId& message);
    void jumpToNewest();
    void activateRow(int row); ///< opens its run, its first file, else its thread; loads a gap

signals:
    void replyRequested(const ridealong::chat::Message& message);
    void editRequested(const ridealong::chat::Message& message);
    void deleteRequested(const ridealong::chat::Message& message);
    void reactRequested(const ridealong::base::MessageId& message, const QString& emoji);
    void threadRequested(const ridealong::base::MessageId& root);
    void runRequested(const ridealong::base::RunId& run);
    void retryRequested(const ridealong::base::TransactionId& transaction);
    void reviewRequested(const ridealong::base::TransactionId& transaction);
    void discardRequested(const ridealong::base::TransactionId& transaction);
    void linkActivated(const QUrl& url);
    /// A small picture is in view and not here: fetch it, it is what the message says.
    void pictureWanted(const ridealong::chat::Attachment& file);
    void pictureActivated(const ridealong::chat::Message& message, int file); ///< to be looked at
    void fileActivated(const ridealong::chat::Attachment& file); ///< to be saved
    void fetchRequested(const ridealong::chat::Attachment& file);
    void fetchCancelled(const ridealong::chat::Attachment& file);
    /// The newest message that is whole in view, while the window is active.
    void readUpTo(qint64 order);
    void paletteRequested(); ///< the button of an empty conversation
    /// A gap that can be asked for is within two screens of the view, or the user wants it.
    void fillRequested(const ridealong::chat::Gap& gap);
    /// A message that is not loaded is wanted in view: load around it.
    void jumpRequested(const ridealong::base::MessageId& message);

protected:
    int measureItem(int item, int width) override;
    int estimateItem(int item, int width) override;
    void paintItem(QPainter& painter, int item, const QRect& rect) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    using Layout = std::shared_ptr<const RowLayout>;
    static QString keyOf(const model::TimelineRow& row);
    Layout layoutOf(int row, int width); ///< from the cache when the row is still the same
    const model::TimelineRow* messageAt(int row) const; ///< null: not a message
    void watch(model::TimelineModel& model);
    void rowsCame(int first, int count);
    void rowsWent(int first, int count);
    void flashWanted(); ///< brings m_wanted into view when it is loaded
    void afterChange(); ///< empty state, jump button, ticking, paging: whatever depends on what is there
    void placeChildren();
    void tellRead();
    void tellGaps();
    bool isStop(int row) const; ///< the keyboard goes there

    void setHovered(int row, const QPoint& position);
    void press(int row, const Piece& piece);
    TextSpot spotAt(const QPoint& position);
    void moveCurrent(int step);
    bool actOnCurrent(int key);
    void copySelection();
    // timelinefiles.cpp
    static bool goesUp(const model::TimelineRow& row);
    QList<FileLook> filesOf(const RowLayout& layout, const QPoint& pointer);
    void activateFile(const chat::Message& message, int file);
    void addFileActions(QMenu& menu, const model::TimelineRow& row);
    void showMenu(int row, const QPoint& globalPosition);
    void showReactions(const base::MessageId& message, const QPoint& globalPosition);
    QString toolTipAt(const QPoint& position);

    model::TimelineModel* m_model = nullptr;
    kit::CodeHighlighter m_highlighter;
    std::function<qint64()> m_now;
    QCache<QString, Layout> m_layouts;
    struct Estimate
    {
        double scale = 0; ///< of the theme; 0: not made yet
        int lineHeight = 0;
        int characterWidth = 1;
    };
    Estimate m_estimate; ///< what a guess of a row's height is made of
    QSet<QString> m_expanded; ///< keys of long messages shown whole
    TextSelection m_selection;
    FileStates m_fileStates;
    Avatars m_avatars;
    Thumbnails* m_thumbnails;
    QHash<base::TransactionId, qint64> m_sending; ///< bytes; forgotten when an upload ends, as the next one begins anew
    QSet<base::FileId> m_picturesWanted; ///< asked for once; a failure waits for the user
    QBasicTimer m_ticker;
    QBasicTimer m_dragScroll;
    QVariantAnimation m_flash;
    QString m_flashed; ///< key of the row that lights up
    base::MessageId m_wanted;
    HoverBar* m_hoverBar;
    QPushButton* m_jump;
    kit::EmptyState* m_empty;
    QPoint m_pointer{-1, -1};
    int m_hovered = -1;
    int m_current = -1;
    int m_newer = 0; ///< came while the user was reading further up
    qint64 m_told = 0;
    bool m_olderFailed = false;
    bool m_dragging = false;
    bool m_reachedEnd = true; ///< the window ended at the newest message when we last looked
};

} // namespace ridealong::timelineview
