// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What AnsiParser does once a sequence is complete.
#include "console/ansiparser.h"

#include "console/linewriter.h"

namespace ridealong::console {

void AnsiParser::escape(char byte)
{
    m_state = State::Ground;
    switch (byte) {
    case '[': beginCsi(); break;
    case ']':
        m_state = State::Osc;
        m_string.clear();
        m_stringTooLong = false;
        break;
    case 'P':
    case 'X':
    case '^':
    case '_': m_state = State::String; break;
    case '7': m_writer.saveCursor(); break;
    case '8':
        m_writer.restoreCursor();
        setStyle(m_writer.style());
        break;
    case 'D': m_writer.index(); break;
    case 'E': m_writer.lineFeed(); break;
    case 'M': m_writer.screen().reverseIndex(); break;
    case 'c': setStyle(Style{}); break;
    default:
        if (byte >= ' ' && byte <= '/')
            m_state = State::EscapeIntermediate;
        break;
    }
}

void AnsiParser::dispatchCsi(char final)
{
    if (m_private) {
        if (m_private == '?' && (final == 'h' || final == 'l'))
            setMode(final == 'h');
        return;
    }
    const int first = m_parameters.at(0, 1);
    const int mode = m_parameters.at(0, 0);
    switch (final) {
    case '@': m_writer.screen().insertCharacters(first); break;
    case 'A':
    case 'F': {
        auto& screen = m_writer.screen();
        screen.moveTo(screen.row - first, final == 'F' ? 0 : screen.column);
        break;
    }
    case 'B':
    case 'e':
    case 'E': {
        auto& screen = m_writer.screen();
        screen.moveTo(screen.row + first, final == 'E' ? 0 : screen.column);
        break;
    }
    case 'C':
    case 'a': {
        auto& screen = m_writer.screen();
        screen.moveTo(screen.row, screen.column + first);
        break;
    }
    case 'D': {
        auto& screen = m_writer.screen();
        screen.moveTo(screen.row, screen.column - first);
        break;
    }
    case 'G':
    case '`': {
        auto& screen = m_writer.screen();
        screen.moveTo(screen.row, first - 1);
        break;
    }
    case 'H':
    case 'f': m_writer.screen().moveTo(first - 1, m_parameters.at(1, 1) - 1); break;
    case 'd': {
        auto& screen = m_writer.screen();
        screen.moveTo(first - 1, screen.column);
        break;
    }
    case 'J': m_writer.screen().eraseInDisplay(mode); break;
    case 'K': m_writer.eraseInLine(mode); break;
    case 'L': m_writer.screen().insertLines(first); break;
    case 'M': m_writer.screen().deleteLines(first); break;
    case 'P': m_writer.screen().deleteCharacters(first); break;
    case 'X': m_writer.screen().eraseCharacters(first); break;
    case 'r': m_writer.setRegion(m_parameters.at(0, 1), m_parameters.at(1, 0)); break;
    case 's': m_writer.saveCursor(); break;
    case 'u':
        m_writer.restoreCursor();
        setStyle(m_writer.style());
        break;
    default: break; // queries (c, n), modes, scrolling, window operations (t): never answered, never done
    }
}

void AnsiParser::setMode(bool on)
{
    for (int i = 0; i < m_parameters.count; ++i) {
        const int mode = m_parameters.values[size_t(i)];
        if (mode == 47 || mode == 1047 || mode == 1049) {
            m_usedAlternateScreen = true;
            m_writer.newScreen();
            if (!on) {
                setStyle(Style{});
            }
        }
    }
}

void AnsiParser::dispatchOsc()
{
    if (maybePictureOsc(m_string)) {
        // What is too long says so with its place alone.
        const QByteArray picture = pictureFromOsc(m_stringTooLong ? m_string.left(m_string.indexOf(':') + 1) : m_string);
        m_string.clear();
        m_writer.text(picture.constData(), size_t(picture.size()));
        return;
    }
    if (m_stringTooLong)
        return;
    const QByteArray string = std::exchange(m_string, {});
    const auto parts = string.split(';');
    if (parts[0] == "8" && parts.size() >= 3) {
        // 8 ; parameters ; URL, which may hold ';' itself
        const QByteArray url = string.mid(parts[0].size() + parts[1].size() + 2);
        const bool allowed = url.size() <= kMaxUrlBytes && (url.startsWith("https://") || url.startsWith("http://"));
        Style style = m_style;
        style.link = allowed ? m_writer.linkId(url) : quint16(0);
        setStyle(style);
    } else if (parts[0] == "9" && parts.size() >= 3 && parts[1] == "4") {
        oscProgress(parts);
    } else if ((parts[0] == "133" || parts[0] == "633") && parts.size() >= 3 && parts[1] == "D") {
        bool isNumber = false;
        const int code = parts[2].toInt(&isNumber);
        if (isNumber)
            m_exitCode = code;
    }
}

void AnsiParser::oscProgress(const QList<QByteArray>& parts)
{
    using Kind = chat::Progress::State;
    const int percent = parts.size() > 3 ? std::clamp(parts[3].toInt(), 0, 100) : m_progress ? m_progress->percent : 0;
    switch (parts[2].toInt()) {
    case 1: m_progress = chat::Progress{Kind::Normal, percent, {}}; break;
    case 2: m_progress = chat::Progress{Kind::Error, percent, {}}; break;
    case 3: m_progress = chat::Progress{Kind::Indeterminate, 0, {}}; break;
    case 4: m_progress = chat::Progress{Kind::Paused, percent, {}}; break;
    default: m_progress.reset(); break;
    }
}

} // namespace ridealong::console
