// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>

namespace ridealong::tests {

/// Between a bouncer and its IRC server: passes everything on, and says in the server's name that it takes messages as fast as they
/// come (ISUPPORT soju.im/SAFERATE), which no packaged server says for itself.
class SafeRateRelay : public QTcpServer
{
    Q_OBJECT
public:
    explicit SafeRateRelay(quint16 upstream);
    quint16 port() const { return serverPort(); }

private:
    void accept(quint16 port);
};

} // namespace ridealong::tests
