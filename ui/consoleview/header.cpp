// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/header.h"

#include "kit/stateicon.h"
#include "kit/durations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kSureEnough = 95; ///< per cent of confidence
constexpr int kDoubtful = 60;

constexpr int kSpacing = 10;
constexpr int kPadding = 12;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunHeader)
};

QFont commandFont(const Theme& theme)
{
    QFont font = theme.mono();
    font.setWeight(QFont::DemiBold);
    return font;
}

QString stateText(const chat::RunReport& report)
{
    const QString word = stateWord(report);
    return report.exitCode && *report.exitCode != 0 ? Words::tr("%1 · exit %2").arg(word).arg(*report.exitCode) : word;
}

QString timeText(const chat::RunReport& report, qint64 nowMs) { return kit::elapsedText(elapsedMs(report, nowMs)); }

} // namespace

QString formatWord(console::Format format)
{
    switch (format) {
    case console::Format::Json: return Words::tr("JSON");
    case console::Format::Yaml: return Words::tr("YAML");
    case console::Format::Table: return Words::tr("Table");
    case console::Format::Diff: return Words::tr("Diff");
    case console::Format::Log: return Words::tr("Log");
    case console::Format::StackTrace: return Words::tr("Stack trace");
    case console::Format::Markdown: return Words::tr("Markdown");
    case console::Format::Code: return Words::tr("Code");
    case console::Format::Image: return Words::tr("Image");
    case console::Format::Text: break; // shown as it came
    }
    return {};
}

HeaderPart HeaderLayout::partAt(const QPoint& pos) const
{
    if (menu.adjusted(-4, -4, 4, 4).contains(pos))
        return HeaderPart::Menu;
    for (const auto& text : texts)
        if (text.part != HeaderPart::None && text.rect.adjusted(-4, -4, 4, 4).contains(pos))
            return text.part;
    return HeaderPart::Fold;
}

HeaderLayout layoutHeader(const QRect& rect, const Block& block, const console::Run& run, const Theme& theme, qint64 nowMs)
{
    const auto& report = run.report;
    struct Wanted
    {
        QString text;
        Token token;
        HeaderPart part;
        int priority; ///< the highest goes first when room is short
        bool strong;
    };
    // Left to right.
    std::vector<Wanted> wanted;
    const bool quiet = report.state == chat::RunState::Succeeded || (report.state == chat::RunState::Running && !isPaused(report));
    wanted.push_back({stateText(report), stateToken(report), HeaderPart::None, quiet ? 3 : 0, false});
    if (!report.senderName.isEmpty())
        wanted.push_back({report.senderName.left(40), Token::Muted, HeaderPart::None, 4, false});
    if (report.startedAtMs > 0)
        wanted.push_back({timeText(report, nowMs), Token::Muted, HeaderPart::None, 2, false});
    if (chat::isFinal(report.state) && report.startedAtMs > 0)
        wanted.push_back(
            {QLocale().toString(QDateTime::fromMSecsSinceEpoch(report.startedAtMs).time(), u"HH:mm"_s), Token::Faint, HeaderPart::None, 5, false});
    // Certainty needs no word; a guess says that it is one.
    if (report.confidence && *report.confidence < kSureEnough && run.lines->lineCount() > 0)
        wanted.push_back({Words::tr("≈ %1 %").arg(*report.confidence), *report.confidence < kDoubtful ? Token::Warning : Token::Faint,
            HeaderPart::None, 3, false});
    if (hasProgress(report) && report.progress->state != chat::Progress::State::Indeterminate)
        wanted.push_back({Words::tr("%1 %").arg(std::clamp(report.progress->percent, 0, 100)), stateToken(report), HeaderPart::None, 1, false});
    const QString format = formatWord(formatOf(block, run));
    if (!format.isEmpty() && !block.folded) {
        wanted.push_back({format, block.view == BodyView::Formatted ? Token::Accent : Token::Muted, HeaderPart::Formatted, 1, false});
        wanted.push_back({Words::tr("Raw"), block.view == BodyView::Raw ? Token::Accent : Token::Muted, HeaderPart::Raw, 1, false});
    }

    HeaderLayout layout;
    const QFontMetrics small(theme.font(Theme::Type::Small));
    const QFontMetrics command(commandFont(theme));
    const int iconSize = std::max(12, small.ascent());
    layout.icon = QRect(rect.left() + kPadding, rect.center().y() - iconSize / 2, iconSize, iconSize);
    const int menuSize = std::max(16, small.height());
    layout.menu = QRect(rect.right() - kPadding - menuSize + 4, rect.center().y() - menuSize / 2, menuSize, menuSize);
    const int left = layout.icon.right() + kSpacing;
    const int room = layout.menu.left() - left;
    const int need = std::min(command.horizontalAdvance(report.command.left(400)), room / 2) + kSpacing;
    const auto total = [&] {
        int sum = need;
        for (const auto& item : wanted)
            sum += small.horizontalAdvance(item.text) + kSpacing;
        return sum;
    };
    while (!wanted.empty() && total() > room) {
        const auto worst = std::max_element(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) { return a.priority < b.priority; });
        if (worst->priority == 0)
            break;
        wanted.erase(worst);
    }
    int right = layout.menu.left() - kSpacing;
    for (auto item = wanted.rbegin(); item != wanted.rend(); ++item) {
        const int width = small.horizontalAdvance(item->text) + 1;
        layout.texts.prepend(
            {QRect(right - width, rect.center().y() - small.height() / 2, width, small.height()), item->text, item->token, item->part, item->strong});
        right -= width + kSpacing;
    }
    layout.command = QRect(left, rect.top(), std::max(0, right - left), rect.height());
    layout.commandText = command.elidedText(report.command.left(400).simplified(), Qt::ElideRight, layout.command.width());
    return layout;
}

void paintHeader(QPainter& painter, const HeaderLayout& layout, const console::Run& run, const Theme& theme, HeaderPart hovered)
{
    kit::paintStateIcon(painter, layout.icon, run.report, theme.color(stateToken(run.report)));
    painter.setFont(commandFont(theme));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(layout.command, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, layout.commandText);
    painter.setFont(theme.font(Theme::Type::Small));
    for (const auto& text : layout.texts) {
        const bool lit = text.part != HeaderPart::None && text.part == hovered && text.token == Token::Muted;
        painter.setPen(theme.color(lit ? Token::Text : text.token));
        painter.drawText(text.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text.text);
    }
    if (layout.menu.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(hovered == HeaderPart::Menu ? Token::Text : Token::Muted));
    const QPointF center = QRectF(layout.menu).center();
    for (int i = -1; i <= 1; ++i)
        painter.drawEllipse(
            QPointF(center.x() + i * layout.menu.width() * 0.26, center.y()), layout.menu.width() * 0.075, layout.menu.width() * 0.075);
    painter.restore();
}

} // namespace ridealong::consoleview
