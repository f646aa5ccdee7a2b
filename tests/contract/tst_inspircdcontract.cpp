// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircfixture.h"
#include "servers/inspircd.h"

namespace ridealong::tests {

/// The contract on a real InspIRCd: tags, labels, echoes, and a channel that replays its last lines.
class InspIrcdFixture final : public IrcFixture<InspIrcd>
{
public:
    using IrcFixture::IrcFixture;
    ContractTraits traits() const override
    {
        ContractTraits traits;
        traits.keepsHistory = false; // it replays some lines, for as long as it runs
        traits.dedupes = false;
        traits.knowsMessages = false;
        traits.namesDirectsAlike = false;
        return traits;
    }
};

class InspIrcdContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override
    {
        InspIrcd::Options options;
        options.channels = {{QStringLiteral("#ops"), QString(), 50}};
        return std::make_unique<InspIrcdFixture>(options);
    }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::InspIrcdContract)
#include "tst_inspircdcontract.moc"
