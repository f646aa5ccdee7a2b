// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "kit/tone.h"

#include <QEvent>

namespace ridealong::kit {
namespace {

/// One per widget: keeps its look in step with the theme; replaced when the look is set again.
class Tone : public QObject
{
public:
    Tone(QWidget* widget, Theme& theme, const char* name, std::function<void()> apply) : QObject(widget)
    {
        const auto key = QString::fromLatin1(name);
        delete widget->findChild<QObject*>(key, Qt::FindDirectChildrenOnly);
        setObjectName(key);
        connect(&theme, &Theme::changed, this, apply);
        apply();
    }
};

void setColor(QWidget* widget, const Theme& theme, Token token)
{
    QPalette palette = widget->palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, theme.color(token));
        palette.setColor(QPalette::Disabled, role, theme.color(Token::Faint));
    }
    widget->setPalette(palette);
}

} // namespace

void setTone(QWidget* widget, Theme& theme, Token token, Theme::Type type, bool strong)
{
    new Tone(widget, theme, "ridealong-tone", [=, &theme] {
        widget->setFont(theme.font(type, strong));
        setColor(widget, theme, token);
    });
}

void setMonoTone(QWidget* widget, Theme& theme, Token token, Theme::Type type)
{
    new Tone(widget, theme, "ridealong-tone", [=, &theme] {
        widget->setFont(theme.mono(type));
        setColor(widget, theme, token);
    });
}

void setBackdrop(QWidget* widget, Theme& theme, Token token)
{
    new Tone(widget, theme, "ridealong-backdrop", [=, &theme] {
        QPalette palette = widget->palette();
        palette.setColor(QPalette::Window, theme.color(token));
        palette.setColor(QPalette::Base, theme.color(token));
        widget->setPalette(palette);
        widget->setAutoFillBackground(true);
    });
}

} // namespace ridealong::kit
