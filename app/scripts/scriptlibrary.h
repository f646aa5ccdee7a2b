// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scripts/script.h"

#include <QObject>

#include <memory>

namespace ridealong::scripts {

inline constexpr int kMaxScripts = 500; ///< of one folder

/// The scripts of some folders, read again by themselves when a folder or a file changes. A later folder's script replaces
/// an earlier one's of the same name. Hidden files, backups, documents and what is no regular file are left out.
class ScriptLibrary : public QObject
{
    Q_OBJECT
public:
    explicit ScriptLibrary(QStringList folders, QObject* parent = nullptr);
    ~ScriptLibrary() override;

    const QList<Script>& scripts() const; ///< by name
    QStringList problems() const; ///< "migrate.sh: line 7: …" of all scripts, and of files that could not be read
    /// The command that begins `words` (longest name wins) and its script. Null when there is none.
    struct Found
    {
        const Script* script = nullptr;
        const chat::CommandSpec* command = nullptr;
        qsizetype words = 0; ///< how many of `words` the name is; the rest are arguments
    };
    Found find(const QStringList& words) const; ///< pointers are valid until changed()

signals:
    void changed();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::scripts
