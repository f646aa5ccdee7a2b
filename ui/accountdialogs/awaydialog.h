// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QLineEdit;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// Asks what others are told while one is away.
class AwayDialog : public QDialog
{
    Q_OBJECT
public:
    /// `told`: the names of the accounts that can tell it, at least one. `last`: what was said the last time.
    AwayDialog(kit::Theme& theme, const QStringList& told, const QString& last, QWidget* parent = nullptr);

signals:
    void chosen(const QString& reason); ///< never empty

private:
    QLineEdit* m_reason;
};

} // namespace ridealong::accountdialogs
