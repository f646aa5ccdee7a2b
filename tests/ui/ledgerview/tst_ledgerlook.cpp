// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How the ledger looks: wide, in a dock, narrow; with rows and without.
#include "kit/emptystate.h"
#include "ledgerrecords.h"
#include "ledgerview/celltable.h"
#include "ledgerview/ledgerpanel.h"
#include "support/activate.h"
#include "support/fakeclock.h"
#include "support/looks.h"
#include "support/shots.h"

#include <QCheckBox>
#include <QToolButton>

using namespace ridealong;
using namespace Qt::StringLiterals;
using ledgerview::LedgerPanel;
using ledgerview::RunModel;
using tests::commands;
using tests::runs;
using Page = LedgerPanel::Page;

class TestLedgerLook : public QObject
{
    Q_OBJECT

private:
    tests::FakeClock m_clock;
    std::unique_ptr<kit::Theme> m_theme;
    std::unique_ptr<LedgerPanel> m_panel;
    QList<chat::RunRecord> m_runs;
    QList<chat::CommandRecord> m_commands;

    template <typename T> T* find(const char* name) const { return m_panel->findChild<T*>(QString::fromLatin1(name)); }
    ledgerview::CellTable* table() const { return m_panel->table(); }
    kit::EmptyState* empty() const { return find<kit::EmptyState>("ledgerEmpty"); }
    void start()
    {
        m_panel->setPage(Page::Runs);
        m_panel->setSources(
            [this](const chat::LedgerQuery& query) { return base::Async<QList<chat::RunRecord>>::ready(m_runs.mid(query.offset, query.limit)); },
            [this](const chat::LedgerQuery&) { return base::Async<QList<chat::CommandRecord>>::ready(m_commands); });
        tests::activate(*m_panel);
        QTRY_COMPARE(m_panel->runs().rowCount(), int(m_runs.size()));
    }
    /// Layouts are put off, and one brings the next.
    void settle()
    {
        for (int round = 0; round < 4; ++round)
            QCoreApplication::processEvents();
    }

private slots:
    void init()
    {
        m_panel.reset();
        m_runs = runs(200);
        m_commands = commands(40);
        m_theme = std::make_unique<kit::Theme>();
        m_theme->applyTo(*qApp); // before the first widget
        m_panel = std::make_unique<LedgerPanel>(*m_theme, m_clock);
        m_panel->setPlaces([](const base::ConversationId& id) {
            return ledgerview::Place{id.key(), id.key() == u"#prod"_s ? u"production"_s : u"sandbox"_s};
        });
        m_panel->setHere({tests::kAccount, u"#ops"_s}, u"#ops"_s);
        m_panel->resize(1000, 640);
    }
    void cleanupTestCase() { m_panel.reset(); }

    void fitsIntoANarrowDock()
    {
        start();
        m_panel->resize(320, 600);
        settle();
        QCOMPARE(m_panel->width(), 320);
        QVERIFY(m_panel->minimumSizeHint().width() <= 320);
        m_theme->setScale(2);
        m_theme->applyTo(*qApp);
        settle();
        QVERIFY2(m_panel->minimumSizeHint().width() <= 590, qPrintable(QString::number(m_panel->minimumSizeHint().width())));
    }

    void rowsAreDrawnInEveryLook_data() { tests::addLooks({tests::kContrast, tests::kDouble}); }
    void rowsAreDrawnInEveryLook()
    {
        QFETCH(tests::Look, look);
        look.dress(*m_theme);
        const auto shot = [&](const QString& name) {
            settle();
            const QPixmap picture = m_panel->grab();
            QVERIFY(tests::colorsOf(picture.toImage()) > 4);
            tests::keepShot(picture, u"ledger-%1-%2"_s.arg(QString::fromLatin1(QTest::currentDataTag()), name));
        };
        start();
        m_panel->focusList();
        const int wide = int(1000 * std::min(1.4, m_theme->scale()));
        for (const auto& [name, width] : {std::pair(u"1-wide"_s, wide), std::pair(u"2-dock"_s, 590), std::pair(u"3-narrow"_s, 320)}) {
            m_panel->resize(width, 640);
            m_panel->setPage(Page::Runs);
            shot(name + u"-runs"_s);
            m_panel->setPage(Page::Commands);
            QTRY_COMPARE(m_panel->commands().rowCount(), 40);
            shot(name + u"-commands"_s);
        }
        m_panel->resize(590, 400);
        m_theme->setDensity(kit::Density::Compact);
        shot(u"4-compact"_s);
        m_theme->setDensity(kit::Density::Comfortable);
        QTest::keyClick(table(), Qt::Key_Return);
        m_runs = runs(3);
        find<QCheckBox>("ledgerFailed")->setChecked(true);
        QTRY_COMPARE(m_panel->runs().rowCount(), 3);
        shot(u"5-three"_s);
        m_runs.clear();
        find<QCheckBox>("ledgerFailed")->setChecked(false);
        QTRY_VERIFY(empty()->isVisible());
        shot(u"6-filtered"_s);
        find<QToolButton>("ledgerCommand")->click();
        QTRY_VERIFY(empty()->accessibleName().startsWith(u"Everybody"_s));
        shot(u"7-empty"_s);
    }
};

QTEST_MAIN(TestLedgerLook)
#include "tst_ledgerlook.moc"
