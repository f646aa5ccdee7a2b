// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/prosody.h"
#include "xmppfixture.h"

namespace ridealong::tests {

/// The contract on a real Prosody, with streams that are resumed.
class ProsodyContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override { return std::make_unique<XmppFixture<Prosody>>(XmppOptions()); }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::ProsodyContract)
#include "tst_prosodycontract.moc"
