// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/certificateproblem.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::accountdialogs {

/// A certificate that was not accepted: what is wrong in plain words, whom it is for, what to compare. Trusting it takes a
/// check mark first; the button is the dialog's.
class CertificateView : public QWidget
{
    Q_OBJECT
public:
    explicit CertificateView(kit::Theme& theme, QWidget* parent = nullptr);

    void setProblem(const base::CertificateProblem& problem);
    const base::CertificateProblem& problem() const { return m_problem; }
    bool isCompared() const;
    bool canBeTrusted() const { return m_problem.sha256.size() == kSha256Bytes; }
    QString text() const; ///< all that is shown, for screen readers

signals:
    void comparedChanged(bool compared);

private:
    static constexpr qsizetype kSha256Bytes = 32;

    void addRow(int row, const QString& name, const QString& value);

    kit::Theme& m_theme;
    base::CertificateProblem m_problem;
    QLabel* m_headline;
    QLabel* m_changed;
    QLabel* m_reasons;
    QWidget* m_facts;
    QLabel* m_fingerprint;
    QLabel* m_advice;
    QCheckBox* m_compared;
};

} // namespace ridealong::accountdialogs
