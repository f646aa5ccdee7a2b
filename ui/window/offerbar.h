// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ridealong::window {

/// Something that somebody offers, and what can be answered.
struct Offer
{
    QString text; ///< empty: nothing is offered
    QString details; ///< in their words; may be empty
    QStringList answers; ///< the first is the one to be expected

    bool operator==(const Offer&) const = default;
};

/// Stands between a page's head and its timeline while an answer is wanted. It takes no focus by itself: Tab leads to it.
class OfferBar : public QFrame
{
    Q_OBJECT
public:
    explicit OfferBar(kit::Theme& theme, QWidget* parent = nullptr);

    void setOffer(const Offer& offer);
    const Offer& offer() const { return m_offer; }

signals:
    void answered(int answer);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    kit::Theme& m_theme;
    Offer m_offer;
    QLabel* m_text;
    QLabel* m_details;
    QHBoxLayout* m_row;
    QList<QPushButton*> m_buttons;
};

} // namespace ridealong::window
