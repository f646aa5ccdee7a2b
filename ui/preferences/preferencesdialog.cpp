// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "preferences/preferencesdialog.h"

#include "kit/tone.h"
#include "preferences/shortcutspage.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::preferences {

using kit::Density;
using kit::Theme;
using kit::ThemeChoice;
using kit::Token;

namespace {

constexpr int kMinScale = 80, kMaxScale = 250, kScaleStep = 10; ///< percent; the range of Theme::setScale
constexpr int kMaxNameLength = 64;
constexpr int kFieldGap = 8; ///< between fields in one row
constexpr int kMaxOutputDays = 3650, kMaxOutputMegabytes = 1'000'000;

QFormLayout* makeForm(QWidget* page)
{
    auto* form = new QFormLayout(page);
    form->setContentsMargins(16, 24, 16, 16);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QLabel* makeNote(const QString& text, Theme& theme, QWidget* parent)
{
    auto* note = new QLabel(text, parent);
    note->setWordWrap(true);
    kit::setTone(note, theme, Token::Muted, Theme::Type::Small);
    return note;
}

/// What stands behind their number.
QString daysSuffix(int days) { return days == 1 ? PreferencesDialog::tr(" day") : PreferencesDialog::tr(" days"); }

} // namespace

PreferencesDialog::PreferencesDialog(Theme& theme, kit::ActionRegistry& registry, const LocalWorkspace& local, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_tabs(new QTabWidget(this)),
      m_writing(new WritingPage(theme, this)),
      m_notifications(new NotificationsPage(theme, this)),
      m_shortcuts(new ShortcutsPage(registry, theme, this))
{
    setObjectName(u"preferencesDialog"_s);
    setWindowTitle(tr("Settings"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeAppearance(), tr("&Appearance"));
    m_tabs->addTab(m_writing, tr("&Writing"));
    m_tabs->addTab(m_notifications, tr("&Notifications"));
    m_tabs->addTab(m_shortcuts, tr("&Shortcuts"));
    m_tabs->addTab(makeLocal(local), tr("&Local workspace"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_shortcuts, &ShortcutsPage::shortcutChanged, this, &PreferencesDialog::shortcutChanged);
    resize(640, 560);
}

void PreferencesDialog::showPage(Page page) { m_tabs->setCurrentIndex(int(page)); }

QWidget* PreferencesDialog::makeAppearance()
{
    auto* page = new QWidget(this);
    auto* form = makeForm(page);
    auto* theme = new QComboBox(page);
    theme->setObjectName(u"themeChoice"_s);
    theme->addItem(tr("As the system"), int(ThemeChoice::System));
    theme->addItem(tr("Dark"), int(ThemeChoice::Dark));
    theme->addItem(tr("Light"), int(ThemeChoice::Light));
    theme->addItem(tr("High contrast"), int(ThemeChoice::HighContrast));
    theme->setCurrentIndex(theme->findData(int(m_theme.choice())));
    connect(theme, &QComboBox::activated, this, [this, theme] {
        m_theme.setChoice(ThemeChoice(theme->currentData().toInt()));
        emit appearanceChanged();
    });
    auto* density = new QComboBox(page);
    density->setObjectName(u"density"_s);
    density->addItem(tr("Comfortable"), int(Density::Comfortable));
    density->addItem(tr("Compact"), int(Density::Compact));
    density->setCurrentIndex(density->findData(int(m_theme.density())));
    connect(density, &QComboBox::activated, this, [this, density] {
        m_theme.setDensity(Density(density->currentData().toInt()));
        emit appearanceChanged();
    });
    auto* scale = new QSpinBox(page);
    scale->setObjectName(u"textSize"_s);
    scale->setRange(kMinScale, kMaxScale);
    scale->setSingleStep(kScaleStep);
    scale->setSuffix(tr(" %"));
    scale->setKeyboardTracking(false); // "2" on the way to "200" is not a wish
    scale->setValue(int(std::lround(m_theme.scale() * 100)));
    connect(scale, &QSpinBox::valueChanged, this, [this](int percent) {
        m_theme.setScale(percent / 100.0);
        emit appearanceChanged();
    });
    form->addRow(tr("&Theme"), theme);
    form->addRow(tr("&Density"), density);
    form->addRow(tr("Te&xt size"), scale);
    form->addRow(QString(), makeNote(tr("Of the size that the system's fonts have. Everything follows, nothing is cut."), m_theme, page));
    return page;
}

QWidget* PreferencesDialog::makeLocal(const LocalWorkspace& local)
{
    auto* page = new QWidget(this);
    auto* form = makeForm(page);
    auto* name = new QLineEdit(local.userName, page);
    name->setObjectName(u"userName"_s);
    name->setMaxLength(kMaxNameLength);
    connect(name, &QLineEdit::editingFinished, this, [this, name, last = local.userName]() mutable {
        const auto text = name->text().simplified();
        if (text.isEmpty() || text == last) {
            name->setText(last); // a nameless person cannot be told apart
            return;
        }
        last = text;
        name->setText(text);
        emit userNameChanged(text);
    });
    auto* folder = new QLineEdit(local.scriptsFolder, page);
    folder->setObjectName(u"scriptsFolder"_s);
    folder->setReadOnly(true);
    auto* open = new QPushButton(tr("&Open folder"), page);
    open->setAutoDefault(false);
    connect(open, &QPushButton::clicked, this, &PreferencesDialog::openScriptsFolderRequested);
    auto* row = new QHBoxLayout;
    row->setSpacing(kFieldGap);
    row->addWidget(folder, 1);
    row->addWidget(open);
    const auto limit = [page](const char* objectName, int value, int most, const QString& suffix, const QString& none) {
        auto* box = new QSpinBox(page);
        box->setObjectName(QLatin1String(objectName));
        box->setRange(0, most);
        box->setSuffix(suffix);
        box->setSpecialValueText(none);
        box->setGroupSeparatorShown(true);
        box->setKeyboardTracking(false); // half a number is no limit
        box->setValue(value);
        return box;
    };
    auto* days = limit("outputDays", local.outputDays, kMaxOutputDays, daysSuffix(local.outputDays), tr("For ever"));
    connect(days, &QSpinBox::valueChanged, days, [days](int value) { days->setSuffix(daysSuffix(value)); });
    days->setAccessibleName(tr("Keep what runs print for"));
    auto* megabytes = limit("outputMegabytes", local.outputMegabytes, kMaxOutputMegabytes, tr(" MB"), tr("No limit"));
    megabytes->setAccessibleName(tr("Keep at most"));
    megabytes->setSingleStep(256);
    for (QSpinBox* box : {days, megabytes})
        connect(box, &QSpinBox::valueChanged, this, [this, days, megabytes] { emit outputLimitsChanged(days->value(), megabytes->value()); });
    auto* outputs = new QHBoxLayout;
    outputs->setSpacing(kFieldGap);
    outputs->addWidget(days);
    outputs->addWidget(new QLabel(tr("at most"), page));
    outputs->addWidget(megabytes);
    outputs->addStretch(1);
    auto* outputsLabel = new QLabel(tr("&Keep outputs"), page);
    outputsLabel->setBuddy(days);
    form->addRow(tr("Your &name"), name);
    form->addRow(outputsLabel, outputs);
    form->addRow(QString(),
        makeNote(tr("What ended runs printed, compressed. The oldest goes first; the runs themselves stay, and so does what is open in the console."),
            m_theme, page));
    form->addRow(tr("Scripts"), row);
    form->addRow(QString(),
        makeNote(tr("The Local workspace lives on this machine only. Executable scripts in this folder become commands of the bot “runner”, beside "
                    "those that came with the program."),
            m_theme, page));
    return page;
}

} // namespace ridealong::preferences
