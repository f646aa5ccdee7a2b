// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ridealong::base {
class Clock;
}
namespace ridealong::kit {
class NoticeBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::accountdialogs {

class CertificateView;
class FieldForm;
class RoomPicker;
class StartPage;
class WaitPage;

/// Adds an account, step by step: kind and address → looking → what was found and is still to be asked → connecting → a
/// room. Or edits one: from its settings on. Whatever fails leads back to where it can be mended, and nothing that was
/// written is lost on the way.
class AccountDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Step { Start, Looking, Certificate, Settings, Connecting, Done };

    AccountDialog(AccountService& service, kit::Theme& theme, base::Clock& clock, QWidget* parent = nullptr);
    ~AccountDialog() override;

    /// Begins with the settings of an account that is there.
    void edit(const base::AccountId& account);
    /// Begins with the certificate that an account's server shows.
    void reviewCertificate(const base::AccountId& account);

    Step step() const { return m_step; }
    base::AccountId account() const { return m_config.id; }
    StartPage* start() const { return m_start; }
    FieldForm* form() const { return m_form; }
    CertificateView* certificate() const { return m_certificate; }
    RoomPicker* picker() const { return m_picker; }
    QString problem() const; ///< what the notice says; empty when there is none

    void reject() override; ///< gives up: an account that never connected goes with it

signals:
    void roomRequested(const ridealong::base::ConversationId& room);

private:
    void go(Step step);
    void refreshButtons();
    void next(); ///< the right button of each step
    void back();
    void second(); ///< the button between them

    void begin();
    void look();
    void found(const base::Expected<chat::Discovery>& discovery);
    void askByHand();
    void ask(const chat::Discovery& discovery, const QList<chat::CredentialField>& fields);
    void showCertificate(const base::CertificateProblem& problem, Step cameFrom);
    void trust();
    void connectAccount();
    void save(const chat::AccountConfig& config, const chat::Secrets& secrets);
    void watch();
    void connected(const AccountView& account);
    void complain(const QString& text, const base::Error& error);
    QWidget* makeSettingsPage();
    QWidget* makeDonePage();

    AccountService& m_service;
    kit::Theme& m_theme;
    base::Clock& m_clock;
    Step m_step = Step::Start;
    Step m_certificateFrom = Step::Looking;
    bool m_editing = false; ///< the account was there before the dialog
    bool m_byHand = false; ///< nothing was looked up
    chat::AccountConfig m_config; ///< as far as it is known
    QVariantMap m_found; ///< of its options, what discovery said
    std::unique_ptr<QObject> m_waiting; ///< the context of the one answer that is waited for
    base::ConversationId m_room; ///< where Done leads
    QTimer m_tick; ///< counts down while a connection waits

    QLabel* m_title;
    kit::NoticeBar* m_notice;
    QStackedWidget* m_pages;
    StartPage* m_start;
    WaitPage* m_wait;
    CertificateView* m_certificate;
    QLabel* m_foundWords;
    QLabel* m_plainWarning;
    FieldForm* m_form;
    QLabel* m_doneWords;
    RoomPicker* m_picker;
    QPushButton* m_back;
    QPushButton* m_second;
    QPushButton* m_next;
};

} // namespace ridealong::accountdialogs
