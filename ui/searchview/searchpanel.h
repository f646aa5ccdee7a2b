// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "searchview/resultdelegate.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace ridealong::kit {
class EmptyState;
}

namespace ridealong::searchview {

/// A field, and the messages of all conversations that have what stands in it. Emits intents only; the model is not owned.
class SearchPanel : public QWidget
{
    Q_OBJECT
public:
    SearchPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);
    ~SearchPanel() override;

    void setModel(model::SearchModel* model);
    void setPlaces(PlaceOf places);
    /// What "in this conversation" means; empty: there is none in front.
    void setHere(const QString& conversationName);

    QString text() const;
    void setText(const QString& typed);
    int currentRow() const;

public slots:
    void focusField();

signals:
    /// It is to be shown where it was said.
    void messageRequested(const ridealong::chat::Message& message);
    void closeRequested(); ///< Escape

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void refresh();
    void restyle();
    QString statusText() const;
    QString problemText() const;
    bool fieldKey(int key);
    void moveChoice(int by);
    void choose(int row);
    void accept(int row);
    void insertFilter(const QString& filter);
    void makeFilterMenu();
    void loadWhenNearEnd();

    kit::Theme& m_theme;
    model::SearchModel* m_model = nullptr;
    QString m_here;
    QLineEdit* m_field;
    QToolButton* m_filters;
    QLabel* m_status;
    QLabel* m_problem;
    QListView* m_list;
    ResultDelegate* m_delegate;
    kit::EmptyState* m_empty;
};

} // namespace ridealong::searchview
