// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/markdownbody.h"

#include "console/outputtext.h"
#include "consoleview/textbody.h"
#include "kit/messagedocument.h"
#include "kit/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QTextBlock>
#include <QTextTable>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

namespace {

constexpr int kTableMargin = 12;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MarkdownBody)
};

/// One line around cells, and room in them.
void dressTables(QTextDocument& document, const kit::Theme& theme)
{
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(theme.color(Token::Border));
        format.setCellPadding(4);
        format.setCellSpacing(0);
        format.setTopMargin(kTableMargin);
        format.setBottomMargin(kTableMargin);
        table->setFormat(format);
        for (QTextBlock block = table->firstCursorPosition().block(); block.isValid() && block.position() <= table->lastPosition();
             block = block.next()) {
            QTextCursor cursor(block);
            QTextBlockFormat plain = block.blockFormat();
            plain.setTopMargin(0);
            plain.setBottomMargin(0);
            cursor.setBlockFormat(plain);
        }
    }
}

} // namespace

MadeBody MarkdownBody::make(const BodySource& source)
{
    const console::OutputText text(source.lines);
    if (text.size() > kMaxBytes)
        return {{}, Words::tr("More than %1: too much to be laid out as Markdown.").arg(QLocale().formattedDataSize(kMaxBytes))};
    return {std::make_shared<MarkdownBody>(source.lines, QString::fromUtf8(text.all()))};
}

MarkdownBody::MarkdownBody(std::shared_ptr<const console::LineStore> lines, QString text) : m_lines(std::move(lines)), m_text(std::move(text)) {}

QTextDocument& MarkdownBody::document(const Metrics& metrics) const
{
    const int room = metrics.width - 2 * (Metrics::kSideMargin + Metrics::kTextIndent);
    const QString key = u"%1 %2 %3 %4"_s.arg(room).arg(metrics.scale).arg(metrics.theme->colors().name, metrics.theme->font().toString());
    if (!m_document || key != m_key) {
        m_key = key;
        m_scale = metrics.scale;
        m_document = kit::messageDocument(m_text, *metrics.theme, std::max(40, int(room / m_scale)));
        dressTables(*m_document, *metrics.theme);
    }
    return *m_document;
}

qint64 MarkdownBody::rows(const Metrics& metrics) const { return qint64(std::ceil(document(metrics).size().height() * m_scale / kSlice)); }

void MarkdownBody::paint(BodyPaint& paint) const
{
    const QTextDocument& shown = document(paint.metrics);
    QPainter& painter = paint.painter;
    painter.save();
    painter.translate(paint.left(), paint.top);
    painter.scale(m_scale, m_scale);
    const QRectF clip(-4, paint.first * kSlice / m_scale, shown.size().width() + 8, (paint.last - paint.first) * kSlice / m_scale);
    painter.setClipRect(clip, Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    painter.setBrush(paint.theme.color(Token::Panel));
    for (const QRectF& card : kit::codeCards(shown))
        if (card.intersects(clip))
            painter.drawRoundedRect(card, kit::Theme::kChipRadius, kit::Theme::kChipRadius);
    for (QTextBlock block = shown.begin(); block.isValid(); block = block.next()) {
        const bool isCursor = block.blockNumber() == paint.cursor;
        const bool isSelected = paint.isSelected && paint.isSelected(block.blockNumber());
        if (!isCursor && !isSelected)
            continue;
        const QRectF rect = shown.documentLayout()->blockBoundingRect(block);
        painter.fillRect(rect,
            isSelected ? paint.theme.color(Token::Selection) : blend(paint.theme.color(Token::Inset), paint.theme.color(Token::Selection), 0.55));
    }
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = clip;
    context.palette.setColor(QPalette::Text, paint.theme.color(Token::Text));
    shown.documentLayout()->draw(&painter, context);
    painter.restore();
    paint.painted += int(paint.last - paint.first) * kSlice / paint.metrics.rowHeight + 1;
}

qint64 MarkdownBody::lastUnit() const { return m_document ? m_document->blockCount() - 1 : 0; }

RowPlace MarkdownBody::placeOfRow(qint64 row, const Metrics& metrics) const
{
    const QTextDocument& shown = document(metrics);
    const QPointF at(1, (double(row) + 0.5) * kSlice / m_scale);
    const int position = shown.documentLayout()->hitTest(at, Qt::FuzzyHit);
    return {shown.findBlock(std::max(0, position)).blockNumber(), int(row)};
}

qint64 MarkdownBody::rowOf(qint64 unit, int, const Metrics& metrics) const
{
    const QTextDocument& shown = document(metrics);
    return qint64(shown.documentLayout()->blockBoundingRect(shown.findBlockByNumber(int(unit))).top() * m_scale / kSlice);
}

QByteArray MarkdownBody::text(qint64 unit) const { return m_document ? m_document->findBlockByNumber(int(unit)).text().toUtf8() : QByteArray(); }

void MarkdownBody::addTo(Stretch& stretch, qint64 fromUnit, int, qint64 toUnit, int) const
{
    QStringList texts;
    for (qint64 unit = std::max<qint64>(0, fromUnit); unit <= std::min(toUnit, lastUnit()); ++unit)
        texts << QString::fromUtf8(text(unit));
    stretch.texts = texts;
}

void MarkdownBody::addAllTo(Stretch& stretch) const { addWhole(stretch, {m_lines}); }

double MarkdownBody::shareBefore(qint64 line) const { return std::clamp(double(line) / double(std::max<qint64>(1, m_lines->lineCount())), 0.0, 1.0); }

Spot MarkdownBody::spotAt(const RowPlace& place, int x, const Metrics& metrics) const
{
    const QTextDocument& shown = document(metrics);
    const QString link = shown.documentLayout()->anchorAt(QPointF(x / m_scale, (place.subRow + 0.5) * kSlice / m_scale));
    return {0, place.unit, -1, kit::isSafeLink(QUrl(link)) ? link : QString()};
}

} // namespace ridealong::consoleview
