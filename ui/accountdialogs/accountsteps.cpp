// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What the account dialog does in each of its steps; how it is built and led from one to the next is in accountdialog.cpp.
#include "accountdialogs/accountdialog.h"
#include "accountdialogs/certificateview.h"
#include "accountdialogs/fieldform.h"
#include "accountdialogs/roompicker.h"
#include "accountdialogs/startpage.h"
#include "accountdialogs/waitpage.h"
#include "accountdialogs/words.h"
#include "base/clock.h"
#include "kit/messagedocument.h"

#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using base::ErrorKind;
using chat::ConnectionState;

namespace {

const QString kException = u"certificateException"_s;

} // namespace

// ---- looking ----

void AccountDialog::begin()
{
    const chat::BackendDescriptor* kind = m_start->kind();
    if (!kind->discover)
        return askByHand();
    if (m_config.backend != kind->id || m_config.server != m_start->address()) {
        const bool sameHost = m_config.backend == kind->id && hostOf(m_config.server) == hostOf(m_start->address());
        if (!sameHost)
            m_config.options.remove(kException); // trust is in one server
    }
    for (auto it = m_found.cbegin(); it != m_found.cend(); ++it)
        if (m_config.options.value(it.key()) == it.value())
            m_config.options.remove(it.key()); // was so there; here it is to be found out
    m_found.clear();
    m_config.backend = kind->id;
    m_config.server = m_start->address();
    look();
}

void AccountDialog::look()
{
    m_wait->begin(kit::safeName(hostOf(m_config.server)), tr("Connecting, and asking what the server offers. Your name and password are not sent."));
    go(Step::Looking);
    m_waiting = std::make_unique<QObject>();
    m_service.discover(m_config).then(m_waiting.get(), [this](const base::Expected<chat::Discovery>& discovery) {
        m_waiting.release()->deleteLater(); // we are in its callback
        found(discovery);
    });
}

void AccountDialog::found(const base::Expected<chat::Discovery>& discovery)
{
    if (!discovery) {
        go(Step::Start);
        m_start->focusAddress();
        if (discovery.error().kind == ErrorKind::Cancelled)
            return;
        return complain(discoveryProblem(m_config.backend, m_config.server, discovery.error()), discovery.error());
    }
    if (discovery->certificate)
        return showCertificate(*discovery->certificate, Step::Looking);
    ask(*discovery, discovery->fields);
}

void AccountDialog::askByHand()
{
    const chat::BackendDescriptor* kind = m_start->kind();
    if (m_config.backend != kind->id)
        m_config.options.clear();
    chat::Discovery nothing;
    nothing.config = m_config;
    nothing.config.backend = kind->id;
    if (!m_start->address().isEmpty())
        nothing.config.server = m_start->address();
    ask(nothing, kind->fields);
}

/// What is still to be asked. What was written before stays, for the fields that are still there.
void AccountDialog::ask(const chat::Discovery& discovery, const QList<chat::CredentialField>& fields)
{
    const base::AccountId id = m_config.id;
    for (auto it = discovery.config.options.cbegin(); it != discovery.config.options.cend(); ++it)
        if (m_config.options.value(it.key()) != it.value())
            m_found.insert(it.key(), it.value());
    m_config = discovery.config;
    m_config.id = id;
    if (m_config.name.isEmpty())
        m_config.name = m_config.server.isEmpty() ? kindWords(m_config.backend).name : hostOf(m_config.server);
    const QString where = kit::safeName(m_config.server);
    QStringList found;
    for (const QString& part : discovery.detail.split(u", "_s, Qt::SkipEmptyParts))
        found.append(kit::safeName(part));
    m_foundWords->setText(found.isEmpty() ? where : tr("Found: %1").arg(found.join(u", "_s)));
    m_foundWords->setVisible(!m_foundWords->text().isEmpty());
    const bool secret
        = std::any_of(fields.begin(), fields.end(), [](const auto& field) { return field.kind == chat::CredentialField::Kind::Secret; });
    m_plainWarning->setText(secret ? tr("This connection is not encrypted: everybody on the way can read along, your password too.")
                                   : tr("This connection is not encrypted: everybody on the way can read along."));
    m_plainWarning->setVisible(m_config.options.contains(u"tls"_s) && !m_config.options.value(u"tls"_s).toBool());
    const chat::Secrets written = m_form->secrets();
    const std::optional<AccountView> stored = m_config.id.isEmpty() ? std::nullopt : m_service.find(m_config.id);
    m_form->setFields(m_config.backend, fields, m_config, stored ? stored->storedSecrets : QStringList(), written);
    go(Step::Settings);
}

// ---- certificates ----

void AccountDialog::showCertificate(const base::CertificateProblem& problem, Step cameFrom)
{
    m_certificateFrom = cameFrom;
    m_certificate->setProblem(problem);
    go(Step::Certificate);
}

void AccountDialog::trust()
{
    if (!m_certificate->isCompared())
        return;
    m_config.options.insert(kException, QString::fromLatin1(m_certificate->problem().sha256.toHex()));
    if (m_certificateFrom == Step::Looking)
        return look();
    save(m_config, m_editing ? chat::Secrets() : m_form->secrets());
}

// ---- connecting ----

void AccountDialog::connectAccount()
{
    if (!m_form->check())
        return;
    m_config = m_form->applied(m_config);
    save(m_config, m_form->secrets());
}

void AccountDialog::save(const chat::AccountConfig& config, const chat::Secrets& secrets)
{
    m_wait->begin(kit::safeName(config.name), tr("Saving …"));
    go(Step::Connecting);
    m_waiting = std::make_unique<QObject>();
    m_service.save(config, secrets).then(m_waiting.get(), [this](const base::Expected<base::AccountId>& saved) {
        m_waiting.release()->deleteLater(); // we are in its callback
        if (!saved) {
            go(Step::Settings);
            return complain(savingProblem(m_config.backend, saved.error()), saved.error());
        }
        m_config.id = *saved;
        m_tick.start();
        refreshButtons();
        watch();
    });
}

/// How the connection stands, while that is what the dialog is about.
void AccountDialog::watch()
{
    if (m_step != Step::Connecting || m_waiting)
        return;
    const std::optional<AccountView> account = m_service.find(m_config.id);
    if (!account)
        return;
    const chat::ConnectionStatus& status = account->status;
    switch (status.state) {
    case ConnectionState::Connected: return connected(*account);
    case ConnectionState::Disconnected:
    case ConnectionState::Connecting: return m_wait->setState(tr("Connecting and signing in …"));
    case ConnectionState::Waiting:
        return m_wait->setState(u"%1\n%2"_s.arg(connectionProblem(status.error), sentence(connectionWords(status, m_clock.nowMs()))), false);
    case ConnectionState::Failed: break;
    }
    if (status.certificate)
        return showCertificate(*status.certificate, Step::Connecting);
    go(Step::Settings);
    if (status.error.kind == ErrorKind::Auth)
        m_form->focusField(u"password"_s);
    complain(connectionProblem(status.error), status.error);
}

void AccountDialog::connected(const AccountView& account)
{
    if (m_editing)
        return accept();
    const QString self = account.self.isEmpty() ? account.config.user : account.self, name = account.config.name;
    const QString who = name.startsWith(self + u'@') ? kit::safeName(name) : tr("%1 at %2").arg(kit::safeName(self), kit::safeName(name));
    m_room = account.conversations.isEmpty() ? base::ConversationId() : account.conversations.first().id;
    const bool pick = m_room.isEmpty() && account.hasRooms;
    if (!m_room.isEmpty())
        m_doneWords->setText(tr("You are %1, and in %2.").arg(who, kit::safeName(account.conversations.first().name)));
    else
        m_doneWords->setText(pick ? tr("You are %1. Which room do you want to join?").arg(who) : tr("You are %1.").arg(who));
    m_picker->setVisible(pick);
    if (pick)
        m_picker->setAccount(account.config.id);
    go(Step::Done);
}

// ---- other beginnings ----

void AccountDialog::edit(const base::AccountId& id)
{
    const std::optional<AccountView> account = m_service.find(id);
    const chat::BackendDescriptor* kind = account ? m_service.kind(account->config.backend) : nullptr;
    if (!kind)
        return;
    m_editing = true;
    m_config = account->config;
    m_start->setKind(kind->id);
    chat::Discovery known;
    known.config = m_config;
    ask(known, kind->fields);
}

void AccountDialog::reviewCertificate(const base::AccountId& id)
{
    edit(id);
    const std::optional<AccountView> account = m_service.find(id);
    if (account && account->status.certificate)
        showCertificate(*account->status.certificate, Step::Connecting);
}

} // namespace ridealong::accountdialogs
