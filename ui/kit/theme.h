// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <array>

class QApplication;

namespace ridealong::kit {

/// The names of design-tokens.md. No widget names a colour of its own.
enum class Token {
    Window,
    Panel,
    Raised,
    Inset,
    Border,
    Text,
    Muted,
    Faint,
    Accent,
    AccentText,
    Selection,
    Success,
    Warning,
    Danger,
    Pair,
    Drive,
    Count,
};

struct ThemeColors
{
    QString name; ///< "dark", "light", "high-contrast-dark", "high-contrast-light"
    bool dark = true;
    std::array<QColor, size_t(Token::Count)> tokens;
    std::array<QColor, 16> ansi;

    QColor operator[](Token token) const { return tokens[size_t(token)]; }
};

/// WCAG 2 contrast of two opaque colours, 1 … 21.
double contrast(const QColor& a, const QColor& b);
inline constexpr double kReadableContrast = 4.5;

/// Errors: Invalid with the missing or malformed key. Source: resources/themes/*.json.
base::Expected<ThemeColors> readTheme(const QByteArray& json);

enum class ThemeChoice { System, Dark, Light, HighContrast };
enum class Density { Comfortable, Compact };

/// The look: colours, fonts, spacing. One object, made in main, handed to every view; `changed` means repaint and re-layout.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QObject* parent = nullptr);

    const ThemeColors& colors() const { return m_colors; }
    QColor color(Token token) const { return m_colors[token]; }
    /// The same where it stands on another background than a surface: plain text when the token would not be readable there.
    QColor color(Token token, Token background) const;
    QColor ansi(int index) const { return m_colors.ansi[size_t(index)]; }
    /// The colour of an environment's bar: sandbox success, staging warning, production danger, others muted; empty: border.
    QColor environment(const QString& name) const;

    ThemeChoice choice() const { return m_choice; }
    Density density() const { return m_density; }
    double scale() const { return m_scale; }

    // Type: the system's fonts at 0.85, 1.0, 1.15, 1.4 of the system's size; weights 400 and 600 only.
    enum class Type { Small, Body, Header, Title };
    QFont font(Type type = Type::Body, bool strong = false) const;
    QFont mono(Type type = Type::Body) const;

    // Spacing, on the 4 px grid, device-independent.
    int rowPaddingV() const { return m_density == Density::Compact ? 4 : 8; }
    int rowPaddingH() const { return m_density == Density::Compact ? 8 : 12; }
    static constexpr int kCardRadius = 6;
    static constexpr int kChipRadius = 4;
    /// 0 when the system asks for reduced motion.
    int motionMs() const;

public slots:
    void setChoice(ridealong::kit::ThemeChoice choice);
    void setDensity(ridealong::kit::Density density);
    void setScale(double scale); ///< 0.8 … 2.5, of text
    /// Gives the application style, palette and fonts, now and at every change. Before the first widget it costs next to nothing.
    void applyTo(QApplication& application);

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void load();
    void apply();
    void announce();

    QApplication* m_application = nullptr;
    void followSystem(bool dark);

    bool m_asking = false; ///< our own palette is put away for a moment
    bool m_systemDark = true; ///< taken before our own palette hides the system's
    ThemeChoice m_choice = ThemeChoice::System;
    Density m_density = Density::Comfortable;
    double m_scale = 1.0;
    ThemeColors m_colors;
};

} // namespace ridealong::kit
