// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ansiparser.h"

#include "console/linewriter.h"
#include "console/width.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <bit>
#include <cstring>

namespace ridealong::console {
namespace {

constexpr char kEscape = 0x1b;
constexpr const char* kReplacement = "\xef\xbf\xbd";

/// The first byte that is not printable ASCII.
const char* asciiEnd(const char* p, const char* end)
{
#ifdef __SSE2__
    const __m128i space = _mm_set1_epi8(0x20);
    const __m128i del = _mm_set1_epi8(0x7f);
    while (end - p >= 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        // Signed: what is not ASCII is below 0x20, too.
        const int mask = _mm_movemask_epi8(_mm_or_si128(_mm_cmplt_epi8(block, space), _mm_cmpeq_epi8(block, del)));
        if (mask)
            return p + std::countr_zero(unsigned(mask));
        p += 16;
    }
#else
    while (end - p >= 8) {
        quint64 block;
        std::memcpy(&block, p, 8);
        const quint64 high = 0x8080808080808080ull;
        const quint64 below = (block - 0x2020202020202020ull) | block;
        const quint64 del = (block ^ 0x7f7f7f7f7f7f7f7full) - 0x0101010101010101ull;
        if ((below | del) & high)
            break;
        p += 8;
    }
#endif
    while (p < end && quint8(*p) >= 0x20 && quint8(*p) < 0x7f)
        ++p;
    return p;
}

/// U+0080 to U+009F: controls by another name.
bool isC1(const char* p) { return quint8(p[0]) == 0xc2 && quint8(p[1]) < 0xa0; }

} // namespace

AnsiParser::AnsiParser(LineWriter& writer) : m_writer(writer) {}

void AnsiParser::feed(QByteArrayView bytes)
{
    const char* p = bytes.begin();
    const char* const end = bytes.end();
    while (p < end) {
        if (m_state == State::Ground)
            p = ground(p, end);
        else if (m_state == State::Csi)
            p = csi(p, end);
        else
            step(*p++);
    }
}

void AnsiParser::finish()
{
    if (m_pendingSize > 0)
        m_writer.text(kReplacement, 3);
    m_pendingSize = 0;
    m_state = State::Ground;
    m_string.clear();
    m_sgrCache.release();
    m_writer.finish();
}

const char* AnsiParser::ground(const char* p, const char* end)
{
    if (m_pendingSize > 0) {
        // Complete the character that the last piece cut, one byte at a time.
        m_pending[size_t(m_pendingSize++)] = *p;
        const int length = validate(m_pending.data(), m_pending.data() + m_pendingSize);
        if (length == 0)
            return p + 1;
        const int size = std::exchange(m_pendingSize, 0);
        if (length < 0) {
            // What was kept is no character; this byte is looked at afresh.
            m_writer.text(kReplacement, 3);
            return p;
        }
        if (!isC1(m_pending.data()))
            m_writer.text(m_pending.data(), size_t(size));
        return p + 1;
    }
    while (p < end) {
        const char* const stop = asciiEnd(p, end);
        if (stop > p) {
            m_writer.ascii(p, size_t(stop - p));
            p = stop;
            if (p == end)
                return p;
        }
        const char byte = *p;
        if (byte == '\n') {
            m_writer.lineFeed();
            ++p;
        } else if (byte == kEscape) {
            ++p;
            if (p < end && *p == '[') {
                p = sgr(p + 1, end);
                if (m_state != State::Ground)
                    return p;
            } else {
                m_state = State::Escape;
                return p;
            }
        } else if (quint8(byte) >= 0x80) {
            p = text(p, end);
            if (m_pendingSize > 0)
                return p;
        } else {
            control(byte);
            ++p;
        }
    }
    return p;
}

/// A stretch that is not only ASCII.
const char* AnsiParser::text(const char* p, const char* end)
{
    const char* begin = p;
    const auto flush = [&] {
        if (p > begin)
            m_writer.text(begin, size_t(p - begin));
    };
    while (p < end) {
        const auto byte = quint8(*p);
        if (byte < 0x80) {
            if (byte < 0x20 || byte == 0x7f)
                break;
            ++p;
            continue;
        }
        const int length = validate(p, end);
        if (length > 0 && !isC1(p)) {
            p += length;
            continue;
        }
        flush();
        if (length == 0) {
            m_pendingSize = int(end - p);
            std::memcpy(m_pending.data(), p, size_t(m_pendingSize));
            return end;
        }
        if (length < 0)
            m_writer.text(kReplacement, 3);
        p += std::abs(length);
        begin = p;
    }
    flush();
    return p;
}

/// Behind "ESC [": by the short way when it is a colour that was seen before.
const char* AnsiParser::sgr(const char* p, const char* end)
{
    const auto sequence = SgrCache::sequenceAt(p, end);
    if (sequence.length < 0) {
        beginCsi();
        return csi(p, end);
    }
    auto& entry = m_sgrCache.entry(sequence, m_styleKey);
    if (SgrCache::fits(entry, sequence, m_styleKey)) {
        m_style = entry.style;
        m_styleKey = entry.key;
        m_writer.setStyle(m_style, m_styleKey);
        return p + sequence.length + 1;
    }
    const StyleKey before = m_styleKey;
    beginCsi();
    p = csi(p, end);
    entry = {sequence.low, sequence.high, before, m_styleKey, m_style};
    return p;
}

void AnsiParser::setStyle(const Style& style)
{
    m_style = style;
    m_styleKey = StyleKey(style);
    m_writer.setStyle(m_style, m_styleKey);
}

void AnsiParser::beginCsi()
{
    m_state = State::Csi;
    m_private = 0;
    m_intermediate = 0;
    m_parameters.count = 0;
    m_parameters.colon = 0;
    m_parameters.values[0] = 0;
}

const char* AnsiParser::csi(const char* p, const char* end)
{
    auto& parameters = m_parameters;
    while (p < end) {
        const char byte = *p;
        if (byte >= '0' && byte <= '9') {
            if (parameters.count == 0)
                parameters.count = 1;
            if (parameters.count <= Parameters::kMax) {
                auto& value = parameters.values[size_t(parameters.count - 1)];
                value = quint16(std::min(65'535, value * 10 + (byte - '0')));
            }
        } else if (byte == ';' || byte == ':') {
            if (parameters.count == 0)
                parameters.count = 1;
            if (parameters.count <= Parameters::kMax && ++parameters.count <= Parameters::kMax) {
                parameters.values[size_t(parameters.count - 1)] = 0;
                parameters.colon |= quint32(byte == ':') << (parameters.count - 1);
            }
        } else if (byte >= '@' && byte <= '~') {
            ++p;
            m_state = State::Ground;
            parameters.count = std::min(parameters.count, Parameters::kMax);
            if (byte == 'm' && !m_private) {
                Style style = m_style;
                applySgr(parameters, style);
                setStyle(style);
            } else {
                dispatchCsi(byte);
            }
            return p;
        } else {
            step(byte);
            ++p;
            if (m_state != State::Csi)
                return p;
            continue;
        }
        ++p;
    }
    return p;
}

void AnsiParser::step(char byte)
{
    // In every state: CAN and SUB abort, ESC begins anew (and may end a string).
    if (byte == 0x18 || byte == 0x1a) {
        m_state = State::Ground;
        return;
    }
    const bool inString = m_state == State::Osc || m_state == State::String;
    if (byte == kEscape) {
        m_state = m_state == State::Osc ? State::OscEscape : m_state == State::String ? State::StringEscape : State::Escape;
        return;
    }
    if (quint8(byte) < 0x20 && !inString && m_state != State::OscEscape && m_state != State::StringEscape) {
        control(byte);
        return;
    }
    switch (m_state) {
    case State::Escape: escape(byte); break;
    case State::EscapeIntermediate:
        if (quint8(byte) >= 0x30)
            m_state = State::Ground; // character sets and line sizes: not for us
        break;
    case State::Csi:
        if (byte >= '<' && byte <= '?' && m_parameters.count == 0 && !m_private)
            m_private = byte;
        else if (byte >= ' ' && byte <= '/') {
            m_intermediate = byte;
            m_state = State::CsiIntermediate;
        } else if (byte != 0x7f)
            m_state = State::CsiIgnore;
        break;
    case State::CsiIntermediate:
        if (byte >= '@' && byte <= '~')
            m_state = State::Ground; // none of those with intermediates concern output
        break;
    case State::CsiIgnore:
        if (byte >= '@' && byte <= '~')
            m_state = State::Ground;
        break;
    case State::Osc:
        if (byte == 0x07) {
            m_state = State::Ground;
            dispatchOsc();
        } else if (m_string.size() >= kMaxStringBytes && !(maybePictureOsc(m_string) && m_string.size() < kMaxPictureOscBytes)) {
            m_stringTooLong = true;
        } else if (quint8(byte) >= 0x20) {
            m_string += byte;
        }
        break;
    case State::OscEscape:
        m_state = State::Ground;
        if (byte == '\\') {
            dispatchOsc();
        } else {
            m_state = State::Escape;
            step(byte);
        }
        break;
    case State::String: break; // DCS, SOS, PM, APC: skipped to their end
    case State::StringEscape:
        m_state = State::Ground;
        if (byte != '\\') {
            m_state = State::Escape;
            step(byte);
        }
        break;
    case State::Ground: break;
    }
}

void AnsiParser::control(char byte)
{
    switch (byte) {
    case '\n':
    case '\v':
    case '\f': m_writer.lineFeed(); break;
    case '\r': m_writer.carriageReturn(); break;
    case '\b': m_writer.backspace(); break;
    case '\t': m_writer.tab(); break;
    default: break; // BEL, NUL and the rest say nothing here
    }
}

} // namespace ridealong::console
