// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/textbody.h"

namespace ridealong::consoleview {

/// A program's text with line numbers, coloured in the language that it seems to be.
class CodeBody : public TextBody
{
public:
    static MadeBody make(const BodySource& source);
    static bool maybe(const console::LineStore& lines);

    CodeBody(const std::shared_ptr<const console::LineStore>& lines, const QString& language);
    const QString& language() const { return m_language; }
    QStringList notes() const override;

protected:
    Row row(qint64 unit, const BodyPaint* paint) const override;
    int gutterColumns() const override { return m_digits + 2; }

private:
    QString m_language;
    int m_digits;
};

/// As KSyntaxHighlighting calls it, from the first lines; empty: no idea.
QString guessedLanguage(const std::vector<QByteArray>& lines);
std::vector<QByteArray> firstLines(const console::LineStore& lines);

} // namespace ridealong::consoleview
