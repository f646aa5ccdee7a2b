// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ridealong::kit {

class Theme;

/// What a palette cannot say: docks, tabs, scroll bars, menus, tool tips, inputs, buttons, the focus ring.
/// A QPushButton with the property `primary` is the accent one, with `danger` the one that destroys; a QToolButton with `flat` has no frame until
/// hovered.
QString styleSheet(const Theme& theme);

} // namespace ridealong::kit
