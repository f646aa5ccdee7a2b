// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "scripts/usage.h"

#include <array>

namespace ridealong::scripts {

using namespace Qt::StringLiterals;
using chat::Argument;
using chat::ArgumentType;

namespace {

bool isOption(QStringView word) { return word.startsWith(u'-') && word.size() > 1; }

/// What a name alone says about a value; the Arguments section has the last word.
ArgumentType guessedType(const QString& placeholder)
{
    static constexpr std::array kPaths{"path"_L1, "file"_L1, "folder"_L1, "directory"_L1, "dir"_L1};
    if (placeholder == u"N" || placeholder == u"COUNT")
        return ArgumentType::Integer;
    const QString lower = placeholder.toLower();
    if (std::find(kPaths.begin(), kPaths.end(), lower) != kPaths.end())
        return ArgumentType::Path;
    if (lower == u"user")
        return ArgumentType::User;
    if (lower == u"room")
        return ArgumentType::Room;
    return ArgumentType::Text;
}

QString unbracketed(QString text)
{
    if (text.startsWith(u'<') && text.endsWith(u'>'))
        text = text.mid(1, text.size() - 2);
    return text.trimmed();
}

void setChoices(Argument& argument, const QStringList& choices)
{
    argument.type = ArgumentType::Choice;
    argument.choices = choices.mid(0, kMaxChoices);
    argument.choices.removeDuplicates();
    argument.choices.removeAll(QString());
}

/// "--streams N", "--streams=N", "--sort cpu|memory", "--dry-run".
Argument optionArgument(const QString& text, bool required)
{
    const auto end = std::find_if(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c == u'='; });
    Argument argument;
    argument.option = QString(text.begin(), end - text.begin());
    argument.name = argument.option;
    while (argument.name.startsWith(u'-'))
        argument.name.remove(0, 1);
    argument.required = required;
    const QString value = unbracketed(text.mid(argument.option.size() + 1).trimmed());
    if (value.isEmpty()) {
        argument.type = ArgumentType::Flag;
        argument.required = false;
    } else if (value.contains(u'|')) {
        setChoices(argument, value.split(u'|'));
    } else {
        argument.type = guessedType(value);
    }
    return argument;
}

/// "source", "files...", "fast|safe", "mode:fast|safe".
Argument positionalArgument(QString text, bool required)
{
    Argument argument;
    argument.required = required;
    for (const QString& dots : {u"..."_s, u"…"_s}) {
        if (text.endsWith(dots)) {
            argument.repeats = true;
            text.chop(dots.size());
            break;
        }
    }
    text = unbracketed(text.trimmed());
    argument.name = text;
    if (text.contains(u'|')) {
        const auto colon = text.indexOf(u':');
        setChoices(argument, text.mid(colon + 1).split(u'|'));
        if (colon > 0)
            argument.name = text.left(colon).trimmed();
    } else {
        argument.type = guessedType(text);
    }
    return argument;
}

/// Cuts the line into words and bracketed groups. " - " outside brackets ends the usage; what follows is the title.
struct Pieces
{
    QStringList pieces;
    QString title;
};

Pieces cut(const HeaderLine& line, Problems& problems)
{
    Pieces result;
    const QString& text = line.text;
    qsizetype at = 0;
    while (at < text.size()) {
        const QChar c = text[at];
        if (c.isSpace()) {
            ++at;
            continue;
        }
        const bool dash = c == u'-' || c == u'–' || c == u'—';
        if (dash && !result.pieces.isEmpty() && (at + 1 == text.size() || text[at + 1].isSpace())) {
            result.title = text.mid(at + 1).trimmed();
            return result;
        }
        qsizetype end = at;
        if (c == u'[' || c == u'<') {
            const auto close = text.indexOf(c == u'[' ? u']' : u'>', at);
            if (close < 0) {
                problems.add(line.number, u"'%1' is not closed"_s.arg(c));
                const auto dashAt = text.indexOf(u" - ", at);
                result.title = dashAt < 0 ? QString() : text.mid(dashAt + 3).trimmed();
                return result;
            }
            end = close + 1;
            while (end < text.size() && (text[end] == u'.' || text[end] == u'…')) // "<x>..." as well as "<x...>"
                ++end;
        } else {
            while (end < text.size() && !text[end].isSpace())
                ++end;
        }
        result.pieces += text.mid(at, end - at);
        at = end;
    }
    return result;
}

/// "[x...]" and "[x]..." alike: the group without its brackets, dots kept.
QString insideOf(QString piece)
{
    const auto close = piece.lastIndexOf(piece.startsWith(u'[') ? u']' : u'>');
    const QString dots = piece.mid(close + 1);
    return piece.mid(1, close - 1).trimmed() + dots;
}

class ArgumentCollector
{
public:
    ArgumentCollector(const HeaderLine& line, chat::CommandSpec& spec, Problems& problems) : m_line(line), m_spec(spec), m_problems(problems) {}

    void add(const Argument& argument)
    {
        if (argument.name.isEmpty())
            return m_problems.add(m_line.number, u"an argument without a name"_s);
        if (m_spec.arguments.size() >= kMaxArguments)
            return m_problems.add(m_line.number, u"more than %1 arguments"_s.arg(kMaxArguments));
        for (const Argument& other : std::as_const(m_spec.arguments))
            if (other.name == argument.name)
                return m_problems.add(m_line.number, u"the argument '%1' is there twice"_s.arg(argument.name));
        if (argument.option.isEmpty())
            checkOrder(argument);
        m_spec.arguments += argument;
    }

private:
    void checkOrder(const Argument& argument)
    {
        for (Argument& other : m_spec.arguments) {
            if (!other.option.isEmpty())
                continue;
            if (other.repeats) {
                other.repeats = false;
                m_problems.add(m_line.number, u"'%1' cannot repeat: another argument follows"_s.arg(other.name));
            }
            if (argument.required && !other.required) {
                other.required = true;
                m_problems.add(m_line.number, u"'%1' cannot be optional: the required '%2' follows"_s.arg(other.name, argument.name));
            }
        }
    }

    const HeaderLine& m_line;
    chat::CommandSpec& m_spec;
    Problems& m_problems;
};

} // namespace

QString withoutBotName(const QString& text)
{
    static constexpr std::array kBots{"hubot"_L1, "runner"_L1, "@runner"_L1, "@hubot"_L1, "bot"_L1, "robot"_L1};
    const auto space = std::find_if(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    QStringView first(text.begin(), space);
    if (first.endsWith(u':'))
        first.chop(1);
    const bool bot = std::any_of(kBots.begin(), kBots.end(), [first](auto name) { return first.compare(name, Qt::CaseInsensitive) == 0; });
    return bot ? text.mid(space - text.begin()).trimmed() : text;
}

std::optional<chat::CommandSpec> parseUsage(const HeaderLine& original, Problems& problems)
{
    HeaderLine line = original;
    line.text = withoutBotName(line.text);
    const Pieces cutUp = cut(line, problems);

    chat::CommandSpec spec;
    spec.title = cutUp.title;
    ArgumentCollector collector(line, spec, problems);
    QStringList name;
    for (qsizetype i = 0; i < cutUp.pieces.size(); ++i) {
        const QString& piece = cutUp.pieces[i];
        const bool group = piece.startsWith(u'[') || piece.startsWith(u'<');
        if (group) {
            const QString inside = insideOf(piece);
            const bool required = piece.startsWith(u'<');
            collector.add(isOption(inside) ? optionArgument(inside, required) : positionalArgument(inside, required));
        } else if (isOption(piece)) { // "--to <room>": an option that must be given
            const bool hasValue = i + 1 < cutUp.pieces.size() && cutUp.pieces[i + 1].startsWith(u'<');
            collector.add(optionArgument(hasValue ? piece + u' ' + cutUp.pieces[++i] : piece, true));
        } else if (piece.contains(u'|')) {
            collector.add(positionalArgument(piece, true));
        } else if (spec.arguments.isEmpty()) {
            name += piece;
        } else {
            problems.add(line.number, u"the word '%1' behind an argument is not understood"_s.arg(piece));
        }
    }
    if (name.isEmpty()) {
        problems.add(line.number, u"a command without a name"_s);
        return std::nullopt;
    }
    spec.name = name.join(u' ');
    return spec;
}

QString usageOf(const chat::CommandSpec& spec)
{
    QStringList words{spec.name};
    for (const Argument& argument : spec.arguments) {
        const QString dots = argument.repeats ? u"..."_s : QString();
        const QString value = argument.choices.isEmpty() ? argument.name : argument.choices.join(u'|');
        if (argument.option.isEmpty())
            words += argument.required ? u"<%1%2>"_s.arg(value, dots) : u"[%1%2]"_s.arg(value, dots);
        else if (argument.type == ArgumentType::Flag)
            words += u"[%1]"_s.arg(argument.option);
        else
            words += (argument.required ? u"%1 <%2>"_s : u"[%1 %2]"_s)
                         .arg(argument.option, argument.choices.isEmpty() && argument.type == ArgumentType::Integer ? u"N"_s : value);
    }
    return words.join(u' ');
}

} // namespace ridealong::scripts
