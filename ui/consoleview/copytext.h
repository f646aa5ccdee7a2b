// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"
#include "consoleview/bodylines.h"

#include <QMimeData>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::consoleview {

enum class CopyFormat { Text, Markdown, Ansi, Html };

/// A stretch of one run's output: from byte `fromByte` of line `fromLine` to before byte `toByte` of line `toLine`.
struct Stretch
{
    chat::RunReport report;
    std::shared_ptr<const console::LineStore> lines; ///< null: `texts` or `rows` instead
    bool filtered = false; ///< of the lines only those that are kept
    std::shared_ptr<const console::KeptLines> kept = {};
    qint64 fromLine = 0;
    int fromByte = 0;
    qint64 toLine = 0;
    int toByte = 0;
    std::optional<QStringList> texts = {}; ///< as they are shown
    std::function<QList<QStringList>()> rows = {}; ///< of a table in its shown order, headings first
    bool whole = false; ///< the run with its command, not a piece of its output
};

/// The text of stretches. Text: as seen, without escapes. Markdown: command as heading, output as a fenced block or a table.
/// Ansi: with the escape sequences that make the same colours again. Html: in the colours of `theme`, which only it needs. Stops after
/// kMaxCopyBytes and says so in its last line.
constexpr qint64 kMaxCopyBytes = 32 << 20;
QString copyText(const std::vector<Stretch>& stretches, CopyFormat format, const kit::Theme* theme = nullptr);

/// For the clipboard: builds the text when somebody pastes, never before.
class LazyText : public QMimeData
{
    Q_OBJECT
public:
    LazyText(std::vector<Stretch> stretches, CopyFormat format, const kit::Theme& theme);

    QStringList formats() const override;
    bool hasFormat(const QString& mimeType) const override;

protected:
    QVariant retrieveData(const QString& mimeType, QMetaType type) const override;

private:
    std::vector<Stretch> m_stretches;
    CopyFormat m_format;
    QPointer<const kit::Theme> m_theme;
};

} // namespace ridealong::consoleview
