// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/joinroomdialog.h"

#include "accountdialogs/roompicker.h"
#include "kit/emptystate.h"
#include "kit/fitting.h"
#include "kit/messagedocument.h"
#include "kit/tone.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

JoinRoomDialog::JoinRoomDialog(AccountService& service, Theme& theme, const base::AccountId& account, QWidget* parent)
    : QDialog(parent),
      m_service(service),
      m_accounts(new QComboBox(this)),
      m_picker(new RoomPicker(service, theme, this)),
      m_cancel(new QPushButton(this)),
      m_join(new QPushButton(tr("Join"), this))
{
    setObjectName(u"joinRoomDialog"_s);
    setWindowTitle(tr("Join a room"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    auto* label = new QLabel(tr("&Account"), this);
    label->setBuddy(m_accounts);
    kit::setTone(label, theme, Token::Text, Theme::Type::Body, true);
    m_accounts->setObjectName(u"joinAccount"_s);
    for (const AccountView& known : service.accounts())
        if (known.hasRooms)
            m_accounts->addItem(kit::safeName(known.config.name), known.config.id.text());
    const int wanted = m_accounts->findData(account.text());
    m_accounts->setCurrentIndex(std::max(0, wanted));
    label->setVisible(m_accounts->count() > 1);
    m_accounts->setVisible(m_accounts->count() > 1);
    auto* none = new kit::EmptyState(theme, this);
    none->set(tr("Rooms can be joined once an account is connected."), tr("Add an account …"));
    none->setVisible(m_accounts->count() == 0);
    m_picker->setVisible(m_accounts->count() > 0);
    m_join->setVisible(m_accounts->count() > 0);
    connect(none, &kit::EmptyState::pressed, this, [this] {
        QDialog::reject();
        emit addAccountRequested();
    });

    m_join->setObjectName(u"join"_s);
    m_join->setProperty("primary", true);
    m_join->setAutoDefault(false); // Enter in the line joins already
    m_cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->setSpacing(8);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_join);
    column->addWidget(label);
    column->addWidget(m_accounts);
    column->addWidget(none, 1);
    column->addWidget(m_picker, 1);
    column->addLayout(buttons);

    connect(m_join, &QPushButton::clicked, m_picker, &RoomPicker::join);
    connect(m_cancel, &QPushButton::clicked, this, &JoinRoomDialog::reject);
    connect(m_picker, &RoomPicker::changed, this, &JoinRoomDialog::refresh);
    connect(m_picker, &RoomPicker::joined, this, [this](const base::ConversationId& room) {
        emit joined(room);
        accept();
    });
    connect(m_accounts, &QComboBox::activated, this, [this] { m_picker->setAccount(this->account()); });
    if (m_accounts->count() > 0)
        m_picker->setAccount(this->account());
    kit::fitToScreen(*this, theme, {520, 480});
    m_picker->focusName();
    refresh();
}

base::AccountId JoinRoomDialog::account() const { return base::AccountId(m_accounts->currentData().toString()); }

void JoinRoomDialog::refresh()
{
    m_join->setEnabled(!m_picker->isJoining() && !m_picker->name().isEmpty());
    m_accounts->setEnabled(!m_picker->isJoining());
    m_cancel->setText(m_picker->isJoining() ? tr("Stop") : m_accounts->count() > 0 ? tr("Cancel") : tr("Close"));
}

void JoinRoomDialog::reject()
{
    if (m_picker->isJoining())
        m_picker->cancel();
    else
        QDialog::reject();
}

} // namespace ridealong::accountdialogs
