// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

Q_LOGGING_CATEGORY(lcStore, "ridealong.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "ridealong.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHub, "ridealong.hub", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRun, "ridealong.run", QtInfoMsg)
Q_LOGGING_CATEGORY(lcOutbox, "ridealong.outbox", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSync, "ridealong.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(lcWorkspace, "ridealong.workspace", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "ridealong.ui", QtInfoMsg)
