// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "contractsuite.h"
#include "local/hublock.h"
#include "local/localbackend.h"
#include "local/wire.h"
#include "net/localsocket.h"
#include "net/privatefolder.h"

#include <QTemporaryDir>

namespace ridealong::tests {

using namespace Qt::StringLiterals;

/// A hub behind a socket that can be cut at any frame. The clients are kept from becoming the hub by a lock held here.
class LocalFixture final : public ContractFixture
{
public:
    LocalFixture() : m_hubPath(m_folder.filePath(u"real.sock"_s)), m_clientPath(m_folder.filePath(u"cut.sock"_s))
    {
        (void)net::makePrivateFolder(m_clientPath + u".d"_s);
        if (!m_lock.take(m_clientPath + u".d/lock"_s) || !m_server.listen(m_clientPath))
            qFatal("the fixture cannot listen");
        QObject::connect(&m_server, &net::LocalSocketServer::clientConnected, &m_server, [this] {
            while (auto client = m_server.next())
                pair(std::move(client));
        });
        startHub();
    }

    std::unique_ptr<chat::Backend> makeClient(const QString& user) override
    {
        auto factory = [this](const QString& path) { return std::make_unique<local::Hub>(path, m_clock, m_random); };
        return std::make_unique<local::LocalBackend>(base::AccountId(u"account-"_s + user), user, m_clientPath, factory, m_clock);
    }
    QString roomName() const override { return u"#ops"_s; }
    void cutNextSend(Cut cut) override { m_cut = cut; }
    void dropConnections() override
    {
        for (const auto& pair : m_pairs)
            pair->close();
    }
    void restartServer() override
    {
        m_hub.reset();
        startHub();
    }

private:
    struct Pair
    {
        std::unique_ptr<net::FrameChannel> client;
        std::unique_ptr<net::FrameChannel> hub;
        std::optional<qint64> withheld; ///< the reply that the client does not get to hear
        void close() const
        {
            client->close();
            hub->close();
        }
    };

    void startHub()
    {
        m_hub = std::make_unique<local::Hub>(m_hubPath, m_clock, m_random);
        if (!await(m_hub->open()))
            qFatal("the hub does not open");
    }

    void pair(std::unique_ptr<net::FrameChannel> client)
    {
        m_pairs.push_back(std::make_unique<Pair>(Pair{std::move(client), std::make_unique<net::LocalSocketChannel>(m_hubPath), {}}));
        auto* pair = m_pairs.back().get();
        const auto fieldsOf = [](const QByteArray& bytes) { return local::Fields(local::decodeFrame(bytes, bytes.size()).valueOr({})); };
        QObject::connect(pair->client.get(), &net::FrameChannel::received, pair->client.get(), [this, pair, fieldsOf](const QByteArray& frame) {
            auto fields = fieldsOf(frame);
            if (m_cut && fields.optionalText("do"_L1, 100) == "send"_L1) {
                if (std::exchange(m_cut, {}) == Cut::BeforeTheServer) {
                    pair->close();
                    return;
                }
                pair->withheld = fields.integer("id"_L1, 1, std::numeric_limits<qint64>::max());
            }
            pair->hub->send(frame);
        });
        QObject::connect(pair->hub.get(), &net::FrameChannel::received, pair->hub.get(), [pair, fieldsOf](const QByteArray& frame) {
            auto fields = fieldsOf(frame);
            if (pair->withheld && fields.optionalText("t"_L1, 100) == "re"_L1
                && fields.integer("id"_L1, 1, std::numeric_limits<qint64>::max()) == *pair->withheld)
                pair->close();
            else
                pair->client->send(frame);
        });
        QObject::connect(pair->client.get(), &net::FrameChannel::closed, pair->client.get(), [pair] { pair->close(); });
        QObject::connect(pair->hub.get(), &net::FrameChannel::closed, pair->hub.get(), [pair] { pair->close(); });
    }

    QTemporaryDir m_folder;
    QString m_hubPath;
    QString m_clientPath;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    local::HubLock m_lock;
    std::unique_ptr<local::Hub> m_hub;
    net::LocalSocketServer m_server;
    std::vector<std::unique_ptr<Pair>> m_pairs;
    std::optional<Cut> m_cut;
};

class LocalContract : public ContractSuite
{
    Q_OBJECT
protected:
    std::unique_ptr<ContractFixture> makeFixture() override { return std::make_unique<LocalFixture>(); }
};

} // namespace ridealong::tests

#include "contractsuite.inc"
#include "moc_contractsuite.cpp"

QTEST_GUILESS_MAIN(ridealong::tests::LocalContract)
#include "tst_localcontract.moc"
