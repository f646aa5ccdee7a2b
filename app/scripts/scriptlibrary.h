// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scripts/script.h"

#include <QObject>

#include <memory>

namespace ridealong::scripts {

/// The scripts of some folders, read again by themselves when a folder changes. A later folder's script replaces an
/// earlier one's of the same name.
class ScriptLibrary : public QObject
{
    Q_OBJECT
public:
    explicit ScriptLibrary(QStringList folders, QObject* parent = nullptr);
    ~ScriptLibrary() override;

    const QList<Script>& scripts() const;
    /// The command that begins `words` (longest name wins) and its script. Null when there is none.
    struct Found
    {
        const Script* script = nullptr;
        const chat::CommandSpec* command = nullptr;
    };
    Found find(const QStringList& words) const;

signals:
    void changed();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::scripts
