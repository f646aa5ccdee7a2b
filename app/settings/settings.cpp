// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/settings.h"

#include "base/log.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <array>
#include <cmath>

namespace ridealong::settings {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kWriteDelay{300};
constexpr std::chrono::milliseconds kRetryDelay{10'000}; ///< a full disk may have room again
constexpr qint64 kMaxFileBytes = 8 << 20;

struct Row
{
    Key key;
    QString name;
    QVariant defaultValue; ///< its type is the setting's
};

QString systemUser()
{
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? u"me"_s : name;
}

const std::array<Row, 24>& table()
{
    static const std::array<Row, 24> rows{{
        {Key::ThemeChoice, u"theme.choice"_s, u"system"_s},
        {Key::ThemeDensity, u"theme.density"_s, u"comfortable"_s},
        {Key::TextScale, u"theme.textScale"_s, 1.0},
        {Key::WindowGeometry, u"window.geometry"_s, QString()},
        {Key::WindowState, u"window.state"_s, QString()},
        {Key::WindowSplitter, u"window.splitter"_s, QString()},
        {Key::LastConversation, u"window.conversation"_s, QString()},
        {Key::Shortcuts, u"shortcuts"_s, QVariantMap()},
        {Key::LocalUser, u"local.user"_s, systemUser()},
        {Key::ConsoleDraft, u"console.draft"_s, QString()},
        {Key::ConsolePins, u"console.pins"_s, QStringList()},
        {Key::ConsoleHistory, u"console.history"_s, QStringList()},
        {Key::OutputDays, u"console.outputDays"_s, 90.0},
        {Key::OutputMegabytes, u"console.outputMegabytes"_s, 1024.0},
        {Key::EnterSends, u"composer.enterSends"_s, true},
        {Key::SpellLanguage, u"composer.spelling"_s, u"auto"_s},
        {Key::NotifyOn, u"notify.on"_s, true},
        {Key::NotifyText, u"notify.text"_s, true},
        {Key::NotifyQuiet, u"notify.quiet"_s, false},
        {Key::NotifyQuietFrom, u"notify.quietFrom"_s, u"22:00"_s},
        {Key::NotifyQuietTo, u"notify.quietTo"_s, u"07:00"_s},
        {Key::NotifyQuietDays, u"notify.quietDays"_s, QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s}},
        {Key::NotifyLevels, u"notify.levels"_s, QVariantMap()},
        {Key::KeepInTray, u"window.keepInTray"_s, false},
    }};
    return rows;
}

const Row& rowOf(Key key)
{
    return *std::find_if(table().begin(), table().end(), [&](const Row& row) { return row.key == key; });
}

/// `value` as the type of the table, or nothing.
std::optional<QVariant> typed(const Row& row, QVariant value)
{
    const QMetaType type = row.defaultValue.metaType();
    // A number in JSON may come as a whole one. A text that looks like a number is none.
    if (type == QMetaType::fromType<double>() && value.metaType() != QMetaType::fromType<QString>() && value.canConvert<double>())
        return std::isfinite(value.toDouble()) ? std::optional<QVariant>(value.toDouble()) : std::nullopt;
    if (type == QMetaType::fromType<QStringList>() && value.metaType() == QMetaType::fromType<QVariantList>())
        return QVariant(value.toStringList());
    return value.metaType() == type ? std::optional(value) : std::nullopt;
}

} // namespace

Settings::Settings(QString path, base::Clock& clock, QObject* parent) : QObject(parent), m_path(std::move(path)), m_clock(clock) {}

Settings::~Settings()
{
    if (m_dirty)
        (void)flush();
}

LoadReport Settings::load()
{
    LoadReport report;
    const QFileInfo info(m_path);
    QFile file(m_path);
    if (info.exists() && !file.open(QIODevice::ReadOnly)) {
        report.problem = base::Error{base::ErrorKind::Storage, u"%1: %2"_s.arg(m_path, file.errorString()), 0};
    } else if (info.exists()) {
        const QJsonDocument document = file.size() <= kMaxFileBytes ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
        file.close();
        if (document.isObject())
            m_values = document.object();
        else
            moveAside(report);
    }
    if (report.problem)
        qCWarning(lcWorkspace) << "settings are not read and not written:" << report.problem->detail;
    m_readOnly = report.readOnly
        = report.problem || !QFileInfo(info.path()).isWritable() || (QFile::exists(m_path) && !QFileInfo(m_path).isWritable());
    return report;
}

void Settings::moveAside(LoadReport& report) const
{
    const QString stamp = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).toUTC().toString(u"yyyyMMdd-HHmmss"_s);
    QString aside = u"%1.corrupt-%2"_s.arg(m_path, stamp);
    for (int n = 2; QFile::exists(aside); ++n)
        aside = u"%1.corrupt-%2-%3"_s.arg(m_path, stamp).arg(n);
    QFile file(m_path);
    if (file.rename(aside)) {
        report.keptAside = aside;
        qCWarning(lcWorkspace) << "settings are no JSON object; kept as" << aside;
    } else {
        report.problem
            = base::Error{base::ErrorKind::Storage, u"%1 is no JSON object and cannot be moved aside: %2"_s.arg(m_path, file.errorString()), 0};
    }
}

QVariant Settings::value(Key key) const
{
    const Row& row = rowOf(key);
    const QJsonValue stored = m_values[row.name];
    if (stored.isUndefined())
        return row.defaultValue;
    return typed(row, stored.toVariant()).value_or(row.defaultValue);
}

void Settings::setValue(Key key, const QVariant& value)
{
    const Row& row = rowOf(key);
    const auto accepted = typed(row, value);
    if (!accepted || *accepted == this->value(key))
        return;
    m_values[row.name] = QJsonValue::fromVariant(*accepted);
    m_dirty = true;
    writeAfter(kWriteDelay);
    emit changed(key);
}

void Settings::writeAfter(std::chrono::milliseconds delay)
{
    if (m_scheduled || m_readOnly)
        return;
    m_scheduled = true;
    m_clock.after(delay, this, [this] {
        m_scheduled = false;
        if (const base::Status written = flush(); !written)
            qCWarning(lcWorkspace) << "settings not written:" << written.error().detail;
    });
}

base::Status Settings::flush()
{
    if (!m_dirty || m_readOnly)
        return base::Done();
    QSaveFile file(m_path);
    // QSaveFile::commit overlooks an error in what it still has to write, and would put half a file in place: flush first.
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(m_values).toJson()) < 0 || !file.flush() || !file.commit()) {
        writeAfter(kRetryDelay);
        return base::Error{base::ErrorKind::Storage, file.errorString(), 0};
    }
    m_dirty = false;
    return base::Done();
}

} // namespace ridealong::settings
