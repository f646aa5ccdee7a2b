// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/run.h"
#include "console/inlinepicture.h"
#include "console/sgr.h"
#include "console/sgrcache.h"

#include <QByteArray>

#include <optional>

namespace ridealong::console {

class LineWriter;

/// Turns what a program wrote into lines: P. F. Williams' state machine for DEC terminals, with UTF-8. Output is hostile:
/// nothing is ever answered, and neither clipboard nor title are touched. The law: any split of the input into pieces gives
/// the same store.
class AnsiParser
{
public:
    static constexpr int kMaxStringBytes = 4096; ///< OSC strings; longer ones are dropped whole, but for pictures
    static constexpr qsizetype kMaxPictureOscBytes = kMaxPictureBytes + kMaxStringBytes;
    static constexpr int kMaxUrlBytes = 2048;

    explicit AnsiParser(LineWriter& writer);

    void feed(QByteArrayView bytes);
    /// No more is coming: what was cut off is told by U+FFFD, the tail is committed.
    void finish();

    /// As last told by OSC 9;4; nothing when it never was or was taken back.
    const std::optional<chat::Progress>& progress() const { return m_progress; }
    /// By OSC 133;D or 633;D.
    std::optional<int> exitCode() const { return m_exitCode; }
    bool usedAlternateScreen() const { return m_usedAlternateScreen; }

private:
    enum class State : quint8 { Ground, Escape, EscapeIntermediate, Csi, CsiIntermediate, CsiIgnore, Osc, OscEscape, String, StringEscape };

    const char* ground(const char* p, const char* end);
    const char* text(const char* p, const char* end);
    const char* csi(const char* p, const char* end);
    const char* sgr(const char* p, const char* end);
    void setStyle(const Style& style);
    void step(char byte);
    void control(char byte);
    void escape(char byte);
    void beginCsi();
    void dispatchCsi(char final);
    void setMode(bool on);
    void dispatchOsc();
    void oscProgress(const QList<QByteArray>& parts);

    LineWriter& m_writer;
    State m_state = State::Ground;
    char m_private = 0; ///< '?', '>', '<' or '=' after CSI
    char m_intermediate = 0;
    Parameters m_parameters;
    QByteArray m_string;
    bool m_stringTooLong = false;
    std::array<char, 4> m_pending{}; ///< a character that the end of a piece cut
    int m_pendingSize = 0;
    Style m_style;
    StyleKey m_styleKey{Style{}};
    SgrCache m_sgrCache;
    std::optional<chat::Progress> m_progress;
    std::optional<int> m_exitCode;
    bool m_usedAlternateScreen = false;
};

} // namespace ridealong::console
