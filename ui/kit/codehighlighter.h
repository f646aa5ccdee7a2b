// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <memory>

class QTextDocument;

namespace ridealong::kit {

class Theme;

/// Colours the fenced code blocks of a message in the language that they name. Unknown languages stay plain.
class CodeHighlighter
{
public:
    static constexpr int kMaxLineLength = 2'000; ///< the rest of the block stays plain
    static constexpr int kMaxLines = 500; ///< of one message

    CodeHighlighter();
    ~CodeHighlighter();

    void highlight(QTextDocument& document, const Theme& theme);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker; ///< made at the first block: the language index costs 5 ms
};

} // namespace ridealong::kit
