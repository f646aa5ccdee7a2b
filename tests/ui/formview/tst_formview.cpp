// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "forms.h"
#include "formview/formview.h"
#include "kit/fitting.h"
#include "kit/theme.h"
#include "support/activate.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace ridealong::tests {

using formview::FormView;

class TestFormView : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void answersWhatIsFilledIn();
    void answersWhatIsWritten();
    void keepsHiddenFields();
    void needsWhatIsNeeded();
    void tellsWhatIsWrongWhileItIsMended();
    void choosesNothingByItself();
    void takesBackAChoice();
    void writesWhatIsNotInAnOpenList();
    void addsOthersToAnOpenListOfMany();
    void hidesSecretsUntilAsked();
    void clicksOnWordsAreClicksOnBoxes();
    void wheelScrollsThePageOnly();
    void everythingIsReachedByTab();
    void tellsScreenReadersWhatIsAsked();
    void showsTextAsText();
    void showsAResult();
    void replacesTheForm();
    void growsWithItsForm();

private:
    template <typename T> T* input(const char* key) const { return qobject_cast<T*>(m_view->input(QString::fromLatin1(key))); }
    QStringList value(const char* key) const { return m_view->values().value(QString::fromLatin1(key)); }
    QStringList shownTexts() const;

    kit::Theme m_theme;
    std::unique_ptr<FormView> m_view;
};

void TestFormView::init()
{
    m_view = std::make_unique<FormView>(m_theme);
    m_view->setForm(everyKind());
    m_view->resize(480, 900);
    m_view->show();
    activate(*m_view);
}

QStringList TestFormView::shownTexts() const
{
    QStringList texts;
    for (const QLabel* label : m_view->findChildren<QLabel*>())
        if (label->isVisible() && !label->text().isEmpty())
            texts << label->text();
    return texts;
}

void TestFormView::answersWhatIsFilledIn()
{
    QCOMPARE(m_view->values(), chat::valuesOf(everyKind()));
    QVERIFY(!m_view->isChanged());
}

void TestFormView::answersWhatIsWritten()
{
    QSignalSpy edited(m_view.get(), &FormView::edited);
    QTest::keyClicks(input<QLineEdit>("share"), u" 25 "_s);
    QTest::keyClicks(input<QLineEdit>("token"), u" s "_s);
    input<QPlainTextEdit>("notes")->setPlainText(u"One\n\nTwo\n\n"_s);
    QTest::keyClick(input<QCheckBox>("quiet"), Qt::Key_Space);
    QTest::keyClick(input<QComboBox>("where"), Qt::Key_Down);
    auto* regions = input<QListWidget>("regions");
    regions->setCurrentRow(2);
    QTest::keyClick(regions, Qt::Key_Space);
    input<QPlainTextEdit>("watchers")->setPlainText(u" bob@chat.test \n\ncarol@chat.test"_s);
    QCOMPARE(value("share"), QStringList{u"25"_s});
    QCOMPARE(value("token"), QStringList{u" s "_s}); // a password is as it was written
    QCOMPARE(value("notes"), (QStringList{u"One"_s, QString(), u"Two"_s}));
    QCOMPARE(value("quiet"), QStringList{u"false"_s});
    QCOMPARE(value("where"), QStringList{u"production"_s});
    QCOMPARE(value("regions"), (QStringList{u"eu"_s, u"ap"_s}));
    QCOMPARE(value("watchers"), (QStringList{u"bob@chat.test"_s, u"carol@chat.test"_s}));
    QVERIFY(edited.size() >= 7 && m_view->isChanged());
}

void TestFormView::keepsHiddenFields()
{
    QVERIFY(!m_view->input(u"FORM_TYPE"_s));
    QCOMPARE(value("FORM_TYPE"), QStringList{u"urn:rollout"_s});
}

void TestFormView::needsWhatIsNeeded()
{
    m_view->focusFirst();
    QCOMPARE(QApplication::focusWidget(), m_view->input(u"share"_s));
    QVERIFY(m_view->problem(u"share"_s).isEmpty()); // told when somebody wants to go on, not before
    input<QLineEdit>("token")->setFocus();
    QVERIFY(!m_view->check());
    QVERIFY(!m_view->problem(u"share"_s).isEmpty() && !m_view->problem(u"token"_s).isEmpty() && m_view->problem(u"release"_s).isEmpty());
    QCOMPARE(QApplication::focusWidget(), m_view->input(u"share"_s));
    input<QLineEdit>("share")->setText(u"1"_s);
    input<QLineEdit>("token")->setText(u"x"_s);
    QVERIFY(m_view->check());
}

void TestFormView::tellsWhatIsWrongWhileItIsMended()
{
    QTest::keyClicks(input<QLineEdit>("share"), u"250"_s);
    QVERIFY(m_view->problem(u"share"_s).isEmpty());
    QVERIFY(!m_view->check());
    QVERIFY(m_view->problem(u"share"_s).contains(u"100"_s));
    QTest::keyClick(input<QLineEdit>("share"), Qt::Key_End);
    QTest::keyClick(input<QLineEdit>("share"), Qt::Key_Backspace);
    QVERIFY(m_view->problem(u"share"_s).isEmpty());
    QVERIFY(!m_view->problem(u"token"_s).isEmpty());
}

void TestFormView::choosesNothingByItself()
{
    FormField needed = field(u"one"_s, Kind::Choice, u"One"_s, {}, true), open = field(u"two"_s, Kind::Choice, u"Two"_s);
    needed.options = open.options = {{u"a"_s, u"A"_s}, {u"b"_s, u"B"_s}};
    m_view->setForm({{}, {}, {needed, open}, false});
    QCOMPARE(value("one"), QStringList());
    QCOMPARE(value("two"), QStringList());
    QVERIFY(!m_view->check());
    QVERIFY(!m_view->problem(u"one"_s).isEmpty() && m_view->problem(u"two"_s).isEmpty());
}

void TestFormView::takesBackAChoice()
{
    FormField one = field(u"one"_s, Kind::Choice, u"One"_s, {u"a"_s});
    one.options = {{u"a"_s, u"A"_s}};
    m_view->setForm({{}, {}, {one}, false});
    QCOMPARE(value("one"), QStringList{u"a"_s});
    QTest::keyClick(input<QComboBox>("one"), Qt::Key_Up);
    QCOMPARE(value("one"), QStringList());
}

void TestFormView::writesWhatIsNotInAnOpenList()
{
    auto* box = input<QComboBox>("strategy");
    QCOMPARE(value("strategy"), QStringList());
    QTest::keyClicks(box->lineEdit(), u"Blue and green"_s);
    QCOMPARE(value("strategy"), QStringList{u"blue"_s}); // by its label it is the option
    box->lineEdit()->clear();
    QTest::keyClicks(box->lineEdit(), u"rolling"_s);
    QCOMPARE(value("strategy"), QStringList{u"rolling"_s});
    QVERIFY(m_view->problem(u"strategy"_s).isEmpty());
}

void TestFormView::addsOthersToAnOpenListOfMany()
{
    FormField many = field(u"many"_s, Kind::MultiChoice, u"Many"_s, {u"b"_s, u"z"_s});
    many.options = {{u"a"_s, u"A"_s}, {u"b"_s, u"B"_s}};
    many.isOpen = true;
    m_view->setForm({{}, {}, {many}, false});
    QCOMPARE(value("many"), (QStringList{u"b"_s, u"z"_s}));
    auto* others = m_view->findChild<QLineEdit*>();
    QVERIFY(others && others->text() == "z"_L1);
    others->setText(u"x, y ,, b"_s);
    QCOMPARE(value("many"), (QStringList{u"b"_s, u"x"_s, u"y"_s}));
}

void TestFormView::hidesSecretsUntilAsked()
{
    auto* token = input<QLineEdit>("token");
    QCOMPARE(token->echoMode(), QLineEdit::Password);
    auto* show = m_view->findChild<QToolButton*>();
    show->click();
    QCOMPARE(token->echoMode(), QLineEdit::Normal);
    show->click();
    QCOMPARE(token->echoMode(), QLineEdit::Password);
}

void TestFormView::clicksOnWordsAreClicksOnBoxes()
{
    QLabel* words = nullptr;
    for (QLabel* label : m_view->findChildren<QLabel*>())
        if (label->text() == "Tell nobody until it is done"_L1)
            words = label;
    QVERIFY(words);
    QTest::mouseClick(words, Qt::LeftButton);
    QCOMPARE(value("quiet"), QStringList{u"false"_s});
    auto* regions = input<QListWidget>("regions");
    const QRect row = regions->visualItemRect(regions->item(1));
    QTest::mouseClick(regions->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(value("regions"), (QStringList{u"eu"_s, u"us"_s}));
    QTest::mouseClick(regions->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(value("regions"), QStringList{u"eu"_s});
}

void TestFormView::wheelScrollsThePageOnly()
{
    auto* box = input<QComboBox>("where");
    QWheelEvent down(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(box, &down);
    QCOMPARE(value("where"), QStringList{u"staging"_s});
}

void TestFormView::everythingIsReachedByTab()
{
    input<QLineEdit>("release")->setFocus();
    QStringList reached;
    for (int i = 0; i < 20 && !reached.contains(u"watchers"_s); ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (const QString name = QApplication::focusWidget()->objectName(); !name.isEmpty())
            reached << name;
    }
    QCOMPARE(
        reached, (QStringList{u"share"_s, u"token"_s, u"notes"_s, u"quiet"_s, u"where"_s, u"strategy"_s, u"regions"_s, u"owner"_s, u"watchers"_s}));
}

void TestFormView::tellsScreenReadersWhatIsAsked()
{
    const auto told = [this](const char* key, QAccessible::Text what) {
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(m_view->input(QString::fromLatin1(key)));
        return face ? face->text(what) : QString();
    };
    QCOMPARE(told("release", QAccessible::Name), u"Release, needed"_s);
    QCOMPARE(told("release", QAccessible::Description), u"As it is named in the changelog."_s);
    QCOMPARE(told("quiet", QAccessible::Name), u"Tell nobody until it is done"_s);
    QVERIFY(told("share", QAccessible::Description).contains(u"100"_s));
    m_view->check();
    QVERIFY(told("share", QAccessible::Description).startsWith(m_view->problem(u"share"_s)));
}

void TestFormView::showsTextAsText()
{
    FormField evil = field(u"k"_s, Kind::Text, u"<b>Na\u202Eme</b>"_s);
    evil.description = u"<img src=x>\u200B"_s;
    chat::Form form{u"<h1>T</h1>"_s, u"a\nb"_s, {evil}, false};
    m_view->setForm(form);
    QVERIFY2(shownTexts().contains(u"<b>Name</b>"_s) && shownTexts().contains(u"<img src=x>"_s) && shownTexts().contains(u"<h1>T</h1>"_s),
        qPrintable(shownTexts().join(u'|')));
    for (const QLabel* label : m_view->findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestFormView::showsAResult()
{
    FormField state = field(u"state"_s, Kind::Choice, u"State"_s, {u"up"_s});
    state.options = {{u"up"_s, u"Running"_s}};
    m_view->setForm({u"Status"_s, {},
        {field(u"FORM_TYPE"_s, Kind::Hidden, {}, {u"x"_s}), state, field(u"on"_s, Kind::Boolean, u"On"_s, {u"true"_s}),
            field(u"who"_s, Kind::Text, {})},
        true});
    QCOMPARE(shownTexts(), (QStringList{u"Status"_s, u"State"_s, u"Running"_s, u"On"_s, u"Yes"_s, u"who"_s, u"–"_s}));
    QVERIFY(!m_view->input(u"state"_s));
    QVERIFY(m_view->check());
}

void TestFormView::replacesTheForm()
{
    m_view->setForm({});
    QVERIFY(shownTexts().isEmpty() && m_view->values().isEmpty());
    m_view->focusFirst(); // nothing to go to
    m_view->setForm(everyKind());
    QVERIFY(m_view->input(u"release"_s)->isVisible());
}

void TestFormView::growsWithItsForm()
{
    // In an area it is as long as it has to be, and no wider than the area: long words wrap.
    chat::Form form = everyKind();
    form.fields[0].kind = Kind::Text;
    form.fields[0].label = QString(40, u'w') + u' ' + QString(40, u'w') + u' ' + QString(40, u'w');
    auto* view = new FormView(m_theme);
    std::unique_ptr<QScrollArea> area(kit::scrolledPage(view, m_theme));
    view->setForm(form);
    area->resize(420, 300);
    area->show();
    QCoreApplication::processEvents();
    QVERIFY(view->height() > 600);
    QVERIFY2(view->width() <= area->viewport()->width(), qPrintable(QString::number(view->width())));
}

} // namespace ridealong::tests

QTEST_MAIN(ridealong::tests::TestFormView)
#include "tst_formview.moc"
