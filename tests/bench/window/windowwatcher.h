// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/program.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ridealong::bench {

/// The X screen as a measuring instrument: sees windows appear and be painted, whoever owns them.
class WindowWatcher
{
public:
    WindowWatcher(); ///< connects to $DISPLAY; ends the process with a message when that fails
    ~WindowWatcher();
    WindowWatcher(const WindowWatcher&) = delete;
    WindowWatcher& operator=(const WindowWatcher&) = delete;

    struct Painted
    {
        ::Window window;
        Moment at; ///< when the damage that left something to see on the window arrived
    };

    /// Waits until a top-level window of `process` is mapped and shows something: at least 12 colours, which a bare background
    /// does not have and any antialiased text has. Menus, tooltips and splash screens do not count.
    std::optional<Painted> waitForPaint(pid_t process, std::chrono::milliseconds timeout);

    /// When the window last came to look different before it was left so for `quiet`. What is painted again as it was does not count;
    /// `quiet` is shorter than a caret blinks.
    Moment waitUntilStill(const Painted& painted, std::chrono::milliseconds quiet);

    void focus(::Window window); ///< also moves the pointer away, so that hovering paints nothing
    void drain(); ///< forgets what was painted so far
    void press(KeySym key, std::initializer_list<KeySym> modifiers = {}); ///< one that needs no Shift of its own; down and up
    void resize(::Window window, int width, int height);
    /// `leastArea` pixels: smaller ones, as a caret makes, are passed over.
    std::optional<Moment> waitForDamage(::Window window, std::chrono::milliseconds timeout, int leastArea = 0);

private:
    bool nextEvent(XEvent& event, Moment deadline);
    bool belongsTo(::Window window, pid_t process) const;
    bool isMainWindow(::Window window) const;
    bool showsSomething(::Window window);
    std::span<const uint32_t> look(::Window window, const XRectangle& area); ///< its pixels; none when it is gone
    unsigned long property(::Window window, const char* name) const; ///< first item, 0 when absent

    struct Closer
    {
        void operator()(Display* display) const { XCloseDisplay(display); }
    };
    std::unique_ptr<Display, Closer> m_display;
    XShmSegmentInfo m_shared{}; ///< what is looked at is put here by the server: over the connection it would hold up what is measured
    std::vector<uint32_t> m_seen; ///< of the window that was looked at last, line by line
    int m_seenWidth = 0;
    int m_damageEvent = 0;
};

} // namespace ridealong::bench
