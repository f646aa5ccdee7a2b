// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/statusline.h"

#include "base/clock.h"
#include "kit/theme.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QTimeZone>
#include <QToolButton>

namespace ridealong::window {

using namespace Qt::StringLiterals;

StatusLine::StatusLine(kit::Theme& theme, base::Clock& clock, QWidget* parent)
    : QStatusBar(parent),
      m_theme(theme),
      m_clock(clock),
      m_connection(new QLabel(this)),
      m_back(new QToolButton(this)),
      m_outbox(new QToolButton(this)),
      m_time(new QLabel(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 12, 0);
    m_back->setObjectName(u"back"_s);
    m_back->setAutoRaise(true);
    m_back->setText(tr("You are away: come back"));
    m_back->setToolTip(tr("Tell others that you are back"));
    connect(m_back, &QToolButton::clicked, this, &StatusLine::backRequested);
    m_outbox->setAutoRaise(true);
    m_outbox->setToolTip(tr("What waits to be sent"));
    connect(m_outbox, &QToolButton::clicked, this, &StatusLine::outboxRequested);
    addWidget(m_connection);
    addWidget(m_back);
    addWidget(m_outbox);
    addPermanentWidget(m_time);
    connect(&theme, &kit::Theme::changed, this, &StatusLine::refresh);
    refresh();
    tick();
}

void StatusLine::setAccounts(const QList<AccountState>& accounts)
{
    m_accounts = accounts;
    refresh();
}

void StatusLine::setOutbox(int waiting, int needingTheUser)
{
    m_waiting = waiting;
    m_needing = needingTheUser;
    refresh();
}

void StatusLine::refresh()
{
    QStringList parts;
    for (const AccountState& account : std::as_const(m_accounts)) {
        kit::Token token = kit::Token::Muted;
        QString words;
        switch (account.status.state) {
        case chat::ConnectionState::Connected:
            token = kit::Token::Success;
            words = account.away ? tr("%1 connected, away").arg(account.name) : tr("%1 connected").arg(account.name);
            break;
        case chat::ConnectionState::Connecting:
            token = kit::Token::Warning;
            words = tr("%1 connecting …").arg(account.name);
            break;
        case chat::ConnectionState::Waiting: {
            token = kit::Token::Warning;
            const qint64 seconds = std::max<qint64>(0, (account.status.retryAtMs - m_clock.nowMs() + 999) / 1000);
            words = seconds > 0 ? tr("%1 reconnecting in %2 s").arg(account.name).arg(seconds) : tr("%1 reconnecting").arg(account.name);
            break;
        }
        case chat::ConnectionState::Failed:
            token = kit::Token::Danger;
            words = tr("%1 cannot connect").arg(account.name);
            break;
        case chat::ConnectionState::Disconnected: words = tr("%1 offline").arg(account.name); break;
        }
        parts += u"<span style='color:%1'>●</span> %2"_s.arg(m_theme.color(token).name(), words.toHtmlEscaped());
    }
    m_connection->setText(parts.join(u"&nbsp;&nbsp;&nbsp;&nbsp;"_s));
    m_back->setVisible(std::any_of(m_accounts.cbegin(), m_accounts.cend(), [](const AccountState& account) { return account.away; }));
    m_back->setFont(m_theme.font(kit::Theme::Type::Small));
    m_connection->setFont(m_theme.font(kit::Theme::Type::Small));
    m_outbox->setFont(m_theme.font(kit::Theme::Type::Small));
    m_outbox->setText(m_needing > 0 ? tr("Outbox %1, %2 to review").arg(m_waiting).arg(m_needing) : tr("Outbox %1").arg(m_waiting));
    m_time->setFont(m_theme.font(kit::Theme::Type::Small));
}

/// The clock, and the seconds until a reconnect; once a second only while somebody waits for one.
void StatusLine::tick()
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs());
    m_time->setText(u"%1 · %2"_s.arg(QLocale().toString(now.time(), u"HH:mm"_s), QString::fromLatin1(QTimeZone::systemTimeZoneId())));
    const bool waiting = std::any_of(
        m_accounts.cbegin(), m_accounts.cend(), [](const AccountState& account) { return account.status.state == chat::ConnectionState::Waiting; });
    if (waiting)
        refresh();
    const qint64 toNextMinute = 60'000 - m_clock.nowMs() % 60'000;
    m_clock.after(std::chrono::milliseconds(waiting ? 1000 : toNextMinute), this, [this] { tick(); });
}

} // namespace ridealong::window
