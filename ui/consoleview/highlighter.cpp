// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/highlighter.h"

#include "consoleview/readline.h"
#include "kit/codecolors.h"
#include "kit/theme.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>

#include <QElapsedTimer>
#include <QTimerEvent>

#include <map>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {
namespace {

constexpr qint64 kCheckpoint = 512; ///< lines between two remembered states
constexpr int kSliceMs = 4;
constexpr size_t kMaxCachedLines = 4096;

/// Collects what KSyntaxHighlighting says about one line.
class Collector : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    explicit Collector(const kit::Theme& theme) : m_theme(theme) {}

    KSyntaxHighlighting::State run(const QString& text, const KSyntaxHighlighting::State& state, Spans* spans)
    {
        m_text = &text;
        m_spans = spans;
        m_utf16 = 0;
        m_byte = 0;
        if (spans)
            spans->push_back(Span{0, m_theme.color(kit::Token::Text), {}, {}, false, false, false, 0});
        return highlightLine(text, state);
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override
    {
        if (!m_spans || length == 0)
            return;
        Span span;
        span.byte = byteAt(offset);
        span.foreground = kit::codeColor(format.textStyle(), m_theme);
        while (!m_spans->empty() && m_spans->back().byte >= span.byte)
            m_spans->pop_back();
        m_spans->push_back(span);
        Span rest;
        rest.byte = byteAt(offset + length);
        rest.foreground = m_theme.color(kit::Token::Text);
        m_spans->push_back(rest);
    }

private:
    /// Offsets come ascending, so the line is walked once.
    int byteAt(int utf16)
    {
        if (utf16 < m_utf16) {
            m_utf16 = 0;
            m_byte = 0;
        }
        const auto piece = QStringView(*m_text).mid(m_utf16, utf16 - m_utf16);
        m_byte += int(piece.toUtf8().size());
        m_utf16 = utf16;
        return m_byte;
    }

    const kit::Theme& m_theme;
    const QString* m_text = nullptr;
    Spans* m_spans = nullptr;
    int m_utf16 = 0;
    int m_byte = 0;
};

} // namespace

struct Highlighter::Data
{
    struct Document
    {
        std::shared_ptr<const console::LineStore> store;
        QString language;
        bool isUnknown = false;
        KSyntaxHighlighting::Definition definition;
        std::vector<KSyntaxHighlighting::State> checkpoints; ///< before line 0, 512, …
        KSyntaxHighlighting::State state;
        qint64 next = 0; ///< `state` stands before this line
        qint64 wantedFrom = -1;
        qint64 wantedTo = -1;
        bool given = false; ///< given up: a line was too long
        std::map<qint64, Spans> lines; ///< at most kMaxCachedLines
    };

    explicit Data(const kit::Theme& theme) : collector(theme) {}

    KSyntaxHighlighting::Repository& repository()
    {
        // 5 ms to make: not before somebody looks at JSON.
        if (!m_repository)
            m_repository = std::make_unique<KSyntaxHighlighting::Repository>();
        return *m_repository;
    }

    Collector collector;
    std::map<const console::LineStore*, Document> documents;

private:
    std::unique_ptr<KSyntaxHighlighting::Repository> m_repository;
};

Highlighter::Highlighter(kit::Theme& theme, QObject* parent) : QObject(parent), m_data(std::make_unique<Data>(theme)), m_theme(theme)
{
    connect(&theme, &kit::Theme::changed, this, [this] { m_data->documents.clear(); });
}

Highlighter::~Highlighter() = default;

const Spans* Highlighter::spans(const std::shared_ptr<const console::LineStore>& store, const QString& language, qint64 line)
{
    if (line >= kMaxLines || language.isEmpty())
        return nullptr;
    auto& document = m_data->documents[store.get()];
    if (!document.store || document.language != language) {
        document = {};
        document.store = store;
        document.language = language;
    }
    if (document.isUnknown)
        return nullptr;
    if (const auto known = document.lines.find(line); known != document.lines.end())
        return &known->second;
    if (document.given && line >= document.next)
        return nullptr;
    const bool idle = document.wantedFrom < 0;
    document.wantedFrom = idle ? line : std::min(document.wantedFrom, line);
    document.wantedTo = std::max(document.wantedTo, line + 1);
    if (!m_timer.isActive())
        m_timer.start(0, this);
    return nullptr;
}

void Highlighter::forget(const console::LineStore* store) { m_data->documents.erase(store); }

void Highlighter::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    QElapsedTimer clock;
    clock.start();
    bool anything = false;
    bool open = false;
    for (auto& [key, document] : m_data->documents) {
        if (document.wantedFrom < 0)
            continue;
        if (!document.definition.isValid()) { // looked up here, for the first look at a table of languages takes longer than a frame may
            document.definition = m_data->repository().definitionForName(document.language);
            document.isUnknown = !document.definition.isValid();
            if (document.isUnknown) {
                document.wantedFrom = document.wantedTo = -1;
                continue;
            }
        }
        m_data->collector.setDefinition(document.definition);
        // The nearest place before the wanted lines where the state is known.
        if (document.next > document.wantedFrom) {
            const auto checkpoint = size_t(document.wantedFrom / kCheckpoint);
            if (checkpoint < document.checkpoints.size()) {
                document.state = document.checkpoints[checkpoint];
                document.next = qint64(checkpoint) * kCheckpoint;
                document.given = false;
            }
        }
        const qint64 end = std::min(document.wantedTo, document.store->lineCount());
        while (document.next < end && !document.given && clock.elapsed() < kSliceMs) {
            if (document.next % kCheckpoint == 0 && document.checkpoints.size() == size_t(document.next / kCheckpoint))
                document.checkpoints.push_back(document.state);
            const ReadLine line(*document.store, document.next);
            if (line->text.size() > kMaxLineLength) {
                document.given = true;
                break;
            }
            const bool wanted = document.next >= document.wantedFrom;
            Spans spans;
            document.state = m_data->collector.run(QString::fromUtf8(line->text), document.state, wanted ? &spans : nullptr);
            if (wanted) {
                if (document.lines.size() >= kMaxCachedLines)
                    document.lines.clear(); // what is in view is asked for again
                document.lines[document.next] = std::move(spans);
                anything = true;
            }
            ++document.next;
        }
        if (document.next < end && !document.given) {
            open = true;
        } else {
            document.wantedFrom = -1;
            document.wantedTo = -1;
        }
        if (clock.elapsed() >= kSliceMs)
            break;
    }
    for (const auto& [key, document] : m_data->documents)
        open = open || document.wantedFrom >= 0;
    if (!open)
        m_timer.stop();
    if (anything)
        emit ready();
}

} // namespace ridealong::consoleview
