// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "ircfixture.h"
#include "servers/ngircd.h"

namespace ridealong::tests {

/// The contract on a real ngIRCd: nothing beyond RFC 2812.
class NgIrcdFixture final : public IrcFixture<NgIrcd>
{
public:
    using IrcFixture::IrcFixture;
    ContractTraits traits() const override
    {
        ContractTraits traits;
        traits.keepsHistory = false;
        traits.dedupes = false;
        traits.canLookBack = false;
        traits.sharesIds = false;
        traits.keepsTexts = false;
        traits.knowsMessages = false;
        traits.namesDirectsAlike = false;
        traits.passesTyping = false;
        traits.tellsAway = false;
        return traits;
    }
};

class NgIrcdContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override { return std::make_unique<NgIrcdFixture>(NgIrcd::Options{}); }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::NgIrcdContract)
#include "tst_ngircdcontract.moc"
