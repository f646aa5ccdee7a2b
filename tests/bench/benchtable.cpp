// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Reads the lines of JSON that the bench programs print and shows them as a table; `--json FILE` keeps them, with the machine, as well.
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

using namespace Qt::StringLiterals;

namespace {

QString number(const QJsonValue& value)
{
    if (!value.isDouble())
        return value.isString() ? value.toString() : u"–"_s;
    const double shown = value.toDouble();
    return QString::number(shown, 'f', qAbs(shown) >= 1000 ? 0 : (qAbs(shown) >= 100 ? 1 : 2));
}

QString goal(const QJsonObject& result)
{
    if (!result.value("goal"_L1).isDouble())
        return result.value("goal"_L1).toString(u"–"_s);
    const bool higher = result.value("better"_L1).toString() == "higher"_L1;
    const double wanted = result.value("goal"_L1).toDouble();
    const double value = result.value("value"_L1).toDouble();
    const bool reached = higher ? value >= wanted : value <= wanted;
    return (higher ? u"≥ "_s : u"≤ "_s) + number(wanted) + (reached ? u"  reached"_s : u"  MISSED"_s);
}

QList<QStringList> rows(const QJsonArray& results)
{
    QList<QStringList> table{{u"id"_s, u"quantity"_s, u"value"_s, u"peer"_s, u"ratio"_s, u"goal"_s}};
    for (const QJsonValue& entry : results) {
        const QJsonObject result = entry.toObject();
        const QString unit = u" "_s + result.value("unit"_L1).toString();
        const QString peer = result.value("peer"_L1).toString();
        table.append({result.value("id"_L1).toString(), result.value("quantity"_L1).toString(), number(result.value("value"_L1)) + unit,
            peer.isEmpty() ? u"–"_s : peer + u" "_s + number(result.value("peerValue"_L1)) + unit, number(result.value("ratio"_L1)), goal(result)});
    }
    return table;
}

void print(const QList<QStringList>& table)
{
    QList<qsizetype> widths(table.first().size(), 0);
    for (const QStringList& row : table) {
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = qMax(widths[column], row[column].size());
    }
    QTextStream out(stdout);
    for (const QStringList& row : table) {
        QStringList cells;
        for (qsizetype column = 0; column < row.size(); ++column)
            cells.append(row[column].leftJustified(widths[column]));
        out << cells.join(u" | "_s) << '\n';
    }
}

bool save(const QString& path, const QJsonArray& results)
{
    QFile load(u"/proc/loadavg"_s);
    const QString loadText = load.open(QIODevice::ReadOnly) ? QString::fromLatin1(load.readAll()).section(u' ', 0, 0) : QString();
    const QJsonObject machine{{u"cores"_s, QThread::idealThreadCount()}, {u"system"_s, QSysInfo::prettyProductName()},
        {u"kernel"_s, QSysInfo::kernelVersion()}, {u"qt"_s, QString::fromLatin1(qVersion())}, {u"load"_s, loadText}};
    const QJsonObject document{{u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}, {u"machine"_s, machine}, {u"results"_s, results}};
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(QJsonDocument(document).toJson()) > 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    QJsonArray results;
    while (!input.atEnd()) {
        const QByteArray line = input.readLine().trimmed();
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            results.append(document.object());
        else if (!line.isEmpty())
            qWarning("not a result: %s", line.left(200).constData());
    }
    if (results.isEmpty()) {
        qWarning("nothing was measured");
        return 1;
    }
    print(rows(results));
    const QStringList arguments = application.arguments();
    const qsizetype at = arguments.indexOf(u"--json"_s);
    if (at >= 0 && at + 1 < arguments.size() && !save(arguments[at + 1], results)) {
        qWarning("cannot write %s", qPrintable(arguments[at + 1]));
        return 1;
    }
    return 0;
}
