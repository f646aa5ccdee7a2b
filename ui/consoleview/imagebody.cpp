// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/imagebody.h"

#include "console/formatsample.h"
#include "console/outputtext.h"
#include "console/inlinepicture.h"
#include "consoleview/textbody.h"
#include "kit/picture.h"
#include "kit/theme.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ImageBody)
};

constexpr int kGapBelow = 12; ///< px
constexpr int kCaptionGap = 4;
constexpr auto kWrapped = Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere;

ImageBody::Unit wrong(qint64 line, const QString& why)
{
    ImageBody::Unit unit;
    unit.line = line;
    unit.text = why;
    unit.isWrong = true;
    return unit;
}

ImageBody::Unit readPicture(qint64 line, const console::PictureText& text)
{
    if (text.base64.isEmpty())
        return wrong(
            line, Words::tr("A picture without anything in it, or of more than %1.").arg(QLocale().formattedDataSize(console::kMaxPictureBytes)));
    const QByteArray bytes = console::bytesOf(text);
    if (bytes.isEmpty())
        return wrong(line, Words::tr("This says that it is a picture, and is no base64."));
    ImageBody::Unit unit;
    auto read = kit::readPicture(bytes, {ImageBody::kMaxKept, ImageBody::kMaxKept}, &unit.size);
    if (!read)
        return wrong(line, Words::tr("A picture that cannot be shown (%1).").arg(read.error().detail));
    unit.image = *std::move(read);
    unit.line = line;
    unit.bytes = bytes;
    const QString name = QFileInfo(QString::fromUtf8(text.name)).fileName(); // whatever path it names
    unit.name = name.isEmpty() ? Words::tr("picture") : name;
    if (!name.contains(u'.'))
        unit.name += u'.' + QString::fromLatin1(text.type == "jpeg" || text.type.isEmpty() ? QByteArrayView("jpg") : text.type);
    unit.text = Words::tr("%1 · %2 × %3 · %4", "a picture: name, width, height, bytes")
                    .arg(unit.name)
                    .arg(unit.size.width())
                    .arg(unit.size.height())
                    .arg(QLocale().formattedDataSize(bytes.size()));
    return unit;
}

ImageBody::Unit lineOf(qint64 line, QByteArrayView text)
{
    ImageBody::Unit unit;
    unit.line = line;
    unit.text = QString::fromUtf8(text);
    return unit;
}

} // namespace

bool ImageBody::maybe(const console::LineStore& lines)
{
    const auto sample = console::sampleOf(lines);
    return std::any_of(sample.head.begin(), sample.head.end(), [](const auto& line) { return console::pictureIn(line.text); });
}

MadeBody ImageBody::make(const BodySource& source)
{
    const console::OutputText text(source.lines);
    if (text.size() > kMaxBytes)
        return {{}, Words::tr("More than %1: too much to be shown as pictures.").arg(QLocale().formattedDataSize(kMaxBytes))};
    const QByteArray all = text.all();
    std::vector<Unit> units;
    int pictures = 0;
    for (qsizetype begin = 0; begin < all.size() && units.size() < size_t(kMaxUnits) && !source.givenUp();) {
        qsizetype end = all.indexOf('\n', begin);
        end = end < 0 ? all.size() : end;
        QByteArrayView line = QByteArrayView(all).sliced(begin, end - begin);
        while (line.endsWith('\r') || line.endsWith(' '))
            line.chop(1);
        const qint64 number = text.placeOf(begin).line;
        begin = end + 1;
        const auto picture = console::pictureIn(line);
        if (picture && !picture->before.isEmpty())
            units.push_back(lineOf(number, picture->before));
        if (picture)
            units.push_back(
                ++pictures > kMaxPictures ? wrong(number, Words::tr("More than %1 pictures.").arg(kMaxPictures)) : readPicture(number, *picture));
        else if (!line.isEmpty())
            units.push_back(lineOf(number, line));
    }
    return {std::make_shared<ImageBody>(source.lines, std::move(units))};
}

/// As it is, a pixel a pixel of the design, but never wider than there is room.
QSize ImageBody::shownSize(const Unit& unit, const Metrics& metrics) const
{
    const int room = std::max(40, metrics.width - 2 * (Metrics::kSideMargin + Metrics::kTextIndent));
    const QSize most(room, int(kTallest * metrics.scale));
    const QSize own = unit.size * metrics.scale;
    return own.width() <= most.width() && own.height() <= most.height() ? own : unit.size.scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1});
}

const std::vector<qint64>& ImageBody::ends(const Metrics& metrics) const
{
    const QString key = u"%1 %2 %3"_s.arg(metrics.width).arg(metrics.scale).arg(metrics.rowHeight);
    if (key == m_key)
        return m_ends;
    m_key = key;
    m_ends.clear();
    qint64 end = 0;
    for (const Unit& unit : m_units) {
        const qint64 lines = std::max<qint64>(1, (unit.text.size() + metrics.columns - 1) / std::max(1, metrics.columns));
        int height = int(std::min<qint64>(lines, 200)) * metrics.rowHeight;
        if (!unit.image.isNull())
            height = kSlice + shownSize(unit, metrics).height() + kCaptionGap + metrics.rowHeight + kGapBelow;
        end += (height + kSlice - 1) / kSlice;
        m_ends.push_back(end);
    }
    return m_ends;
}

qint64 ImageBody::rows(const Metrics& metrics) const { return ends(metrics).empty() ? 0 : ends(metrics).back(); }

void ImageBody::paint(BodyPaint& paint) const
{
    const auto& last = ends(paint.metrics);
    QPainter& painter = paint.painter;
    painter.save();
    painter.setClipRect(
        QRect(0, paint.top + int(paint.first) * kSlice, paint.metrics.width, int(paint.last - paint.first) * kSlice), Qt::IntersectClip);
    for (auto end = std::upper_bound(last.begin(), last.end(), paint.first); end != last.end(); ++end) {
        const auto index = size_t(end - last.begin());
        const qint64 begin = index == 0 ? 0 : last[index - 1];
        if (begin >= paint.last)
            break;
        const Unit& unit = m_units[index];
        QRect rect(paint.left(), paint.top + int(begin) * kSlice, paint.right() - Metrics::kTextIndent - paint.left(), int(*end - begin) * kSlice);
        const QRect whole(Metrics::kSideMargin + 1, rect.top(), paint.right() - Metrics::kSideMargin - 2, rect.height());
        if (paint.isSelected && paint.isSelected(qint64(index)))
            painter.fillRect(whole, paint.theme.color(Token::Selection));
        else if (qint64(index) == paint.cursor) {
            painter.fillRect(whole, blend(paint.theme.color(Token::Inset), paint.theme.color(Token::Selection), 0.55));
            painter.fillRect(QRect(whole.left(), whole.top(), 2, whole.height()), paint.theme.color(Token::Accent));
        }
        if (!unit.image.isNull()) {
            const QRect picture(rect.topLeft() + QPoint(0, kSlice), shownSize(unit, paint.metrics));
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.fillRect(picture, paint.theme.color(Token::Panel)); // behind what is transparent
            painter.drawImage(picture, unit.image);
            painter.setPen(paint.theme.color(Token::Border));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(picture.adjusted(0, 0, -1, -1));
            rect.setTop(picture.bottom() + 1 + kCaptionGap);
        }
        const bool isAbout = !unit.image.isNull() || unit.isWrong;
        painter.setFont(isAbout ? paint.theme.font(kit::Theme::Type::Small) : paint.font);
        painter.setPen(paint.theme.color(unit.isWrong ? Token::Warning : isAbout ? Token::Muted : Token::Text));
        painter.drawText(rect, int(kWrapped), unit.text.left(20'000));
    }
    painter.restore();
    paint.painted += int(paint.last - paint.first) * kSlice / paint.metrics.rowHeight + 1;
}

RowPlace ImageBody::placeOfRow(qint64 row, const Metrics& metrics) const
{
    const auto& last = ends(metrics);
    const auto end = std::upper_bound(last.begin(), last.end(), row);
    return {std::min<qint64>(end - last.begin(), lastUnit()), int(row)};
}

qint64 ImageBody::rowOf(qint64 unit, int, const Metrics& metrics) const { return unit <= 0 ? 0 : ends(metrics)[size_t(unit) - 1]; }

void ImageBody::addTo(Stretch& stretch, qint64 fromUnit, int, qint64 toUnit, int) const
{
    QStringList texts;
    for (qint64 unit = std::max<qint64>(0, fromUnit); unit <= std::min(toUnit, lastUnit()); ++unit)
        texts << m_units[size_t(unit)].text;
    stretch.texts = texts;
}

void ImageBody::addAllTo(Stretch& stretch) const { addWhole(stretch, {m_lines}); }

double ImageBody::shareBefore(qint64 line) const { return std::clamp(double(line) / double(std::max<qint64>(1, m_lines->lineCount())), 0.0, 1.0); }

Spot ImageBody::spotAt(const RowPlace& place, int, const Metrics&) const { return {0, place.unit}; }

QList<BodyAction> ImageBody::actions(const Spot& spot)
{
    if (spot.unit < 0 || spot.unit > lastUnit() || m_units[size_t(spot.unit)].image.isNull())
        return {};
    const Unit& unit = m_units[size_t(spot.unit)];
    return {{Words::tr("Copy the picture"), Qt::Key_L, [image = unit.image](BodyHost& host) { host.copyPicture(image); }},
        {Words::tr("Save the picture…"), Qt::Key_D, [bytes = unit.bytes, name = unit.name](BodyHost& host) { host.saveBytes(bytes, name); }}};
}

QString ImageBody::accessibleText(qint64 unit) const
{
    const Unit& one = m_units[size_t(unit)];
    return one.image.isNull() ? one.text : Words::tr("Picture: %1").arg(one.text);
}

} // namespace ridealong::consoleview
