// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/compareside.h"

#include "console/samecommand.h"
#include "consoleview/runwords.h"
#include "kit/durations.h"
#include "kit/moments.h"
#include "kit/tone.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::consoleview {

using kit::Token;

namespace {

constexpr int kCommandCharacters = 120;

QString choiceText(const chat::RunReport& report, qint64 nowMs)
{
    QStringList parts{report.command.left(kCommandCharacters).simplified()};
    if (report.startedAtMs > 0)
        parts << kit::momentText(report.startedAtMs, nowMs);
    if (!report.senderName.isEmpty())
        parts << report.senderName.left(40).simplified();
    return parts.join(u" · "_s);
}

} // namespace

CompareSide::CompareSide(const QString& accessibleName, console::Console& console, kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_console(console),
      m_theme(theme),
      m_choice(new QComboBox(this)),
      m_state(new QLabel(this)),
      m_facts(new QLabel(this))
{
    m_choice->setAccessibleName(accessibleName);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(12);
    m_choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_choice->setMaxVisibleItems(16);
    for (QLabel* label : {m_state, m_facts})
        label->setTextFormat(Qt::PlainText);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // names and environments may be long
    kit::setTone(m_facts, theme, Token::Muted, kit::Theme::Type::Small);
    auto* facts = new QHBoxLayout;
    facts->setContentsMargins(4, 0, 4, 0);
    facts->setSpacing(6);
    facts->addWidget(m_state);
    facts->addWidget(m_facts, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_choice);
    column->addLayout(facts);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        const base::RunId run(m_choice->itemData(index).toString());
        if (run && run != m_run)
            emit chosen(run);
    });
}

void CompareSide::setRun(const base::RunId& run) { m_run = run; }

bool CompareSide::isChoosing() const { return m_choice->view()->isVisible(); }

void CompareSide::renewChoices(qint64 nowMs)
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    const console::Run* own = m_console.find(m_run);
    const QString command = own ? own->report.command : QString();
    QList<base::RunId> alike;
    QList<base::RunId> others;
    const auto& runs = m_console.runs();
    for (auto run = runs.rbegin(); run != runs.rend() && alike.size() + others.size() < kMaxChoices; ++run)
        if (const console::Run* held = m_console.find(*run))
            (console::isSameCommand(held->report.command, command) ? alike : others) << *run;
    if (own && !alike.contains(m_run))
        alike << m_run; // old, and chosen all the same
    const auto add = [&](const base::RunId& run) { m_choice->addItem(choiceText(m_console.find(run)->report, nowMs), run.text()); };
    for (const auto& run : alike)
        add(run);
    if (!alike.isEmpty() && !others.isEmpty())
        m_choice->insertSeparator(m_choice->count());
    for (const auto& run : others)
        add(run);
    m_choice->setCurrentIndex(m_choice->findData(m_run.text()));
    m_choice->setToolTip(command.left(1'000).toHtmlEscaped());
}

void CompareSide::renewFacts(qint64 nowMs)
{
    const console::Run* held = m_console.find(m_run);
    if (!held)
        return;
    const auto& report = held->report;
    QString state = stateWord(report);
    if (report.exitCode && *report.exitCode != 0)
        state = tr("%1 · exit %2").arg(state).arg(*report.exitCode);
    m_state->setText(state);
    kit::setTone(m_state, m_theme, stateToken(report), kit::Theme::Type::Small);
    QStringList facts;
    if (!report.senderName.isEmpty())
        facts << report.senderName.left(40).simplified();
    if (!report.environment.isEmpty())
        facts << report.environment.left(40).simplified();
    if (report.startedAtMs > 0)
        facts << kit::momentText(report.startedAtMs, nowMs) << tr("took %1").arg(kit::elapsedText(elapsedMs(report, nowMs)));
    facts << tr("%Ln line(s)", nullptr, int(std::min<qint64>(held->lines ? held->lines->lineCount() : 0, INT_MAX)));
    const QString text = facts.join(u" · "_s);
    m_facts->setText(text);
    m_facts->setToolTip(text.toHtmlEscaped());
}

} // namespace ridealong::consoleview
