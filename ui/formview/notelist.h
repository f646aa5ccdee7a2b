// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"

#include <QWidget>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::formview {

/// What a command has to say beside its form: each note with its icon and, where it is more than news, the word for it.
class NoteList : public QWidget
{
    Q_OBJECT
public:
    explicit NoteList(kit::Theme& theme, QWidget* parent = nullptr);

    void setNotes(const QList<chat::CommandNote>& notes);

private:
    void add(const chat::CommandNote& note);

    kit::Theme& m_theme;
    QWidget* m_content = nullptr;
};

} // namespace ridealong::formview
