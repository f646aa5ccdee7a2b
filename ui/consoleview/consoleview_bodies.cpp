// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Which body a block has, how it comes to it, and what bodies ask for.
#include "consoleview/bodies.h"
#include "consoleview/bodyfield.h"
#include "consoleview/consoleview.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::Format;

namespace {

constexpr qint64 kRemakeMs = 300; ///< of a run that goes on, at most so often …
constexpr int kRemakeShare = 5; ///< … and never for more than this part of the time

} // namespace

/// What bodies see of the view. One for each run, as long as that is shown.
class ConsoleView::Host : public BodyHost, public std::enable_shared_from_this<Host>
{
public:
    Host(ConsoleView& view, const base::RunId& run) : m_view(view), m_run(run) {}

    void rowsChanged() override
    {
        const int item = m_view.indexOf(m_run);
        if (item < 0)
            return;
        if (m_view.m_selectionAnchor.item == item || m_view.m_selectionCaret.item == item)
            m_view.clearSelection();
        if (item == m_view.m_current)
            m_view.m_cursor = std::min(m_view.m_cursor, m_view.bodyOf(item).lastUnit());
        m_view.itemGrew(item);
        m_view.markHits();
        m_view.updateSidewaysRange();
        m_view.viewport()->update();
    }
    void setCursor(qint64 unit) override
    {
        const int item = m_view.indexOf(m_run);
        if (item < 0)
            return;
        m_view.setCurrent(item);
        m_view.setCursor(unit);
    }
    void copyText(const QString& text) override { QGuiApplication::clipboard()->setText(text); }
    void copyPicture(const QImage& picture) override { QGuiApplication::clipboard()->setImage(picture); }
    void saveBytes(const QByteArray& bytes, const QString& fileName) override { emit m_view.saveBytesRequested(bytes, fileName); }
    void openPlace(const QString& file, int line, int column) override { emit m_view.placeRequested(m_run, file, line, column); }
    void useAsArguments(const QStringList& values) override { emit m_view.argumentsRequested(m_run, values); }
    void showWhole(const QString& text) override
    {
        const QRect row = m_view.cursorRect();
        QToolTip::showText(m_view.viewport()->mapToGlobal(row.bottomLeft()),
            u"<p style='white-space:pre-wrap'>"_s + text.left(8000).toHtmlEscaped() + u"</p>"_s, m_view.viewport(), row);
    }
    void work(std::function<std::function<void()>()> task) override
    {
        m_view.m_worker.run([task = std::move(task)]() -> base::Expected<std::function<void()>> { return task(); })
            .then(&m_view, [self = weak_from_this()](const base::Expected<std::function<void()>>& done) {
                if (const auto alive = self.lock(); alive && done)
                    (*done)();
            });
    }
    void edit(qint64 row, const QString& text, const QString& hint, std::function<void(const QString&)> typed, std::function<void()> closed) override
    {
        m_view.closeField();
        auto* field = new BodyField(m_run, row, m_view.viewport());
        field->setPlaceholderText(hint);
        field->setAccessibleName(hint);
        field->setText(text);
        connect(field, &QLineEdit::textChanged, &m_view, std::move(typed));
        connect(field, &BodyField::left, &m_view, [view = &m_view, field, closed = std::move(closed)] {
            view->setFocus();
            if (!field->text().isEmpty())
                return;
            view->closeField();
            closed();
        });
        m_view.m_field = field;
        m_view.placeField();
        field->setFocus();
    }
    void show(Format format, std::function<MadeBody()> make) override
    {
        const int item = m_view.indexOf(m_run);
        if (item < 0)
            return;
        m_view.m_blocks[size_t(item)].shownAs = format;
        m_view.startMaking(item, format, [make = std::move(make)](const BodySource&) { return make(); });
        m_view.bodyReplaced(item);
    }

private:
    ConsoleView& m_view;
    base::RunId m_run;
};

ConsoleView::~ConsoleView()
{
    for (const Block& block : m_blocks)
        if (block.isGivenUp)
            block.isGivenUp->store(true);
}

BodyHost& ConsoleView::hostOf(int item)
{
    auto& host = m_hosts[runAt(item)];
    if (!host)
        host = std::make_shared<Host>(*this, runAt(item));
    return *host;
}

Body& ConsoleView::bodyOf(int item) const { return shownBody(m_blocks[size_t(item)], *runOf(item)); }

Format ConsoleView::shownFormat(const base::RunId& run) const
{
    const int item = indexOf(run);
    return item < 0 ? Format::Text : formatOf(m_blocks[size_t(item)], *runOf(item));
}

const Body* ConsoleView::bodyOf(const base::RunId& run) const
{
    const int item = indexOf(run);
    return item < 0 ? nullptr : &bodyOf(item);
}

QList<Format> ConsoleView::formatsOf(const base::RunId& run) const
{
    const auto* held = runOf(indexOf(run));
    return held && held->lines ? formatsFor(*held->lines, held->format) : QList<Format>();
}

void ConsoleView::showAs(const base::RunId& run, Format format)
{
    const int item = indexOf(run);
    if (item < 0)
        return;
    Block& block = m_blocks[size_t(item)];
    block.shownAs = format;
    block.view = format == Format::Text ? BodyView::Raw : BodyView::Formatted;
    if (format == Format::Text)
        block.shownAs.reset(); // what was detected stays one key away
    else
        block.bodyFormat.reset(); // somebody asks anew: what failed is tried again
    bodyReplaced(item);
}

/// Another body is shown: what pointed into the one before is gone.
void ConsoleView::bodyReplaced(int item)
{
    if (m_selectionAnchor.item == item || m_selectionCaret.item == item)
        clearSelection();
    if (item == m_current)
        m_cursor = -1;
    if (m_field && m_field->run() == runAt(item))
        closeField();
    m_hovered = {};
    ensureBody(item);
    itemGrew(item);
    markHits();
    updateSidewaysRange();
    viewport()->update();
}

/// Called wherever a block is measured; costs nothing when all is there. Nothing is made for what nobody looks at.
void ConsoleView::ensureBody(int item)
{
    Block& block = m_blocks[size_t(item)];
    const auto* run = runOf(item);
    if (block.folded || block.filtered || block.view == BodyView::Raw || !run->lines)
        return;
    const Format format = formatOf(block, *run);
    const BodyKind* kind = bodyKindOf(format);
    if (!kind || (block.bodyFormat == format && (!block.isOutdated || block.isMaking)))
        return;
    if (block.bodyFormat == format && m_clock.nowMs() < block.notBeforeMs)
        return;
    startMaking(item, format, kind->make);
}

void ConsoleView::startMaking(int item, Format format, std::function<MadeBody(const BodySource&)> make)
{
    Block& block = m_blocks[size_t(item)];
    const auto* run = runOf(item);
    if (block.isGivenUp)
        block.isGivenUp->store(true);
    if (block.bodyFormat != format)
        retire(std::move(block.body));
    block.bodyFormat = format;
    block.isOutdated = false;
    block.isGivenUp = std::make_shared<std::atomic<bool>>(false);
    const BodySource source{run->lines, format, block.isGivenUp};
    if (run->lines->textBytes() <= kMaxSyncBytes && run->lines->lineCount() <= kMaxSyncLines) {
        auto made = make(source);
        block.body = std::move(made.body);
        block.bodyNote = made.note;
        block.isMaking = false;
        return;
    }
    block.isMaking = true;
    block.making = ++m_makings;
    const qint64 began = m_clock.nowMs();
    m_worker.run([make = std::move(make), source]() -> base::Expected<MadeBody> { return make(source); })
        .then(this, [this, id = run->report.run, serial = block.making, began](const base::Expected<MadeBody>& made) {
            const int at = indexOf(id);
            if (at < 0 || m_blocks[size_t(at)].making != serial || !made)
                return;
            Block& its = m_blocks[size_t(at)];
            its.isMaking = false;
            retire(std::move(its.body));
            its.body = made->body;
            its.bodyNote = made->note;
            const qint64 now = m_clock.nowMs();
            its.notBeforeMs = now + std::max(kRemakeMs, (now - began) * kRemakeShare);
            bodyReplaced(at);
            if (m_awaitedHit && m_awaitedHit->run == id)
                revealHit(*std::exchange(m_awaitedHit, std::nullopt));
        });
}

/// More came, or it changed: what is shown is right until it is read again.
void ConsoleView::outdate(int item)
{
    Block& block = m_blocks[size_t(item)];
    if (!block.bodyFormat || std::exchange(block.isOutdated, true))
        return;
    const qint64 wait = block.notBeforeMs - m_clock.nowMs();
    if (wait > 0)
        m_clock.after(std::chrono::milliseconds(wait), this, [this, run = block.run] {
            if (const int at = indexOf(run); at >= 0) {
                itemGrew(at);
                viewport()->update();
            }
        });
}

/// A million cells are not taken apart here.
void ConsoleView::retire(std::shared_ptr<Body> body)
{
    if (body && body->isHeavy())
        m_worker.post([body = std::move(body)] {});
}

void ConsoleView::setCursor(qint64 unit)
{
    if (m_cursor == unit)
        viewport()->update();
    m_cursor = unit;
    if (unit >= 0)
        ensurePlaceVisible({m_current, unit, 0});
    viewport()->update();
    if (QAccessible::isActive() && m_current >= 0) {
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        event.setChild(m_current);
        QAccessible::updateAccessibility(&event);
    }
}

/// Where the keyboard is, in the viewport.
QRect ConsoleView::cursorRect() const
{
    if (m_current < 0 || m_cursor < 0)
        return {};
    const auto layout = layoutOf(m_current);
    const qint64 row = bodyOf(m_current).rowOf(m_cursor, 0, typeOf(m_current).metrics);
    return {Metrics::kSideMargin, itemRect(m_current).top() + layout.rowsTop + int(row * layout.rowHeight),
        m_metrics.width - 2 * Metrics::kSideMargin, layout.rowHeight};
}

QPoint ConsoleView::placeOfBody(const base::RunId& run, qint64 row, double column) const
{
    const int item = indexOf(run);
    if (item < 0)
        return {};
    const auto layout = layoutOf(item);
    return {Metrics::kSideMargin + Metrics::kTextIndent + int(column * typeOf(item).metrics.cellWidth),
        itemRect(item).top() + layout.rowsTop + int(row * layout.rowHeight) + layout.rowHeight / 2};
}

/// True when the key was for the rows of the current block.
bool ConsoleView::bodyKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (!runOf(m_current) || m_blocks[size_t(m_current)].folded || !runOf(m_current)->lines)
        return false;
    Body& body = bodyOf(m_current);
    if (m_cursor > body.lastUnit())
        m_cursor = body.lastUnit();
    if (m_cursor >= 0 && body.hasCursor() && body.key(key, modifiers, m_cursor, hostOf(m_current)))
        return true;
    if (modifiers != Qt::NoModifier)
        return false;
    for (const BodyAction& action : body.actions({0, m_cursor}))
        if (action.key == key && key != 0) {
            action.act(hostOf(m_current));
            return true;
        }
    if (!body.hasCursor())
        return false;
    if (m_cursor < 0) {
        if (key != Qt::Key_Right || body.lastUnit() < 0)
            return false;
        setCursor(body.after(-1));
        return true;
    }
    const qint64 page = std::max(1, viewport()->height() / std::max(1, layoutOf(m_current).rowHeight) - 3);
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        setCursor(key == Qt::Key_Left ? -1 : body.before(m_cursor));
        if (m_cursor < 0)
            bringIntoView(m_current);
        return true;
    case Qt::Key_Escape:
        if (hasSelection())
            return false;
        setCursor(-1);
        return true;
    case Qt::Key_Down:
        if (body.after(m_cursor) < 0)
            return false; // on to the next run
        setCursor(body.after(m_cursor));
        return true;
    case Qt::Key_Home: setCursor(body.after(-1)); return true;
    case Qt::Key_End: setCursor(body.lastUnit()); return true;
    case Qt::Key_PageUp: setCursor(std::max(body.after(-1), m_cursor - page)); return true;
    case Qt::Key_PageDown: setCursor(std::min(body.lastUnit(), m_cursor + page)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: return true; // the block is not folded away under the cursor
    default: return false;
    }
}

QString ConsoleView::accessibleRowOf(int item) const
{
    return item == m_current && m_cursor >= 0 && runOf(item) && m_cursor <= bodyOf(item).lastUnit() ? bodyOf(item).accessibleText(m_cursor)
                                                                                                    : QString();
}

void ConsoleView::closeField()
{
    if (auto* field = std::exchange(m_field, nullptr)) {
        if (field->hasFocus())
            setFocus();
        field->disconnect(this);
        field->hide();
        field->deleteLater();
    }
}

/// Over its row, wherever that has been scrolled to.
void ConsoleView::placeField()
{
    if (!m_field)
        return;
    const int item = indexOf(m_field->run());
    if (item < 0 || m_blocks[size_t(item)].folded) {
        closeField();
        return;
    }
    const auto layout = layoutOf(item);
    const QRect rect(Metrics::kSideMargin + 2, itemRect(item).top() + layout.rowsTop + int(m_field->row() * layout.rowHeight) + 1,
        m_metrics.width - 2 * Metrics::kSideMargin - 4, layout.rowHeight - 1);
    if (m_field->geometry() != rect)
        m_field->setGeometry(rect);
    m_field->setVisible(rect.top() > m_metrics.headerHeight / 2 || headerRect(item).top() >= 0);
}

void ConsoleView::fillShowAs(QMenu& menu, int item)
{
    const auto run = runAt(item);
    const bool isText = bodyView(run) == BodyView::Raw || shownFormat(run) == Format::Text;
    for (const Format format : formatsOf(run)) {
        auto* action = menu.addAction(format == Format::Text ? tr("Text") : formatWord(format));
        action->setCheckable(true);
        action->setChecked(format == Format::Text ? isText : !isText && format == shownFormat(run));
        connect(action, &QAction::triggered, this, [this, run, format] { showAs(run, format); });
    }
}

void ConsoleView::showFormatMenu(int item, const QPoint& globalPos)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"formatMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillShowAs(*menu, item);
    menu->popup(globalPos);
}

} // namespace ridealong::consoleview
