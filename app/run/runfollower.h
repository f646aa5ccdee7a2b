// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/backend.h"
#include "console/console.h"

namespace ridealong::run {

/// Keeps the console in step with one account's run feed: applies reports, pulls each run's output from where it stopped,
/// one piece after the other, the next only when the last is parsed.
class RunFollower : public QObject
{
    Q_OBJECT
public:
    RunFollower(chat::RunFeed& feed, console::Console& console, QObject* parent = nullptr);
    ~RunFollower() override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace ridealong::run
