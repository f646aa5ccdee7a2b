// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// Any text as a message. The laws: nothing is loaded, no image stands in the document, every link is of a kind that may be opened.
#include "kit/messagedocument.h"
#include "kit/theme.h"

#include <QApplication>
#include <QTextBlock>
#include <QUrl>

#include <cstdint>
#include <cstdlib>

using namespace ridealong;

extern "C" __attribute__((weak)) void __lsan_do_leak_check(); // null without the leak sanitizer

namespace {

/// Neither is ever destroyed: what the font libraries keep would then be looked for after they are unloaded, and be called a leak.
/// For the same reason leaks are looked for first of all that happens at the end, while Qt still has its caches of fonts.
kit::Theme& theme()
{
    static int count = 1;
    static char name[] = "fuzz_markdown";
    static char* arguments[] = {name, nullptr};
    static const auto* application = new QApplication(count, arguments);
    static auto* made = application ? new kit::Theme : nullptr;
    return *made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size == 0)
        return 0;
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data + 1), qsizetype(size) - 1);
    const auto document = kit::messageDocument(text, theme(), 40 + 4 * data[0]);
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            if (format.isImageFormat())
                std::abort();
            if (const QString href = format.anchorHref(); !href.isEmpty() && !kit::isSafeLink(QUrl(href)))
                std::abort();
        }
    (void)kit::codeCards(*document);
    const QString name = kit::safeName(text);
    if (name.size() > 80 || kit::safeName(name) != name)
        std::abort();
    // After the first document: what was set up for it is taken down later than this.
    static const int registered = __lsan_do_leak_check ? std::atexit(__lsan_do_leak_check) : 0;
    return registered;
}
