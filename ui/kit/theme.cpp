// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/theme.h"

#include "kit/style.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStyleHints>
#include <QToolTip>

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

/// The resources lie in a static library: nothing refers to them unless we say so. Must stand outside of any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(ridealong);
    Q_INIT_RESOURCE(ridealong_mark);
}

namespace ridealong::kit {
namespace {

constexpr std::array<const char*, size_t(Token::Count)> kTokenNames{"window", "panel", "raised", "inset", "border", "text", "muted", "faint",
    "accent", "accentText", "selection", "success", "warning", "danger", "pair", "drive"};

base::Error invalid(const QString& key) { return {base::ErrorKind::Invalid, u"theme: missing or malformed \"%1\""_s.arg(key), 0}; }

double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }

double luminance(const QColor& color) { return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF()); }

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * factor))));
    return font;
}

double factorOf(Theme::Type type)
{
    switch (type) {
    case Theme::Type::Small: return 0.85;
    case Theme::Type::Body: return 1.0;
    case Theme::Type::Header: return 1.15;
    case Theme::Type::Title: return 1.4;
    }
    Q_UNREACHABLE();
}

} // namespace

double contrast(const QColor& a, const QColor& b)
{
    const double one = luminance(a) + 0.05;
    const double two = luminance(b) + 0.05;
    return one > two ? one / two : two / one;
}

base::Expected<ThemeColors> readTheme(const QByteArray& json)
{
    const auto root = QJsonDocument::fromJson(json).object();
    ThemeColors colors;
    colors.name = root["name"_L1].toString();
    if (colors.name.isEmpty())
        return invalid(u"name"_s);
    if (!root["dark"_L1].isBool())
        return invalid(u"dark"_s);
    colors.dark = root["dark"_L1].toBool();
    const auto tokens = root["tokens"_L1].toObject();
    for (size_t i = 0; i < kTokenNames.size(); ++i) {
        const auto key = QString::fromLatin1(kTokenNames[i]);
        const QString value = tokens[key].toString();
        colors.tokens[i] = value.startsWith(u'#') ? QColor(value) : QColor();
        if (!colors.tokens[i].isValid())
            return invalid(key);
    }
    const auto ansi = root["ansi"_L1].toArray();
    if (size_t(ansi.size()) != colors.ansi.size())
        return invalid(u"ansi"_s);
    for (qsizetype i = 0; i < ansi.size(); ++i) {
        colors.ansi[size_t(i)] = QColor(ansi[i].toString());
        if (!colors.ansi[size_t(i)].isValid())
            return invalid(u"ansi[%1]"_s.arg(i));
    }
    return colors;
}

Theme::Theme(QObject* parent) : QObject(parent)
{
    initialiseResources();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto* hints = QGuiApplication::styleHints();
    m_systemDark = hints->colorScheme() == Qt::ColorScheme::Unknown ? QGuiApplication::palette().window().color().lightness() < 128
                                                                    : hints->colorScheme() == Qt::ColorScheme::Dark;
    connect(hints, &QStyleHints::colorSchemeChanged, this, [this](Qt::ColorScheme scheme) { followSystem(scheme == Qt::ColorScheme::Dark); });
#else
    m_systemDark = QGuiApplication::palette().window().color().lightness() < 128;
    qApp->installEventFilter(this);
#endif
    load();
}

void Theme::followSystem(bool dark)
{
    if (std::exchange(m_systemDark, dark) == dark)
        return;
    const QString before = m_colors.name;
    load();
    if (m_colors.name != before)
        announce();
}

/// Before Qt 6.5 nobody says which scheme the system has now: it is read off the palette that would be ours without our own.
bool Theme::eventFilter(QObject* watched, QEvent* event)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    if (event->type() == QEvent::ThemeChange && watched->isWindowType() && !m_asking) {
        m_asking = true;
        const QPalette own = QGuiApplication::palette();
        QGuiApplication::setPalette(QPalette());
        const bool dark = QGuiApplication::palette().window().color().lightness() < 128;
        QGuiApplication::setPalette(own);
        m_asking = false;
        followSystem(dark);
    }
#endif
    return QObject::eventFilter(watched, event);
}

void Theme::load()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice != ThemeChoice::Light && m_systemDark);
    const QString name = (m_choice == ThemeChoice::HighContrast ? u"high-contrast-"_s : QString()) + (dark ? u"dark"_s : u"light"_s);
    QFile file(u":/themes/"_s + name + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("theme %s is not compiled in", qPrintable(name));
    auto colors = readTheme(file.readAll());
    if (!colors)
        qFatal("%s", qPrintable(colors.error().detail));
    m_colors = *colors;
}

QColor Theme::color(Token token, Token background) const
{
    return contrast(m_colors[token], m_colors[background]) >= kReadableContrast ? m_colors[token] : m_colors[Token::Text];
}

QColor Theme::environment(const QString& name) const
{
    if (name.isEmpty())
        return color(Token::Border);
    if (name == u"sandbox"_s)
        return color(Token::Success);
    if (name == u"staging"_s)
        return color(Token::Warning);
    if (name == u"production"_s)
        return color(Token::Danger);
    return color(Token::Muted);
}

QFont Theme::font(Type type, bool strong) const
{
    QFont font = scaled(QFontDatabase::systemFont(QFontDatabase::GeneralFont), factorOf(type) * m_scale);
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont Theme::mono(Type type) const
{
    // Sized from the general font: many systems configure the fixed one a size apart.
    const QFont general = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (general.pointSizeF() > 0)
        font.setPointSizeF(general.pointSizeF());
    font = scaled(font, 0.95 * factorOf(type) * m_scale);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

int Theme::motionMs() const
{
    const auto* style = QApplication::style();
    return style && style->styleHint(QStyle::SH_Widget_Animation_Duration) > 0 ? 120 : 0;
}

void Theme::setChoice(ThemeChoice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    load();
    announce();
}

void Theme::setDensity(Density density)
{
    if (m_density == density)
        return;
    m_density = density;
    announce();
}

void Theme::setScale(double scale)
{
    scale = std::clamp(scale, 0.8, 2.5);
    if (qFuzzyCompare(m_scale, scale))
        return;
    m_scale = scale;
    announce();
}

void Theme::announce()
{
    // The application first: what widgets set for themselves when they hear of the change stands above it.
    if (m_application)
        apply();
    emit changed();
}

void Theme::applyTo(QApplication& application)
{
    m_application = &application;
    apply();
}

void Theme::apply()
{
    QApplication::setStyle(new Style(*this)); // the application owns it
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, color(token)); };
    set(QPalette::Window, Token::Window);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Panel);
    set(QPalette::AlternateBase, Token::Raised);
    set(QPalette::Text, Token::Text);
    set(QPalette::PlaceholderText, Token::Faint);
    set(QPalette::Button, Token::Raised);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Danger);
    set(QPalette::Highlight, Token::Selection);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Pair);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    set(QPalette::Accent, Token::Accent);
#endif
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Light, Token::Raised);
    set(QPalette::Midlight, Token::Raised);
    set(QPalette::Mid, Token::Border);
    set(QPalette::Dark, Token::Border);
    palette.setColor(QPalette::Shadow, Qt::black);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Token::Faint));
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(font());
}

} // namespace ridealong::kit
