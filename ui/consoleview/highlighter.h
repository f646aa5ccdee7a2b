// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console/linestore.h"
#include "consoleview/spans.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>

namespace ridealong::consoleview {

/// Colours of a language, worked out in idle slices for the lines that somebody looks at. Text never waits: lines()
/// answers with what is known now, `ready` says when to look again.
class Highlighter : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMaxLineLength = 10'000; ///< longer lines, and what comes after them, stay plain
    static constexpr qint64 kMaxLines = 200'000;

    explicit Highlighter(kit::Theme& theme, QObject* parent = nullptr);
    ~Highlighter() override;

    /// The spans of a line when they are known; null (and work begins) when not.
    /// `language`: as KSyntaxHighlighting calls it; one that it does not know has no colours.
    const Spans* spans(const std::shared_ptr<const console::LineStore>& store, const QString& language, qint64 line);
    /// A store that is gone or has changed.
    void forget(const console::LineStore* store);

signals:
    void ready();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
    kit::Theme& m_theme;
    QBasicTimer m_timer;
};

} // namespace ridealong::consoleview
