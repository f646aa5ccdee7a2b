// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/expected.h"

#include <QJsonObject>
#include <QVariant>

#include <optional>

namespace ridealong::settings {

/// Every setting; name, type and default stand in the one table of settings.cpp.
enum class Key {
    ThemeChoice, ///< "system", "dark", "light", "high-contrast"
    ThemeDensity, ///< "comfortable", "compact"
    TextScale, ///< 1.0 is the system's size
    WindowGeometry, ///< as base64 of QMainWindow's own
    WindowState,
    WindowSplitter,
    LastConversation,
    Shortcuts, ///< map from action id to key sequence, only those that were changed
    LocalUser, ///< the name in the Local workspace
    ConsoleDraft, ///< the console's command line
    ConsolePins, ///< runs that stay in view
    ConsoleHistory, ///< its last commands, newest last
    OutputDays, ///< so long outputs of the Local workspace's runs are kept; 0: for ever
    OutputMegabytes, ///< and so much of them; 0: no limit
    EnterSends,
    SpellLanguage, ///< "auto": that of the system, "off", or the name of a dictionary
    NotifyOn,
    NotifyText, ///< false: only who and where
    NotifyQuiet, ///< the hours below count
    NotifyQuietFrom, ///< "22:00"
    NotifyQuietTo,
    NotifyQuietDays, ///< "1" is Monday
    NotifyLevels, ///< map from conversation to chat::NotifyLevel, only those that were chosen
    KeepInTray, ///< closing the window does not end the program
};

struct LoadReport
{
    QString keptAside; ///< a file that made no sense was moved here; empty: all was well
    bool readOnly = false; ///< changes are kept in memory only: no permission, or `problem`
    /// The file is there and could be neither read nor moved aside: defaults count, and it is never written over.
    std::optional<base::Error> problem;
};

/// The profile's settings: a JSON file, written atomically a moment after a change; a write that fails is tried again later.
/// Keys that this version does not know are kept.
class Settings : public QObject
{
    Q_OBJECT
public:
    Settings(QString path, base::Clock& clock, QObject* parent = nullptr);
    ~Settings() override;

    LoadReport load();
    QVariant value(Key key) const;
    /// A value of another type than the table's is ignored.
    void setValue(Key key, const QVariant& value);
    /// Writes now. Errors: Storage; what was to be written is kept and tried again.
    base::Status flush();

signals:
    void changed(ridealong::settings::Key key);

private:
    void moveAside(LoadReport& report) const;
    void writeAfter(std::chrono::milliseconds delay);

    QString m_path;
    base::Clock& m_clock;
    QJsonObject m_values;
    bool m_dirty = false;
    bool m_scheduled = false;
    bool m_readOnly = false;
};

} // namespace ridealong::settings
