// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/needserver.h"
#include "servers/ejabberd.h"
#include "servers/prosody.h"
#include "servers/rawxmpp.h"
#include "servers/waituntil.h"
#include "support/await.h"
#include "xmpp/commandexecution.h"
#include "xmpp/commandlist.h"
#include "xmpp/session.h"
#include "xmpp/streamchannel.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace ridealong::tests {

using chat::CommandAction;
using chat::CommandStage;
using chat::FormField;
using xmpp::Element;
using xmpp::Jid;

namespace {

const QString kAddUser = u"http://jabber.org/protocol/admin#add-user"_s; ///< XEP-0133
const net::ProxySettings kDirect{.kind = net::ProxySettings::Kind::Direct};

/// Somebody who is signed in, with the product's own session.
class Caller
{
public:
    Caller(const XmppServer& server, const QString& name)
    {
        const net::Endpoint endpoint{.host = u"127.0.0.1"_s,
            .port = server.directTlsPort(),
            .security = net::Endpoint::Security::Tls,
            .certificateName = QLatin1String(XmppServer::kDomain)};
        net::TlsSettings tls;
        tls.caFile = server.caFile();
        xmpp::Session::Settings settings;
        settings.account = *Jid::parse(name + u"@chat.test"_s);
        settings.password = u"pw-"_s + name;
        settings.startTls = false;
        session = std::make_unique<xmpp::Session>(std::make_unique<xmpp::StreamChannel>(endpoint, tls, kDirect, clock), settings, clock, random);
        QObject::connect(session.get(), &xmpp::Session::ended, session.get(), [this](const base::Error& why) { error = why; });
    }
    bool isIn()
    {
        return waitUntil([this] { return session->isReady(); });
    }

    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<xmpp::Session> session;
    base::Error error;
    xmpp::Outlet outlet{[](const Element&) -> base::Status { return base::Done{}; },
        [this](const Element& iq, xmpp::Requests::Handler handler) { session->request(iq, std::move(handler)); }};
};

/// What an execution told.
class Dialogue
{
public:
    Dialogue(const xmpp::Outlet& outlet, const Jid& address, const QString& node) : execution(outlet, address, node)
    {
        QObject::connect(&execution, &chat::CommandDialog::stage, &execution, [this](const CommandStage& told) { stages.append(told); });
        QObject::connect(&execution, &chat::CommandDialog::failed, &execution, [this](const base::Error& told) { errors.append(told); });
        QObject::connect(&execution, &chat::CommandDialog::ended, &execution, [this] { isOver = true; });
    }
    bool hasStages(qsizetype count)
    {
        return waitUntil([this, count] { return stages.size() >= count || isOver; }) && stages.size() == count;
    }
    QString told() const
    {
        QStringList all;
        for (const base::Error& error : errors)
            all << error.detail;
        for (const CommandStage& stage : stages)
            for (const chat::CommandNote& note : stage.notes)
                all << note.text;
        return all.join(u' ');
    }

    xmpp::CommandExecution execution;
    QList<CommandStage> stages;
    QList<base::Error> errors;
    bool isOver = false;
};

const FormField* fieldLike(const chat::Form& form, QStringView part)
{
    for (const FormField& field : form.fields)
        if (field.key.contains(part))
            return &field;
    return nullptr;
}

} // namespace

/// The commands of Prosody and ejabberd, run by what runs those of bots.
class TestXmppCommands : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void administratorAddsAUser_data();
    void administratorAddsAUser();
    void aRefusalIsTold_data() { administratorAddsAUser_data(); }
    void aRefusalIsTold();
    void othersMayNot_data() { administratorAddsAUser_data(); }
    void othersMayNot();
    void ejabberdTellsByAForm();
    void prosodyDeploys();

private:
    XmppServer& server() const { return QByteArray(QTest::currentDataTag()) == "ejabberd" ? *m_ejabberd : *m_prosody; }

    std::unique_ptr<Certificates> m_certificates;
    std::unique_ptr<XmppServer> m_prosody;
    std::unique_ptr<XmppServer> m_ejabberd;
    const Jid m_address = *Jid::parse(u"chat.test");
};

void TestXmppCommands::initTestCase()
{
    m_certificates = std::make_unique<Certificates>();
    QVERIFY2(m_certificates->areMade(), qPrintable(m_certificates->error()));
    m_prosody = std::make_unique<Prosody>(*m_certificates, XmppOptions{.name = u"commands-prosody"_s});
    m_ejabberd = std::make_unique<Ejabberd>(*m_certificates, XmppOptions{.name = u"commands-ejabberd"_s});
    for (XmppServer* each : {m_prosody.get(), m_ejabberd.get()}) {
        if (!each->missing().isEmpty())
            continue;
        START(*each);
        for (const QString& name : {u"admin"_s, u"alice"_s})
            QVERIFY2(each->addUser(name, u"pw-"_s + name), qPrintable(each->error()));
    }
}

void TestXmppCommands::cleanupTestCase()
{
    m_prosody.reset();
    m_ejabberd.reset();
}

void TestXmppCommands::administratorAddsAUser_data()
{
    QTest::addColumn<bool>("unused");
    QTest::newRow("Prosody") << true;
    QTest::newRow("ejabberd") << true;
}

void TestXmppCommands::administratorAddsAUser()
{
    NEED(server());
    Caller admin(server(), u"admin"_s);
    QVERIFY2(admin.isIn(), qPrintable(admin.error.detail));
    const auto specs = await(xmpp::askCommands(admin.outlet, m_address, base::AccountId(u"work"_s), base::UserId(u"chat.test"_s)));
    QVERIFY2(specs, qPrintable(specs ? QString() : specs.error().detail));
    const auto add = std::find_if(specs->begin(), specs->end(), [](const chat::CommandSpec& spec) { return spec.node == kAddUser; });
    QVERIFY(add != specs->end());
    QVERIFY(add->dialog && add->name == "Add User"_L1);

    Dialogue dialogue(admin.outlet, m_address, add->node);
    QVERIFY2(dialogue.hasStages(1), qPrintable(dialogue.told()));
    const chat::Form form = dialogue.stages.last().form;
    QVERIFY(!form.isResult && !form.fields.isEmpty() && !dialogue.stages.last().isOver);
    QVERIFY(dialogue.stages.last().actions & CommandAction::Complete);
    chat::FormValues values = chat::valuesOf(form);
    QCOMPARE(values.value(u"FORM_TYPE"_s), QStringList{u"http://jabber.org/protocol/admin"_s});
    values[u"accountjid"_s] = {u"dora@chat.test"_s};
    values[u"password"_s] = values[u"password-verify"_s] = {u"pw-dora"_s};
    QVERIFY(chat::validate(form, values).isEmpty());
    QVERIFY(fieldLike(form, u"password")->kind == FormField::Kind::Secret);
    dialogue.execution.go(CommandAction::Complete, values);
    QVERIFY2(dialogue.hasStages(2), qPrintable(dialogue.told()));
    QVERIFY2(dialogue.stages.last().isOver && dialogue.isOver && dialogue.errors.isEmpty(), qPrintable(dialogue.told()));

    Caller dora(server(), u"dora"_s);
    QVERIFY2(dora.isIn(), qPrintable(dora.error.detail));
}

/// Prosody ends a command that it refuses, with a note; ejabberd answers with an error, and its form can be filled in again.
void TestXmppCommands::aRefusalIsTold()
{
    NEED(server());
    Caller admin(server(), u"admin"_s);
    QVERIFY2(admin.isIn(), qPrintable(admin.error.detail));
    Dialogue dialogue(admin.outlet, m_address, kAddUser);
    QVERIFY2(dialogue.hasStages(1), qPrintable(dialogue.told()));
    chat::FormValues values = chat::valuesOf(dialogue.stages.last().form);
    values[u"accountjid"_s] = {u"alice@chat.test"_s}; // she is there already
    values[u"password"_s] = values[u"password-verify"_s] = {u"pw-emil"_s};
    dialogue.execution.go(CommandAction::Complete, values);
    QVERIFY(waitUntil([&dialogue] { return dialogue.isOver || !dialogue.errors.isEmpty(); }));
    QVERIFY2(!dialogue.told().isEmpty(), "nothing was told");
    if (dialogue.isOver)
        return;
    values[u"accountjid"_s] = {u"emil@chat.test"_s};
    dialogue.execution.go(CommandAction::Complete, values);
    QVERIFY2(dialogue.hasStages(2) && dialogue.isOver, qPrintable(dialogue.told()));
    Caller emil(server(), u"emil"_s);
    QVERIFY2(emil.isIn(), qPrintable(emil.error.detail));
}

void TestXmppCommands::othersMayNot()
{
    NEED(server());
    Caller alice(server(), u"alice"_s);
    QVERIFY2(alice.isIn(), qPrintable(alice.error.detail));
    Dialogue dialogue(alice.outlet, m_address, kAddUser);
    QVERIFY(waitUntil([&dialogue] { return dialogue.isOver; }));
    QVERIFY(dialogue.stages.isEmpty());
    QCOMPARE(dialogue.errors.size(), 1);
}

void TestXmppCommands::ejabberdTellsByAForm()
{
    NEED(*m_ejabberd);
    Caller admin(*m_ejabberd, u"admin"_s);
    QVERIFY2(admin.isIn(), qPrintable(admin.error.detail));
    Dialogue dialogue(admin.outlet, m_address, u"http://jabber.org/protocol/admin#get-registered-users-list"_s);
    QVERIFY2(dialogue.hasStages(1) && dialogue.isOver, qPrintable(dialogue.told()));
    QVERIFY(dialogue.stages.last().form.isResult);
    const FormField* users = fieldLike(dialogue.stages.last().form, u"registereduserjids");
    QVERIFY(users && users->values.contains(u"alice@chat.test"_s));
}

/// A command of a bot's kind: found in the list, cancelled, then run.
void TestXmppCommands::prosodyDeploys()
{
    NEED(*m_prosody);
    Caller alice(*m_prosody, u"alice"_s);
    QVERIFY2(alice.isIn(), qPrintable(alice.error.detail));
    const auto specs = await(xmpp::askCommands(alice.outlet, m_address, base::AccountId(u"work"_s), base::UserId(u"chat.test"_s)));
    QVERIFY(specs);
    const auto deploy = std::find_if(specs->begin(), specs->end(), [](const chat::CommandSpec& spec) { return spec.name == "Deploy"_L1; });
    QVERIFY(deploy != specs->end());
    Dialogue cancelled(alice.outlet, m_address, deploy->node);
    QVERIFY(cancelled.hasStages(1));
    cancelled.execution.cancel();
    QVERIFY(cancelled.isOver);

    Dialogue dialogue(alice.outlet, m_address, deploy->node);
    QVERIFY2(dialogue.hasStages(1), qPrintable(dialogue.told()));
    const CommandStage& stage = dialogue.stages.last();
    QVERIFY(stage.defaultAction == CommandAction::Complete);
    const FormField* environment = fieldLike(stage.form, u"env");
    QVERIFY(environment && environment->kind == FormField::Kind::Choice && environment->options.size() == 2 && environment->required);
    chat::FormValues values = chat::valuesOf(stage.form);
    values[u"env"_s] = {u"production"_s};
    dialogue.execution.go(CommandAction::Complete, values);
    QVERIFY2(dialogue.hasStages(2), qPrintable(dialogue.told()));
    QCOMPARE(dialogue.told(), u"deployed to production"_s);
}

} // namespace ridealong::tests

QTEST_GUILESS_MAIN(ridealong::tests::TestXmppCommands)
#include "tst_xmppcommands.moc"
