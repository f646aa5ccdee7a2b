// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::preferences {

/// How messages are written.
struct WritingChoices
{
    bool enterSends = true;
    QString spelling; ///< "auto", "off", or one of the languages

    bool operator==(const WritingChoices&) const = default;
};

/// Everything works at once.
class WritingPage : public QWidget
{
    Q_OBJECT
public:
    explicit WritingPage(kit::Theme& theme, QWidget* parent = nullptr);

    /// `languages`: those with a dictionary ("en_US"); `automatic`: what "as the system" comes to, empty for none.
    void setChoices(const WritingChoices& choices, const QStringList& languages, const QString& automatic);
    WritingChoices choices() const;

signals:
    void choicesChanged(const ridealong::preferences::WritingChoices& choices); ///< by the user

private:
    QCheckBox* m_enter;
    QComboBox* m_spelling;
    QLabel* m_note;
};

} // namespace ridealong::preferences
