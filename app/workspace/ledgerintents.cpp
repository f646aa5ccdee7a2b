// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// What is asked of the ledger.
#include "store/profilestore.h"
#include "workspace/workspace.h"

namespace ridealong::workspace {

base::Async<QList<chat::RunRecord>> Workspace::ledger(const chat::LedgerQuery& query) { return m_store->ledger(query); }

base::Async<QList<chat::CommandRecord>> Workspace::commandLedger(const chat::LedgerQuery& query) { return m_store->commandLedger(query); }

} // namespace ridealong::workspace
