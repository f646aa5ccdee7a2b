// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <memory>

class QLocalServer;

namespace ridealong::window {

/// One window a profile: a second start with the same profile raises the first one and ends.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    explicit SingleInstance(const QString& profileFolder, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// True when another instance has the profile and was asked to come to the front. Waits for at most kAnswerMs.
    bool raiseOther();
    /// From now on others can ask this one.
    void listen();

signals:
    void raiseRequested();

private:
    static constexpr int kAnswerMs = 1000;

    QString m_name;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace ridealong::window
