// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How fast IRC's lines are read and written, and how long the key of a SCRAM login takes. Processor time of one thread.
#include "irc/line.h"
#include "irc/text.h"
#include "sasl/mechanism.h"

#include "processortime.h"
#include "report.h"

using namespace ridealong;
using bench::microsecondsOf;
using namespace ridealong::irc;
using namespace Qt::StringLiterals;

namespace {

void tell(const QString& quantity, double value, const QString& unit, std::optional<double> goal = std::nullopt)
{
    bench::print({u"irc"_s, quantity, value, unit, goal, unit == u"lines/s"_s, {}, {}});
}

} // namespace

int main()
{
    qsizetype sink = 0;
    const auto parse = [&sink](const QByteArray& bytes) {
        return microsecondsOf(100'000, [&] {
            const auto line = parseLine(bytes);
            sink += line ? line->parameters.size() : 0;
        });
    };
    const QByteArray message = ":alice!alice@127.0.0.1 PRIVMSG #ops :deploy finished, all is well";
    const QByteArray tagged = "@time=2026-11-25T10:00:00.000Z;msgid=1AA~1795425092~0;account=alice " + message;
    tell(u"parse a message without tags"_s, parse(message), u"µs"_s);
    const double one = parse(tagged);
    tell(u"parse a message with three tags"_s, one, u"µs"_s, 1.5);
    tell(u"messages with three tags"_s, 1e6 / one, u"lines/s"_s, 100'000);
    tell(u"parse a message in UTF-8"_s, parse(":алиса!a@b PRIVMSG #ops :развёртывание завершено, всё хорошо 🚀"), u"µs"_s);

    const Line line{
        {{"label", u"L1"_s}, {"+ridealong.dev/txn", u"AAAAAAAAAAAAAAAAAAAAAA"_s}}, {}, "PRIVMSG", {u"#ops"_s, u"deploy finished, all is well"_s}};
    tell(u"write a message with two tags"_s, microsecondsOf(100'000, [&] { sink += serialize(line)->size(); }), u"µs"_s);

    const QString paste = u"all work and no play makes a dull paste "_s.repeated(1 << 15);
    tell(u"split a line of 1.3 MB"_s, microsecondsOf(1, [&] { sink += splitText(paste, 350).size(); }) / 1e3, u"ms"_s);
    const QString formatted = u"\x02"
                              "bold\x02 and \x03"
                              "04red\x03 and \x1Dslanted\x1D"_s;
    tell(u"formatting of a message"_s, microsecondsOf(20'000, [&] { sink += markdownFromFormatting(formatted).size(); }), u"µs"_s);

    const sasl::Work work{QCryptographicHash::Sha256, "pencil", QByteArray(16, 's'), 4096};
    tell(u"SCRAM-SHA-256 key, 4096 rounds"_s, microsecondsOf(1, [&] { sink += work.run().size(); }) / 1e3, u"ms"_s);
    return sink > 0 ? 0 : 1;
}
