// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "composer/composer.h"

#include <QAbstractListModel>
#include <QFrame>

class QListView;

namespace ridealong::composer {

class CompletionRows;

/// What the word could become, over the field. It never takes the focus: the keys go on into the editor.
class CompletionList : public QFrame
{
    Q_OBJECT
public:
    static constexpr int kMaxRows = 50;
    static constexpr int kShownRows = 8;

    CompletionList(kit::Theme& theme, QWidget* window);

    /// `chooseFirst`: false where Enter means something else until somebody has chosen.
    void setOffers(const QList<Completion>& offers, bool chooseFirst);
    void popUpAt(const QPoint& caretTop, int composerTop); ///< in the parent's coordinates; stands above the field
    void move(int by);
    void choose(int at);
    const Completion* chosen() const; ///< null: nobody chose yet
    int count() const;

signals:
    void picked(); ///< by mouse

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    kit::Theme& m_theme;
    CompletionRows* m_rows;
    QListView* m_list;
};

} // namespace ridealong::composer
