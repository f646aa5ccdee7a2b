// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/body.h"

namespace ridealong::consoleview {

/// Pictures that stand in the output itself, and the words between them. Rows of equal height are slices of a few pixels; a unit is a picture
/// or a line, and is selected as a whole. Nothing is ever fetched from anywhere.
class ImageBody : public Body
{
public:
    static MadeBody make(const BodySource& source);
    static bool maybe(const console::LineStore& lines);
    static constexpr qint64 kMaxBytes = qint64(64) << 20; ///< of output
    static constexpr int kMaxUnits = 2'000;
    static constexpr int kMaxPictures = 100;
    static constexpr int kMaxKept = 2'000; ///< pixels a side that are kept of a larger one, to be shown
    static constexpr int kSlice = 4; ///< px
    static constexpr int kTallest = 420; ///< px

    struct Unit
    {
        qint64 line = 0; ///< of the output, its first
        QString text; ///< the line; of a picture: what is said below it
        QImage image; ///< null: it is a line, or `isWrong`
        QSize size; ///< of the picture itself
        QString name; ///< to save it as
        QByteArray bytes;
        bool isWrong = false; ///< it says that it is a picture, and is none that can be shown; the text says why
    };
    ImageBody(std::shared_ptr<const console::LineStore> lines, std::vector<Unit> units) : m_lines(std::move(lines)), m_units(std::move(units)) {}
    const std::vector<Unit>& units() const { return m_units; }

    qint64 rows(const Metrics& metrics) const override;
    int rowHeight(const Metrics&) const override { return kSlice; }
    void paint(BodyPaint& paint) const override;
    qint64 lastUnit() const override { return qint64(m_units.size()) - 1; }
    RowPlace placeOfRow(qint64 row, const Metrics& metrics) const override;
    qint64 rowOf(qint64 unit, int byte, const Metrics& metrics) const override;
    QByteArray text(qint64 unit) const override { return m_units[size_t(unit)].text.toUtf8(); }
    bool selectsRows() const override { return true; }
    void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const override;
    void addAllTo(Stretch& stretch) const override;
    std::optional<std::pair<qint64, int>> reveal(qint64, int) override { return {}; } // base64 is searched as text
    double shareBefore(qint64 line) const override;
    bool hasCursor() const override { return true; }
    QList<BodyAction> actions(const Spot& spot) override;
    QString accessibleText(qint64 unit) const override;
    Spot spotAt(const RowPlace& place, int x, const Metrics& metrics) const override;

private:
    QSize shownSize(const Unit& unit, const Metrics& metrics) const;
    const std::vector<qint64>& ends(const Metrics& metrics) const;

    std::shared_ptr<const console::LineStore> m_lines;
    std::vector<Unit> m_units;
    mutable QString m_key; ///< what m_ends is for
    mutable std::vector<qint64> m_ends; ///< rows up to and with each unit
};

} // namespace ridealong::consoleview
