// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/accountdialog.h"

#include "accountdialogs/certificateview.h"
#include "accountdialogs/fieldform.h"
#include "accountdialogs/roompicker.h"
#include "accountdialogs/startpage.h"
#include "accountdialogs/waitpage.h"
#include "accountdialogs/words.h"
#include "base/clock.h"
#include "kit/fitting.h"
#include "kit/messagedocument.h"
#include "kit/noticebar.h"
#include "kit/tone.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kTickMs = 1000;

} // namespace

AccountDialog::AccountDialog(AccountService& service, Theme& theme, base::Clock& clock, QWidget* parent)
    : QDialog(parent),
      m_service(service),
      m_theme(theme),
      m_clock(clock),
      m_title(new QLabel(this)),
      m_notice(new kit::NoticeBar(theme, this)),
      m_pages(new QStackedWidget(this)),
      m_start(new StartPage(service, theme)),
      m_wait(new WaitPage(theme)),
      m_certificate(new CertificateView(theme)),
      m_back(new QPushButton(tr("Back"), this)),
      m_second(new QPushButton(this)),
      m_next(new QPushButton(this))
{
    setObjectName(u"accountDialog"_s);
    kit::setTone(m_title, theme, Token::Text, Theme::Type::Title, true);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_next->setObjectName(u"next"_s);
    m_second->setObjectName(u"second"_s);
    m_back->setObjectName(u"back"_s);
    m_notice->setObjectName(u"accountNotice"_s);
    // One page a step, in the order of Step; looking and connecting wait on the same one.
    for (QWidget* page :
        {static_cast<QWidget*>(m_start), static_cast<QWidget*>(m_wait), static_cast<QWidget*>(m_certificate), makeSettingsPage(), makeDonePage()})
        m_pages->addWidget(kit::scrolledPage(page, theme));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_second);
    buttons->addWidget(m_next);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 16, 14, 16);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_notice);
    column->addWidget(m_pages, 1);
    column->addLayout(buttons);
    // What is scrolled has 2 px for the frame of the focus, and 10 for the scroll bar.
    m_title->setContentsMargins(2, 0, 10, 0);
    buttons->setContentsMargins(2, 0, 10, 0);

    for (QPushButton* button : {m_back, m_second, m_next})
        button->setAutoDefault(false); // Enter is the form's: it goes where the right button goes
    connect(m_next, &QPushButton::clicked, this, &AccountDialog::next);
    connect(m_back, &QPushButton::clicked, this, &AccountDialog::back);
    connect(m_second, &QPushButton::clicked, this, &AccountDialog::second);
    connect(m_start, &StartPage::changed, this, &AccountDialog::refreshButtons);
    connect(m_start, &StartPage::submitted, this, &AccountDialog::next);
    connect(m_form, &FieldForm::submitted, this, &AccountDialog::next);
    connect(m_form, &FieldForm::edited, m_notice, &kit::NoticeBar::dismiss);
    connect(m_certificate, &CertificateView::comparedChanged, this, &AccountDialog::refreshButtons);
    connect(m_picker, &RoomPicker::changed, this, &AccountDialog::refreshButtons);
    connect(m_picker, &RoomPicker::joined, this, [this](const base::ConversationId& room) {
        m_room = room;
        accept();
        emit roomRequested(room);
    });
    connect(&service, &AccountService::changed, this, [this](const base::AccountId& id) {
        if (id == m_config.id)
            watch();
    });
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &AccountDialog::watch);
    kit::fitToScreen(*this, theme, {560, 600});
    go(Step::Start);
}

AccountDialog::~AccountDialog() = default;

QWidget* AccountDialog::makeSettingsPage()
{
    auto* page = new QWidget;
    m_foundWords = new QLabel(page);
    m_foundWords->setObjectName(u"found"_s);
    m_plainWarning = new QLabel(page);
    m_form = new FieldForm(m_theme, page);
    for (QLabel* label : {m_foundWords, m_plainWarning}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    kit::setTone(m_foundWords, m_theme, Token::Muted);
    kit::setTone(m_plainWarning, m_theme, Token::Warning, Theme::Type::Body, true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_foundWords);
    column->addWidget(m_plainWarning);
    column->addWidget(m_form, 1);
    return page;
}

QWidget* AccountDialog::makeDonePage()
{
    auto* page = new QWidget;
    m_doneWords = new QLabel(page);
    m_doneWords->setWordWrap(true);
    m_doneWords->setTextFormat(Qt::PlainText);
    m_picker = new RoomPicker(m_service, m_theme, page);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_doneWords);
    column->addWidget(m_picker, 1);
    return page;
}

// ---- the steps ----

void AccountDialog::go(Step step)
{
    m_step = step;
    m_pages->setCurrentIndex(step == Step::Start                ? 0
            : step == Step::Looking || step == Step::Connecting ? 1
            : step == Step::Certificate                         ? 2
            : step == Step::Settings                            ? 3
                                                                : 4);
    static_cast<QScrollArea*>(m_pages->currentWidget())->verticalScrollBar()->setValue(0);
    if (step != Step::Connecting)
        m_tick.stop();
    const QString name = kit::safeName(m_config.name);
    switch (step) {
    case Step::Start: m_title->setText(tr("Add an account")); break;
    case Step::Looking: m_title->setText(tr("Looking at the server")); break;
    case Step::Certificate: m_title->setText(tr("Certificate not accepted")); break;
    case Step::Settings: m_title->setText(m_editing ? tr("Settings of %1").arg(name) : tr("Sign in")); break;
    case Step::Connecting: m_title->setText(tr("Connecting")); break;
    case Step::Done: m_title->setText(tr("Connected")); break;
    }
    setWindowTitle(m_editing ? tr("Account %1").arg(name) : tr("Add an account"));
    refreshButtons();
    switch (step) {
    case Step::Start: m_start->focusFirst(); break;
    case Step::Looking:
    case Step::Connecting:
    case Step::Certificate: m_back->setFocus(Qt::OtherFocusReason); break; // never the button that trusts
    case Step::Settings: m_form->focusFirst(); break;
    case Step::Done: m_room.isEmpty() ? m_picker->focusName() : m_next->setFocus(Qt::OtherFocusReason); break;
    }
}

void AccountDialog::refreshButtons()
{
    const auto set = [](QPushButton* button, const QString& text, bool enabled = true) {
        button->setText(text);
        button->setVisible(!text.isEmpty());
        button->setEnabled(enabled);
    };
    bool primary = true, danger = false;
    const chat::BackendDescriptor* kind = m_start->kind();
    switch (m_step) {
    case Step::Start:
        set(m_back, tr("Cancel"));
        set(m_second, kind && kind->discover ? tr("Enter all by hand") : QString());
        set(m_next, tr("Next"), kind && (!m_start->needsAddress() || !m_start->address().isEmpty()));
        break;
    case Step::Looking:
        set(m_back, tr("Stop"));
        set(m_second, {});
        set(m_next, {});
        break;
    case Step::Certificate:
        set(m_back, tr("Do not connect"));
        set(m_second, {});
        set(m_next, m_certificate->canBeTrusted() ? tr("Trust this certificate") : QString(), m_certificate->isCompared());
        primary = false;
        danger = true;
        break;
    case Step::Settings:
        set(m_back, m_editing ? tr("Cancel") : tr("Back"));
        set(m_second, {});
        set(m_next, m_editing ? tr("Save and connect") : tr("Connect"));
        break;
    case Step::Connecting:
        set(m_back, tr("Back"));
        set(m_second, {});
        set(m_next, m_config.id.isEmpty() ? QString() : tr("Keep trying in the background"));
        primary = false;
        break;
    case Step::Done:
        set(m_back, {});
        set(m_second, m_picker->isJoining() ? tr("Stop") : tr("Close"));
        if (m_room.isEmpty())
            set(m_next, tr("Join"), !m_picker->isJoining() && !m_picker->name().isEmpty());
        else
            set(m_next, tr("Open the room"));
        break;
    }
    if (m_next->property("primary").toBool() != primary || m_next->property("danger").toBool() != danger) {
        m_next->setProperty("primary", primary);
        m_next->setProperty("danger", danger);
        m_next->style()->polish(m_next); // looks the properties up again
    }
}

void AccountDialog::next()
{
    if (!m_next->isVisibleTo(this) || !m_next->isEnabled())
        return; // Enter in a line is no way around what the button waits for
    m_notice->dismiss();
    switch (m_step) {
    case Step::Start: return begin();
    case Step::Looking: return;
    case Step::Certificate: return trust();
    case Step::Settings: return connectAccount();
    case Step::Connecting: return accept(); // it goes on by itself
    case Step::Done:
        if (m_room.isEmpty())
            return m_picker->join();
        accept();
        emit roomRequested(m_room);
    }
}

void AccountDialog::back()
{
    m_notice->dismiss();
    m_waiting.reset(); // an answer that comes now is nobody's
    switch (m_step) {
    case Step::Start: return reject();
    case Step::Looking: go(Step::Start); return m_start->focusAddress();
    case Step::Certificate:
        if (m_certificateFrom == Step::Looking)
            return go(Step::Start);
        return m_editing ? reject() : go(Step::Settings);
    case Step::Settings:
        if (m_editing)
            return reject();
        m_config = m_form->applied(m_config); // kept for the next time they are asked
        return go(Step::Start);
    case Step::Connecting:
        if (!m_config.id.isEmpty())
            m_service.setConnected(m_config.id, false);
        return go(Step::Settings);
    case Step::Done: return;
    }
}

void AccountDialog::second()
{
    if (m_step == Step::Start)
        askByHand();
    else if (m_step == Step::Done && m_picker->isJoining())
        m_picker->cancel();
    else if (m_step == Step::Done)
        accept();
}

void AccountDialog::reject()
{
    if (m_step == Step::Done) {
        if (m_picker->isJoining())
            return m_picker->cancel();
        return accept();
    }
    m_waiting.reset();
    if (!m_editing && !m_config.id.isEmpty()) {
        const base::AccountId given = std::exchange(m_config.id, {});
        m_service.remove(given).ignore(); // it was stored to be tried, and is not wanted
    }
    QDialog::reject();
}

void AccountDialog::complain(const QString& text, const base::Error& error) { m_notice->show(text, error.detail); }

QString AccountDialog::problem() const { return m_notice->isVisibleTo(this) ? m_notice->text() : QString(); }

} // namespace ridealong::accountdialogs
