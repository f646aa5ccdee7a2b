// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/notifying.h"

#include "chat/gist.h"
#include "kit/messagedocument.h"
#include "window/mainwindow.h"
#include "window/tray.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QLocale>
#include <QWindow>

namespace ridealong::window {

using namespace Qt::StringLiterals;
using settings::Key;

namespace {

constexpr qint64 kQuietMs = 3'600'000;
constexpr qsizetype kReadChars = 2000; ///< of a message, for its few lines in a popup
const QString kSeveral = u"several"_s; ///< key of the popup about several conversations; those of one have a '/'
constexpr int kLineWidth = 400; ///< of a layout that nobody sees

} // namespace

Notifying::Notifying(MainWindow& window, workspace::Workspace& workspace, kit::Theme& theme, base::Clock& clock)
    : QObject(&window),
      m_window(window),
      m_workspace(workspace),
      m_theme(theme),
      m_clock(clock),
      m_notifier(
          [this](const base::ConversationId& id) {
              notify::About about;
              about.level = level(id);
              if (const workspace::Account* account = m_workspace.accountOf(id)) {
                  about.self = account->self();
                  about.newestOrder = account->read(id).newest;
              }
              if (const chat::Conversation* conversation = m_workspace.conversation(id))
                  about.direct = conversation->kind == chat::ConversationKind::Direct;
              return about;
          },
          clock)
{
    m_count.setSingleShot(true);
    m_count.setInterval(0);
    connect(&m_count, &QTimer::timeout, this, &Notifying::updateTray);
    watchAccounts();
    connect(&m_workspace.settings(), &settings::Settings::changed, this, &Notifying::takeSettings);
    connect(qApp, &QGuiApplication::focusWindowChanged, this, &Notifying::updateFocus);
    connect(&m_notifier, &notify::Notifier::notify, this, &Notifying::present);
    connect(&m_notifier, &notify::Notifier::withdraw, this, [this](const base::ConversationId& id) {
        const QString key = id.isEmpty() ? kSeveral : id.text();
        m_notices.close(key);
        m_told.remove(key);
    });
    connect(&m_notices, &notify::DesktopNotices::activated, this, &Notifying::open);
    connect(
        &m_notices, &notify::DesktopNotices::dismissed, this, [this](const QString& key) { m_notifier.settle(base::ConversationId::fromText(key)); });
    connect(&m_notices, &notify::DesktopNotices::unavailable, this, [this](const notify::Popup& popup) {
        if (!hasTray() || !m_told.contains(popup.key))
            return; // nowhere to tell it: the sidebar has the counts
        m_trayKey = popup.key;
        m_tray->showMessage(popup.title, popup.body);
    });
}

Notifying::~Notifying()
{
    delete m_tray; // its menu is a window of its own
}

void Notifying::watchAccounts()
{
    using workspace::Workspace;
    connect(&m_workspace, &Workspace::committed, this, [this](const base::AccountId&, const chat::SyncBatch& batch) { m_notifier.take(batch); });
    connect(&m_workspace, &Workspace::accountStatusChanged, this, [this](const base::AccountId& id) {
        const workspace::Account* account = m_workspace.account(id);
        const bool connected = account && account->isConnected();
        if (connected == m_connected.contains(id))
            return;
        if (connected) {
            m_connected.insert(id);
            m_notifier.noteConnected(id);
        } else {
            m_connected.remove(id);
        }
    });
    connect(&m_workspace, &Workspace::accountRemoved, this, [this](const base::AccountId& id) {
        m_connected.remove(id);
        m_notifier.forget(id);
        m_count.start();
    });
    connect(&m_workspace, &Workspace::conversationChanged, this, [this](const base::ConversationId& id) {
        if (const workspace::Account* account = m_workspace.accountOf(id))
            m_notifier.noteRead(id, account->read(id).readUpTo);
        m_count.start();
    });
}

void Notifying::takeSettings()
{
    const settings::Settings& settings = m_workspace.settings();
    const auto time = [&](Key key) { return QTime::fromString(settings.value(key).toString(), u"HH:mm"_s); };
    notify::Rules rules;
    rules.on = settings.value(Key::NotifyOn).toBool();
    rules.quiet.on = settings.value(Key::NotifyQuiet).toBool();
    rules.quiet.from = time(Key::NotifyQuietFrom);
    rules.quiet.to = time(Key::NotifyQuietTo);
    rules.quiet.days = 0;
    for (const QString& day : settings.value(Key::NotifyQuietDays).toStringList())
        if (const int number = day.toInt(); number >= 1 && number <= 7)
            rules.quiet.days |= 1 << (number - 1);
    rules.quietUntilMs = m_quietUntilMs;
    m_notifier.setRules(rules);
    m_levels.clear();
    const QVariantMap levels = settings.value(Key::NotifyLevels).toMap();
    for (auto it = levels.cbegin(); it != levels.cend(); ++it)
        if (const auto level = chat::notifyLevelFromString(it.value().toString()))
            m_levels.insert(base::ConversationId::fromText(it.key()), *level);
}

void Notifying::begin()
{
    updateFocus();
    m_window.setStaysInTray([this] { return hasTray() && m_workspace.settings().value(Key::KeepInTray).toBool(); });
    // When the event loop is back from the first paint: to find a tray the bus is asked.
    QTimer::singleShot(0, this, [this] {
        if (m_tray || !Tray::isThere())
            return;
        m_tray = new Tray(m_theme);
        connect(m_tray, &Tray::openRequested, &m_window, &MainWindow::bringToFront);
        connect(m_tray, &Tray::quietRequested, this, &Notifying::setQuiet);
        connect(m_tray, &Tray::quitRequested, &m_window, &MainWindow::quit);
        connect(m_tray, &Tray::messageClicked, this, [this] { open(m_trayKey); });
        updateTray();
        m_tray->show();
    });
}

bool Notifying::hasTray() const { return m_tray && m_tray->isShown(); }

// ---- what is looked at ----

void Notifying::setCurrent(const base::ConversationId& conversation)
{
    m_current = conversation;
    updateFocus();
}

void Notifying::updateFocus() { m_notifier.setFocus({m_window.isActiveWindow() && !m_window.isMinimized() && m_window.isVisible(), m_current}); }

void Notifying::updateTray()
{
    if (!m_tray)
        return;
    int unread = 0, mentions = 0;
    const model::ConversationListModel& rows = m_workspace.conversations();
    for (int at = 0; at < rows.rowCount(); ++at) {
        const model::ConversationRow& row = rows.row(at);
        if (row.kind != model::ConversationRow::Kind::Conversation || level(row.conversation.id) == chat::NotifyLevel::Nothing)
            continue;
        unread += row.unread;
        mentions += row.mentions;
    }
    m_tray->setCounts(unread, mentions);
}

// ---- levels and quiet ----

chat::NotifyLevel Notifying::level(const base::ConversationId& id) const
{
    if (const auto chosen = m_levels.constFind(id); chosen != m_levels.cend())
        return *chosen;
    const chat::Conversation* conversation = m_workspace.conversation(id);
    return conversation && conversation->kind == chat::ConversationKind::Direct ? chat::NotifyLevel::Everything : chat::NotifyLevel::Mentions;
}

void Notifying::setLevel(const base::ConversationId& id, chat::NotifyLevel level)
{
    QVariantMap levels = m_workspace.settings().value(Key::NotifyLevels).toMap();
    levels[id.text()] = chat::toString(level);
    m_levels[id] = level;
    m_workspace.settings().setValue(Key::NotifyLevels, levels);
    if (level == chat::NotifyLevel::Nothing)
        m_notifier.settle(id);
    m_count.start();
    emit levelsChanged();
}

bool Notifying::isQuiet() const { return m_clock.nowMs() < m_quietUntilMs; }

void Notifying::setQuiet(bool quiet)
{
    m_quietUntilMs = quiet ? m_clock.nowMs() + kQuietMs : 0;
    takeSettings();
    const auto tell = [this] {
        if (m_tray)
            m_tray->setQuietUntil(isQuiet() ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(m_quietUntilMs).time(), u"HH:mm"_s) : QString());
        emit quietChanged(isQuiet());
    };
    tell();
    if (quiet)
        m_clock.after(std::chrono::milliseconds(kQuietMs), this, tell);
}

// ---- words ----

QString Notifying::plainText(const QString& markdown) const
{
    return kit::messageDocument(markdown.left(kReadChars), m_theme, kLineWidth)->toPlainText().trimmed();
}

notify::Popup Notifying::popupOf(const notify::Notice& notice) const
{
    notify::Popup popup;
    popup.key = notice.conversation.isEmpty() ? kSeveral : notice.conversation.text();
    popup.open = tr("Open");
    if (notice.conversation.isEmpty()) {
        popup.title = tr("%1 in %2").arg(tr("%n new message(s)", nullptr, notice.count), tr("%n conversation(s)", nullptr, notice.conversations));
        return popup;
    }
    const chat::Conversation* conversation = m_workspace.conversation(notice.conversation);
    const bool direct = conversation && conversation->kind == chat::ConversationKind::Direct;
    const QString where = kit::safeName(conversation ? conversation->name : notice.conversation.key());
    const QString who = kit::safeName(notice.newest.senderName.isEmpty() ? notice.newest.sender.text() : notice.newest.senderName);
    const bool showText = m_workspace.settings().value(Key::NotifyText).toBool();
    const QString text = showText ? plainText(chat::gist(notice.newest)) : QString();
    if (notice.count == 1) {
        popup.title = direct ? who : notice.mentions > 0 ? tr("%1 mentions you in %2").arg(who, where) : tr("%1 in %2").arg(who, where);
        popup.body = showText ? text : tr("New message");
        return popup;
    }
    const QString messages = tr("%n new message(s)", nullptr, notice.count);
    popup.title = direct ? tr("%1 from %2").arg(messages, where) : tr("%1 in %2").arg(messages, where);
    if (!direct && notice.mentions > 0)
        popup.title += u" · "_s + tr("%n for you", nullptr, notice.mentions);
    popup.body = !showText ? (direct ? QString() : tr("The last one is from %1.").arg(who)) : direct ? text : u"%1: %2"_s.arg(who, text);
    return popup;
}

// ---- telling, and what was clicked ----

void Notifying::present(const notify::Notice& notice)
{
    const notify::Popup popup = popupOf(notice);
    m_told[popup.key] = notice;
    m_notices.show(popup);
}

void Notifying::open(const QString& key)
{
    const notify::Notice notice = m_told.value(key);
    m_window.bringToFront();
    if (!notice.conversation.isEmpty())
        emit messageRequested(notice.conversation, notice.firstThread, notice.first);
}

} // namespace ridealong::window
