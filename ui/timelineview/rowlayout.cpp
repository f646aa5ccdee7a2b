// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/rowlayout.h"

#include "kit/messagedocument.h"
#include "kit/picture.h"
#include "timelineview/filepainter.h"
#include "timelineview/statewords.h"
#include "timelineview/systemwords.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QDateTime>
#include <QFontMetrics>
#include <QLocale>
#include <QTextCursor>

#include <cmath>

using namespace Qt::StringLiterals;
using ridealong::kit::Token;

namespace ridealong::timelineview {
namespace {

using Kind = model::TimelineRow::Kind;

constexpr int kMaxReactions = 40; ///< of one message; a server may send any number
constexpr qsizetype kMaxEmoji = 16; ///< UTF-16 units of one reaction
constexpr qsizetype kPreviewChars = 8 * 1024; ///< of a message that is not shown whole
constexpr int kPreviewLines = 24;
constexpr int kChipPadding = 8;
constexpr int kGap = 4;
constexpr int kGapLine = 24; ///< px of the dashes on each side of a gap's words, at least

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)
};

QString clock(qint64 timeMs) { return QDateTime::fromMSecsSinceEpoch(timeMs).toString(u"HH:mm"_s); }

/// The day too, when it is not today.
QString moment(qint64 timeMs, QDate today)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs);
    return time.date() == today ? clock(timeMs) : QLocale().toString(time.date(), u"d MMM"_s) + u' ' + clock(timeMs);
}

QString lostWords(const QString& from, const QString& to)
{
    if (!from.isEmpty() && !to.isEmpty() && from != to)
        return Words::tr("You were not connected from %1 to %2, and this server kept no history of it").arg(from, to);
    if (!from.isEmpty())
        return Words::tr("You were not connected after %1, and this server kept no history of it").arg(from);
    return to.isEmpty() ? Words::tr("This server kept no history of what was said here") : Words::tr("This server kept no history before %1").arg(to);
}

QString gapWords(const model::TimelineRow& row, QDate today)
{
    const QString from = row.gapFromMs > 0 ? moment(row.gapFromMs, today) : QString();
    const QString to = row.timeMs > 0 ? moment(row.timeMs, today) : QString();
    if (row.gap.lost)
        return lostWords(from, to);
    if (row.gapState == chat::GapState::Loading)
        return Words::tr("Loading missing messages…");
    const bool failed = row.gapState == chat::GapState::Failed;
    if (from.isEmpty() && to.isEmpty())
        return failed ? Words::tr("Missing messages could not be loaded") : Words::tr("Messages are missing here");
    if (from == to)
        return failed ? Words::tr("Messages of %1 could not be loaded").arg(to) : Words::tr("Messages of %1 are missing").arg(to);
    if (from.isEmpty())
        return failed ? Words::tr("Messages before %1 could not be loaded").arg(to) : Words::tr("Messages before %1 are missing").arg(to);
    if (to.isEmpty())
        return failed ? Words::tr("Messages after %1 could not be loaded").arg(from) : Words::tr("Messages after %1 are missing").arg(from);
    return failed ? Words::tr("Messages between %1 and %2 could not be loaded").arg(from, to)
                  : Words::tr("Messages between %1 and %2 are missing").arg(from, to);
}

/// Hostile in the same ways as a name, but joined emoji need their joiner.
QString safeEmoji(const QString& emoji)
{
    QString safe;
    for (const QChar c : emoji.left(kMaxEmoji))
        if (c.unicode() == 0x200D
            || (c.category() != QChar::Other_Format && c.category() != QChar::Other_Control && c.category() != QChar::Separator_Line))
            safe += c;
    return safe;
}

/// Puts one thing under the other.
class Builder
{
public:
    Builder(const model::TimelineRow& row, const LayoutInput& input)
        : m_row(row),
          m_in(input),
          m_small(input.theme.font(kit::Theme::Type::Small)),
          m_body(input.theme.font()),
          m_strong(input.theme.font(kit::Theme::Type::Body, true)),
          m_textLeft(RowLayout::textLeft(input.theme)),
          m_textWidth(std::max(60, input.width - m_textLeft - RowLayout::kMargin)),
          m_icon(m_small.ascent())
    {
        m_made.row = row;
        m_made.width = input.width;
        m_made.goingUp = input.goingUp;
        m_made.today = input.today;
    }

    RowLayout line()
    {
        m_made.height = m_small.height() + 16;
        return std::move(m_made);
    }

    /// One line in the middle: the words, and what can be done about it.
    RowLayout gap()
    {
        const QString action = gapAction(m_row);
        const QString between = action.isEmpty() ? QString() : u"  ·  "_s;
        const int actionWidth = action.isEmpty() ? 0 : m_small.horizontalAdvance(action) + 1;
        const int betweenWidth = m_small.horizontalAdvance(between);
        const int icon = gapIcon().isEmpty() ? 0 : m_icon + 6;
        const int room = std::max(40, m_in.width - 2 * (RowLayout::kMargin + kGapLine) - actionWidth - betweenWidth - icon);
        const QString words = m_small.elidedText(lineWords(m_row, m_in.today), Qt::ElideRight, room) + between;
        const int wordsWidth = m_small.horizontalAdvance(words) + 1 + icon;
        const int left = std::max(0, (m_in.width - wordsWidth - actionWidth) / 2);
        const int height = m_small.height() + 8; // a target that can be hit
        const bool failed = !m_row.gap.lost && m_row.gapState == chat::GapState::Failed;
        m_made.pieces.append({Part::Note, QRect(left, 8, wordsWidth, height), words, failed ? Token::Warning : Token::Muted, gapIcon(), -1, false});
        if (!action.isEmpty())
            m_made.pieces.append({Part::LoadGap, QRect(left + wordsWidth, 8, actionWidth, height), action, Token::Accent, {}, -1, false});
        m_made.height = height + 16;
        return std::move(m_made);
    }

    RowLayout note() ///< nobody said it
    {
        m_y = m_in.theme.rowPaddingV() / 2;
        add(Part::Note, m_small.elidedText(systemWords(m_row.message), Qt::ElideRight, m_textWidth), Token::Faint, m_textWidth, m_small.height());
        m_made.height = m_y + m_in.theme.rowPaddingV() / 2;
        return std::move(m_made);
    }

    /// "ana waves": told of her, so there is neither a head nor a picture above it.
    RowLayout action()
    {
        m_y = m_in.theme.rowPaddingV();
        text();
        if (m_made.document) {
            QTextCursor cursor(m_made.document.get());
            QTextCharFormat name;
            name.setFontWeight(QFont::DemiBold);
            const QString whole = kit::safeName(m_row.message.senderName);
            cursor.insertText((whole.isEmpty() ? m_row.message.sender.text().left(80) : whole) + u' ', name);
            cursor.select(QTextCursor::Document);
            QTextCharFormat slanted;
            slanted.setFontItalic(true);
            cursor.mergeCharFormat(slanted);
            const int grown = int(std::ceil(m_made.document->size().height())) - m_made.textRect.height();
            if (std::none_of(m_made.pieces.cbegin(), m_made.pieces.cend(), [](const Piece& piece) { return piece.part == Part::ShowAll; })
                && grown != 0) {
                m_made.textRect.setHeight(m_made.textRect.height() + grown);
                for (Piece& piece : m_made.pieces)
                    piece.part == Part::Text ? piece.rect.setHeight(piece.rect.height() + grown) : piece.rect.translate(0, grown);
                m_y += grown;
            }
        }
        m_made.pieces.append(
            {Part::Time, QRect(4, m_in.theme.rowPaddingV(), m_textLeft - 16, m_body.height()), clock(m_row.timeMs), Token::Faint, {}, -1, false});
        reactions();
        thread();
        pending();
        m_made.height = m_y + m_in.theme.rowPaddingV() / 2;
        return std::move(m_made);
    }

    RowLayout message()
    {
        m_y = m_row.continuesGroup ? 2 : m_in.theme.rowPaddingV();
        if (!m_row.continuesGroup)
            header();
        quote();
        text();
        files();
        run();
        reactions();
        thread();
        pending();
        m_made.height = std::max(m_y, m_row.continuesGroup ? 0 : m_in.theme.rowPaddingV() + RowLayout::avatarSize(m_in.theme))
            + (m_in.theme.rowPaddingV() <= 4 ? 2 : 4);
        return std::move(m_made);
    }

private:
    QString gapIcon() const
    {
        if (m_row.gap.lost)
            return u"no-reply"_s;
        return m_row.gapState == chat::GapState::Loading ? u"hourglass"_s : m_row.gapState == chat::GapState::Failed ? u"warning"_s : QString();
    }

    Piece& add(Part part, const QString& text, Token token, int width, int height)
    {
        m_made.pieces.append({part, QRect(m_textLeft, m_y, std::min(width, m_textWidth), height), text, token, {}, -1, false});
        m_y += height;
        return m_made.pieces.last();
    }

    void header()
    {
        const int top = m_y;
        const QString time = clock(m_row.timeMs) + (m_row.message.notice ? u" · "_s + Words::tr("notice") : QString())
            + (m_row.message.edited ? u" · "_s + Words::tr("edited") : QString());
        const int timeWidth = m_small.horizontalAdvance(time);
        const QString whole = kit::safeName(m_row.message.senderName);
        const QString name = m_strong.elidedText(
            whole.isEmpty() ? m_row.message.sender.text().left(80) : whole, Qt::ElideRight, std::max(40, m_textWidth - timeWidth - 8));
        const int nameWidth = m_strong.horizontalAdvance(name);
        add(Part::Name, name, Token::Text, nameWidth + 1, m_strong.height());
        // On the baseline of the name.
        const QRect place(m_textLeft + nameWidth + 8, top + m_strong.ascent() - m_small.ascent(), timeWidth + 1, m_small.height());
        m_made.pieces.append({Part::Time, place, time, Token::Faint, {}, -1, false});
        m_made.pieces.append({Part::Avatar, QRect(RowLayout::kMargin, top, RowLayout::avatarSize(m_in.theme), RowLayout::avatarSize(m_in.theme)),
            name.left(name.at(0).isHighSurrogate() ? 2 : 1).toUpper(), Token::Text, {}, -1, false});
        m_y += 1;
    }

    void quote()
    {
        if (m_row.message.replyTo.isEmpty())
            return;
        QString text = kit::safeName(m_row.replyToName);
        text += text.isEmpty() ? Words::tr("an earlier message") : u"  "_s + m_row.replyToText;
        const int room = m_textWidth - 12;
        constexpr int kHeavier = 24; // the name is painted stronger than it is measured here
        add(Part::Quote, m_small.elidedText(text, Qt::ElideRight, room), Token::Muted,
            std::min(room, m_small.horizontalAdvance(text) + kHeavier) + 12, m_small.height() + 2);
        m_y += 2;
    }

    void text()
    {
        const auto& message = m_row.message;
        if (message.deleted) {
            add(Part::Note, Words::tr("message deleted"), Token::Faint, m_textWidth, m_body.height());
            return;
        }
        if (message.text.isEmpty() && !message.attachments.isEmpty())
            return;
        m_made.command = isCommand(m_row);
        if (m_made.command)
            m_y += 2; // the chip has an edge of its own
        const int inset = m_made.command ? kChipPadding : 0;
        const bool cut = !m_in.expanded && message.text.size() > kPreviewChars;
        const QString shown = cut ? message.text.left(kPreviewChars) : message.text;
        m_made.document = m_made.command ? kit::commandDocument(shown, m_in.theme, m_textWidth - 2 * inset)
                                         : kit::messageDocument(shown, m_in.theme, m_textWidth, m_in.highlighter);
        const int whole = int(std::ceil(m_made.document->size().height()));
        const int limit = kPreviewLines * m_body.lineSpacing();
        const bool folded = !m_in.expanded && (cut || whole > limit + 2 * m_body.lineSpacing());
        const int height = folded ? std::min(whole, limit) : whole;
        const int padding = m_made.command ? 2 : 0;
        m_made.textRect = QRect(m_textLeft + inset, m_y + padding, m_textWidth - 2 * inset, height);
        const int used = m_made.command ? int(std::ceil(m_made.document->idealWidth())) + 2 * inset : m_textWidth;
        add(Part::Text, {}, m_row.pending ? Token::Muted : Token::Text, used, height + 2 * padding);
        if (folded) {
            const QString words = Words::tr("Show all");
            m_y += 2;
            add(Part::ShowAll, words, Token::Accent, m_small.horizontalAdvance(words) + 1, m_small.height());
        } else if (message.text.size() > kit::kMaxShownChars) {
            add(Part::Note, Words::tr("The rest is too long to show. Copy text copies all of it."), Token::Faint, m_textWidth, m_small.height());
        }
        if (message.edited && m_row.continuesGroup)
            add(Part::Note, Words::tr("edited"), Token::Faint, m_textWidth, m_small.height());
    }

    void files()
    {
        const auto& all = m_row.message.attachments;
        for (int i = 0; i < int(std::min<qsizetype>(chat::kMaxAttachments, all.size())); ++i) {
            m_y += kGap;
            const bool picture = kit::isPicture(all[i]) && !all[i].pixels.isEmpty();
            const QSize size = picture ? pictureBox(all[i].pixels, m_in.theme, m_textWidth) : cardSize(m_in.theme, m_textWidth);
            add(picture ? Part::Picture : Part::File, all[i].name, Token::Text, size.width(), size.height()).index = i;
        }
    }

    int chipHeight() const { return m_small.height() + 6; }

    void run()
    {
        if (!m_row.run)
            return;
        m_y += kGap;
        const StateWords words = runWords(*m_row.run, m_in.nowMs);
        const int room = m_textWidth - 2 * kChipPadding - m_icon - 6;
        const QString text = m_small.elidedText(words.text, Qt::ElideRight, room);
        add(Part::Run, text, words.token, m_small.horizontalAdvance(text) + 2 * kChipPadding + m_icon + 6, chipHeight()).icon = words.icon;
        m_made.ticking = isTicking(*m_row.run);
    }

    void reactions()
    {
        const auto& all = m_row.message.reactions;
        if (all.isEmpty() || m_row.message.deleted)
            return;
        m_y += kGap;
        int x = m_textLeft;
        const int right = m_textLeft + m_textWidth;
        for (int i = 0; i < std::min<int>(kMaxReactions, int(all.size())); ++i) {
            const QString text = safeEmoji(all[i].emoji) + u' ' + QString::number(all[i].by.size());
            const int width = std::min(m_textWidth, m_small.horizontalAdvance(text) + 2 * kChipPadding);
            if (x > m_textLeft && x + width > right) {
                x = m_textLeft;
                m_y += chipHeight() + kGap;
            }
            m_made.pieces.append({Part::Reaction, QRect(x, m_y, width, chipHeight()), text, Token::Text, {}, i, all[i].by.contains(m_in.self)});
            x += width + kGap;
        }
        m_y += chipHeight();
    }

    void thread()
    {
        if (m_row.replies <= 0)
            return;
        m_y += kGap;
        QString text = m_row.replies == 1 ? Words::tr("1 reply") : Words::tr("%1 replies").arg(m_row.replies);
        if (m_row.lastReplyAtMs > 0)
            text += u" · "_s + Words::tr("last %1").arg(clock(m_row.lastReplyAtMs));
        add(Part::Thread, text, Token::Accent, m_small.horizontalAdvance(text) + 1, m_small.height());
    }

    void pending()
    {
        if (!m_row.pending || m_row.pending->state == chat::OutboxState::Sent)
            return;
        m_y += 2;
        const auto state = m_row.pending->state;
        const StateWords words = pendingWords(*m_row.pending, m_in.goingUp);
        const int top = m_y;
        Piece& note = add(Part::Note, words.text, words.token, m_small.horizontalAdvance(words.text) + m_icon + 6, m_small.height());
        note.icon = words.icon;
        int x = note.rect.right() + 12;
        const auto action = [&](Part part, const QString& text) {
            const int width = m_small.horizontalAdvance(text) + 1;
            m_made.pieces.append({part, QRect(x, top, width, m_small.height()), text, Token::Accent, {}, -1, false});
            x += width + 12;
        };
        if (state == chat::OutboxState::Failed)
            action(Part::Retry, Words::tr("Retry"));
        if (state == chat::OutboxState::Review)
            action(Part::Review, Words::tr("Review"));
        if (state == chat::OutboxState::Failed || state == chat::OutboxState::Review || state == chat::OutboxState::Queued)
            action(Part::Discard, Words::tr("Discard"));
        m_y += 2;
    }

    const model::TimelineRow& m_row;
    const LayoutInput& m_in;
    const QFontMetrics m_small;
    const QFontMetrics m_body;
    const QFontMetrics m_strong;
    const int m_textLeft;
    const int m_textWidth;
    const int m_icon;
    int m_y = 0;
    RowLayout m_made;
};

} // namespace

bool isCommand(const model::TimelineRow& row) { return row.message.run || row.run || (row.pending && row.pending->kind == chat::OutgoingKind::Command); }

QString lineWords(const model::TimelineRow& row, QDate today)
{
    if (row.kind == Kind::Unread)
        return Words::tr("New");
    if (row.kind == Kind::Gap)
        return gapWords(row, today);
    const QDate day = QDateTime::fromMSecsSinceEpoch(row.timeMs).date();
    if (day == today)
        return Words::tr("Today");
    if (day == today.addDays(-1))
        return Words::tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

QString gapAction(const model::TimelineRow& row)
{
    if (row.kind != Kind::Gap || row.gap.lost)
        return {};
    return row.gapState == chat::GapState::Open ? Words::tr("Load") : row.gapState == chat::GapState::Failed ? Words::tr("Retry") : QString();
}

RowLayout layoutRow(const model::TimelineRow& row, const LayoutInput& input)
{
    Builder builder(row, input);
    if (row.kind == Kind::Gap)
        return builder.gap();
    if (row.kind != Kind::Message)
        return builder.line();
    if (row.message.action && !row.message.deleted && !row.run)
        return builder.action();
    return row.message.system ? builder.note() : builder.message();
}

const Piece* RowLayout::pieceAt(const QPoint& position) const
{
    for (const Piece& piece : pieces)
        if (piece.rect.contains(position))
            return &piece;
    return nullptr;
}

QString RowLayout::linkAt(const QPoint& position) const
{
    return document && textRect.contains(position) ? document->documentLayout()->anchorAt(position - textRect.topLeft()) : QString();
}

int RowLayout::textPositionAt(const QPoint& position) const
{
    if (!document || position.y() < textRect.top())
        return 0;
    if (position.y() > textRect.bottom())
        return document->characterCount() - 1;
    return std::max(0, document->documentLayout()->hitTest(position - textRect.topLeft(), Qt::FuzzyHit));
}

} // namespace ridealong::timelineview
