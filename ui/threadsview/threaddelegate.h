// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "kit/theme.h"
#include "model/threadlistmodel.h"

#include <QStyledItemDelegate>

#include <functional>

namespace ridealong::threadsview {

/// What is shown of the conversation that a thread is in.
struct Place
{
    QString name;
    QString environment;
};
using PlaceOf = std::function<Place(const base::ConversationId&)>;

/// Three lines a thread: who began it, where and when it was spoken in last; how it began; how many replies, how many unread.
class ThreadDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ThreadDelegate(model::ThreadListModel& model, kit::Theme& theme, base::Clock& clock, QObject* parent);

    void setPlaces(PlaceOf places) { m_places = std::move(places); }
    void setNamesPlaces(bool names) { m_namesPlaces = names; } ///< several conversations are in the list

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QString footOf(const chat::ThreadOverview& thread) const;

    model::ThreadListModel& m_model;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    PlaceOf m_places;
    bool m_namesPlaces = false;
};

} // namespace ridealong::threadsview
