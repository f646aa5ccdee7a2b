// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/pinnedruns.h"

#include "consoleview/header.h"
#include "kit/icons.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

/// One of them: a header without its body. Pressing it shows the run; its cross, or Delete, lets it go.
class PinnedRun : public QAbstractButton
{
public:
    PinnedRun(const console::Console& console, const base::RunId& run, kit::Theme& theme, base::Clock& clock, QWidget* parent)
        : QAbstractButton(parent),
          m_console(console),
          m_run(run),
          m_theme(theme),
          m_clock(clock),
          m_unpin(new QToolButton(this))
    {
        setObjectName(u"pinnedRun"_s);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        m_unpin->setObjectName(u"unpin"_s);
        m_unpin->setIcon(kit::icon(u"close"_s, theme));
        m_unpin->setAutoRaise(true);
        m_unpin->setFocusPolicy(Qt::NoFocus);
        m_unpin->setToolTip(PinnedRuns::tr("Unpin (Delete)"));
        m_unpin->setAccessibleName(PinnedRuns::tr("Unpin"));
        refresh();
    }

    const base::RunId& run() const { return m_run; }
    QToolButton* unpin() const { return m_unpin; }
    bool isOpen() const
    {
        const console::Run* held = m_console.find(m_run);
        return held && !chat::isFinal(held->report.state);
    }
    void refresh()
    {
        const auto& report = m_console.find(m_run)->report;
        setToolTip(report.command.left(2000).toHtmlEscaped());
        setAccessibleName(consoleview::accessibleName(report, m_console.find(m_run)->lines->lineCount()));
        update();
    }
    QSize sizeHint() const override { return {200, m_unpin->sizeHint().height() + 4}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const console::Run* held = m_console.find(m_run);
        if (!held)
            return;
        QPainter painter(this);
        if (hasFocus() || underMouse())
            painter.fillRect(rect(), m_theme.color(Token::Selection));
        HeaderLayout layout = placed(*held);
        layout.menu = {}; // the cross stands there
        paintHeader(painter, layout, *held, m_theme, HeaderPart::None);
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Border));
        if (const auto progress = held->progress(); progress && !chat::isFinal(held->report.state))
            painter.fillRect(QRect(0, height() - 2, width() * std::clamp(progress->percent, 0, 100) / 100, 2), m_theme.color(Token::Accent));
    }
    void resizeEvent(QResizeEvent*) override
    {
        const HeaderLayout layout = placed(*m_console.find(m_run));
        QRect place(QPoint(), m_unpin->sizeHint());
        place.moveCenter(layout.menu.center());
        m_unpin->setGeometry(place);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Delete)
            m_unpin->click();
        else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    /// In line with the headers below.
    HeaderLayout placed(const console::Run& held) const
    {
        const QRect room = rect().adjusted(Metrics::kSideMargin, 0, -Metrics::kSideMargin, 0);
        return layoutHeader(room, Block{.run = m_run, .folded = true}, held, m_theme, m_clock.nowMs());
    }

    const console::Console& m_console;
    base::RunId m_run;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    QToolButton* m_unpin;
};

PinnedRuns::PinnedRuns(console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_console(console),
      m_theme(theme),
      m_clock(clock),
      m_column(new QVBoxLayout(this))
{
    setObjectName(u"pinnedRuns"_s);
    setAccessibleName(tr("Pinned runs"));
    kit::setBackdrop(this, theme, Token::Raised);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    hide();
    connect(&console, &console::Console::changed, this, [this](const console::ConsoleChange& change) {
        if (!m_runs.contains(change.run))
            return;
        const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const PinnedRun* one) { return one->run() == change.run; });
        if ((line == m_lines.end()) == (m_console.find(change.run) != nullptr))
            rebuild();
        else if (line != m_lines.end() && change.kind == console::ConsoleChange::Kind::Report)
            (*line)->refresh();
        tick();
    });
    connect(&theme, &kit::Theme::changed, this, &PinnedRuns::rebuild);
}

void PinnedRuns::setRuns(const QList<base::RunId>& runs)
{
    m_runs = runs.mid(std::max<qsizetype>(0, runs.size() - kMost));
    rebuild();
}

void PinnedRuns::toggle(const base::RunId& run)
{
    QList<base::RunId> runs = m_runs;
    if (runs.removeAll(run) == 0)
        runs.append(run);
    setRuns(runs);
    emit changed();
}

void PinnedRuns::rebuild()
{
    for (PinnedRun* line : std::exchange(m_lines, {})) {
        line->hide();
        line->deleteLater(); // it may be what calls
    }
    for (const base::RunId& run : std::as_const(m_runs)) {
        if (!m_console.find(run))
            continue;
        auto* line = new PinnedRun(m_console, run, m_theme, m_clock, this);
        connect(line, &QAbstractButton::clicked, this, [this, run] { emit runRequested(run); });
        connect(line->unpin(), &QAbstractButton::clicked, this, [this, run] { toggle(run); });
        m_column->addWidget(line);
        line->show();
        m_lines.push_back(line);
    }
    setVisible(!m_lines.empty());
    tick();
}

/// Of what runs, the time goes on.
void PinnedRuns::tick()
{
    const bool isOpen = std::any_of(m_lines.begin(), m_lines.end(), [](const PinnedRun* line) { return line->isOpen(); });
    if (m_ticking || !isOpen)
        return;
    m_ticking = true;
    m_clock.after(std::chrono::seconds(1), this, [this] {
        m_ticking = false;
        for (PinnedRun* line : m_lines)
            line->update();
        tick();
    });
}

} // namespace ridealong::consoleview
