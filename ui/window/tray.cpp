// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/tray.h"

#include "kit/icons.h"
#include "kit/theme.h"

#include <QMenu>
#include <QPainter>
#include <QSystemTrayIcon>

using namespace Qt::StringLiterals;

namespace ridealong::window {

using kit::Token;

namespace {

constexpr int kSizes[]{16, 22, 24, 32, 48, 64};
constexpr int kMostShown = 9;
constexpr double kBadge = 0.56; ///< of the icon: a digit in it can be read at 22 px
constexpr double kDot = 0.36;

QPixmap drawn(const kit::Theme& theme, int size, int unread, int mentions)
{
    QPixmap picture = kit::iconPixmap(u"ridealong"_s, theme.color(Token::Text), size, 1);
    if (unread <= 0 && mentions <= 0)
        return picture;
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = size * (mentions > 0 ? kBadge : kDot);
    const QRectF badge(size - side, mentions > 0 ? size - side : 0, side, side);
    // What lies below is cut out around it, so that it stands apart on a light panel and on a dark one.
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    const double rim = std::max(1.0, size / 20.0);
    painter.drawEllipse(badge.adjusted(-rim, -rim, rim, rim));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setBrush(theme.color(Token::Accent));
    painter.drawEllipse(badge);
    if (mentions > 0) {
        QFont font = theme.font(kit::Theme::Type::Small, true);
        font.setPixelSize(std::max(6, int(side * 0.78)));
        painter.setFont(font);
        painter.setPen(theme.color(Token::AccentText));
        painter.drawText(badge, Qt::AlignCenter, mentions > kMostShown ? u"+"_s : QString::number(mentions));
    }
    return picture;
}

} // namespace

QIcon trayIcon(const kit::Theme& theme, int unread, int mentions)
{
    QIcon icon;
    for (const int size : kSizes)
        icon.addPixmap(drawn(theme, size, unread, mentions));
    return icon;
}

Tray::Tray(kit::Theme& theme, QObject* parent)
    : QObject(parent),
      m_theme(theme),
      m_menu(std::make_unique<QMenu>()),
      m_icon(std::make_unique<QSystemTrayIcon>()),
      m_quiet(nullptr)
{
    connect(m_menu->addAction(tr("Open Ridealong")), &QAction::triggered, this, &Tray::openRequested);
    m_quiet = m_menu->addAction(QString());
    m_quiet->setCheckable(true);
    connect(m_quiet, &QAction::triggered, this, &Tray::quietRequested);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Quit")), &QAction::triggered, this, &Tray::quitRequested);
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            emit openRequested();
    });
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &Tray::messageClicked);
    connect(&theme, &kit::Theme::changed, this, &Tray::redraw);
    setQuietUntil({});
    redraw();
    describe();
}

Tray::~Tray() = default;

bool Tray::isThere() { return QSystemTrayIcon::isSystemTrayAvailable(); }

void Tray::show() { m_icon->show(); }

bool Tray::isShown() const { return m_icon->isVisible() && isThere(); } // it stays "visible" when the tray goes away

void Tray::setCounts(int unread, int mentions)
{
    if (unread == m_unread && mentions == m_mentions)
        return;
    const bool looksTheSame = (unread > 0) == (m_unread > 0) && mentions == m_mentions; // a dot counts nothing
    m_unread = unread;
    m_mentions = mentions;
    if (!looksTheSame)
        redraw();
    describe();
}

void Tray::setQuietUntil(const QString& time)
{
    m_quiet->setText(time.isEmpty() ? tr("No notifications for an hour") : tr("No notifications until %1").arg(time));
    m_quiet->setChecked(!time.isEmpty());
}

void Tray::showMessage(const QString& title, const QString& body)
{
    m_icon->showMessage(title, body.isEmpty() ? u" "_s : body, trayIcon(m_theme, 0, 0)); // without a body some show nothing
}

void Tray::redraw() { m_icon->setIcon(trayIcon(m_theme, m_unread, m_mentions)); }

void Tray::describe()
{
    QString tip = tr("Ridealong");
    if (m_mentions > 0)
        tip += u" · "_s + tr("%n message(s) for you", nullptr, m_mentions);
    else if (m_unread > 0)
        tip += u" · "_s + tr("%n unread", nullptr, m_unread);
    m_icon->setToolTip(tip);
}

} // namespace ridealong::window
