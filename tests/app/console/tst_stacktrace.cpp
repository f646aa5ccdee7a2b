// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/ingest.h"
#include "console/stacktrace.h"
#include "support/formatcorpus.h"

#include <QFile>
#include <QTest>

using namespace ridealong;
using namespace ridealong::console;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<LineStore> stored(const QByteArray& bytes)
{
    auto store = std::make_shared<LineStore>();
    Ingest ingest(store);
    ingest.feed(bytes);
    ingest.parser.finish();
    return store;
}

} // namespace

class StackTraceTest : public QObject
{
    Q_OBJECT
private slots:
    void readsFrames_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("function");
        QTest::addColumn<bool>("own");
        const auto row = [](const char* name, const char* text, const char* file, int line, int column, const char* function, bool own) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(file) << line << column << QString::fromUtf8(function) << own;
        };
        row("Python", R"(  File "/srv/shop/cart.py", line 9, in <genexpr>)", "/srv/shop/cart.py", 9, 0, "<genexpr>", true);
        row("Python, no function", R"(  File "cart.py", line 3)", "cart.py", 3, 0, "", true);
        row("Python, of a package", R"(  File "/venv/lib/python3.12/site-packages/requests/api.py", line 59, in request)",
            "/venv/lib/python3.12/site-packages/requests/api.py", 59, 0, "request", false);
        row("Python, frozen", R"(  File "<frozen importlib._bootstrap>", line 1027, in _find_and_load)", "<frozen importlib._bootstrap>", 1027, 0,
            "_find_and_load", false);
        row("Python, not ASCII", "  File \"/srv/größe.py\", line 2, in zähle", "/srv/größe.py", 2, 0, "zähle", true);
        row("pytest", "tests/test_cart.py:9: AssertionError", "tests/test_cart.py", 9, 0, "", true);
        row("Java", "\tat Main.order(Main.java:5)", "Main.java", 5, 0, "Main.order", true);
        row("Java, a module's", "\tat java.base/java.lang.Integer.parseInt(Integer.java:668)", "Integer.java", 668, 0, "java.lang.Integer.parseInt",
            false);
        row("Java, a loader's", "\tat app//com.shop.Cart.<init>(Cart.java:12)", "Cart.java", 12, 0, "com.shop.Cart.<init>", true);
        row("Java, native", "\tat sun.misc.Unsafe.park(Native Method)", "", 0, 0, "sun.misc.Unsafe.park", false);
        row("Java, lambda", "\tat com.shop.Cart$$Lambda$14/0x0000000800066840.run(Unknown Source)", "", 0, 0,
            "com.shop.Cart$$Lambda$14/0x0000000800066840.run", true);
        row("Java, jar", "\tat com.shop.Cart.total(Cart.java:31) ~[shop.jar:1.2]", "Cart.java", 31, 0, "com.shop.Cart.total", true);
        row("Kotlin", "\tat com.shop.MainKt.main(Main.kt)", "Main.kt", 0, 0, "com.shop.MainKt.main", true);
        row("Go, function", "main.(*Cart).at(0xc000012345, 0x5)", "", 0, 0, "main.(*Cart).at", true);
        row("Go, inlined", "main.fill(...)", "", 0, 0, "main.fill", true);
        row("Go, place", "\t/srv/shop/main.go:11 +0x36", "/srv/shop/main.go", 11, 0, "", true);
        row("Go, module", "\t/srv/go/pkg/mod/golang.org/x/net@v0.1.0/http2/server.go:2 +0x1",
            "/srv/go/pkg/mod/golang.org/x/net@v0.1.0/http2/server.go", 2, 0, "", false);
        row("Go, runtime", "\t/usr/local/go/src/runtime/panic.go:884 +0x213", "/usr/local/go/src/runtime/panic.go", 884, 0, "", false);
        row("Go, created", "created by main.main in goroutine 1", "", 0, 0, "main.main", true);
        row("Node", "    at new Shop (/srv/shop/app.js:3:48)", "/srv/shop/app.js", 3, 48, "new Shop", true);
        row("Node, bare", "    at /srv/shop/app.js:3:48", "/srv/shop/app.js", 3, 48, "", true);
        row("Node, async", "    at async main (file:///srv/shop/app.mjs:2:25)", "file:///srv/shop/app.mjs", 2, 25, "async main", true);
        row("Node, as", "    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)",
            "node:internal/modules/run_main", 164, 12, "Function.executeUserEntryPoint [as runMain]", false);
        row("Node, bare own", "    at node:internal/main/run_main_module:28:49 {", "node:internal/main/run_main_module", 28, 49, "", false);
        row("Node, package", "    at next (/srv/shop/node_modules/express/lib/router/route.js:149:13)",
            "/srv/shop/node_modules/express/lib/router/route.js", 149, 13, "next", false);
        row("Firefox", "render@https://shop.example/app.js:12:7", "https://shop.example/app.js", 12, 7, "render", true);
        row("Rust, function", "   4: main::parse", "", 0, 0, "main::parse", true);
        row("Rust, address", "  12:     0x55f0a8d2 - core::panicking::panic_fmt", "", 0, 0, "core::panicking::panic_fmt", false);
        row("Rust, place", "             at ./main.rs:2:25", "./main.rs", 2, 25, "", true);
        row("C#", "   at Shop.Cart.Price(String s) in /srv/shop/Cart.cs:line 4", "/srv/shop/Cart.cs", 4, 0, "Shop.Cart.Price(String s)", true);
        row("C#, no symbols", "   at System.Int32.Parse(String s)", "", 0, 0, "System.Int32.Parse(String s)", false);
        row("C#, Windows", R"(   at Shop.Cart.Price(String s) in C:\src\Shop\Cart.cs:line 4)", R"(C:\src\Shop\Cart.cs)", 4, 0,
            "Shop.Cart.Price(String s)", true);
        row("Mono", "  at Shop.Cart.Price (System.String s) [0x00002] in /srv/shop/Program.cs:4 ", "/srv/shop/Program.cs", 4, 0,
            "Shop.Cart.Price (System.String s)", true);
        row("Ruby", "\tfrom main.rb:6:in `block in total'", "main.rb", 6, 0, "block in total", true);
        row("Ruby 3.4", "\tfrom main.rb:6:in 'Cart#total'", "main.rb", 6, 0, "Cart#total", true);
        row("Ruby, message", "main.rb:3:in `fetch': key not found: :price (KeyError)", "main.rb", 3, 0, "fetch", true);
        row("Ruby, gem", "/usr/share/gems/gems/rack-2.2/lib/rack/handler.rb:12:in `call'", "/usr/share/gems/gems/rack-2.2/lib/rack/handler.rb", 12, 0,
            "call", false);
        row("PHP", "#1 /srv/shop/main.php(3): array_map()", "/srv/shop/main.php", 3, 0, "array_map", true);
        row("PHP, method", "#0 /srv/vendor/x/y.php(70): Cart->total(Array)", "/srv/vendor/x/y.php", 70, 0, "Cart->total", false);
        row("gdb", "#11 0x00005555555551d3 in last (v=std::vector of length 2, capacity 2 = {...}) at uaf.cpp:3", "uaf.cpp", 3, 0, "last", true);
        row("gdb, no address", "#0  main () at a.c:4", "a.c", 4, 0, "main", true);
        row("gdb, library", "#6  0x00007ffff7ca8e85 in std::terminate() () from /lib/x86_64-linux-gnu/libstdc++.so.6",
            "/lib/x86_64-linux-gnu/libstdc++.so.6", 0, 0, "std::terminate()", false);
        row("asan", "    #1 0x56479ae5e21c in main /srv/over.c:4:7", "/srv/over.c", 4, 7, "main", true);
        row("asan, library", "    #4 0x56479ae5e0c0 in _start (/srv/over+0x10c0) (BuildId: 7a)", "/srv/over", 0, 0, "_start", false);
        row("valgrind", "==77==    by 0x109165: main (over.c:4)", "over.c", 4, 0, "main", true);
        row("glibc", "./over(main+0x1d) [0x401136]", "./over", 0, 0, "main", true);
        row("Lua", "\tmain.lua:1: in upvalue 'price'", "main.lua", 1, 0, "upvalue 'price'", true);
        row("Perl", "\tmain::price(HASH(0x55acf5c86be0)) called at main.pl line 2", "main.pl", 2, 0, "main::price", true);
        row("Elixir", "    (shop 0.1.0) lib/shop.ex:12: Shop.total/1", "lib/shop.ex", 12, 0, "Shop.total/1", true);
    }
    void readsFrames()
    {
        QFETCH(QByteArray, text);
        const auto frame = frameOf(text);
        QVERIFY(frame);
        QTEST(frame->file, "file");
        QTEST(frame->line, "line");
        QTEST(frame->column, "column");
        QTEST(frame->function, "function");
        QTEST(frame->isOwnCode, "own");
        const QByteArray place = text.mid(frame->placeBegin, frame->placeLength);
        QCOMPARE(place.isEmpty(), frame->file.isEmpty() || (frame->line == 0 && !text.contains("Main.kt")));
        if (!place.isEmpty())
            QVERIFY(place.contains(frame->file.toUtf8()));
        QCOMPARE(frameOf(text + '\r'), frame);
    }

    void takesProseForNoFrame()
    {
        for (const char* line : {"", "at", "Meet me at noon (sharp)", "at home (bed:3)", "look at this: it is broken",
                 "web-1   1/1   Running   0   5d", "12: the twelfth", "https://example.org:80/", "#3 fix the build (closes #4)", "  - at: 12:30:11",
                 "error: x.c:3:4", "user@host:/srv/app", "drwxr-xr-x 2 root root", "1. first (of two)", "call f(x) then g(y)"})
            QVERIFY2(!frameOf(line), line);
    }

    void knowsMessagesAndNotes()
    {
        for (const char* line : {"KeyError: 'count'", "requests.exceptions.ConnectTimeout: too slow", "KeyboardInterrupt",
                 "Exception in thread \"main\" X: y", "Caused by: java.lang.NumberFormatException: For input string: \"two\"",
                 "panic: assignment to entry in nil map", "Uncaught TypeError: x is undefined", "thread 'main' (32621) panicked at main.rs:2:25:",
                 "Unhandled exception. System.Exception: no", "Error [ERR_MODULE_NOT_FOUND]: Cannot find", "PHP Fatal error:  Uncaught X: y",
                 "E   AssertionError: assert 2 == 3", "==32638==ERROR: AddressSanitizer: heap-buffer-overflow",
                 "Program received signal SIGABRT, Aborted.", "** (ArithmeticError) bad argument"})
            QVERIFY2(isTraceMessage(line), line);
        for (const char* line : {"", "An error occurred: none", "note: x", "the panic: over"})
            QVERIFY2(!isTraceMessage(line), line);
        for (const char* line : {"Traceback (most recent call last):", "goroutine 1 [running]:", "stack backtrace:", "\t... 23 more",
                 "Stack trace:", "   --- End of inner exception stack trace ---"})
            QVERIFY2(isTraceNote(line), line);
    }

    void looksAtNoMoreThanTheLimit()
    {
        const QByteArray begin = "  File \"";
        const QByteArray end = "\", line 1, in f";
        const auto path = [&](qsizetype size) { return begin + QByteArray(size - begin.size() - end.size(), 'x') + end; };
        QVERIFY(frameOf(path(kMaxFrameBytes)));
        QVERIFY(!frameOf(path(kMaxFrameBytes + 1)));
        QVERIFY(!frameOf({}));
    }

    void putsLinesTogether()
    {
        const auto go = parseStackTrace(
            *stored("panic: nil map\n\ngoroutine 5 [running]:\nmain.fill(...)\n\t/srv/nilmap.go:5\nmain.main.func1()\n\t/srv/nilmap.go:13 +0x6e\n"));
        QCOMPARE(go.frames.size(), 2u);
        QCOMPARE(go.frames[0].frame.function, u"main.fill"_s);
        QCOMPARE(go.frames[0].frame.line, 5);
        QCOMPARE(go.frames[1].firstLine, 5);
        QCOMPARE(go.frames[1].lastLine, 6);
        QCOMPARE(go.messages, std::vector<qint64>{0});

        const auto python = parseStackTrace(*stored("Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\n    ^^^\n"
                                                    "  File \"a.py\", line 9, in f\n    raise Gone(3)\nshop.Gone: 3\nmore of the program\n"));
        QCOMPARE(python.frames.size(), 2u);
        QCOMPARE(python.frames[0].lastLine, 3);
        QCOMPARE(python.messages, std::vector<qint64>{6});

        const auto rust = parseStackTrace(
            *stored("thread 'main' panicked at src/main.rs:2:25:\na number\nstack backtrace:\n   0: core::panicking::panic_fmt\n"
                    "             at /rustc/59/library/core/src/panicking.rs:80:14\n   1: app::parse\n             at ./src/main.rs:2:25\n"));
        QCOMPARE(rust.messages, (std::vector<qint64>{0, 1}));
        QCOMPARE(rust.frames.size(), 2u);
        QVERIFY(!rust.frames[0].frame.isOwnCode);
        QVERIFY(rust.frames[1].frame.isOwnCode);
        QCOMPARE(rust.frames[1].frame.file, u"./src/main.rs"_s);
    }

    void readsRealTraces_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const tests::CorpusFile& file : tests::formatCorpus(QStringLiteral(RIDEALONG_SOURCE_DIR)))
            if (file.format == u"stacktrace"_s)
                QTest::newRow(qPrintable(file.name)) << file.bytes;
    }
    void readsRealTraces()
    {
        QFETCH(QByteArray, bytes);
        const StackTrace trace = parseStackTrace(*stored(bytes));
        QVERIFY(!trace.frames.empty());
        // glibc's backtrace() says nothing of why; perl's die tells it in the program's own words.
        static const QStringList kSilent = {u"trace-glibc.stacktrace"_s, u"trace-perl.stacktrace"_s};
        QCOMPARE(trace.messages.empty(), kSilent.contains(QString::fromLatin1(QTest::currentDataTag())));
    }

    void findsTheOwnCodeInRealTraces()
    {
        const auto own = [](const char* name) {
            QFile file(QStringLiteral(RIDEALONG_SOURCE_DIR "/tests/golden/format/") + QString::fromLatin1(name));
            QStringList functions;
            if (!file.open(QIODevice::ReadOnly))
                return functions;
            for (const PlacedFrame& frame : parseStackTrace(*stored(file.readAll())).frames)
                if (frame.frame.isOwnCode)
                    functions += frame.frame.function;
            return functions;
        };
        QCOMPARE(own("trace-node.stacktrace"), (QStringList{u"readConfig"_s, u"new Shop"_s, u"Object.<anonymous>"_s}));
        QCOMPARE(own("trace-java.stacktrace"), (QStringList{u"Main.order"_s, u"Main.main"_s, u"Main.parse"_s}));
        QCOMPARE(own("trace-gdb.stacktrace"), (QStringList{u"last"_s, u"main"_s}));
        QCOMPARE(own("trace-rust.stacktrace"), (QStringList{u"main::parse"_s, u"main::main::{{closure}}"_s, u"main::main"_s}));
        QCOMPARE(own("trace-flask.stacktrace"), (QStringList{u"<module>"_s, u"orders"_s}));
    }

    void readsNoMoreLinesThanTheLimit()
    {
        QByteArray text;
        for (qint64 i = 0; i <= kMaxTraceLines; ++i)
            text += "\tat a.B.c(B.java:1)\n";
        QCOMPARE(qint64(parseStackTrace(*stored(text)).frames.size()), kMaxTraceLines);
        QVERIFY(parseStackTrace(*stored("")).frames.empty());
    }
};

QTEST_GUILESS_MAIN(StackTraceTest)
#include "tst_stacktrace.moc"
