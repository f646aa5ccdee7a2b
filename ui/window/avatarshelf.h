// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "workspace/workspace.h"

#include <QCache>
#include <QPixmap>

namespace ridealong::window {

/// Pictures of people, as far as they were asked for: fetched and decoded when one is first wanted, and kept by what they are.
class AvatarShelf : public QObject
{
    Q_OBJECT
public:
    static constexpr int kSide = 96; ///< pixels: what is shown at the largest scale
    static constexpr int kMaxKept = 300;

    /// `decoder`: strangers' bytes are not decoded on the thread of the interface.
    AvatarShelf(workspace::Workspace& workspace, base::Worker& decoder, QObject* parent = nullptr);

    /// Square. Null: there is none, or it is on its way, and changed() will tell.
    QPixmap picture(const base::AccountId& account, const base::UserId& user);

signals:
    void changed();

private:
    void watch(const base::AccountId& account);
    void take(const QString& hash, const base::Expected<QImage>& picture);

    workspace::Workspace& m_workspace;
    base::Worker& m_decoder;
    QCache<QString, QPixmap> m_kept{kMaxKept}; ///< by hash; null: it is none that can be shown
    QSet<QString> m_asked; ///< hashes
};

} // namespace ridealong::window
