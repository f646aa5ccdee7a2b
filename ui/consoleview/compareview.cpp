// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/compareview.h"

#include "consoleview/readline.h"
#include "kit/scrollmarks.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using Kind = console::Comparison::Kind;

namespace {

constexpr int kRowsAround = 4; ///< stay in sight above a change that is gone to
constexpr int kSpokenCharacters = 400;
constexpr int kScrolledColumns = 4;

} // namespace

CompareView::CompareView(kit::Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent),
      m_theme(theme),
      m_marks(new kit::ScrollMarks(*verticalScrollBar(), theme))
{
    setObjectName(u"compareView"_s);
    setAccessibleName(tr("Both outputs, side by side"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setAccessibleName(tr("Both outputs"));
    connect(&theme, &kit::Theme::changed, this, [this] { retype(); });
    retype();
}

void CompareView::retype()
{
    m_grid.setFont(m_theme.mono(), devicePixelRatioF());
    settle();
    viewport()->update();
}

bool CompareView::event(QEvent* event)
{
    if (event->type() == QEvent::ScreenChangeInternal)
        retype();
    return QAbstractScrollArea::event(event);
}

void CompareView::show(std::shared_ptr<const console::LineStore> left, std::shared_ptr<const console::LineStore> right,
    std::shared_ptr<const console::Comparison> comparison)
{
    const int top = verticalScrollBar()->value();
    const qint64 row = m_rows.count() > 0 && m_current < m_rows.count() ? m_rows.at(m_current).row : 0;
    m_left = std::move(left);
    m_right = std::move(right);
    m_rows.set(std::move(comparison));
    const auto* now = m_rows.comparison();
    m_digits = std::max(2, int(QString::number(now ? std::max(now->leftLines, now->rightLines) : 0).size()));
    m_current = m_rows.count() > 0 ? m_rows.placeOf(row) : 0;
    settle();
    verticalScrollBar()->setValue(top);
    viewport()->update();
    tell();
}

void CompareView::startOver()
{
    m_rows.reset();
    m_current = 0;
    settle();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    if (changeCount() > 0)
        goToChange(0);
    else
        tell();
    viewport()->update();
}

void CompareView::setFolding(bool folds)
{
    if (m_rows.isFolding() == folds)
        return;
    const qint64 row = m_rows.count() > 0 ? m_rows.at(m_current).row : 0;
    m_rows.setFolding(folds);
    settle();
    setCurrentRow(m_rows.placeOf(row));
    viewport()->update();
}

void CompareView::settle()
{
    const int height = m_grid.rowHeight();
    auto* vertical = verticalScrollBar();
    vertical->setSingleStep(height);
    vertical->setPageStep(std::max(height, viewport()->height() - height));
    vertical->setRange(0, int(std::max<qint64>(0, m_rows.count() * height - viewport()->height())));
    const int widest = std::max(m_left ? m_left->widestColumns() : 0, m_right ? m_right->widestColumns() : 0);
    const int columns = textColumns();
    horizontalScrollBar()->setSingleStep(kScrolledColumns);
    horizontalScrollBar()->setPageStep(std::max(1, columns));
    horizontalScrollBar()->setRange(0, std::max(0, widest - columns));
    std::vector<double> shares;
    const auto changes = m_rows.changes();
    // More than a screen has lines look the same.
    const size_t step = 1 + changes.size() / 4'000;
    for (size_t i = 0; i < changes.size(); i += step)
        shares.push_back(double(m_rows.placeOf(changes[i].first)) / double(std::max<qint64>(1, m_rows.count())));
    m_marks->setShares(shares);
}

qint64 CompareView::firstShown() const { return verticalScrollBar()->value() / m_grid.rowHeight(); }

QRect CompareView::rectOf(qint64 shown) const
{
    const qint64 top = shown * m_grid.rowHeight() - verticalScrollBar()->value();
    return {0, int(std::clamp<qint64>(top, -QWIDGETSIZE_MAX, QWIDGETSIZE_MAX)), viewport()->width(), m_grid.rowHeight()};
}

int CompareView::currentChange() const
{
    if (m_current >= m_rows.count())
        return -1;
    const auto shown = m_rows.at(m_current);
    const int change = m_rows.changeAt(shown.row);
    return change >= 0 && shown.row <= m_rows.changes()[size_t(change)].last ? change : -1;
}

void CompareView::setCurrentRow(qint64 shown)
{
    if (m_rows.count() == 0)
        return;
    m_current = std::clamp<qint64>(shown, 0, m_rows.count() - 1);
    const QRect rect = rectOf(m_current);
    auto* bar = verticalScrollBar();
    if (rect.top() < 0)
        bar->setValue(bar->value() + rect.top());
    else if (rect.bottom() >= viewport()->height())
        bar->setValue(bar->value() + rect.bottom() + 1 - viewport()->height());
    viewport()->update();
    tell();
}

void CompareView::tell()
{
    setAccessibleDescription(spokenRow());
    if (QAccessible::isActive()) {
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    emit moved();
}

QString CompareView::spokenRow() const
{
    if (m_current >= m_rows.count())
        return {};
    const auto shown = m_rows.at(m_current);
    if (shown.folded > 0)
        return tr("%Ln equal line(s), folded", nullptr, int(shown.folded));
    const Row& row = m_rows.comparison()->rows[size_t(shown.row)];
    const auto textOf = [](const console::LineStore& store, qint64 line) {
        const ReadLine read(store, line);
        return QString::fromUtf8(read->text.first(std::min<qsizetype>(read->text.size(), 4 * kSpokenCharacters))).left(kSpokenCharacters);
    };
    switch (row.kind) {
    case Kind::Same: return tr("Line %1, equal: %2").arg(row.left + 1).arg(textOf(*m_left, row.left));
    case Kind::Removed: return tr("Line %1 on the left only: %2").arg(row.left + 1).arg(textOf(*m_left, row.left));
    case Kind::Added: return tr("Line %1 on the right only: %2").arg(row.right + 1).arg(textOf(*m_right, row.right));
    case Kind::Changed: break;
    }
    return tr("Line %1 changed: %2; now: %3").arg(QString::number(row.left + 1), textOf(*m_left, row.left), textOf(*m_right, row.right));
}

void CompareView::goToChange(int change)
{
    if (change < 0 || change >= changeCount())
        return;
    const auto& at = m_rows.changes()[size_t(change)];
    const qint64 first = m_rows.placeOf(at.first);
    const qint64 last = m_rows.placeOf(at.last);
    const int height = m_grid.rowHeight();
    // Only when it is not in sight: what does not move is easier to follow.
    const bool isInSight
        = rectOf(first).top() >= 0 && rectOf(std::min(last, first + viewport()->height() / height / 2)).bottom() < viewport()->height();
    if (!isInSight)
        verticalScrollBar()->setValue(int(std::max<qint64>(0, first - kRowsAround) * height));
    setCurrentRow(first);
}

void CompareView::nextChange()
{
    if (m_rows.count() > 0)
        goToChange(m_rows.changeAt(m_rows.at(m_current).row) + 1);
}

void CompareView::previousChange()
{
    if (m_rows.count() == 0)
        return;
    const int change = m_rows.changeAt(m_rows.at(m_current).row);
    const bool isInside = currentChange() >= 0;
    goToChange(isInside ? change - 1 : change);
}

void CompareView::toggleFold()
{
    if (m_current >= m_rows.count())
        return;
    const auto shown = m_rows.at(m_current);
    if (shown.folded == 0)
        return;
    m_rows.unfold(shown.row);
    settle();
    setCurrentRow(m_rows.placeOf(shown.row));
}

void CompareView::keyPressEvent(QKeyEvent* event)
{
    const qint64 page = std::max(1, viewport()->height() / m_grid.rowHeight() - 1);
    switch (event->key()) {
    case Qt::Key_Up: setCurrentRow(m_current - 1); break;
    case Qt::Key_Down: setCurrentRow(m_current + 1); break;
    case Qt::Key_PageUp: setCurrentRow(m_current - page); break;
    case Qt::Key_PageDown: setCurrentRow(m_current + page); break;
    case Qt::Key_Home: setCurrentRow(0); break;
    case Qt::Key_End: setCurrentRow(m_rows.count() - 1); break;
    case Qt::Key_Left: horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub); break;
    case Qt::Key_Right: horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: toggleFold(); break;
    default: event->ignore();
    }
}

void CompareView::mousePressEvent(QMouseEvent* event)
{
    const qint64 shown = (verticalScrollBar()->value() + event->position().toPoint().y()) / m_grid.rowHeight();
    if (event->button() != Qt::LeftButton || shown >= m_rows.count())
        return;
    setCurrentRow(shown);
    toggleFold();
}

void CompareView::mouseMoveEvent(QMouseEvent* event)
{
    const qint64 shown = (verticalScrollBar()->value() + event->position().toPoint().y()) / m_grid.rowHeight();
    const bool isFold = shown < m_rows.count() && m_rows.at(shown).folded > 0;
    viewport()->setCursor(isFold ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CompareView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    settle();
}

void CompareView::scrollContentsBy(int, int) { viewport()->update(); }

void CompareView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CompareView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ridealong::consoleview
