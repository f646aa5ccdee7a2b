// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/stacktrace.h"

#include "console/linestore.h"

#include <QRegularExpression>

#include <array>

namespace ridealong::console {
namespace {

using namespace Qt::StringLiterals;

/// How one language prints a frame. Matched against the line read as Latin-1, so that a position in it is a byte of the line.
struct Grammar
{
    const char* need; ///< is in every such line: spares most lines the expression
    QRegularExpression expression; ///< named groups: file, line, column, function
};

// clang-format off
const std::vector<Grammar>& grammars()
{
    // The more telling come first. Every repetition stops at a character that the next part begins with: no line takes long.
    static const std::vector<Grammar> kGrammars = {
        // Python
        {"File \"", QRegularExpression(uR"x(^\s*File (?<place>"(?<file>[^"]+)", line (?<line>\d+))(?:, in (?<function>.+))?$)x"_s)},
        // pytest: "src/cart.py:12: in total", "tests/test_cart.py:9: AssertionError"
        {".py:", QRegularExpression(uR"(^(?<place>(?<file>[^\s:]+\.py):(?<line>\d+)): (?:in (?<function>\S+)|[A-Z][A-Za-z]*)$)"_s)},
        // C#, also Mono's "[0x00001] in <hash>:0"
        {" in ", QRegularExpression(uR"(^\s*at (?<function>[^()]+ ?\([^()]*\))(?: \[0x[0-9a-f]+\])? in (?<place>(?<file>[^\s<].*?|<[^>]*>):(?:line )?(?<line>\d+))\s*$)"_s)},
        // Java, Kotlin, Scala: "at java.base/java.util.List.of(List.java:3) ~[spring.jar:1.2]"
        {"at ", QRegularExpression(uR"(^\s*at (?:[\w.@-]*/{1,2}(?:[\w.@-]+/)?)?(?<function>[\w.$<>-]+(?:/0x[0-9a-f]+[\w.$<>-]*)?)\((?:(?<place>(?<file>[\w$.-]+\.\w+)(?::(?<line>\d+))?)|Native Method|Unknown Source|<generated>)\)(?: ~?\[[^\]]*\])?\s*$)"_s)},
        // Node and Chrome
        {"at ", QRegularExpression(uR"(^\s*at (?<function>[^()]+(?: \[as [^\]]+\])?) \((?:(?<place>(?<file>[^()]+?):(?<line>\d+):(?<column>\d+))|<anonymous>|native)\)[ ,{]*$)"_s)},
        {"at ", QRegularExpression(uR"(^\s*at (?:async )?(?<place>(?<file>(?:[\w-]+:)?[^\s():]+):(?<line>\d+):(?<column>\d+))[ ,{]*$)"_s)},
        // Firefox
        {"@", QRegularExpression(uR"(^(?<function>[\w$.<>/*]*)@(?<place>(?<file>(?:https?|file|resource|chrome):[^\s]+?):(?<line>\d+):(?<column>\d+))$)"_s)},
        // Go: the place, with its function in the line before
        {".go:", QRegularExpression(uR"(^\t(?<place>(?<file>[^\t:]+\.go):(?<line>\d+))(?: \+0x[0-9a-f]+)?$)"_s)},
        {"(", QRegularExpression(uR"(^(?:created by )?(?<function>[\w.~/-]+\.(?:\(\*?\w+(?:\[\.\.\.\])?\)\.)?[\w.]+(?:\[\.\.\.\])?)\((?:\{?0x[0-9a-f?]+|\.\.\.|\{?\{|\)).*$)"_s)},
        {"created by ", QRegularExpression(uR"(^created by (?<function>\S+)(?: in goroutine \d+)?$)"_s)},
        // Rust: "  4: app::parse", then "      at ./src/main.rs:4:5"
        {".rs:", QRegularExpression(uR"(^\s+at (?<place>(?<file>[^\s:]+\.rs):(?<line>\d+)(?::(?<column>\d+))?)$)"_s)},
        {": ", QRegularExpression(uR"(^ {1,4}\d+: +(?:0x[0-9a-f]+ - )?(?<function>[<\w][^ "]*|[<\w][^"]*::[^"]*)$)"_s)},
        // Ruby
        {":in ", QRegularExpression(uR"(^(?:\s*(?:\d+: )?from )?\s*(?<place>(?<file>[^\s:]+|[A-Z]:[^\s:]+):(?<line>\d+)):in [`'](?<function>[^'`]*)'(?:: .*)?$)"_s)},
        // PHP
        {"#", QRegularExpression(uR"(^(?:PHP\s+)?#?\d+\.? (?<place>(?<file>[^():]+)\((?<line>\d+)\)): (?<function>[^()]+)\(.*$)"_s)},
        {"#", QRegularExpression(uR"(^#\d+ (?:\[internal function\]: (?<function>[^()]+)\(.*|\{main\})$)"_s)},
        // AddressSanitizer and its kin: "    #1 0x55 in main /src/a.c:3:9", "(/lib/libc.so.6+0x1)"
        {" 0x", QRegularExpression(uR"(^\s*#\d+ 0x[0-9a-f]+ in (?<function>.+?) (?:(?<place>(?<file>/[^\s:]+):(?<line>\d+)(?::(?<column>\d+))?)|\(?(?<module>[/<][^\s+]+)\+0x[0-9a-f]+\)?)(?: \(BuildId: \w+\))?$)"_s)},
        {" 0x", QRegularExpression(uR"(^\s*#\d+ 0x[0-9a-f]+ +\((?<module>[/<][^\s+]+)\+0x[0-9a-f]+\)(?: \(BuildId: \w+\))?$)"_s)},
        // gdb
        {"#", QRegularExpression(uR"(^#\d+ +(?:0x[0-9a-f]+ in (?<function>.+?) \(.*\)(?: at (?<place>(?<file>[^\s:]+):(?<line>\d+))| from (?<module>\S+))?)$)"_s)},
        {"#", QRegularExpression(uR"(^#\d+ +(?<function>\S.*?) \(.*\) at (?<place>(?<file>[^\s:]+):(?<line>\d+))$)"_s)},
        // valgrind
        {"==", QRegularExpression(uR"(^==\d+== +(?:at|by) 0x[0-9A-F]+: (?<function>.+?) \((?:(?<place>(?<file>[^\s():]+):(?<line>\d+))|in (?<module>[^)]+))\)$)"_s)},
        // glibc: "./a.out(main+0x1d) [0x4011]"
        {"[0x", QRegularExpression(uR"(^(?<module>[^\s()]+)\((?<function>[^()+]*)\+?(?:0x[0-9a-f]+)?\) ?\[0x[0-9a-f]+\]$)"_s)},
        // Elixir: "    (app 0.1.0) lib/app.ex:12: App.run/1"
        {".ex", QRegularExpression(uR"(^\s+(?:\([\w.]+(?: [\w.-]+)?\) )?(?<place>(?<file>[^\s:]+\.exs?):(?<line>\d+)): (?<function>.+)$)"_s)},
        // Lua
        {": in ", QRegularExpression(uR"(^\s+(?:(?<place>(?<file>[^\s:]+):(?<line>\d+))|\[C\]): in (?<function>.+)$)"_s)},
        // Perl
        {" called at ", QRegularExpression(uR"(^\s*(?<function>[\w:]+)\(.*\) called at (?<place>(?<file>\S+) line (?<line>\d+))\.?$)"_s)},
        // C# without symbols; after all others that begin so
        {"at ", QRegularExpression(uR"(^\s+at (?<function>(?:\(wrapper [\w-]+\) )?[\w.`<>$+\[\],|]+(?:\.ctor|\.cctor)? ?\([^()]*\))(?: \[0x[0-9a-f]+\])?$)"_s)},
    };
    return kGrammars;
}

const QRegularExpression& messageExpression()
{
    static const QRegularExpression kExpression(
        uR"(^(?:(?:Uncaught |Unhandled |\[ERROR\] FATAL UNHANDLED EXCEPTION: )?(?:[A-Za-z_][\w$]*[.:/]+)*(?:[A-Z]\w*)?(?:Error|Exception|Interrupt|Exit|Failure|Fault|Throwable|Timeout|Warning)(?: \[\w+\])?(?::.*)?)"
        uR"(|Unhandled exception\. .*| ---> .*|Exception in thread .*|(?:\s*(?:Caused by|Suppressed|Wrapped by)): .*|panic: .*|fatal error: .*)"
        uR"(|thread '[^']*'(?: \(\d+\))? panicked at .*|PHP (?:Fatal|Parse) error: .*|(?:Fatal|Parse) error: .*|E   (?:\S.*)|\*\* \([\w.]+\) .*)"
        uR"(|(?:==\d+==ERROR: |SUMMARY: )\w*Sanitizer: .*|.*: runtime error: .*|Program (?:received|terminated with) signal .*|\*\*\* .*: terminated|terminate called .*)"
        uR"(|[^\s:]+:\d+:in [`'][^'`]*': .* \([\w:]+\)|(?:lua: )?[^\s:]+\.lua:\d+: .*)$)"_s);
    return kExpression;
}

const QRegularExpression& noteExpression()
{
    static const QRegularExpression kExpression(
        uR"(^\s*(?:Traceback \(most recent call (?:last|first)\):|goroutine \d+ \[.*\]:|stack backtrace:|Stack trace:|stack traceback:|\.\.\. \d+ (?:more|common frames omitted|lines matching .*)|\[signal .*\])"
        uR"(|During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:|--- End of .*stack trace.* ---|thrown in .* on line \d+)"
        uR"(|note: run with `RUST_BACKTRACE.*|note: Some details are omitted.*|exit status \d+|at \S+ line \d+\.|Backtrace:|\.\.\.[\w ]*frames?[\w ]*\.\.\.|Node\.js v[\d.]+)$)"_s);
    return kExpression;
}
// clang-format on

bool startsWithAny(const QString& text, std::initializer_list<QLatin1StringView> beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(), [&text](QLatin1StringView begin) { return text.startsWith(begin); });
}

bool containsAny(const QString& text, std::initializer_list<QLatin1StringView> parts)
{
    return std::any_of(parts.begin(), parts.end(), [&text](QLatin1StringView part) { return text.contains(part); });
}

bool isForeignFile(const QString& file)
{
    return startsWithAny(file,
               {"node:"_L1, "internal/"_L1, "<"_L1, "/usr/lib"_L1, "/usr/include"_L1, "/usr/local/go/src/"_L1, "/usr/local/lib"_L1, "/usr/share/"_L1,
                   "/lib/"_L1, "/lib64/"_L1, "/rustc/"_L1, "./sysdeps/"_L1, "../sysdeps/"_L1, "./nptl/"_L1, "./csu/"_L1, "../csu/"_L1, "./stdlib/"_L1,
                   "/System/"_L1, "chrome:"_L1, "resource:"_L1, "_pytest/"_L1, "bootstrap_node.js"_L1, "module.js"_L1})
        || containsAny(file,
            {"/site-packages/"_L1, "\\site-packages\\"_L1, "/dist-packages/"_L1, "/lib/python"_L1, "\\lib\\"_L1, "node_modules"_L1, "/go/pkg/mod/"_L1,
                "/go/src/runtime/"_L1, "/libexec/src/"_L1, "/.cargo/registry/"_L1, "/.rustup/"_L1, "/gems/"_L1, "/lib/ruby/"_L1, "/vendor/"_L1,
                "/libsanitizer/"_L1, "/glibc"_L1, "/compiler-rt/"_L1, "/asan/"_L1, "/.rbenv/"_L1, "library/std/src/"_L1, "library/core/src/"_L1});
}

bool isForeignFunction(const QString& function)
{
    return startsWithAny(function,
        {"java."_L1, "javax."_L1, "jakarta."_L1, "jdk."_L1, "sun."_L1, "com.sun."_L1, "kotlin."_L1, "kotlinx."_L1, "scala."_L1, "akka."_L1,
            "org.springframework."_L1, "org.apache."_L1, "org.junit."_L1, "org.gradle."_L1, "org.hibernate."_L1, "org.eclipse."_L1, "org.jboss."_L1,
            "io.netty."_L1, "android."_L1, "com.android."_L1, "reactor."_L1, "groovy."_L1, "System."_L1, "Microsoft."_L1, "(wrapper "_L1, "std::"_L1,
            "core::"_L1, "alloc::"_L1, "<alloc::"_L1, "<core::"_L1, "<std::"_L1, "rust_"_L1, "__"_L1, "_start"_L1, "runtime."_L1, "testing."_L1,
            "net/http."_L1, "QTest"_L1, "malloc"_L1, "operator new"_L1, "abort"_L1, "raise"_L1});
}

Frame frameFrom(QByteArrayView text, const QRegularExpressionMatch& match)
{
    const auto piece = [&](const QString& name) {
        const auto begin = match.capturedStart(name);
        return begin < 0 ? QString() : QString::fromUtf8(text.sliced(begin, match.capturedLength(name)));
    };
    Frame frame;
    frame.file = piece(u"file"_s);
    frame.line = piece(u"line"_s).toInt();
    frame.column = piece(u"column"_s).toInt();
    frame.function = piece(u"function"_s).trimmed();
    if (match.capturedStart(u"place"_s) >= 0) {
        frame.placeBegin = int(match.capturedStart(u"place"_s));
        frame.placeLength = int(match.capturedLength(u"place"_s));
    }
    const QString module = piece(u"module"_s);
    if (frame.file.isEmpty())
        frame.file = module;
    const bool foreign = isForeignFile(frame.file) || isForeignFunction(frame.function);
    frame.isOwnCode = !foreign && !(frame.file.isEmpty() && frame.function.isEmpty());
    return frame;
}

/// As the expressions want it; empty when it is too long for a frame.
QString latinOf(QByteArrayView line)
{
    while (line.endsWith('\r'))
        line.chop(1);
    return line.size() > kMaxFrameBytes ? QString() : QString::fromLatin1(line);
}

} // namespace

std::optional<Frame> frameOf(QByteArrayView line)
{
    const QString text = latinOf(line);
    if (text.size() < 6)
        return {};
    for (const Grammar& grammar : grammars()) {
        if (!line.contains(QByteArrayView(grammar.need)))
            continue;
        const auto match = grammar.expression.match(text);
        if (match.hasMatch())
            return frameFrom(line, match);
    }
    return {};
}

bool isTraceMessage(QByteArrayView line)
{
    const QString text = latinOf(line);
    return !text.isEmpty() && messageExpression().match(text).hasMatch();
}

bool isTraceNote(QByteArrayView line)
{
    const QString text = latinOf(line);
    return !text.isEmpty() && noteExpression().match(text).hasMatch();
}

} // namespace ridealong::console
