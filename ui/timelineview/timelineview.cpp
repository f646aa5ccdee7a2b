// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/timelineview.h"

#include "kit/messagedocument.h"
#include "kit/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;
using ridealong::kit::Token;

namespace ridealong::timelineview {
namespace {

using Kind = model::TimelineRow::Kind;
constexpr int kMargin = 16;
constexpr int kAvatar = 32;
constexpr int kTextLeft = kMargin + kAvatar + 16;

QString clock(qint64 timeMs)
{
    return QDateTime::fromMSecsSinceEpoch(timeMs).toString(u"HH:mm"_s);
}

std::pair<QString, Token> runWords(const chat::RunReport& run)
{
    using chat::RunState;
    QString more;
    if (run.state == RunState::Running && run.progress && run.progress->state != chat::Progress::State::Indeterminate)
        more = u" · %1 %"_s.arg(run.progress->percent);
    if (run.exitCode && *run.exitCode != 0)
        more += u" · "_s + TimelineView::tr("exit %1").arg(*run.exitCode);
    if (run.endedAtMs > run.startedAtMs && run.startedAtMs > 0)
        more += u" · %1 s"_s.arg(double(run.endedAtMs - run.startedAtMs) / 1000.0, 0, 'f', 1);
    switch (run.state) {
    case RunState::Sent: return {TimelineView::tr("sent"), Token::Muted};
    case RunState::Acknowledged: return {TimelineView::tr("acknowledged"), Token::Accent};
    case RunState::Running: return {u"● "_s + TimelineView::tr("running") + more, Token::Accent};
    case RunState::AwaitingConfirmation: return {u"? "_s + TimelineView::tr("waiting for confirmation"), Token::Warning};
    case RunState::AwaitingApproval: return {u"? "_s + TimelineView::tr("waiting for approval"), Token::Warning};
    case RunState::Succeeded: return {u"✓ "_s + TimelineView::tr("succeeded") + more, Token::Success};
    case RunState::Failed: return {u"✕ "_s + TimelineView::tr("failed") + more, Token::Danger};
    case RunState::Error: return {u"✕ "_s + TimelineView::tr("error") + more, Token::Danger};
    case RunState::Denied: return {u"✕ "_s + TimelineView::tr("denied"), Token::Danger};
    case RunState::Cancelled: return {u"■ "_s + TimelineView::tr("cancelled"), Token::Faint};
    case RunState::NoReply: return {u"◌ "_s + TimelineView::tr("no reply"), Token::Warning};
    case RunState::Unknown: return {u"◌ "_s + TimelineView::tr("unknown"), Token::Faint};
    }
    Q_UNREACHABLE();
}

QString pendingWords(const chat::OutboxItem& item)
{
    switch (item.state) {
    case chat::OutboxState::Queued: return TimelineView::tr("waiting for connection");
    case chat::OutboxState::InFlight: return TimelineView::tr("sending");
    case chat::OutboxState::Unknown: return TimelineView::tr("checking whether it arrived");
    case chat::OutboxState::Failed: return TimelineView::tr("✕ not sent: press to retry");
    case chat::OutboxState::Review: return TimelineView::tr("waits for your review: press to send");
    case chat::OutboxState::Sent: return {};
    }
    Q_UNREACHABLE();
}

} // namespace

TimelineView::TimelineView(kit::Theme& theme, QWidget* parent) : VirtualView(theme, parent)
{
    setAccessibleName(tr("Messages"));
    connect(&theme, &kit::Theme::changed, this, [this] { m_documents.clear(); });
    connect(this, &VirtualView::nearTop, this, [this] {
        if (m_model && m_model->hasOlder() && !m_model->isLoading())
            m_model->loadOlder();
    });
    connect(this, &VirtualView::nearEnd, this, [this] {
        if (m_model && m_model->hasNewer() && !m_model->isLoading())
            m_model->loadNewer();
    });
}

void TimelineView::setModel(model::TimelineModel* model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_current = -1;
    m_told = 0;
    m_documents.clear();
    itemsReset(model ? model->rowCount() : 0);
    scrollToEnd();
    if (!model)
        return;
    connect(model, &QObject::destroyed, this, [this] {
        m_model = nullptr;
        itemsReset(0);
    });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { itemsReset(m_model->rowCount()); });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) { itemsInserted(first, last - first + 1); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) { itemsRemoved(first, last - first + 1); });
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& first, const QModelIndex& last) {
        for (int row = first.row(); row <= last.row(); ++row)
            itemChanged(row);
    });
    connect(model, &model::TimelineModel::loadingChanged, this, [this] { viewport()->update(); });
}

QTextDocument* TimelineView::document(const model::TimelineRow& row, int width)
{
    const QString text = row.message.run ? u"`"_s + row.message.text + u'`' : row.message.text;
    const QString key = QString::number(width) + u'/' + text;
    if (auto* known = m_documents.object(key))
        return known;
    auto made = kit::messageDocument(text, theme(), width);
    auto* raw = made.release();
    m_documents.insert(key, raw);
    return raw;
}

/// What stands in a row, from top to bottom.
QList<TimelineView::Line> TimelineView::lines(const model::TimelineRow& row, int width)
{
    QList<Line> lines;
    const auto& message = row.message;
    const QFontMetrics small(theme().font(kit::Theme::Type::Small));
    const QFontMetrics body(theme().font());
    const int textWidth = std::max(60, width - kTextLeft - kMargin);
    int y = row.continuesGroup ? 2 : theme().rowPaddingV();
    const auto add = [&](Part part, const QString& text, Token token, int height, int reaction = -1) {
        lines.append({part, QRect(kTextLeft, y, textWidth, height), text, token, reaction});
        y += height;
    };
    if (!row.continuesGroup)
        y += body.height() + 2;
    if (message.replyTo)
        add(Part::None, u"↪ "_s + kit::safeName(row.replyToName) + u": "_s + row.replyToText, Token::Muted, small.height() + 2);
    if (message.deleted)
        add(Part::None, tr("message deleted"), Token::Faint, body.height());
    else
        add(Part::Text, {}, Token::Text, int(std::ceil(document(row, textWidth)->size().height())));
    if (message.edited && !message.deleted)
        add(Part::None, tr("edited"), Token::Faint, small.height());
    if (row.run) {
        y += 4;
        const auto [words, token] = runWords(*row.run);
        add(Part::Run, words, token, small.height() + 6);
    }
    for (int i = 0; i < message.reactions.size(); ++i) {
        y += 4;
        const auto& reaction = message.reactions[i];
        add(Part::Reaction, u"%1 %2"_s.arg(reaction.emoji.left(16)).arg(reaction.by.size()), Token::Text, small.height() + 6, i);
    }
    if (row.replies > 0) {
        y += 4;
        add(Part::Thread, tr("%n replies", nullptr, row.replies) + u" · "_s + tr("last %1").arg(clock(row.lastReplyAtMs)), Token::Accent, small.height());
    }
    if (row.pending && row.pending->state != chat::OutboxState::Sent)
        add(Part::Pending, pendingWords(*row.pending), row.pending->state == chat::OutboxState::Failed ? Token::Danger : Token::Muted, small.height() + 2);
    lines.append({Part::None, QRect(0, y + 2, 0, 0), {}, Token::Text, -1}); // the row's end
    return lines;
}

int TimelineView::measureItem(int item, int width)
{
    const auto& row = m_model->row(item);
    if (row.kind != Kind::Message)
        return QFontMetrics(theme().font(kit::Theme::Type::Small)).height() + 16;
    return lines(row, width).last().rect.top();
}

int TimelineView::estimateItem(int item, int width)
{
    const auto& row = m_model->row(item);
    const QFontMetrics body(theme().font());
    if (row.kind != Kind::Message)
        return body.height() + 14;
    const int perLine = std::max(10, (width - kTextLeft - kMargin) / std::max(1, body.averageCharWidth()));
    return body.height() * int(1 + row.message.text.size() / perLine + (row.continuesGroup ? 0 : 1)) + 2 * theme().rowPaddingV();
}

void TimelineView::paintItem(QPainter& painter, int item, const QRect& rect)
{
    const auto& row = m_model->row(item);
    const QFont smallFont = theme().font(kit::Theme::Type::Small);
    if (row.kind != Kind::Message) {
        const Token token = row.kind == Kind::Unread ? Token::Danger : Token::Faint;
        QString text = row.kind == Kind::Unread ? tr("New") : tr("Messages are missing here");
        if (row.kind == Kind::Day)
            text = QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.timeMs).date(), QLocale::LongFormat);
        painter.setFont(smallFont);
        const int half = painter.fontMetrics().horizontalAdvance(text) / 2 + 12;
        painter.setPen(row.kind == Kind::Unread ? theme().color(Token::Danger) : theme().color(Token::Border));
        painter.drawLine(kMargin, rect.center().y(), rect.center().x() - half, rect.center().y());
        painter.drawLine(rect.center().x() + half, rect.center().y(), rect.right() - kMargin, rect.center().y());
        painter.setPen(theme().color(token));
        painter.drawText(rect, Qt::AlignCenter, text);
        return;
    }
    const bool current = item == m_current && hasFocus();
    if (current)
        painter.fillRect(rect, theme().color(Token::Selection));
    const Token ground = current ? Token::Selection : Token::Panel;
    const auto& message = row.message;
    if (!row.continuesGroup) {
        const int top = rect.top() + theme().rowPaddingV();
        const QString name = kit::safeName(message.senderName);
        const QRect avatar(kMargin, top, kAvatar, kAvatar);
        static constexpr QRgb kAvatarColors[] = {0x5B6BDD, 0x2E8059, 0xA0651A, 0x4A5568, 0x8E4FB0, 0xB4435A, 0x1F7A8C};
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(kAvatarColors[qHash(message.sender.text(), 0) % std::size(kAvatarColors)]));
        painter.drawRoundedRect(avatar, kit::Theme::kCardRadius, kit::Theme::kCardRadius);
        painter.setFont(theme().font(kit::Theme::Type::Body, true));
        painter.setPen(Qt::white);
        painter.drawText(avatar, Qt::AlignCenter, name.left(1).toUpper());
        painter.setPen(theme().color(Token::Text));
        const QFontMetrics strong = painter.fontMetrics();
        const QString shown = strong.elidedText(name, Qt::ElideRight, std::max(40, rect.width() - kTextLeft - 80));
        painter.drawText(kTextLeft, top + strong.ascent(), shown);
        painter.setFont(smallFont);
        painter.setPen(theme().color(Token::Faint, ground));
        painter.drawText(kTextLeft + strong.horizontalAdvance(shown) + 8, top + strong.ascent(), clock(message.timeMs));
    }
    for (const Line& line : lines(row, rect.width())) {
        const QRect place = line.rect.translated(rect.topLeft());
        if (line.part == Part::Text) {
            painter.save();
            painter.translate(place.topLeft());
            QAbstractTextDocumentLayout::PaintContext context;
            context.palette.setColor(QPalette::Text, theme().color(row.pending ? Token::Muted : Token::Text, ground));
            document(row, place.width())->documentLayout()->draw(&painter, context);
            painter.restore();
            continue;
        }
        painter.setFont(smallFont);
        if (line.part == Part::Run || line.part == Part::Reaction) {
            const QRectF chip(place.left() + 0.5, place.top() + 0.5, painter.fontMetrics().horizontalAdvance(line.text) + 16, place.height() - 1);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(theme().color(Token::Border));
            painter.setBrush(theme().color(Token::Inset));
            painter.drawRoundedRect(chip, kit::Theme::kChipRadius, kit::Theme::kChipRadius);
            painter.setPen(theme().color(line.token));
            painter.drawText(chip, Qt::AlignCenter, line.text);
        } else {
            painter.setPen(theme().color(line.token, ground));
            painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(line.text, Qt::ElideRight, place.width()));
        }
    }
}

void TimelineView::paintEvent(QPaintEvent* event)
{
    VirtualView::paintEvent(event);
    if (m_model && m_model->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setPen(theme().color(Token::Muted));
        painter.drawText(viewport()->rect(), Qt::AlignCenter, m_model->isLoading() ? tr("Loading…") : tr("Nothing was said here yet."));
    }
    tellRead();
}

void TimelineView::tellRead()
{
    if (!m_model || !isActiveWindow())
        return;
    const int bottom = itemAt({0, viewport()->height() - 1});
    const qint64 order = bottom < 0 ? 0 : m_model->row(bottom).message.order;
    if (order <= m_told)
        return;
    m_told = order;
    // Not from within a paint: whoever listens may change the model.
    QMetaObject::invokeMethod(this, [this, order] { emit readUpTo(order); }, Qt::QueuedConnection);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    const int item = itemAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || item < 0 || !m_model)
        return;
    m_current = item;
    viewport()->update();
    const auto row = m_model->row(item);
    if (row.kind != Kind::Message)
        return;
    const QPoint at = event->position().toPoint() - itemRect(item).topLeft();
    for (const Line& line : lines(row, viewport()->width())) {
        if (!line.rect.contains(at))
            continue;
        if (line.part == Part::Text) {
            const QUrl url(document(row, line.rect.width())->documentLayout()->anchorAt(at - line.rect.topLeft()));
            if (kit::isSafeLink(url))
                emit linkActivated(url);
        } else if (line.part == Part::Run) {
            emit runRequested(row.run->run);
        } else if (line.part == Part::Thread) {
            emit threadRequested(row.message.id);
        } else if (line.part == Part::Reaction) {
            emit reactRequested(row.message.id, row.message.reactions[line.reaction].emoji);
        } else if (line.part == Part::Pending && (row.pending->state == chat::OutboxState::Failed || row.pending->state == chat::OutboxState::Review)) {
            emit retryRequested(row.pending->transaction);
        }
        return;
    }
}

void TimelineView::activate(int item)
{
    const auto row = m_model->row(item);
    if (row.run)
        emit runRequested(row.run->run);
    else if (row.message.id)
        emit threadRequested(row.message.id);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const int count = m_model ? m_model->rowCount() : 0;
    if (count > 0 && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        const int from = m_current < 0 || m_current >= count ? count : m_current;
        m_current = std::clamp(from + (event->key() == Qt::Key_Up ? -1 : 1), 0, count - 1);
        ensureVisible(m_current);
        viewport()->update();
    } else if (m_current >= 0 && m_current < count && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        activate(m_current);
    } else {
        VirtualView::keyPressEvent(event);
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int item = keyboard ? m_current : itemAt(event->pos());
    if (item >= 0)
        showMenu(item, keyboard ? viewport()->mapToGlobal(itemRect(item).topLeft() + QPoint(kTextLeft, 20)) : event->globalPos());
}

void TimelineView::showMenu(int item, const QPoint& globalPosition)
{
    if (!m_model || item >= m_model->rowCount() || m_model->row(item).kind != Kind::Message)
        return;
    const auto row = m_model->row(item);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto message = row.message;
    if (message.id && !message.deleted) {
        menu->addAction(tr("Reply"), this, [this, message] { emit replyRequested(message); });
        menu->addAction(tr("Open thread"), this, [this, message] { emit threadRequested(message.id); });
        auto* react = menu->addMenu(tr("React"));
        for (const QString& emoji : {u"👍"_s, u"👀"_s, u"✅"_s, u"🎉"_s, u"❤️"_s})
            react->addAction(emoji, this, [this, message, emoji] { emit reactRequested(message.id, emoji); });
    }
    menu->addAction(tr("Copy text"), this, [message] { QGuiApplication::clipboard()->setText(message.text); });
    if (row.mine && message.id && !message.deleted) {
        menu->addAction(tr("Edit"), this, [this, message] { emit editRequested(message); });
        menu->addAction(tr("Delete"), this, [this, message] { emit deleteRequested(message.id); });
    }
    if (row.pending) {
        const auto transaction = row.pending->transaction;
        menu->addAction(tr("Retry"), this, [this, transaction] { emit retryRequested(transaction); });
        menu->addAction(tr("Discard"), this, [this, transaction] { emit discardRequested(transaction); });
    }
    menu->popup(globalPosition);
}

} // namespace ridealong::timelineview
