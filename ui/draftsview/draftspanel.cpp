// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "draftsview/draftspanel.h"

#include "chat/gist.h"

#include "kit/durations.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::draftsview {

using chat::OutboxState;
using chat::OutgoingKind;

namespace {

const auto kDraft = u"draft/"_s;
const auto kOutbox = u"outbox/"_s;

} // namespace

DraftsPanel::DraftsPanel(kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QWidget(parent),
      m_clock(clock),
      m_list(new CardList(theme, tr("What you write and do not send yet waits here, online or offline."), this))
{
    setObjectName(u"draftsPanel"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list);
    connect(m_list, &CardList::pressed, this, &DraftsPanel::onPressed);
    rebuild();
}

void DraftsPanel::setDrafts(const QList<DraftView>& drafts)
{
    m_drafts = drafts;
    std::stable_sort(
        m_drafts.begin(), m_drafts.end(), [](const DraftView& a, const DraftView& b) { return a.draft.writtenAtMs > b.draft.writtenAtMs; });
    rebuild();
}

void DraftsPanel::setOutbox(const QList<OutboxView>& items)
{
    m_outbox = items;
    rebuild();
}

void DraftsPanel::rebuild()
{
    m_list->begin();
    if (!m_outbox.isEmpty()) {
        m_list->addSection(tr("Outbox"));
        for (const auto& view : std::as_const(m_outbox))
            if (auto* card = m_list->addCard(kOutbox + view.item.transaction.text()))
                fillItem(card, view);
    }
    if (!m_drafts.isEmpty()) {
        m_list->addSection(tr("Drafts"));
        for (const auto& view : std::as_const(m_drafts))
            if (auto* card = m_list->addCard(kDraft + view.draft.id.text()))
                fillDraft(card, view);
    }
    m_list->end();
}

void DraftsPanel::fillDraft(Card* card, const DraftView& view)
{
    const bool command = view.draft.kind == OutgoingKind::Command;
    card->setHead(view.where, view.environment, kit::agoText(m_clock.nowMs() - view.draft.writtenAtMs));
    card->setText(chat::gist(view.draft.text, view.draft.attachments), command);
    QStringList facts;
    facts << (command ? tr("command") : tr("message"));
    if (!view.draft.attachments.isEmpty())
        facts << tr("%n file(s)", nullptr, int(view.draft.attachments.size()));
    if (!view.draft.thread.isEmpty())
        facts << tr("in a thread");
    if (view.newerMessages > 0)
        facts << tr("%n newer message(s)", nullptr, view.newerMessages);
    if (!view.online)
        facts << tr("not connected");
    card->setNotes(facts, view.problems);
    const bool sure = m_discarding == card->key();
    card->setButtons({{u"send"_s, command ? tr("Review and send") : tr("Send"), view.online}, {u"edit"_s, tr("Edit"), true},
        {u"discard"_s, sure ? tr("Discard for good") : tr("Discard"), true}});
}

void DraftsPanel::fillItem(Card* card, const OutboxView& view)
{
    const auto& item = view.item;
    const bool command = item.kind == OutgoingKind::Command;
    QString state;
    QList<Card::Button> buttons;
    const Card::Button edit{u"edit"_s, tr("Edit"), true};
    const Card::Button discard{u"discard"_s, m_discarding == card->key() ? tr("Discard for good") : tr("Discard"), true};
    switch (item.state) {
    case OutboxState::Queued:
        state = tr("waits to be sent");
        buttons = {edit, discard};
        break;
    case OutboxState::InFlight: state = tr("being sent"); break;
    case OutboxState::Unknown: state = tr("may have arrived; being looked up"); break;
    case OutboxState::Failed:
        state = tr("not sent");
        buttons = {{u"retry"_s, tr("Try again"), true}, edit, discard};
        break;
    case OutboxState::Review:
        state = tr("waits for you: a command is never sent by itself");
        buttons = {{u"retry"_s, tr("Send now"), true}, edit, discard};
        break;
    case OutboxState::Sent: state = tr("sent"); break;
    }
    card->setHead(view.where, view.environment, kit::agoText(m_clock.nowMs() - item.createdAtMs));
    card->setText(chat::gist(item.text, item.attachments), command);
    QStringList facts{command ? tr("command") : tr("message"), state};
    if (!item.attachments.isEmpty())
        facts << tr("%n file(s)", nullptr, int(item.attachments.size()));
    if (item.attempts > 1)
        facts << tr("%n attempt(s)", nullptr, item.attempts);
    const bool bad = item.state == OutboxState::Failed;
    if (!view.why.isEmpty() && !bad)
        facts << view.why;
    card->setNotes(facts, bad && !view.why.isEmpty() ? QStringList{view.why} : QStringList());
    card->setButtons(buttons);
}

void DraftsPanel::onPressed(const QString& key, const QString& name)
{
    if (name == "discard"_L1 && m_discarding != key) {
        // Text is lost here, so it takes two presses; the button says what the second one does.
        m_discarding = key;
        rebuild();
        if (auto* card = m_list->card(key))
            if (auto* button = card->button(name))
                button->setFocus();
        return;
    }
    m_discarding.clear();
    if (key.startsWith(kDraft)) {
        const base::DraftId draft(key.mid(kDraft.size()));
        if (name == "send"_L1)
            emit sendDraftRequested(draft);
        else if (name == "edit"_L1)
            emit editDraftRequested(draft);
        else
            emit discardDraftRequested(draft);
        return;
    }
    const base::TransactionId transaction(key.mid(kOutbox.size()));
    if (name == "retry"_L1)
        emit retryRequested(transaction);
    else if (name == "edit"_L1)
        emit editOutboxRequested(transaction);
    else
        emit discardOutboxRequested(transaction);
}

} // namespace ridealong::draftsview
