// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/timelineview.h"

#include "kit/emptystate.h"
#include "kit/icons.h"
#include "timelineview/hoverbar.h"
#include "timelineview/rowpainter.h"
#include "timelineview/thumbnails.h"
#include "timelineview/timelineaccessible.h"

#include <QDateTime>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {
namespace {

using Kind = model::TimelineRow::Kind;
constexpr int kCachedLayouts = 300;
constexpr int kFewRows = 500;
constexpr int kTickMs = 1000;
constexpr int kFlashFactor = 10; ///< of the motion time: long enough to be found by the eye

} // namespace

TimelineView::TimelineView(kit::Theme& theme, QWidget* parent)
    : VirtualView(theme, parent),
      m_now([] { return QDateTime::currentMSecsSinceEpoch(); }),
      m_layouts(kCachedLayouts),
      m_thumbnails(new Thumbnails(this)),
      m_hoverBar(new HoverBar(theme, viewport())),
      m_jump(new QPushButton(this)),
      m_empty(new kit::EmptyState(theme, viewport()))
{
    installTimelineAccessibility();
    setAccessibleName(tr("Messages"));
    viewport()->setMouseTracking(true);
    m_jump->setFocusPolicy(Qt::TabFocus);
    m_jump->hide();
    m_empty->hide();
    m_flash.setStartValue(1.0);
    m_flash.setEndValue(0.0);

    connect(&theme, &kit::Theme::changed, this, [this] {
        m_layouts.clear();
        m_estimate = {};
    });
    connect(this, &VirtualView::nearTop, this, [this] {
        if (m_model && m_model->hasOlder() && !m_model->isLoading())
            m_model->loadOlder();
    });
    connect(this, &VirtualView::nearEnd, this, [this] {
        if (m_model && m_model->hasNewer() && !m_model->isLoading())
            m_model->loadNewer();
    });
    connect(this, &VirtualView::followingChanged, this, [this](bool following) {
        if (following)
            m_newer = 0;
        placeChildren();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_hoverBar, &QWidget::hide);
    connect(m_jump, &QPushButton::clicked, this, &TimelineView::jumpToNewest);
    connect(m_thumbnails, &Thumbnails::ready, this, &TimelineView::filesChanged);
    connect(m_empty, &kit::EmptyState::pressed, this, &TimelineView::paletteRequested);
    connect(&m_flash, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));

    const auto row = [this] { return messageAt(m_hovered); };
    connect(m_hoverBar, &HoverBar::replyPressed, this, [this, row] {
        if (row())
            emit replyRequested(row()->message);
    });
    connect(m_hoverBar, &HoverBar::threadPressed, this, [this, row] {
        if (row())
            emit threadRequested(row()->message.id);
    });
    connect(m_hoverBar, &HoverBar::editPressed, this, [this, row] {
        if (row())
            emit editRequested(row()->message);
    });
    connect(m_hoverBar, &HoverBar::reactPressed, this, [this, row](const QPoint& at) {
        if (row())
            showReactions(row()->message.id, at);
    });
    connect(m_hoverBar, &HoverBar::morePressed, this, [this](const QPoint& at) { showMenu(m_hovered, at); });
}

TimelineView::~TimelineView() = default;

void TimelineView::setNow(std::function<qint64()> now)
{
    m_now = std::move(now);
    m_layouts.clear();
}

void TimelineView::setModel(model::TimelineModel* model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_current = -1;
    m_hovered = -1;
    m_told = 0;
    m_newer = 0;
    m_olderFailed = false;
    m_wanted = {};
    m_selection.clear();
    m_expanded.clear();
    m_sending.clear();
    m_picturesWanted.clear();
    m_layouts.clear();
    m_hoverBar->hide();
    itemsReset(model ? model->rowCount() : 0);
    if (model)
        watch(*model);
    scrollToEnd();
    afterChange();
}

void TimelineView::watch(model::TimelineModel& model)
{
    connect(&model, &QObject::destroyed, this, [this] {
        m_model = nullptr;
        itemsReset(0);
        afterChange();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_selection.clear();
        m_current = -1;
        m_hovered = -1;
        m_newer = 0;
        m_olderFailed = false;
        m_hoverBar->hide();
        itemsReset(m_model->rowCount());
        if (m_wanted)
            flashWanted();
        else if (isFollowing())
            scrollToEnd();
        afterChange();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) { rowsCame(first, last - first + 1); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) { rowsWent(first, last - first + 1); });
    connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& first, const QModelIndex& last) {
        for (int row = first.row(); row <= last.row(); ++row) {
            if (const auto& content = m_model->row(row); content.pending && !goesUp(content))
                m_sending.remove(content.pending->transaction);
            itemChanged(row);
        }
        afterChange();
    });
    connect(&model, &model::TimelineModel::loadFailed, this, [this] { m_olderFailed = true; }); // asked again when the user scrolls, not in a loop
    connect(&model, &model::TimelineModel::loadingChanged, this, &TimelineView::afterChange);
}

void TimelineView::rowsCame(int first, int count)
{
    const bool atEnd = first == itemCount();
    // A page of newer messages goes below what is being read; only what is said now is followed.
    if (atEnd && !m_reachedEnd && isFollowing() && itemCount() > 0)
        scrollToItem(anchor().item, anchor().offset);
    if (atEnd && m_reachedEnd && !isFollowing())
        for (int row = first; row < first + count; ++row)
            m_newer += messageAt(row) && !m_model->row(row).mine;
    m_selection.rowsInserted(first, count);
    if (m_current >= first)
        m_current += count;
    if (m_hovered >= first)
        m_hovered += count;
    if (isFollowing()) { // the rows move away below the pointer: no button may act on another one than was meant
        m_hovered = -1;
        m_hoverBar->hide();
    }
    m_olderFailed = false;
    itemsInserted(first, count);
    afterChange();
}

void TimelineView::rowsWent(int first, int count)
{
    m_selection.rowsRemoved(first, count);
    if (m_current >= first + count)
        m_current -= count;
    else if (m_current >= first)
        m_current = -1;
    m_hovered = -1;
    m_hoverBar->hide();
    itemsRemoved(first, count);
    afterChange();
}

QString TimelineView::keyOf(const model::TimelineRow& row)
{
    if (row.kind == Kind::Gap)
        return u"gap/%1/%2"_s.arg(row.gap.afterOrder).arg(row.gap.beforeOrder);
    if (row.kind != Kind::Message)
        return u"line/%1/%2"_s.arg(int(row.kind)).arg(row.timeMs);
    return row.message.id ? u"id/"_s + row.message.id.text() : u"own/"_s + row.message.transaction.text();
}

TimelineView::Layout TimelineView::layoutOf(int row, int width)
{
    const auto& content = m_model->row(row);
    const QString key = keyOf(content);
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_now()).date();
    const bool goingUp = goesUp(content) && m_sending.contains(content.pending->transaction);
    if (const auto* known = m_layouts.object(key); known && (*known)->isFor(content, width, today, goingUp))
        return *known;
    const LayoutInput input{theme(), &m_highlighter, width, today, m_now(), m_model->self().user, m_expanded.contains(key), goingUp};
    auto made = std::make_shared<const RowLayout>(layoutRow(content, input));
    m_layouts.insert(key, new Layout(made));
    return made;
}

const model::TimelineRow* TimelineView::messageAt(int row) const
{
    if (!m_model || row < 0 || row >= m_model->rowCount() || m_model->row(row).kind != Kind::Message)
        return nullptr;
    return &m_model->row(row);
}

bool TimelineView::isStop(int row) const
{
    return messageAt(row) || (m_model && row >= 0 && row < m_model->rowCount() && m_model->row(row).kind == Kind::Gap);
}

int TimelineView::measureItem(int item, int width) { return layoutOf(item, width)->height; }

int TimelineView::estimateItem(int item, int width)
{
    const auto& row = m_model->row(item);
    if (m_estimate.scale != theme().scale()) { // asked for thousands of rows at once; to make a font takes longer than all the rest
        const QFontMetrics body(theme().font());
        m_estimate = {theme().scale(), body.height(), std::max(1, body.averageCharWidth())};
    }
    if (row.kind != Kind::Message)
        return m_estimate.lineHeight + 14;
    const int perLine = std::max(10, (width - RowLayout::textLeft(theme()) - RowLayout::kMargin) / m_estimate.characterWidth);
    int files = 0;
    for (const chat::Attachment& file : row.message.attachments)
        files += 4 + (file.pixels.isEmpty() ? 3 * m_estimate.lineHeight : pictureBox(file.pixels, theme(), width).height());
    return files + m_estimate.lineHeight * int(1 + row.message.text.size() / perLine + (row.continuesGroup ? 0 : 1)) + 2 * theme().rowPaddingV();
}

void TimelineView::paintItem(QPainter& painter, int item, const QRect& rect)
{
    const Layout layout = layoutOf(item, rect.width());
    PaintState state;
    state.hovered = item == m_hovered;
    state.current = item == m_current && hasFocus();
    if (m_flash.state() == QAbstractAnimation::Running && keyOf(layout->row) == m_flashed)
        state.flash = m_flash.currentValue().toDouble();
    if (layout->document)
        std::tie(state.selectedFrom, state.selectedTo) = m_selection.within(item, layout->document->characterCount() - 1);
    state.pressed = state.hovered ? layout->pieceAt(m_pointer - rect.topLeft()) : nullptr;
    state.ratio = devicePixelRatioF();
    if (m_avatars && layout->row.kind == model::TimelineRow::Kind::Message && !layout->row.continuesGroup)
        state.avatar = m_avatars(m_model->conversation(), layout->row.message.sender);
    if (!layout->row.message.attachments.isEmpty())
        state.files = filesOf(*layout, state.hovered ? m_pointer - rect.topLeft() : QPoint(-1, -1));
    paintRow(painter, *layout, rect, theme(), state);
}

void TimelineView::paintEvent(QPaintEvent* event)
{
    VirtualView::paintEvent(event);
    tellRead();
    tellGaps();
    bool ticking = false;
    for (int row = firstVisibleRow(), last = lastVisibleRow(); row >= 0 && row <= last && !ticking; ++row)
        ticking = layoutOf(row, viewport()->width())->ticking;
    if (ticking && !m_ticker.isActive())
        m_ticker.start(kTickMs, this);
    else if (!ticking)
        m_ticker.stop();
}

int TimelineView::firstVisibleRow() const { return itemCount() == 0 ? -1 : std::clamp(anchor().item, 0, itemCount() - 1); }

int TimelineView::lastVisibleRow() const
{
    const int row = itemAt({0, viewport()->height() - 1});
    return row < 0 ? itemCount() - 1 : row;
}

QRect TimelineView::pieceRect(int row, Part part, int index)
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return {};
    const Layout layout = layoutOf(row, viewport()->width());
    for (const Piece& piece : layout->pieces)
        if (piece.part == part && (index < 0 || piece.index == index))
            return piece.rect.translated(itemRect(row).topLeft());
    return {};
}

void TimelineView::tellRead()
{
    if (!m_model || !isActiveWindow())
        return;
    int row = lastVisibleRow();
    // Only what is whole in view counts as read; of one that is taller than the view, its end.
    while (row >= 0 && (!messageAt(row) || m_model->row(row).pending || itemRect(row).bottom() >= viewport()->height()))
        --row;
    const qint64 order = row < 0 || itemRect(row).bottom() < 0 ? 0 : m_model->row(row).message.order;
    if (order <= m_told)
        return;
    m_told = order;
    // Not from within a paint: whoever listens may change the model.
    QMetaObject::invokeMethod(
        this, [this, order] { emit readUpTo(order); }, Qt::QueuedConnection);
}

void TimelineView::tellGaps()
{
    if (!m_model || !m_model->hasGaps() || itemCount() == 0)
        return;
    const int far = 2 * viewport()->height();
    const auto tell = [this](int row) {
        const auto& content = m_model->row(row);
        if (content.kind == Kind::Gap && !content.gap.lost && content.gapState == chat::GapState::Open)
            QMetaObject::invokeMethod(
                this, [this, gap = content.gap] { emit fillRequested(gap); }, Qt::QueuedConnection);
    };
    const int first = firstVisibleRow();
    for (int row = first; row >= 0 && itemRect(row).bottom() >= -far; --row)
        tell(row);
    for (int row = first + 1; row < itemCount() && itemRect(row).top() <= viewport()->height() + far; ++row)
        tell(row);
}

void TimelineView::scrollToMessage(const base::MessageId& message)
{
    if (!m_model || message.isEmpty())
        return;
    m_wanted = message;
    if (m_model->rowOf(message) < 0)
        emit jumpRequested(message);
    else
        flashWanted();
}

void TimelineView::flashWanted()
{
    const int row = m_model->rowOf(m_wanted);
    if (row < 0)
        return;
    m_wanted = {};
    m_current = row;
    // A third down: what was said before it is in view too.
    scrollToItem(row, -viewport()->height() / 3);
    m_flashed = keyOf(m_model->row(row));
    m_flash.stop();
    if (const int duration = theme().motionMs(); duration > 0) {
        m_flash.setDuration(duration * kFlashFactor);
        m_flash.start();
    }
}

void TimelineView::jumpToNewest()
{
    m_wanted = {};
    m_newer = 0;
    scrollToEnd();
    if (m_model && m_model->hasNewer())
        m_model->loadNewest();
}

void TimelineView::afterChange()
{
    m_reachedEnd = !m_model || !m_model->hasNewer();
    const bool nothing = m_model && m_model->rowCount() == 0;
    const bool loading = m_model && m_model->isLoading();
    if (nothing)
        m_empty->set(loading ? tr("Loading messages…") : tr("Nothing was said here yet. Say hello, or open the palette."),
            loading ? QString() : tr("Open the palette"));
    m_empty->setVisible(nothing);
    // A page that does not fill the view has no edge to come near to. Many rows fill any view: where they stand is not asked then.
    if (m_model && !nothing && !loading && !m_olderFailed && m_model->hasOlder() && itemCount() < kFewRows && firstVisibleRow() == 0
        && verticalScrollBar()->maximum() == 0)
        m_model->loadOlder();
    placeChildren();
    requestFrame();
}

void TimelineView::placeChildren()
{
    m_empty->setGeometry(viewport()->rect());
    const bool wanted = m_model && m_model->rowCount() > 0 && (!isFollowing() || m_model->hasNewer());
    m_jump->setVisible(wanted);
    if (!wanted)
        return;
    m_jump->setText(m_newer == 0 ? tr("Jump to newest") : m_newer == 1 ? tr("1 new message") : tr("%1 new messages").arg(m_newer));
    m_jump->setIcon(kit::icon(u"jump-down"_s, theme()));
    const QSize size = m_jump->sizeHint();
    m_jump->setGeometry((viewport()->width() - size.width()) / 2, viewport()->height() - size.height() - 12, size.width(), size.height());
    m_jump->raise();
}

} // namespace ridealong::timelineview
