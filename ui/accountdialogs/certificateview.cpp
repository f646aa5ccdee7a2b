// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "accountdialogs/certificateview.h"

#include "accountdialogs/words.h"
#include "kit/messagedocument.h"
#include "kit/tone.h"

#include <QCheckBox>
#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::accountdialogs {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kNamesShown = 8;

QLabel* makeText(QWidget* parent, Theme& theme, Token token, Theme::Type type = Theme::Type::Body, bool strong = false)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // everything here was written by whoever made the certificate
    label->setWordWrap(true);
    kit::setTone(label, theme, token, type, strong);
    return label;
}

QString dayText(qint64 ms) { return ms == 0 ? QString() : QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::ShortFormat); }

} // namespace

CertificateView::CertificateView(Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_headline(makeText(this, theme, Token::Text, Theme::Type::Header, true)),
      m_changed(makeText(this, theme, Token::Danger, Theme::Type::Body, true)),
      m_reasons(makeText(this, theme, Token::Text)),
      m_facts(new QWidget(this)),
      m_fingerprint(new QLabel(this)),
      m_advice(makeText(this, theme, Token::Muted)),
      m_compared(new QCheckBox(tr("I have compared the fingerprint"), this))
{
    m_changed->setText(
        tr("This is another certificate than the one you decided to trust. Either the operator has renewed it, or somebody else answers in "
           "the server's place. Ask before you go on."));
    m_advice->setText(
        tr("Ask the server's operator for the fingerprint, but not over this connection, and compare every group. What you trust is this one "
           "certificate for this one account; you can take it back under Accounts."));
    m_fingerprint->setObjectName(u"fingerprint"_s);
    m_fingerprint->setTextFormat(Qt::PlainText);
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_fingerprint->setMargin(8);
    kit::setMonoTone(m_fingerprint, theme, Token::Text);
    kit::setBackdrop(m_fingerprint, theme, Token::Inset);
    m_compared->setObjectName(u"compared"_s);

    auto* grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    for (QWidget* part : std::initializer_list<QWidget*>{m_headline, m_changed, m_reasons, m_facts})
        column->addWidget(part);
    auto* caption = makeText(this, theme, Token::Muted, Theme::Type::Small, true);
    caption->setText(tr("Fingerprint (SHA-256)"));
    auto* print = new QVBoxLayout;
    print->setSpacing(4);
    print->addWidget(caption);
    print->addWidget(m_fingerprint);
    column->addLayout(print);
    column->addWidget(m_advice);
    column->addWidget(m_compared);
    column->addStretch(1);
    connect(m_compared, &QCheckBox::toggled, this, &CertificateView::comparedChanged);
}

void CertificateView::addRow(int row, const QString& name, const QString& value)
{
    auto* grid = static_cast<QGridLayout*>(m_facts->layout());
    auto* left = makeText(m_facts, m_theme, Token::Muted);
    auto* right = makeText(m_facts, m_theme, Token::Text);
    left->setWordWrap(false);
    left->setText(name);
    right->setText(value.isEmpty() ? tr("not said") : value);
    right->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(left, row, 0, Qt::AlignTop);
    grid->addWidget(right, row, 1);
}

void CertificateView::setProblem(const base::CertificateProblem& problem)
{
    m_problem = problem;
    const QString host = kit::safeName(problem.host);
    m_headline->setText(tr("%1 could not prove who it is").arg(host));
    m_changed->setVisible(problem.afterException);
    QStringList reasons;
    for (const QString& reason : problem.reasons)
        reasons += u"•  "_s + certificateReason(reason, problem);
    m_reasons->setText(
        reasons.isEmpty() ? tr("Its certificate was not accepted.") : tr("Its certificate was not accepted:") + u'\n' + reasons.join(u'\n'));
    qDeleteAll(m_facts->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    QStringList names;
    for (const QString& name : problem.alternativeNames.mid(0, kNamesShown))
        if (name != problem.subject)
            names += kit::safeName(name);
    if (problem.alternativeNames.size() > kNamesShown)
        names += tr("and more");
    addRow(0, tr("Wanted"), host);
    addRow(1, tr("Made for"), QStringList(QStringList(kit::safeName(problem.subject)) + names).join(u", "_s));
    addRow(2, tr("Issued by"), kit::safeName(problem.issuer));
    addRow(
        3, tr("Valid"), problem.validUntilMs == 0 ? QString() : tr("%1 until %2").arg(dayText(problem.validFromMs), dayText(problem.validUntilMs)));
    m_fingerprint->setText(canBeTrusted() ? fingerprintGroups(problem.sha256) : tr("There is none."));
    m_fingerprint->setAccessibleName(tr("Fingerprint %1").arg(m_fingerprint->text()));
    m_compared->setChecked(false);
    m_compared->setVisible(canBeTrusted());
    m_advice->setVisible(canBeTrusted());
    setAccessibleName(m_headline->text());
    setAccessibleDescription(text());
}

bool CertificateView::isCompared() const { return m_compared->isChecked() && canBeTrusted(); }

QString CertificateView::text() const
{
    QStringList parts{m_headline->text()};
    if (m_problem.afterException)
        parts += m_changed->text();
    parts += m_reasons->text();
    for (const QLabel* label : m_facts->findChildren<QLabel*>())
        parts += label->text();
    parts += m_fingerprint->text();
    return parts.join(u'\n');
}

} // namespace ridealong::accountdialogs
