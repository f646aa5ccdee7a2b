// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/windowwatcher.h"

#include <X11/Xatom.h>
#include <X11/extensions/XTest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <set>
#include <sys/ipc.h>
#include <sys/shm.h>

namespace ridealong::bench {

namespace {

constexpr int kLeastWidth = 300; // smaller ones are dialogs, tray icons and helper windows
constexpr int kLeastHeight = 200;
constexpr size_t kLeastColours = 12;

// Windows of other programs vanish at any time; a request about one that is gone is no reason to end.
int ignoreError(Display*, XErrorEvent*) { return 0; }

} // namespace

WindowWatcher::WindowWatcher() : m_display(XOpenDisplay(nullptr))
{
    int error = 0;
    if (!m_display || !XDamageQueryExtension(m_display.get(), &m_damageEvent, &error)) {
        std::fputs("no X display with the DAMAGE extension\n", stderr);
        std::exit(1);
    }
    const auto pixels = size_t(DisplayWidth(m_display.get(), 0)) * size_t(DisplayHeight(m_display.get(), 0));
    m_shared.shmid = shmget(IPC_PRIVATE, pixels * sizeof(uint32_t), IPC_CREAT | 0600);
    m_shared.shmaddr = m_shared.shmid < 0 ? nullptr : static_cast<char*>(shmat(m_shared.shmid, nullptr, 0));
    if (DefaultDepth(m_display.get(), 0) != 24 || !m_shared.shmaddr || !XShmAttach(m_display.get(), &m_shared)) {
        std::fputs("no X display of 24 bits a pixel with shared memory\n", stderr);
        std::exit(1);
    }
    shmctl(m_shared.shmid, IPC_RMID, nullptr); // gone with the last who has it
    XSetErrorHandler(ignoreError);
    XSelectInput(m_display.get(), DefaultRootWindow(m_display.get()), SubstructureNotifyMask);
    XSync(m_display.get(), False);
}

WindowWatcher::~WindowWatcher() { shmdt(m_shared.shmaddr); }

bool WindowWatcher::nextEvent(XEvent& event, Moment deadline)
{
    while (XPending(m_display.get()) == 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd connection{ConnectionNumber(m_display.get()), POLLIN, 0};
        if (left <= 0 || poll(&connection, 1, static_cast<int>(left)) <= 0)
            return false;
    }
    XNextEvent(m_display.get(), &event);
    return true;
}

std::optional<WindowWatcher::Painted> WindowWatcher::waitForPaint(pid_t process, std::chrono::milliseconds timeout)
{
    const Moment deadline = std::chrono::steady_clock::now() + timeout;
    std::map<::Window, bool> mapped;
    XEvent event;
    while (nextEvent(event, deadline)) {
        const Moment now = std::chrono::steady_clock::now();
        if (event.type == CreateNotify && !event.xcreatewindow.override_redirect) {
            // Before it is mapped: a damage made later would begin by reporting the whole window.
            XDamageCreate(m_display.get(), event.xcreatewindow.window, XDamageReportRawRectangles);
            mapped[event.xcreatewindow.window] = false;
        } else if (event.type == MapNotify && mapped.contains(event.xmap.window)) {
            mapped[event.xmap.window] = true;
        } else if (event.type == m_damageEvent + XDamageNotify) {
            const ::Window window = reinterpret_cast<XDamageNotifyEvent&>(event).drawable;
            if (mapped[window] && belongsTo(window, process) && isMainWindow(window) && showsSomething(window))
                return Painted{window, now};
        }
    }
    return std::nullopt;
}

Moment WindowWatcher::waitUntilStill(const Painted& painted, std::chrono::milliseconds quiet)
{
    Moment last = painted.at;
    XEvent event;
    while (nextEvent(event, last + quiet)) {
        const Moment now = std::chrono::steady_clock::now();
        if (event.type != m_damageEvent + XDamageNotify)
            continue;
        const auto& damage = reinterpret_cast<XDamageNotifyEvent&>(event);
        if (damage.drawable != painted.window)
            continue;
        const XRectangle& area = damage.area;
        const std::span<const uint32_t> news = look(painted.window, area);
        for (size_t at = 0; at < news.size(); ++at) {
            const size_t x = size_t(area.x) + at % area.width, y = size_t(area.y) + at / area.width;
            uint32_t& seen = m_seen[std::min(y * size_t(m_seenWidth) + x, m_seen.size() - 1)];
            if (std::exchange(seen, news[at]) != news[at])
                last = now;
        }
    }
    return last;
}

std::span<const uint32_t> WindowWatcher::look(::Window window, const XRectangle& area)
{
    XImage* image
        = XShmCreateImage(m_display.get(), DefaultVisual(m_display.get(), 0), 24, ZPixmap, m_shared.shmaddr, &m_shared, area.width, area.height);
    const bool there = image && XShmGetImage(m_display.get(), window, image, area.x, area.y, AllPlanes);
    if (image) {
        image->data = nullptr; // it is not the image's
        XDestroyImage(image);
    }
    if (!there)
        return {};
    return {reinterpret_cast<const uint32_t*>(m_shared.shmaddr), size_t(area.width) * area.height};
}

unsigned long WindowWatcher::property(::Window window, const char* name) const
{
    Atom type = None;
    int format = 0;
    unsigned long count = 0;
    unsigned long left = 0;
    unsigned char* data = nullptr;
    const Atom atom = XInternAtom(m_display.get(), name, False);
    if (XGetWindowProperty(m_display.get(), window, atom, 0, 1, False, AnyPropertyType, &type, &format, &count, &left, &data) != Success || !data)
        return 0;
    // Xlib hands out 32-bit items as longs.
    const unsigned long value = format == 32 && count > 0 ? *reinterpret_cast<unsigned long*>(data) : 0;
    XFree(data);
    return value;
}

bool WindowWatcher::belongsTo(::Window window, pid_t process) const { return property(window, "_NET_WM_PID") == static_cast<unsigned long>(process); }

bool WindowWatcher::isMainWindow(::Window window) const
{
    XWindowAttributes attributes;
    if (!XGetWindowAttributes(m_display.get(), window, &attributes))
        return false;
    const Atom splash = XInternAtom(m_display.get(), "_NET_WM_WINDOW_TYPE_SPLASH", False);
    return attributes.width >= kLeastWidth && attributes.height >= kLeastHeight && property(window, "_NET_WM_WINDOW_TYPE") != splash;
}

bool WindowWatcher::showsSomething(::Window window)
{
    XWindowAttributes attributes;
    if (!XGetWindowAttributes(m_display.get(), window, &attributes))
        return false;
    // Only the part on the screen can be read.
    const int width = std::min(attributes.width, DisplayWidth(m_display.get(), 0) - attributes.x);
    const int height = std::min(attributes.height, DisplayHeight(m_display.get(), 0) - attributes.y);
    const std::span<const uint32_t> pixels = look(window, {0, 0, static_cast<unsigned short>(width), static_cast<unsigned short>(height)});
    m_seen.assign(pixels.begin(), pixels.end());
    m_seenWidth = width;
    std::set<uint32_t> colours;
    for (size_t at = 0; at < m_seen.size() && colours.size() < kLeastColours; at += 2)
        colours.insert(m_seen[at]);
    return colours.size() >= kLeastColours;
}

void WindowWatcher::focus(::Window window)
{
    XTestFakeMotionEvent(m_display.get(), -1, DisplayWidth(m_display.get(), 0) - 1, DisplayHeight(m_display.get(), 0) - 1, CurrentTime);
    XRaiseWindow(m_display.get(), window);
    XSetInputFocus(m_display.get(), window, RevertToParent, CurrentTime);
    XSync(m_display.get(), False);
}

void WindowWatcher::drain()
{
    XSync(m_display.get(), False);
    XEvent event;
    while (XPending(m_display.get()) > 0)
        XNextEvent(m_display.get(), &event);
}

void WindowWatcher::press(KeySym key, std::initializer_list<KeySym> modifiers)
{
    const auto send
        = [this](KeySym symbol, Bool down) { XTestFakeKeyEvent(m_display.get(), XKeysymToKeycode(m_display.get(), symbol), down, CurrentTime); };
    for (const KeySym modifier : modifiers)
        send(modifier, True);
    send(key, True);
    send(key, False);
    for (const KeySym modifier : modifiers)
        send(modifier, False);
    XFlush(m_display.get());
}

void WindowWatcher::resize(::Window window, int width, int height)
{
    XResizeWindow(m_display.get(), window, unsigned(width), unsigned(height));
    XSync(m_display.get(), False);
}

std::optional<Moment> WindowWatcher::waitForDamage(::Window window, std::chrono::milliseconds timeout, int leastArea)
{
    const Moment deadline = std::chrono::steady_clock::now() + timeout;
    XEvent event;
    while (nextEvent(event, deadline)) {
        if (event.type != m_damageEvent + XDamageNotify)
            continue;
        const auto& damage = reinterpret_cast<XDamageNotifyEvent&>(event);
        if (damage.drawable == window && damage.area.width * damage.area.height >= leastArea)
            return std::chrono::steady_clock::now();
    }
    return std::nullopt;
}

} // namespace ridealong::bench
