// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "chat/ledger.h"

#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::ledgerview {

/// Which runs count: words, since when, where, only those that failed, only those of one command.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    FilterBar(kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);

    chat::LedgerQuery query() const;
    bool isNone() const; ///< everything counts
    /// The conversation in front; empty: there is none.
    void setHere(const base::ConversationId& conversation, const QString& name);
    /// Runs of this command alone; an empty kind takes that away.
    void setCommand(const chat::CommandRecord& command, const QString& bot);
    bool isOfCommand() const { return !m_command.kind.isEmpty(); }
    QLineEdit* field() const { return m_text; }
    QSize minimumSizeHint() const override; ///< of what it is when it is narrow

public slots:
    void clear();

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void tell();
    void tellSoon(); ///< when the typing rests
    void restyle();
    void arrange();

    kit::Theme& m_theme;
    base::Clock& m_clock;
    base::ConversationId m_here;
    chat::CommandRecord m_command;
    QString m_bot;
    std::unique_ptr<QObject> m_typing; ///< while it is here, what is typed is not told yet
    QLineEdit* m_text;
    QComboBox* m_since;
    QComboBox* m_room;
    QCheckBox* m_failed;
    QToolButton* m_chip;
    QBoxLayout* m_choices;
    QBoxLayout* m_line;
};

} // namespace ridealong::ledgerview
