// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/awaydialog.h"

#include "kit/fitting.h"
#include "kit/messagedocument.h"
#include "kit/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kMaxReasonChars = 200; // what most servers pass on

} // namespace

AwayDialog::AwayDialog(Theme& theme, const QStringList& told, const QString& last, QWidget* parent)
    : QDialog(parent),
      m_reason(new QLineEdit(last, this))
{
    setObjectName(u"awayDialog"_s);
    setWindowTitle(tr("Away"));
    auto* label = new QLabel(tr("What are others &told while you are away?"), this);
    label->setBuddy(m_reason);
    kit::setTone(label, theme, Token::Text, Theme::Type::Body, true);
    m_reason->setObjectName(u"awayReason"_s);
    m_reason->setMaxLength(kMaxReasonChars);
    m_reason->setPlaceholderText(tr("Away"));
    m_reason->selectAll();

    auto* ready = new QHBoxLayout;
    ready->setSpacing(8);
    for (const QString& words : {tr("At lunch"), tr("In a meeting"), tr("Gone for today")}) {
        auto* button = new QPushButton(words, this);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, words] {
            m_reason->setText(words);
            m_reason->setFocus();
        });
        ready->addWidget(button);
    }
    ready->addStretch(1);

    QStringList names;
    for (const QString& name : told)
        names.append(kit::safeName(name));
    auto* where = new QLabel(tr("On %1, until you are back.").arg(QLocale().createSeparatedList(names)), this);
    where->setWordWrap(true);
    where->setTextFormat(Qt::PlainText);
    kit::setTone(where, theme, Token::Muted, Theme::Type::Small);

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* away = new QPushButton(tr("I am away"), this);
    away->setObjectName(u"beAway"_s);
    away->setProperty("primary", true);
    away->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(away);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(label);
    column->addWidget(m_reason);
    column->addLayout(ready);
    column->addWidget(where);
    column->addStretch(1);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(away, &QPushButton::clicked, this, [this] {
        const QString reason = m_reason->text().simplified();
        emit chosen(reason.isEmpty() ? m_reason->placeholderText() : reason);
        accept();
    });
    kit::fitToScreen(*this, theme, {440, 210});
}

} // namespace ridealong::accountdialogs
