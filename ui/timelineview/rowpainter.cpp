// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/rowpainter.h"

#include "kit/icons.h"
#include "kit/messagedocument.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QPainterPath>
#include <QTextCursor>

using namespace Qt::StringLiterals;
using ridealong::kit::Theme;
using ridealong::kit::Token;

namespace ridealong::timelineview {
namespace {

constexpr std::array<QRgb, 8> kAvatarColors{0x5B6BDD, 0x2E8059, 0xA0651A, 0x4A5568, 0x8E4FB0, 0xB4435A, 0x1F7A8C, 0x6B6F2A};
constexpr int kChipPadding = 8;

/// Whole pixels plus a half: a line of 1 px stays sharp.
QRectF crisp(const QRect& rect) { return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5); }

class Painting
{
public:
    Painting(QPainter& painter, const RowLayout& layout, const QRect& rect, const Theme& theme, const PaintState& state)
        : m_painter(painter),
          m_layout(layout),
          m_rect(rect),
          m_theme(theme),
          m_state(state),
          m_ground(state.hovered ? Token::Window : Token::Panel),
          m_icon(QFontMetrics(theme.font(Theme::Type::Small)).ascent())
    {
        painter.setRenderHint(QPainter::Antialiasing);
    }

    void line()
    {
        const bool unread = m_layout.row.kind == model::TimelineRow::Kind::Unread;
        const QString text = lineWords(m_layout.row, m_layout.today);
        m_painter.setFont(m_theme.font(Theme::Type::Small));
        const int half = m_painter.fontMetrics().horizontalAdvance(text) / 2 + 12;
        const double y = m_rect.top() + m_rect.height() / 2 + 0.5;
        const int middle = m_rect.center().x();
        QPen pen(m_theme.color(unread ? Token::Danger : Token::Border));
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(RowLayout::kMargin, y), QPointF(middle - half, y));
        m_painter.drawLine(QPointF(middle + half, y), QPointF(m_rect.right() - RowLayout::kMargin, y));
        m_painter.setPen(m_theme.color(unread ? Token::Danger : Token::Faint));
        m_painter.drawText(m_rect, Qt::AlignCenter, text);
    }

    void gap()
    {
        QRect words;
        for (const Piece& piece : m_layout.pieces)
            words |= piece.rect.translated(m_rect.topLeft());
        const double y = m_rect.top() + m_rect.height() / 2 + 0.5;
        QPen pen(m_theme.color(Token::Border));
        pen.setDashPattern({4, 4});
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(RowLayout::kMargin, y), QPointF(words.left() - 12, y));
        m_painter.drawLine(QPointF(words.right() + 12, y), QPointF(m_rect.right() - RowLayout::kMargin, y));
        for (const Piece& piece : m_layout.pieces)
            paint(piece, piece.rect.translated(m_rect.topLeft()));
        if (m_state.current)
            focusMark();
    }

    void message()
    {
        ground();
        for (const Piece& piece : m_layout.pieces)
            paint(piece, piece.rect.translated(m_rect.topLeft()));
        if (m_state.hovered && m_layout.row.continuesGroup)
            gutterTime();
        if (m_state.current)
            focusMark();
    }

private:
    void focusMark()
    {
        m_painter.setPen(QPen(m_theme.color(Token::Accent), 2));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(QRectF(m_rect).adjusted(5, 1, -5, -1), Theme::kCardRadius, Theme::kCardRadius);
    }

    void ground()
    {
        if (m_state.hovered)
            m_painter.fillRect(m_rect, m_theme.color(Token::Window));
        if (m_state.flash > 0) {
            QColor flash = m_theme.color(Token::Selection);
            flash.setAlphaF(float(m_state.flash));
            m_painter.fillRect(m_rect, flash);
        }
        if (m_layout.row.mentionsMe)
            m_painter.fillRect(QRect(m_rect.left(), m_rect.top() + 2, 3, m_rect.height() - 4), m_theme.color(Token::Accent));
    }

    void paint(const Piece& piece, const QRect& place)
    {
        switch (piece.part) {
        case Part::Avatar: avatar(piece, place); break;
        case Part::Name: words(piece, place, m_theme.font(Theme::Type::Body, true)); break;
        case Part::Text: text(piece, place); break;
        case Part::Quote: quote(piece, place); break;
        case Part::File:
            if (piece.index < m_state.files.size())
                paintCard(m_painter, place, m_theme, m_state.files.at(piece.index), m_state.ratio);
            break;
        case Part::Picture:
            if (piece.index < m_state.files.size())
                paintPicture(m_painter, place, m_theme, m_state.files.at(piece.index), m_state.ratio);
            break;
        case Part::Run:
        case Part::Reaction: chip(piece, place); break;
        case Part::Note: words(piece, place, m_theme.font(m_layout.row.message.deleted ? Theme::Type::Body : Theme::Type::Small)); break;
        default: words(piece, place, m_theme.font(Theme::Type::Small)); break;
        }
    }

    void words(const Piece& piece, QRect place, QFont font)
    {
        const bool link = piece.part == Part::Thread || piece.part == Part::ShowAll || piece.part == Part::Retry || piece.part == Part::Review
            || piece.part == Part::Discard || piece.part == Part::LoadGap;
        if (link && m_state.pressed == &piece)
            font.setUnderline(true);
        m_painter.setFont(font);
        if (!piece.icon.isEmpty()) {
            icon(piece.icon, QPoint(place.left(), place.top() + (place.height() - m_icon) / 2), piece.token);
            place.setLeft(place.left() + m_icon + 6);
        }
        m_painter.setPen(m_theme.color(piece.token, m_ground));
        const bool gutter = piece.part == Part::Time && place.left() < m_rect.left() + RowLayout::kMargin;
        m_painter.drawText(place, (gutter ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextDontClip, piece.text);
    }

    void icon(const QString& name, const QPoint& at, Token token)
    {
        m_painter.drawPixmap(at, kit::iconPixmap(name, m_theme.color(token), m_icon, m_state.ratio));
    }

    void avatar(const Piece& piece, const QRect& place)
    {
        if (!m_state.avatar.isNull()) {
            QPainterPath frame;
            frame.addRoundedRect(place, Theme::kCardRadius, Theme::kCardRadius);
            m_painter.save();
            m_painter.setClipPath(frame, Qt::IntersectClip);
            m_painter.setRenderHint(QPainter::SmoothPixmapTransform);
            m_painter.drawPixmap(place, m_state.avatar);
            m_painter.restore();
            return;
        }
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(avatarColor(m_layout.row.message.sender));
        m_painter.drawRoundedRect(place, Theme::kCardRadius, Theme::kCardRadius);
        m_painter.setFont(m_theme.font(Theme::Type::Body, true));
        m_painter.setPen(Qt::white);
        m_painter.drawText(place, Qt::AlignCenter, piece.text);
    }

    void card(const QRectF& rect, int radius, Token border)
    {
        m_painter.setPen(m_theme.color(border));
        m_painter.setBrush(m_theme.color(Token::Inset));
        m_painter.drawRoundedRect(rect, radius, radius);
    }

    void text(const Piece& piece, const QRect& place)
    {
        if (!m_layout.document)
            return;
        const QRect column = m_layout.textRect.translated(m_rect.topLeft());
        if (m_layout.command)
            card(crisp(place), Theme::kChipRadius, m_theme.color(Token::Inset) == m_theme.color(Token::Panel) ? Token::Border : Token::Inset);
        m_painter.save();
        m_painter.setClipRect(column.adjusted(-kChipPadding, 0, kChipPadding, 0), Qt::IntersectClip);
        for (const QRectF& code : kit::codeCards(*m_layout.document))
            card(code.translated(column.topLeft()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::kCardRadius, Token::Border);
        m_painter.translate(column.topLeft());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(-kChipPadding, 0, column.width() + 2 * kChipPadding, column.height());
        context.palette.setColor(QPalette::Text, m_theme.color(piece.token, m_layout.command ? Token::Inset : m_ground));
        if (m_state.selectedTo > m_state.selectedFrom) {
            QAbstractTextDocumentLayout::Selection selection;
            selection.cursor = QTextCursor(m_layout.document.get());
            selection.cursor.setPosition(m_state.selectedFrom);
            selection.cursor.setPosition(m_state.selectedTo, QTextCursor::KeepAnchor);
            selection.format.setBackground(m_theme.color(Token::Selection));
            selection.format.setForeground(m_theme.color(Token::Text));
            context.selections.append(selection);
        }
        m_layout.document->documentLayout()->draw(&m_painter, context);
        m_painter.restore();
    }

    void quote(const Piece& piece, const QRect& place)
    {
        m_painter.fillRect(QRect(place.left(), place.top() + 1, 2, place.height() - 2), m_theme.color(Token::Accent));
        const QString name = kit::safeName(m_layout.row.replyToName);
        QRect rest = place.adjusted(10, 0, 0, 0);
        if (!name.isEmpty() && piece.text.startsWith(name)) {
            m_painter.setFont(m_theme.font(Theme::Type::Small, true));
            m_painter.setPen(m_theme.color(Token::Muted, m_ground));
            m_painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, name);
            rest.setLeft(rest.left() + m_painter.fontMetrics().horizontalAdvance(name) + 6);
        }
        const QString more = name.isEmpty() || !piece.text.startsWith(name) ? piece.text : piece.text.mid(name.size()).trimmed();
        m_painter.setFont(m_theme.font(Theme::Type::Small));
        m_painter.setPen(m_theme.color(Token::Muted, m_ground));
        m_painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, m_painter.fontMetrics().elidedText(more, Qt::ElideRight, rest.width()));
    }

    void chip(const Piece& piece, const QRect& place)
    {
        const bool round = piece.part == Part::Reaction;
        const bool lit = piece.mine || m_state.pressed == &piece;
        card(crisp(place), round ? place.height() / 2 : Theme::kChipRadius, lit ? Token::Accent : Token::Border);
        m_painter.setFont(m_theme.font(Theme::Type::Small));
        QRect words = place.adjusted(kChipPadding, 0, -kChipPadding, 0);
        if (!piece.icon.isEmpty()) {
            icon(piece.icon, QPoint(words.left(), words.top() + (words.height() - m_icon) / 2), piece.token);
            words.setLeft(words.left() + m_icon + 6);
        }
        m_painter.setPen(m_theme.color(piece.token, Token::Inset));
        m_painter.drawText(words, (round ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextDontClip, piece.text);
    }

    void gutterTime()
    {
        m_painter.setFont(m_theme.font(Theme::Type::Small));
        m_painter.setPen(m_theme.color(Token::Faint, m_ground));
        const int lineHeight = QFontMetrics(m_theme.font()).height();
        const QRect place(4, m_rect.top() + 2, RowLayout::textLeft(m_theme) - 16, lineHeight);
        m_painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, QDateTime::fromMSecsSinceEpoch(m_layout.row.timeMs).toString(u"HH:mm"_s));
    }

    QPainter& m_painter;
    const RowLayout& m_layout;
    const QRect m_rect;
    const Theme& m_theme;
    const PaintState& m_state;
    const Token m_ground;
    const int m_icon;
};

} // namespace

void paintRow(QPainter& painter, const RowLayout& layout, const QRect& rect, const kit::Theme& theme, const PaintState& state)
{
    Painting painting(painter, layout, rect, theme, state);
    if (layout.row.kind == model::TimelineRow::Kind::Message)
        painting.message();
    else if (layout.row.kind == model::TimelineRow::Kind::Gap)
        painting.gap();
    else
        painting.line();
}

QColor avatarColor(const base::UserId& user)
{
    uint sum = 2166136261U; // FNV-1a: the same colour in every run and on every machine
    for (const QChar c : user.text())
        sum = (sum ^ c.unicode()) * 16777619U;
    return QColor::fromRgb(kAvatarColors[sum % kAvatarColors.size()]);
}

QList<QColor> avatarColors()
{
    QList<QColor> all;
    for (const QRgb color : kAvatarColors)
        all.append(QColor::fromRgb(color));
    return all;
}

} // namespace ridealong::timelineview
