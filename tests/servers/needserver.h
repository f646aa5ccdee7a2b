// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

/// In a test function: skips it, saying what is not installed, when there is no such server on this machine.
#define NEED(server)                                                                                                                                 \
    if (!(server).missing().isEmpty())                                                                                                               \
    QSKIP(qPrintable((server).missing()))
#define START(server) QVERIFY2((server).start(), qPrintable((server).error()))
