// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace ridealong::kit {

class Theme;

/// A field and below it the list of what matches, on a card that lies over a window and shades it. The subclass lays the card out,
/// and knows what matches and what is done with it. Whatever ends it gives the focus back to who had it; a click beside the card does.
class Chooser : public QWidget
{
    Q_OBJECT
public:
    static constexpr int kSide = 18; ///< px from the card's edges to what stands in it

    /// `maxWidth`: of the card, px at a scale of 1.
    Chooser(Theme& theme, int maxWidth, QWidget* window);

public slots:
    void dismiss();

signals:
    void closed();

protected:
    /// The last thing the subclass's constructor does: from now on it follows the theme and the window.
    void ready();
    void appear();
    void place();
    /// Gives what is in the card its height; the card should get no higher than `room`.
    virtual void fit(int room) = 0;
    virtual void restyle();
    QWidget* makeRule(); ///< a line across the card

    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

    Theme& m_theme;
    QFrame* m_card;
    QLineEdit* m_query; ///< has the focus; the subclass filters its keys
    QListView* m_list;
    QLabel* m_nothing; ///< instead of the list

private:
    int m_maxWidth;
    QPointer<QWidget> m_focusBefore;
};

} // namespace ridealong::kit
