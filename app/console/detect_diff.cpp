// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"

namespace ridealong::console {
namespace {

/// "--- a", "+++ b", "@@ -1,2 +3,4 @@" in this order.
class Unified
{
public:
    bool take(QByteArrayView line)
    {
        if (m_step == 1)
            m_step = line.startsWith("+++ ") ? 2 : 0;
        else if (m_step == 2 && line.startsWith("@@ -") && line.indexOf(" @@", 4) > 0)
            return true;
        else if (m_step == 2)
            m_step = 0;
        if (m_step == 0 && line.startsWith("--- "))
            m_step = 1;
        return false;
    }

private:
    int m_step = 0;
};

/// diff -c: "*** a", "--- b", a line of asterisks.
class Context
{
public:
    bool take(QByteArrayView line)
    {
        if (m_step == 1)
            m_step = line.startsWith("--- ") ? 2 : 0;
        else if (m_step == 2 && line.startsWith("***************"))
            return true;
        else if (m_step == 2)
            m_step = 0;
        if (m_step == 0 && line.startsWith("*** "))
            m_step = 1;
        return false;
    }

private:
    int m_step = 0;
};

/// "12,14c12" of diff without options.
bool isNormalCommand(QByteArrayView line)
{
    int letters = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == 'a' || c == 'c' || c == 'd') {
            if (i == 0 || ++letters > 1)
                return false;
        } else if (!isDigit(c) && c != ',') {
            return false;
        }
    }
    return letters == 1 && line.size() < 40 && isDigit(line.front()) && isDigit(line.back());
}

bool isNormal(const FormatSample& sample)
{
    bool command = false;
    int changed = 0;
    for (const SampleLine& line : sample.head) {
        if (isNormalCommand(line.text))
            command = true;
        else if (command && (line.text.startsWith("< ") || line.text.startsWith("> ") || line.text == "<" || line.text == ">"))
            ++changed;
        else if (command && line.text != "---" && !line.text.startsWith("\\ ") && !line.text.startsWith("diff ") && !line.text.startsWith("Only in "))
            return false;
        else if (!command && !line.text.startsWith("diff ") && !line.text.startsWith("Only in "))
            return false;
    }
    return command && changed > 0;
}

/// helm diff: "default, web, Deployment (apps) has changed:", then a listing with + and -.
bool isAnnounced(const FormatSample& sample)
{
    const QByteArray& first = sample.head.front().text;
    if (!first.endsWith(" has changed:") && !first.endsWith(" has been added:") && !first.endsWith(" has been removed:"))
        return false;
    int marks = 0;
    for (const SampleLine& line : sample.head)
        marks += line.text.startsWith('+') || line.text.startsWith('-');
    return marks >= 1;
}

} // namespace

bool isDiff(const FormatSample& sample)
{
    Unified unified;
    Context context;
    for (const SampleLine& line : sample.head)
        if (line.text.startsWith("diff --git ") || unified.take(line.text) || context.take(line.text))
            return true;
    return isNormal(sample) || isAnnounced(sample);
}

} // namespace ridealong::console
