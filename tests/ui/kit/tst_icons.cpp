// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/icons.h"
#include "kit/theme.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ridealong;

class TestIcons : public QObject
{
    Q_OBJECT
private slots:
    void everyIconThatTheSourcesNameIsThere()
    {
        kit::Theme resources; // compiles the icons in
        static const QRegularExpression call(u"(?:\\bicon|iconPixmap)\\((?:[^;\"]*\\? )?u\"([a-z-]+)\"_s(?: : u\"([a-z-]+)\"_s)?"_s);
        static const QRegularExpression state(u"return \\{u\"([a-z-]+)\"_s, Words::tr"_s);
        QSet<QString> names;
        QDirIterator files(QStringLiteral(RIDEALONG_SOURCE_DIR) + u"/ui"_s, {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString source = QString::fromUtf8(file.readAll());
            for (const auto* expression : {&call, &state})
                for (auto match = expression->globalMatch(source); match.hasNext();) {
                    const auto found = match.next();
                    for (int group = 1; group <= found.lastCapturedIndex(); ++group)
                        names.insert(found.captured(group));
                }
        }
        QVERIFY(names.size() > 5); // the expressions still find something
        for (const QString& name : names)
            QVERIFY2(QFile::exists(u":/icons/"_s + name + u".svg"_s), qPrintable(name));
    }
    void iconsAreDrawnInTheColourAskedFor()
    {
        kit::Theme theme;
        const QImage image = kit::iconPixmap(u"running"_s, Qt::red, 16, 1).toImage();
        QCOMPARE(image.pixelColor(8, 8), QColor(Qt::red));
        QVERIFY(kit::iconPixmap(u"no-such-icon"_s, Qt::red, 16, 1).toImage().pixelColor(8, 8).alpha() == 0);
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
