// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/program.h"

#include <X11/Xlib.h>
#include <X11/extensions/Xdamage.h>

#include <map>
#include <memory>
#include <optional>

namespace ridealong::bench {

/// The X screen as a measuring instrument: sees windows appear and be painted, whoever owns them.
class WindowWatcher
{
public:
    WindowWatcher(); ///< connects to $DISPLAY; ends the process with a message when that fails

    struct Painted
    {
        ::Window window;
        Moment at; ///< when the damage that left something to see on the window arrived
    };

    /// Waits until a top-level window of `process` is mapped and shows something: at least 12 colours, which a bare background
    /// does not have and any antialiased text has. Menus, tooltips and splash screens do not count.
    std::optional<Painted> waitForPaint(pid_t process, std::chrono::milliseconds timeout);

    /// When the last damage came before the window was left as it is for `quiet`: shorter than a caret blinks.
    Moment waitUntilStill(const Painted& painted, std::chrono::milliseconds quiet);

    void focus(::Window window); ///< also moves the pointer away, so that hovering paints nothing
    void drain(); ///< forgets what was painted so far
    void press(char key); ///< a lower-case letter; down and up
    std::optional<Moment> waitForDamage(::Window window, std::chrono::milliseconds timeout);

private:
    bool nextEvent(XEvent& event, Moment deadline);
    bool belongsTo(::Window window, pid_t process) const;
    bool isMainWindow(::Window window) const;
    bool showsSomething(::Window window) const;
    unsigned long property(::Window window, const char* name) const; ///< first item, 0 when absent

    struct Closer
    {
        void operator()(Display* display) const { XCloseDisplay(display); }
    };
    std::unique_ptr<Display, Closer> m_display;
    int m_damageEvent = 0;
};

} // namespace ridealong::bench
