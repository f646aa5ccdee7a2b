// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/comparewindow.h"

#include "consoleview/compareside.h"
#include "consoleview/compareview.h"
#include "consoleview/copytext.h"
#include "kit/emptystate.h"
#include "kit/icons.h"
#include "kit/moments.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QBuffer>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using console::ConsoleChange;
using kit::Token;

namespace {

constexpr int kMargin = 12;
constexpr std::chrono::milliseconds kTick{1'000};

/// The text of a unified diff, made on a worker: it may be long.
base::Async<QString> unifiedText(std::shared_ptr<const console::LineStore> left, std::shared_ptr<const console::LineStore> right,
    std::shared_ptr<const console::Comparison> comparison, const QString& leftName, const QString& rightName)
{
    base::Promise<QString> promise;
    QThreadPool::globalInstance()->start([=] {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const bool isWhole = console::writeUnified(buffer, *left, *right, *comparison, leftName, rightName, kMaxCopyBytes);
        QString text = QString::fromUtf8(buffer.data());
        if (!isWhole)
            text += CompareWindow::tr("[the rest was not copied: over 32 MiB]") + u'\n';
        promise.answer(text);
    });
    return promise.async();
}

} // namespace

CompareWindow::CompareWindow(
    const base::RunId& before, const base::RunId& after, console::Console& console, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent, Qt::Window),
      m_console(console),
      m_theme(theme),
      m_clock(clock),
      m_left(new CompareSide(tr("Run on the left"), console, theme, this)),
      m_right(new CompareSide(tr("Run on the right"), console, theme, this)),
      m_whitespace(new QCheckBox(tr("Ignore &whitespace"), this)),
      m_numbers(new QCheckBox(tr("Ignore &numbers"), this)),
      m_fold(new QCheckBox(tr("&Fold equal lines"), this)),
      m_summary(new QLabel(this)),
      m_place(new QLabel(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this)),
      m_copy(new QToolButton(this)),
      m_view(new CompareView(theme, this)),
      m_empty(new kit::EmptyState(theme, this)),
      m_pages(new QStackedLayout)
{
    setObjectName(u"compareWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    kit::setBackdrop(this, theme, Token::Panel);
    makeTools();
    auto* sides = new QHBoxLayout;
    sides->setContentsMargins(kMargin, 10, kMargin, 2);
    sides->setSpacing(kMargin);
    sides->addWidget(m_left, 1);
    sides->addWidget(m_right, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(sides);
    column->addWidget(toolRow());
    column->addLayout(m_pages, 1);
    for (CompareSide* side : {m_left, m_right})
        connect(side, &CompareSide::chosen, this, [this, side](const base::RunId& run) { choose(side, run); });
    connect(&console, &console::Console::changed, this, &CompareWindow::changed);
    connect(m_view, &CompareView::moved, this, &CompareWindow::showPlace);
    m_left->setRun(before);
    m_right->setRun(after);
    renewChoices();
    m_empty->set(tr("Comparing …"));
    resize(QSize(1'100, 680) * std::max(1.0, theme.scale()));
    showTitle();
    compareAnew();
}

void CompareWindow::makeTools()
{
    m_left->choice()->setObjectName(u"compareLeft"_s);
    m_right->choice()->setObjectName(u"compareRight"_s);
    m_whitespace->setObjectName(u"compareWhitespace"_s);
    m_whitespace->setToolTip(tr("How much whitespace there is does not matter"));
    m_numbers->setObjectName(u"compareNumbers"_s);
    m_numbers->setToolTip(tr("Counts, times, dates, addresses and hashes do not matter"));
    m_fold->setObjectName(u"compareFold"_s);
    m_fold->setChecked(true);
    m_summary->setObjectName(u"compareSummary"_s);
    m_place->setObjectName(u"comparePlace"_s);
    for (QLabel* label : {m_summary, m_place})
        label->setTextFormat(Qt::PlainText);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    kit::setTone(m_place, m_theme, Token::Muted, kit::Theme::Type::Small);
    const auto dress = [](QToolButton* button, const QString& name, const QString& words, const QString& key) {
        button->setObjectName(name);
        button->setToolTip(u"%1 (%2)"_s.arg(words, key));
        button->setAccessibleName(words);
        button->setFocusPolicy(Qt::TabFocus);
    };
    dress(m_previous, u"comparePrevious"_s, tr("Previous change"), QKeySequence(Qt::SHIFT | Qt::Key_F7).toString(QKeySequence::NativeText));
    dress(m_next, u"compareNext"_s, tr("Next change"), QKeySequence(Qt::Key_F7).toString(QKeySequence::NativeText));
    dress(m_copy, u"compareCopy"_s, tr("Copy as unified diff"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText));
    m_previous->setArrowType(Qt::UpArrow);
    m_next->setArrowType(Qt::DownArrow);
    const auto showIcon = [this] {
        m_copy->setIcon(kit::icon(u"copy"_s, m_theme));
        m_copy->setIconSize(QSize(16, 16) * std::max(1.0, m_theme.scale()));
    };
    connect(&m_theme, &kit::Theme::changed, this, showIcon);
    showIcon();
    connect(m_previous, &QToolButton::clicked, m_view, &CompareView::previousChange);
    connect(m_next, &QToolButton::clicked, m_view, &CompareView::nextChange);
    connect(m_copy, &QToolButton::clicked, this, &CompareWindow::copyDiff);
    connect(m_fold, &QCheckBox::toggled, m_view, &CompareView::setFolding);
    for (QCheckBox* box : {m_whitespace, m_numbers})
        connect(box, &QCheckBox::toggled, this, &CompareWindow::compareAnew);
}

QWidget* CompareWindow::toolRow()
{
    auto* tools = new QWidget(this);
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(kMargin + 4, 4, kMargin, 6);
    row->setSpacing(16);
    row->addWidget(m_whitespace);
    row->addWidget(m_numbers);
    row->addWidget(m_fold);
    row->addWidget(m_summary, 1);
    auto* steps = new QHBoxLayout;
    steps->setSpacing(4);
    steps->addWidget(m_place);
    steps->addWidget(m_previous);
    steps->addWidget(m_next);
    steps->addWidget(m_copy);
    row->addLayout(steps);
    return tools;
}

base::RunId CompareWindow::leftRun() const { return m_left->run(); }
base::RunId CompareWindow::rightRun() const { return m_right->run(); }

console::Disregard CompareWindow::disregard() const { return {.whitespace = m_whitespace->isChecked(), .numbers = m_numbers->isChecked()}; }

void CompareWindow::changed(const ConsoleChange& change)
{
    const bool isOurs = change.run == leftRun() || change.run == rightRun();
    switch (change.kind) {
    case ConsoleChange::Kind::Removed:
        if (isOurs) {
            close();
            return;
        }
        [[fallthrough]];
    case ConsoleChange::Kind::Added: renewChoicesSoon(); break;
    case ConsoleChange::Kind::Output:
        if (isOurs)
            compareSoon();
        break;
    case ConsoleChange::Kind::Report:
    case ConsoleChange::Kind::Format:
        if (isOurs)
            renewFacts();
        if (isOurs && m_comparison)
            showState(); // nothing more comes, maybe
        break;
    }
}

void CompareWindow::renewChoices()
{
    for (CompareSide* side : {m_left, m_right})
        side->renewChoices(m_clock.nowMs());
}

/// Many may come at once.
void CompareWindow::renewChoicesSoon()
{
    if (m_areChoicesDue)
        return;
    m_areChoicesDue = true;
    m_clock.after(kBetween, this, [this] {
        m_areChoicesDue = false;
        const bool isChoosing = m_left->isChoosing() || m_right->isChoosing(); // nobody likes a list that moves under the hand
        isChoosing ? renewChoicesSoon() : renewChoices();
    });
}

void CompareWindow::choose(CompareSide* side, const base::RunId& run)
{
    side->setRun(run);
    side->renewChoices(m_clock.nowMs());
    showTitle();
    m_isFirst = true;
    compareAnew();
}

void CompareWindow::compareAnew()
{
    renewFacts();
    compareNow();
}

void CompareWindow::compareSoon()
{
    m_isStale = true;
    if (m_isComparing || m_isDue)
        return;
    const auto since = m_clock.monotonic() - m_lastBegin;
    if (since >= kBetween) {
        compareNow();
        return;
    }
    m_isDue = true;
    m_clock.after(std::chrono::ceil<std::chrono::milliseconds>(kBetween - since), this, [this] {
        m_isDue = false;
        if (m_isStale && !m_isComparing)
            compareNow();
    });
}

void CompareWindow::compareNow()
{
    const console::Run* left = m_console.find(leftRun());
    const console::Run* right = m_console.find(rightRun());
    if (!left || !right || !left->lines || !right->lines)
        return;
    m_isStale = false;
    m_isComparing = true;
    m_lastBegin = m_clock.monotonic();
    console::compareBeside(left->lines, right->lines, disregard())
        .then(this,
            [this, serial = ++m_serial, leftLines = left->lines, rightLines = right->lines](
                const base::Expected<std::shared_ptr<const console::Comparison>>& answer) {
                if (serial != m_serial)
                    return;
                m_isComparing = false;
                if (answer)
                    take(leftLines, rightLines, *answer);
                if (m_isStale)
                    compareSoon();
            });
}

void CompareWindow::take(const std::shared_ptr<const console::LineStore>& left, const std::shared_ptr<const console::LineStore>& right,
    const std::shared_ptr<const console::Comparison>& comparison)
{
    const bool isOpening = !m_comparison;
    m_leftLines = left;
    m_rightLines = right;
    m_comparison = comparison;
    m_view->show(left, right, comparison);
    if (m_isFirst)
        m_view->startOver();
    m_isFirst = false;
    renewFacts();
    showState();
    showPlace();
    if (isOpening)
        m_view->setFocus(); // what cannot be seen cannot have it
    emit compared();
}

void CompareWindow::showState()
{
    const auto& now = *m_comparison;
    const QLocale locale;
    const bool isNothing = now.leftLines == 0 && now.rightLines == 0;
    if (now.isTooLarge)
        m_empty->set(tr("Too large to compare: one of them has more than %1 lines.").arg(locale.toString(console::kMaxComparedLines)));
    else if (isNothing)
        m_empty->set(isOpen() ? tr("Neither run has printed anything yet.") : tr("Neither run printed anything."));
    const bool isShown = !now.isTooLarge && !isNothing;
    m_pages->setCurrentWidget(isShown ? static_cast<QWidget*>(m_view) : m_empty);
    m_copy->setEnabled(isShown && !now.isEqual());

    QStringList parts;
    if (now.changed > 0)
        parts << tr("%Ln changed", nullptr, int(now.changed));
    if (now.removed > 0)
        parts << tr("%Ln removed", nullptr, int(now.removed));
    if (now.added > 0)
        parts << tr("%Ln added", nullptr, int(now.added));
    if (!isShown)
        parts.clear();
    else if (parts.isEmpty())
        parts << (disregard().isAnything() ? tr("No difference but in what is ignored") : tr("No difference"));
    if (now.isCoarse && isShown)
        parts << tr("compared roughly, so much differs");
    m_summary->setText(parts.join(u" · "_s));
    m_summary->setToolTip(now.isCoarse ? tr("The outputs differ too much to find the shortest difference. Lines that occur once were matched.")
                                       : m_summary->text().toHtmlEscaped());
    const Token token = now.isCoarse ? Token::Warning : now.isEqual() ? Token::Success : Token::Muted;
    kit::setTone(m_summary, m_theme, token, kit::Theme::Type::Small);
}

void CompareWindow::showPlace()
{
    const int changes = m_view->changeCount();
    const int at = m_view->currentChange();
    m_place->setText(changes == 0 ? QString() : at < 0 ? tr("%Ln change(s)", nullptr, changes) : tr("%L1 of %L2").arg(at + 1).arg(changes));
    m_previous->setEnabled(changes > 0);
    m_next->setEnabled(changes > 0);
}

void CompareWindow::showTitle()
{
    const console::Run* left = m_console.find(leftRun());
    const console::Run* right = m_console.find(rightRun());
    if (!left || !right)
        return;
    const QString before = left->report.command.left(80).simplified();
    const QString after = right->report.command.left(80).simplified();
    setWindowTitle(before == after ? tr("Comparison of %1").arg(before) : tr("%1 and %2").arg(before, after));
}

bool CompareWindow::isOpen() const
{
    const auto goesOn = [this](const base::RunId& run) {
        const console::Run* held = m_console.find(run);
        return held && !chat::isFinal(held->report.state);
    };
    return goesOn(leftRun()) || goesOn(rightRun());
}

void CompareWindow::renewFacts()
{
    for (CompareSide* side : {m_left, m_right})
        side->renewFacts(m_clock.nowMs());
    tick();
}

/// The time of a run that goes on.
void CompareWindow::tick()
{
    if (m_isTicking || !isOpen())
        return;
    m_isTicking = true;
    m_clock.after(kTick, this, [this] {
        m_isTicking = false;
        renewFacts();
    });
}

QString CompareWindow::nameOf(const base::RunId& run) const
{
    const console::Run* held = m_console.find(run);
    return held ? u"%1\t%2"_s.arg(held->report.command.left(200).simplified(), kit::momentText(held->report.startedAtMs, m_clock.nowMs()))
                : QString();
}

void CompareWindow::copyDiff()
{
    if (!m_comparison || m_comparison->isTooLarge || m_comparison->isEqual())
        return;
    unifiedText(m_leftLines, m_rightLines, m_comparison, nameOf(leftRun()), nameOf(rightRun())).then(this, [](const base::Expected<QString>& text) {
        if (text)
            QGuiApplication::clipboard()->setText(*text);
    });
}

void CompareWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F7 && !(event->modifiers() & ~Qt::ShiftModifier))
        event->modifiers() & Qt::ShiftModifier ? m_view->previousChange() : m_view->nextChange();
    else if (event->matches(QKeySequence::Copy))
        copyDiff();
    else if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close))
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ridealong::consoleview
