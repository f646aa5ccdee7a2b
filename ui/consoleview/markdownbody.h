// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consoleview/body.h"

#include <QTextDocument>

namespace ridealong::consoleview {

/// Markdown as a document. Rows of equal height are slices of a few pixels of it; a unit is a paragraph, and is selected as a whole.
class MarkdownBody : public Body
{
public:
    static MadeBody make(const BodySource& source);
    static constexpr qint64 kMaxBytes = 6 * 1024; ///< laid out in one go, here, at about a millisecond a kilobyte
    static constexpr int kSlice = 4; ///< px

    MarkdownBody(std::shared_ptr<const console::LineStore> lines, QString text);

    qint64 rows(const Metrics& metrics) const override;
    int rowHeight(const Metrics&) const override { return kSlice; }
    void paint(BodyPaint& paint) const override;
    qint64 lastUnit() const override;
    RowPlace placeOfRow(qint64 row, const Metrics& metrics) const override;
    qint64 rowOf(qint64 unit, int byte, const Metrics& metrics) const override;
    QByteArray text(qint64 unit) const override;
    bool selectsRows() const override { return true; }
    void addTo(Stretch& stretch, qint64 fromUnit, int fromByte, qint64 toUnit, int toByte) const override;
    void addAllTo(Stretch& stretch) const override;
    std::optional<std::pair<qint64, int>> reveal(qint64, int) override { return {}; } // lines are not where they were
    double shareBefore(qint64 line) const override;
    Spot spotAt(const RowPlace& place, int x, const Metrics& metrics) const override;
    bool hasCursor() const override { return true; }
    bool isHeavy() const override { return false; } ///< a document dies where it was made

private:
    QTextDocument& document(const Metrics& metrics) const;

    std::shared_ptr<const console::LineStore> m_lines;
    QString m_text;
    mutable std::unique_ptr<QTextDocument> m_document; ///< for what m_key says
    mutable QString m_key;
    mutable qreal m_scale = 1;
};

} // namespace ridealong::consoleview
