// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/search.h"
#include "kit/theme.h"

#include <QStyledItemDelegate>

#include <functional>

class QTextLayout;

namespace ridealong::model {
class SearchModel;
}

namespace ridealong::searchview {

/// What is shown of the conversation that a message was found in.
struct Place
{
    QString name;
    QString environment;
    QString account; ///< shown where several accounts have one of that name; else empty
};
using PlaceOf = std::function<Place(const base::ConversationId&)>;

/// Two or three lines a message: where, who and when; and what it says around the words that were looked for.
class ResultDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ResultDelegate(kit::Theme& theme, base::Clock& clock, QObject* parent);

    void setModel(model::SearchModel* model) { m_model = model; }
    void setPlaces(PlaceOf places) { m_places = std::move(places); }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const chat::SearchHit* hitOf(const QModelIndex& index) const;
    Place placeOf(const chat::SearchHit& hit) const;
    int headHeight() const;
    /// Lays the snippet out in at most kSnippetLines. True: there is more of it.
    bool layOut(QTextLayout& layout, const chat::SearchHit& hit, int width, bool selected) const;

    model::SearchModel* m_model = nullptr;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    PlaceOf m_places;
};

} // namespace ridealong::searchview
