// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "local/hub.h"

#include "base/log.h"
#include "local/hubcore.h"
#include "local/limits.h"

#include <QCryptographicHash>
#include <QStandardPaths>

namespace ridealong::local {

using namespace Qt::StringLiterals;

struct Hub::Data
{
    HubCore core;
};

Hub::Hub(QString socketPath, base::Clock& clock, base::Random& random, QObject* parent)
    : QObject(parent),
      m_data(new Data{{std::move(socketPath), clock, random}})
{
    connect(&m_data->core, &HubCore::failed, this, &Hub::failed);
}

Hub::~Hub()
{
    m_data->core.shutDown(); // bots report to us until the end
}

QString socketAddress(const QString& socketPath)
{
    if (socketPath.toLocal8Bit().size() <= net::LocalSocketServer::kMaxPathBytes)
        return socketPath;
    const auto name = QCryptographicHash::hash(socketPath.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/ridealong/"_s + QString::fromLatin1(name) + u".sock"_s;
}

base::Async<store::OpenReport> Hub::open() { return m_data->core.open(); }

void Hub::addBot(std::unique_ptr<chat::Bot> bot) { m_data->core.addBot(std::move(bot)); }

void Hub::limitOutputs(const OutputLimits& limits) { m_data->core.limitOutputs(limits); }

std::unique_ptr<net::FrameChannel> Hub::connectInProcess()
{
    auto [ours, theirs] = net::makeMemoryChannel();
    m_data->core.attach(std::move(ours));
    return std::move(theirs);
}

void Hub::report(const chat::RunReport& report)
{
    if (m_data->core.rooms.find(report.conversation.key()) && !report.run.isEmpty())
        m_data->core.runs().report(report);
    else
        qCWarning(lcHub) << "a bot reported a run of an unknown conversation";
}

void Hub::post(const base::ConversationId& conversation, const QString& text, const base::MessageId& thread)
{
    auto& core = m_data->core;
    const auto* where = core.rooms.find(conversation.key());
    if (!where || core.bots().empty() || text.isEmpty() || text.toUtf8().size() > kMaxMessageBytes) {
        qCWarning(lcHub) << "a bot's message that cannot be posted was dropped";
        return;
    }
    const auto speaker = core.bots().front()->member();
    chat::Message message;
    message.conversation = where->conversation.id;
    message.sender = speaker.user;
    message.senderName = speaker.name;
    message.text = text;
    message.thread = thread;
    message.fromBot = true;
    core.post(message, *where, {});
}

QString Hub::outputPath(const base::RunId& run) const { return m_data->core.outputs().pathOf(run); }

} // namespace ridealong::local
