// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::window {
class Application;
}

namespace ridealong::tour {

class Stage;

/// Outputs of all formats, each as it is shown. In a room of the Local workspace.
void showFormats(window::Application& program, Stage& stage);
/// What a real bot makes of commands that work, that throw, that nobody knows and that ask first. In its room.
void askTheBot(window::Application& program, Stage& stage);

} // namespace ridealong::tour
