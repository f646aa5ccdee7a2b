// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
void f(QObject* sender) { QObject::connect(sender, &QObject::destroyed, [] { }); }
