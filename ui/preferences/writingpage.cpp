// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/writingpage.h"

#include "kit/tone.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

namespace {

/// "British English (en_GB)"; the bare name where Qt knows no such language.
QString languageName(const QString& dictionary)
{
    const QLocale locale(dictionary);
    return locale == QLocale::c() ? dictionary : u"%1 (%2)"_s.arg(locale.nativeLanguageName(), dictionary);
}

} // namespace

WritingPage::WritingPage(kit::Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_enter(new QCheckBox(tr("&Enter sends; Shift+Enter begins a new line"), this)),
      m_spelling(new QComboBox(this)),
      m_note(new QLabel(this))
{
    m_enter->setObjectName(u"enterSends"_s);
    m_spelling->setObjectName(u"spelling"_s);
    m_note->setWordWrap(true);
    kit::setTone(m_note, theme, kit::Token::Muted, kit::Theme::Type::Small);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(16, 24, 16, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Sending"), m_enter);
    form->addRow(tr("&Spelling"), m_spelling);
    form->addRow(QString(), m_note);
    connect(m_enter, &QCheckBox::clicked, this, [this] { emit choicesChanged(choices()); });
    connect(m_spelling, &QComboBox::activated, this, [this] { emit choicesChanged(choices()); });
}

void WritingPage::setChoices(const WritingChoices& choices, const QStringList& languages, const QString& automatic)
{
    m_enter->setChecked(choices.enterSends);
    m_spelling->clear();
    m_spelling->addItem(automatic.isEmpty() ? tr("As the system") : tr("As the system: %1").arg(languageName(automatic)), u"auto"_s);
    m_spelling->addItem(tr("Not checked"), u"off"_s);
    for (const QString& language : languages)
        m_spelling->addItem(languageName(language), language);
    m_spelling->setCurrentIndex(std::max(0, m_spelling->findData(choices.spelling)));
    m_note->setText(languages.isEmpty() ? tr("No dictionary is installed. Packages are called hunspell-en-us, hunspell-de-de and so on.")
                                        : tr("Commands, code, addresses and names are left alone."));
}

WritingChoices WritingPage::choices() const { return {m_enter->isChecked(), m_spelling->currentData().toString()}; }

} // namespace ridealong::preferences
