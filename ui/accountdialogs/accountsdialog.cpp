// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/accountsdialog.h"

#include "accountdialogs/rowdelegate.h"
#include "accountdialogs/words.h"
#include "base/clock.h"
#include "kit/emptystate.h"
#include "kit/errortext.h"
#include "kit/fitting.h"
#include "kit/messagedocument.h"
#include "kit/noticebar.h"
#include "kit/tone.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using chat::ConnectionState;
using kit::Theme;
using kit::Token;

namespace {

const QString kException = u"certificateException"_s;
constexpr int kTickMs = 1000;
constexpr int kIdRole = Qt::UserRole;
enum Page { Pane, Question, Empty };

QLabel* makeText(QWidget* parent, Theme& theme, Token token, Theme::Type type = Theme::Type::Body, bool strong = false)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    kit::setTone(label, theme, token, type, strong);
    return label;
}

Token connectionToken(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Disconnected: return Token::Faint;
    case ConnectionState::Connecting:
    case ConnectionState::Waiting: return Token::Warning;
    case ConnectionState::Connected: return Token::Success;
    case ConnectionState::Failed: return Token::Danger;
    }
    return Token::Faint;
}

bool isOn(const chat::ConnectionStatus& status) { return status.state != ConnectionState::Disconnected && status.state != ConnectionState::Failed; }

} // namespace

AccountsDialog::AccountsDialog(AccountService& service, Theme& theme, base::Clock& clock, QWidget* parent)
    : QDialog(parent),
      m_service(service),
      m_theme(theme),
      m_clock(clock),
      m_list(new QListWidget(this)),
      m_right(new QStackedWidget(this)),
      m_empty(new kit::EmptyState(theme)),
      m_notice(new kit::NoticeBar(theme, this))
{
    setObjectName(u"accountsDialog"_s);
    setWindowTitle(tr("Accounts"));
    m_list->setObjectName(u"accounts"_s);
    m_list->setAccessibleName(tr("Accounts"));
    new RowDelegate(*m_list, theme, RowDelegate::Lines::Two);
    m_empty->set(tr("Your accounts on chat servers will be listed here."), tr("Add an account …"));
    m_right->insertWidget(Pane, makePane());
    m_right->insertWidget(Question, makeQuestion());
    m_right->insertWidget(Empty, m_empty);

    auto* add = new QPushButton(tr("&Add an account …"), this);
    add->setObjectName(u"addAccount"_s);
    add->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addLayout(left, 2);
    row->addWidget(m_right, 3);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_notice);
    column->addLayout(row, 1);
    column->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, &AccountsDialog::addRequested);
    connect(m_empty, &kit::EmptyState::pressed, this, &AccountsDialog::addRequested);
    connect(close, &QPushButton::clicked, this, &AccountsDialog::reject);
    connect(m_list, &QListWidget::currentItemChanged, this, [this] {
        m_asked = {};
        present();
    });
    connect(m_list, &QListWidget::itemActivated, this, [this] { emit editRequested(current()); });
    connect(&service, &AccountService::changed, this, &AccountsDialog::refresh);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &AccountsDialog::present);
    kit::fitToScreen(*this, theme, {720, 480});
    refresh();
    m_list->setFocus(Qt::OtherFocusReason);
}

AccountsDialog::~AccountsDialog() = default;

QWidget* AccountsDialog::makePane()
{
    auto* page = new QWidget;
    m_name = makeText(page, m_theme, Token::Text, Theme::Type::Header, true);
    m_state = makeText(page, m_theme, Token::Text);
    m_problem = makeText(page, m_theme, Token::Danger);
    m_details = makeText(page, m_theme, Token::Muted);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setAccessibleName(tr("Connection details"));

    m_exception = new QWidget(page);
    auto* words = makeText(m_exception, m_theme, Token::Warning);
    words->setText(tr("You trust a certificate of this server that no authority vouches for."));
    auto* revoke = new QPushButton(tr("&Trust it no longer"), m_exception);
    revoke->setObjectName(u"revoke"_s);
    auto* exception = new QVBoxLayout(m_exception);
    exception->setContentsMargins(0, 0, 0, 0);
    exception->setSpacing(4);
    exception->addWidget(words);
    exception->addWidget(revoke, 0, Qt::AlignLeft);

    m_connection = new QPushButton(page);
    m_connection->setObjectName(u"connection"_s);
    m_certificate = new QPushButton(tr("Look at the &certificate …"), page);
    m_certificate->setObjectName(u"certificate"_s);
    m_join = new QPushButton(tr("&Join a room …"), page);
    m_join->setObjectName(u"joinRoom"_s);
    auto* edit = new QPushButton(tr("&Settings …"), page);
    edit->setObjectName(u"edit"_s);
    auto* remove = new QPushButton(tr("&Remove …"), page);
    remove->setObjectName(u"remove"_s);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_state, m_problem, m_certificate, m_details, m_exception})
        column->addWidget(part, 0, part == m_certificate ? Qt::AlignLeft : Qt::Alignment());
    column->addStretch(1);
    auto* actions = new QGridLayout;
    actions->setSpacing(8);
    actions->addWidget(m_connection, 0, 0);
    actions->addWidget(m_join, 0, 1);
    actions->addWidget(edit, 1, 0);
    actions->addWidget(remove, 1, 1);
    column->addLayout(actions);
    page->setLayout(column);
    for (QPushButton* button : {m_connection, m_certificate, m_join, edit, remove, revoke})
        button->setAutoDefault(false);

    connect(m_connection, &QPushButton::clicked, this, &AccountsDialog::toggleConnection);
    connect(m_certificate, &QPushButton::clicked, this, [this] { emit certificateRequested(current()); });
    connect(m_join, &QPushButton::clicked, this, [this] { emit joinRequested(current()); });
    connect(edit, &QPushButton::clicked, this, [this] { emit editRequested(current()); });
    connect(remove, &QPushButton::clicked, this, &AccountsDialog::ask);
    connect(revoke, &QPushButton::clicked, this, &AccountsDialog::revoke);
    return kit::scrolledPage(page, m_theme);
}

QWidget* AccountsDialog::makeQuestion()
{
    auto* page = new QWidget;
    m_asking = makeText(page, m_theme, Token::Text, Theme::Type::Header, true);
    m_asking->setObjectName(u"asking"_s);
    m_question = makeText(page, m_theme, Token::Text);
    m_question->setObjectName(u"question"_s);
    m_keep = new QPushButton(tr("Keep it"), page);
    m_keep->setObjectName(u"keep"_s);
    m_remove = new QPushButton(tr("Remove it"), page);
    m_remove->setObjectName(u"removeNow"_s);
    m_remove->setProperty("danger", true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_remove);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_asking);
    column->addWidget(m_question);
    column->addLayout(buttons);
    column->addStretch(1);
    for (QPushButton* button : {m_keep, m_remove})
        button->setAutoDefault(false);
    connect(m_keep, &QPushButton::clicked, this, &AccountsDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &AccountsDialog::removeNow);
    return kit::scrolledPage(page, m_theme);
}

// ---- what is shown ----

void AccountsDialog::refresh()
{
    const base::AccountId before = current();
    const bool hadFocus = m_list->hasFocus();
    m_accounts = m_service.accounts();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const AccountView& account : std::as_const(m_accounts)) {
        const QString name = kit::safeName(account.config.name);
        const QString state = connectionWords(account.status, 0);
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(RowDelegate::MoreRole, u"%1 · %2"_s.arg(kindWords(account.config.backend).name, state));
        item->setData(RowDelegate::DotRole, int(connectionToken(account.status.state)));
        item->setData(kIdRole, account.config.id.text());
        item->setData(Qt::AccessibleTextRole, u"%1, %2, %3"_s.arg(name, kindWords(account.config.backend).name, state));
        if (account.config.id == before)
            m_list->setCurrentItem(item);
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    if (hadFocus)
        m_list->setFocus(Qt::OtherFocusReason);
    present();
}

void AccountsDialog::present()
{
    const base::AccountId id = current();
    const auto at = std::find_if(m_accounts.cbegin(), m_accounts.cend(), [&](const AccountView& account) { return account.config.id == id; });
    m_list->setVisible(!m_accounts.isEmpty());
    if (at == m_accounts.cend()) {
        m_tick.stop();
        return m_right->setCurrentIndex(Empty);
    }
    m_right->setCurrentIndex(m_asked == id ? Question : Pane);
    const AccountView& account = *at;
    const chat::ConnectionStatus& status = account.status;
    status.state == ConnectionState::Waiting ? m_tick.start() : m_tick.stop();
    m_name->setText(kit::safeName(account.config.name));
    const QString who = kit::safeName(account.self.isEmpty() ? account.config.user : account.self);
    const QString state = connectionWords(status, m_clock.nowMs());
    m_state->setText(status.state == ConnectionState::Connected ? tr("Connected as %1").arg(who) : sentence(state));
    const bool troubled = status.state == ConnectionState::Waiting || status.state == ConnectionState::Failed;
    m_problem->setText(troubled ? connectionProblem(status.error) : QString());
    m_problem->setVisible(troubled);
    QStringList lines{tr("Kind: %1").arg(kindWords(account.config.backend).name)};
    if (!account.config.server.isEmpty())
        lines += tr("Server: %1").arg(kit::safeName(account.config.server));
    lines += tr("User: %1").arg(kit::safeName(account.config.user));
    if (account.hasRooms || !account.conversations.isEmpty())
        lines += tr("Rooms and people: %1").arg(account.conversations.size());
    if (troubled && !status.error.detail.isEmpty())
        lines += tr("It says: %1").arg(kit::safeName(status.error.detail));
    m_details->setText(lines.join(u'\n'));
    m_exception->setVisible(account.config.options.contains(kException));
    m_certificate->setVisible(status.certificate.has_value());
    m_connection->setText(isOn(status) ? tr("&Disconnect") : tr("&Connect"));
    m_join->setEnabled(account.hasRooms && status.state == ConnectionState::Connected);
}

void AccountsDialog::setCurrent(const base::AccountId& account)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(kIdRole).toString() == account.text())
            m_list->setCurrentRow(row);
}

base::AccountId AccountsDialog::current() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return base::AccountId(item ? item->data(kIdRole).toString() : QString());
}

bool AccountsDialog::isAsking() const { return m_right->currentIndex() == Question; }

QString AccountsDialog::details() const { return QStringList{m_name->text(), m_state->text(), m_problem->text(), m_details->text()}.join(u'\n'); }

// ---- what is done ----

void AccountsDialog::toggleConnection()
{
    if (const std::optional<AccountView> account = m_service.find(current()))
        m_service.setConnected(account->config.id, !isOn(account->status));
}

void AccountsDialog::revoke()
{
    std::optional<AccountView> account = m_service.find(current());
    if (!account)
        return;
    account->config.options.remove(kException);
    m_service.save(account->config, {}).then(this, [this](const base::Expected<base::AccountId>& saved) {
        if (!saved)
            m_notice->show(kit::errorText(saved.error()), saved.error().detail);
    });
}

void AccountsDialog::ask()
{
    const std::optional<AccountView> account = m_service.find(current());
    if (!account)
        return;
    QStringList lost{tr("the messages of %n conversation(s) as they are stored on this computer", nullptr, int(account->conversations.size()))};
    lost += tr("drafts written there");
    if (account->unsent > 0)
        lost += tr("%n message(s) not sent yet", nullptr, account->unsent);
    if (!account->storedSecrets.isEmpty())
        lost += tr("its password in the keychain");
    m_asking->setText(tr("Remove %1 from Ridealong?").arg(kit::safeName(account->config.name)));
    m_question->setText(tr("This deletes:") + u"\n•  "_s + lost.join(u"\n•  "_s) + u"\n\n"_s
        + tr("What the server keeps stays there. The account on the server is not touched."));
    m_asked = account->config.id;
    present();
    m_keep->setFocus(Qt::OtherFocusReason);
}

void AccountsDialog::removeNow()
{
    const base::AccountId given = std::exchange(m_asked, {});
    if (given.isEmpty() || given != current())
        return;
    present();
    m_service.remove(given).then(this, [this](const base::Status& removed) {
        if (!removed)
            m_notice->show(
                tr("Not all of the account could be removed. What is left is tried again when you remove it once more."), removed.error().detail);
        m_list->setFocus(Qt::OtherFocusReason);
    });
}

void AccountsDialog::reject()
{
    if (!isAsking())
        return QDialog::reject();
    m_asked = {};
    present();
    m_list->setFocus(Qt::OtherFocusReason);
}

} // namespace ridealong::accountdialogs
