// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "roomview/bansdialog.h"

#include "kit/errortext.h"
#include "kit/messagedocument.h"
#include "kit/noticebar.h"
#include "kit/tone.h"
#include "roomview/persondelegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::roomview {

using kit::Theme;
using kit::Token;

namespace {

constexpr QSize kSize{460, 360};
constexpr int kFrame = 48; // of the window's title and edges
constexpr int kWhoRole = Qt::UserRole;

} // namespace

BanWords bannedFrom(const QString& room)
{
    const QString name = kit::safeName(room);
    return {BansDialog::tr("Banned from %1").arg(name), BansDialog::tr("Nobody is banned from %1.").arg(name), BansDialog::tr("&Let in again")};
}

BanWords blockedBy(const QString& account)
{
    const QString name = kit::safeName(account);
    return {BansDialog::tr("Blocked on %1").arg(name), BansDialog::tr("Nobody is blocked on %1.").arg(name), BansDialog::tr("&Unblock")};
}

BansDialog::BansDialog(Theme& theme, BanWords words, QWidget* parent)
    : QDialog(parent),
      m_words(std::move(words)),
      m_notice(new kit::NoticeBar(theme, this)),
      m_list(new QListWidget(this)),
      m_note(new QLabel(tr("Asking the server …"), this)),
      m_unban(new QPushButton(m_words.undo, this))
{
    setObjectName(u"bansDialog"_s);
    setWindowTitle(m_words.title);
    m_notice->hide();
    m_list->setObjectName(u"bans"_s);
    m_list->setAccessibleName(windowTitle());
    m_list->setUniformItemSizes(true);
    m_list->hide();
    new PersonDelegate(*m_list, theme);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    kit::setTone(m_note, theme, Token::Muted);
    m_unban->setObjectName(u"unban"_s);
    m_unban->setAutoDefault(false);
    m_unban->setEnabled(false);

    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_unban);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_notice);
    column->addWidget(m_list, 1);
    column->addWidget(m_note, 1);
    column->addLayout(buttons);

    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { m_unban->setEnabled(row >= 0); });
    connect(m_unban, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem* item = m_list->currentItem())
            emit unbanRequested(item->data(kWhoRole).toString());
    });
    resize((kSize * std::max(1.0, theme.scale())).boundedTo(screen()->availableSize() - QSize(kFrame, kFrame)));
}

void BansDialog::setBans(const base::Expected<QList<chat::Ban>>& bans)
{
    m_list->clear();
    for (const chat::Ban& ban : bans.valueOr({})) {
        const QString who = kit::safeName(ban.who);
        QStringList more;
        if (!ban.by.isEmpty())
            more += tr("by %1").arg(kit::safeName(ban.by));
        if (!ban.reason.isEmpty())
            more += kit::safeName(ban.reason);
        auto* item = new QListWidgetItem(who, m_list);
        item->setData(kWhoRole, ban.who);
        item->setData(PersonDelegate::MoreRole, more.join(u": "_s));
        item->setData(Qt::AccessibleTextRole, (QStringList(who) + more).join(u", "_s));
    }
    m_note->setText(bans ? m_words.none : kit::errorText(bans.error()));
    m_list->setVisible(m_list->count() > 0);
    m_note->setVisible(m_list->count() == 0);
    m_unban->setEnabled(m_list->count() > 0);
    if (m_list->count() > 0) {
        m_list->setCurrentRow(0);
        m_list->setFocus();
    }
}

void BansDialog::complain(const QString& text, const QString& details) { m_notice->show(text, details); }

} // namespace ridealong::roomview
