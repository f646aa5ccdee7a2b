// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QFrame>
#include <QScrollArea>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ridealong::draftsview {

/// One thing that waits: where it is going, its exact text, what there is to say about it, and what can be done.
class Card : public QFrame
{
    Q_OBJECT
public:
    Card(kit::Theme& theme, const QString& key, QWidget* parent = nullptr);

    QString key() const { return m_key; }
    void setHead(const QString& where, const QString& environment, const QString& right);
    void setText(const QString& text, bool command);
    /// One line each; problems in the colour of danger.
    void setNotes(const QStringList& facts, const QStringList& problems);
    /// The buttons, by name; the first is the primary one. Kept when they are the same, so that the focus stays.
    struct Button
    {
        QString name;
        QString text;
        bool enabled = true;
        bool operator==(const Button&) const = default;
    };
    void setButtons(const QList<Button>& buttons);
    QPushButton* button(const QString& name) const;

signals:
    void pressed(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    kit::Theme& m_theme;
    QString m_key;
    QString m_environment;
    QLabel* m_where;
    QLabel* m_right;
    QLabel* m_text;
    QLabel* m_facts;
    QLabel* m_problems;
    QWidget* m_buttonRow;
    QList<Button> m_buttons;
};

/// Cards below each other, scrolling, with sections; or the sentence of the empty state.
class CardList : public QScrollArea
{
    Q_OBJECT
public:
    static constexpr int kMaxCards = 500;

    CardList(kit::Theme& theme, const QString& emptyText, QWidget* parent = nullptr);

    /// Begin, add in order, end: cards with a known key are kept as they are, others go.
    void begin();
    void addSection(const QString& title);
    Card* addCard(const QString& key); ///< null over kMaxCards
    void end();
    Card* card(const QString& key) const;
    int cardCount() const { return int(m_cards.size()); }

signals:
    void pressed(const QString& key, const QString& name);

private:
    kit::Theme& m_theme;
    QWidget* m_content;
    QVBoxLayout* m_column;
    QLabel* m_empty;
    QList<QWidget*> m_sections;
    QList<Card*> m_cards;
    QList<Card*> m_before;
    int m_at = 0;
};

} // namespace ridealong::draftsview
