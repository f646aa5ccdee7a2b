// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "paletteview/paletteview.h"

#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "paletteview/argumentform.h"
#include "paletteview/words.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::paletteview {

using kit::Token;

namespace {

constexpr int kMaxWidth = 780;

} // namespace

PaletteView::PaletteView(palette::Palette& palette, kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : Chooser(theme, kMaxWidth, parent),
      m_palette(palette),
      m_clock(clock)
{
    setObjectName(u"paletteView"_s);
    setAccessibleName(tr("Script palette"));
    build();
    connect(&m_palette, &palette::Palette::commandsChanged, this, [this] {
        if (isVisible())
            runQuery();
    });
    ready();
    refresh();
}

void PaletteView::open(const PaletteContext& context, const QString& query)
{
    setContext(context);
    m_confirm->giveUp();
    m_query->setText(query);
    runQuery();
    appear();
    m_query->selectAll();
}

void PaletteView::openWithText(const PaletteContext& context, const QString& text)
{
    const auto* found = palette::specOf(text, m_palette.commands());
    open(context, found ? found->name : text);
    if (!found || !m_spec)
        return;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->row(row)->spec.name == found->name && m_model->row(row)->spec.bot == found->bot)
            m_list->setCurrentIndex(m_model->index(row, 0));
    m_text->setText(text);
    onTextEdited();
    if (!m_form->isEmpty())
        m_form->focusFirst();
}

void PaletteView::setContext(const PaletteContext& context)
{
    m_context = context;
    m_delegate->setContext({context.self, context.environment, context.accounts});
    m_where->setText(context.conversationName.left(60));
    m_where->setVisible(!context.conversationName.isEmpty());
    QSet<QString> bots;
    for (const auto& command : m_palette.commands())
        bots.insert(command.account.text() + u'/' + command.bot.text());
    QString info = tr("%n command(s)", nullptr, int(m_palette.commands().size())) + u" · "_s + tr("%n bot(s)", nullptr, int(bots.size()));
    if (context.offline)
        info += u" · "_s + tr("offline copy");
    m_info->setText(info);
}

QString PaletteView::text() const { return m_spec ? m_text->text() : QString(); }

void PaletteView::runQuery()
{
    std::vector<ResultModel::Row> rows;
    for (auto& candidate : m_palette.query(m_query->text(), m_context.account, kMaxResults))
        if (candidate.spec)
            rows.push_back({*candidate.spec, std::move(candidate.matched), candidate.usage});
    const bool none = rows.empty();
    // The same command stays chosen with what was filled in, as long as it is still among the matches.
    int keep = 0;
    for (int i = 0; i < int(rows.size()); ++i)
        if (m_spec && rows[size_t(i)].spec.name == m_spec->name && rows[size_t(i)].spec.bot == m_spec->bot && !m_form->values().isEmpty())
            keep = i;
    m_model->setRows(std::move(rows));
    m_nothing->setText(m_palette.commands().isEmpty() ? tr("No commands are known yet. They appear when a bot has told what it understands.")
                                                      : tr("No command matches “%1”.").arg(m_query->text().left(80)));
    m_nothing->setVisible(none);
    m_list->setVisible(!none);
    if (none) {
        m_spec.reset();
        m_detail->hide();
        refresh();
    } else {
        m_list->setCurrentIndex(m_model->index(keep, 0));
        choose(keep);
    }
    place();
}

void PaletteView::choose(int row)
{
    const auto* chosen = m_model->row(row);
    if (!chosen)
        return;
    if (m_spec && *m_spec == chosen->spec) {
        m_detail->setVisible(!m_spec->dialog);
        return;
    }
    m_confirm->giveUp();
    m_spec = chosen->spec;
    m_form->setSpec(*m_spec);
    m_formArea->setVisible(!m_form->isEmpty());
    m_detail->setVisible(!m_spec->dialog); // what it wants to know, its bot asks
    onFormEdited();
    place();
}

void PaletteView::moveChoice(int by)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int next = std::clamp(m_list->currentIndex().row() + by, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(next, 0));
    m_list->scrollTo(m_model->index(next, 0));
}

void PaletteView::onFormEdited()
{
    if (!m_spec)
        return;
    const auto composed = palette::compose(*m_spec, m_form->values());
    m_problems = composed.problems;
    m_confirm->giveUp();
    if (m_text->text() != composed.text) {
        const QSignalBlocker quiet(m_text);
        m_text->setText(composed.text);
        m_text->setCursorPosition(0); // the beginning says what will happen
    }
    refresh();
}

void PaletteView::onTextEdited()
{
    if (!m_spec)
        return;
    const auto parsed = palette::parse(*m_spec, m_text->text());
    m_problems = parsed.problems;
    m_confirm->giveUp();
    m_form->setValues(parsed.values);
    refresh();
}

bool PaletteView::isDry() const
{
    if (!m_spec)
        return false;
    const auto values = m_form->values();
    return std::any_of(m_spec->arguments.begin(), m_spec->arguments.end(),
        [&](const chat::Argument& argument) { return isDryRun(argument) && values.value(argument.name) == "true"_L1; });
}

QString PaletteView::environment() const
{
    if (isProduction(m_context.environment) || !m_spec || m_spec->environment.isEmpty())
        return m_context.environment;
    return m_spec->environment;
}

bool PaletteView::mustConfirm() const
{
    return m_spec && !m_spec->dialog && isProduction(environment()) && m_spec->risk != chat::Risk::Safe && !isDry();
}

void PaletteView::refresh()
{
    m_form->setProblems(m_problems);
    // Beside the text: what no field can say.
    QStringList others;
    for (const auto& problem : m_problems)
        if (!m_form->field(problem.argument))
            others << problemText(problem);
    m_problemLabel->setText(others.join(u' '));
    m_problemLabel->setVisible(!others.isEmpty());
    const bool isDialog = m_spec && m_spec->dialog;
    const QString word = isDialog ? tr("Open") : isDry() ? tr("Send dry run") : mustConfirm() ? tr("Review") : tr("Send");
    m_send->setText(word);
    m_send->setEnabled(m_spec && (isDialog || !m_context.conversation.isEmpty()));
    const auto key = [this](const QString& name, const QString& what) {
        return u"<span style='color:%1'>%2</span>&nbsp;%3"_s.arg(m_theme.color(Token::Text).name(), name.toHtmlEscaped(), what.toHtmlEscaped());
    };
    QStringList keys{key(tr("Enter"), word.toLower())};
    if (!isDialog)
        keys << key(tr("Tab"), tr("arguments")) << key(tr("Ctrl S"), tr("save draft"));
    keys << key(tr("Esc"), tr("close"));
    m_keys->setText(keys.join(u"&nbsp;&nbsp; "_s));
}

void PaletteView::submit(bool alwaysAsk)
{
    if (m_spec && m_spec->dialog) {
        const auto spec = *m_spec;
        dismiss();
        emit dialogRequested(spec);
        return;
    }
    if (!m_spec || m_context.conversation.isEmpty() || text().trimmed().isEmpty())
        return;
    if (!m_problems.isEmpty()) {
        m_form->focusFirst();
        refresh();
        return;
    }
    if (!alwaysAsk && !mustConfirm()) {
        send();
        return;
    }
    const QString phrase = m_context.conversationName.isEmpty() ? m_spec->name : m_context.conversationName;
    const bool production = isProduction(environment());
    m_confirm->ask({production ? tr("%1 is production. This is exactly what will be sent:").arg(phrase)
                               : tr("This is exactly what will be sent to %1:").arg(phrase),
        text(), phrase,
        isDry()          ? tr("Send dry run")
            : production ? tr("Run in production")
                         : tr("Send")});
    place();
}

void PaletteView::send()
{
    const auto spec = *m_spec;
    const auto what = text().trimmed();
    dismiss();
    emit submitRequested(spec, what);
}

void PaletteView::saveDraft()
{
    const auto what = text().trimmed();
    if (what.isEmpty())
        return;
    dismiss();
    emit draftRequested(what);
}

bool PaletteView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // While the palette is open these keys are its own, whatever the window uses them for.
        auto* key = static_cast<QKeyEvent*>(event);
        const bool control = key->modifiers() & Qt::ControlModifier;
        if (key->key() == Qt::Key_Escape || (control && (key->key() == Qt::Key_S || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter))) {
            event->accept();
            return true;
        }
    }
    return Chooser::event(event);
}

bool PaletteView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && (watched == m_query || watched == m_text)) {
        auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: submit(key->modifiers() & Qt::ControlModifier); return true;
        case Qt::Key_Tab:
            // The fields are made anew for every command, so their place in the chain of focus is not to be relied on.
            if (watched == m_query && m_spec && !m_spec->arguments.isEmpty()) {
                m_form->focusFirst();
                return true;
            }
            break;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (watched == m_query) {
                moveChoice(key->key() == Qt::Key_Up ? -1 : 1);
                return true;
            }
            break;
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            if (watched == m_query) {
                moveChoice(key->key() == Qt::Key_PageUp ? -5 : 5);
                return true;
            }
            break;
        default: break;
        }
    }
    return Chooser::eventFilter(watched, event);
}

void PaletteView::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (control && event->key() == Qt::Key_S)
        saveDraft();
    else if (control && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        submit(true);
    // Nothing goes on to the window below.
}

} // namespace ridealong::paletteview
