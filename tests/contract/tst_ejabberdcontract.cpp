// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/ejabberd.h"
#include "xmppfixture.h"

namespace ridealong::tests {

/// The contract on a real Ejabberd, with streams that are resumed.
class EjabberdContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override
    {
        auto fixture = std::make_unique<XmppFixture<Ejabberd>>(XmppOptions());
        fixture->provesAuthors = false; // before 23.10 its rooms have no occupant ids
        return fixture;
    }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::EjabberdContract)
#include "tst_ejabberdcontract.moc"
