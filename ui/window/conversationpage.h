// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/timelinemodel.h"
#include "window/offerbar.h"

#include <QWidget>

#include <memory>

class QLabel;
class QToolButton;

namespace ridealong::kit {
class Theme;
}
namespace ridealong::timelineview {
class TimelineView;
}
namespace ridealong::composer {
class Composer;
}

namespace ridealong::window {

/// What stands over a timeline.
struct PageHead
{
    QString name; ///< "#ops", or "Thread"
    QString environment;
    QString topic;
    bool closable = false; ///< a thread
    bool people = false; ///< a room: who is in it can be seen
};

/// A timeline with its head and its composer: the centre of the window, and the thread dock.
class ConversationPage : public QWidget
{
    Q_OBJECT
public:
    ConversationPage(kit::Theme& theme, QWidget* parent = nullptr);
    ~ConversationPage() override;

    void setHead(const PageHead& head);
    void setTyping(const QString& words); ///< "ben is writing …", above the composer; empty: nobody is
    void setOffer(const Offer& offer) { m_offer->setOffer(offer); }
    /// Shows a conversation; null shows the empty state.
    void setModel(std::unique_ptr<model::TimelineModel> model);
    model::TimelineModel* model() const { return m_model.get(); }
    timelineview::TimelineView* timeline() const { return m_timeline; }
    composer::Composer* composer() const { return m_composer; }

signals:
    void closeRequested();
    void peopleRequested();
    void offerAnswered(int answer);
    void headMenuRequested(const QPoint& at); ///< on the screen
    void filesDropped(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    bool takes(const QDropEvent& event) const;
    void restyle();

    kit::Theme& m_theme;
    PageHead m_head;
    std::unique_ptr<model::TimelineModel> m_model;
    QWidget* m_bar;
    QLabel* m_name;
    QLabel* m_environment;
    QLabel* m_topic;
    QToolButton* m_people;
    QToolButton* m_close;
    OfferBar* m_offer;
    QLabel* m_typing;
    timelineview::TimelineView* m_timeline;
    composer::Composer* m_composer;
};

} // namespace ridealong::window
