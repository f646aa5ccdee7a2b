// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ridealong::window {
class Application;
}

namespace ridealong::tour {

class Stage;

/// An address in the accounts dialog, and a room of a real XMPP server; left out where Prosody is not installed.
void playXmpp(window::Application& program, Stage& stage);

} // namespace ridealong::tour
