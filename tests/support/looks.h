// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kit/theme.h"

#include <QApplication>
#include <QTest>

#include <initializer_list>

namespace ridealong::tests {

/// One of the ways the interface can look, named as the row of a test.
struct Look
{
    const char* name = "";
    kit::ThemeChoice choice = kit::ThemeChoice::System;
    double scale = 1;

    void dress(kit::Theme& theme) const
    {
        theme.setChoice(choice);
        theme.setScale(scale);
        theme.applyTo(*qApp);
    }
};

inline constexpr Look kDark{"dark", kit::ThemeChoice::Dark, 1};
inline constexpr Look kLight{"light", kit::ThemeChoice::Light, 1};
inline constexpr Look kContrast{"contrast", kit::ThemeChoice::HighContrast, 1};
inline constexpr Look kDouble{"double", kit::ThemeChoice::Dark, 2};

/// Rows for a test that draws in several looks: dark, light and `others`. It gets them by QFETCH(tests::Look, look).
inline void addLooks(std::initializer_list<Look> others)
{
    QTest::addColumn<Look>("look");
    QTest::newRow(kDark.name) << kDark;
    QTest::newRow(kLight.name) << kLight;
    for (const Look& other : others)
        QTest::newRow(other.name) << other;
}

} // namespace ridealong::tests
