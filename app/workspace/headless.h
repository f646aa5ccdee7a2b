// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/search.h"
#include "workspace/workspace.h"

#include <QJsonArray>
#include <QJsonObject>

namespace ridealong::workspace {

/// The client without a window: one JSON object a line in, one a line out. The names are a contract with tests written
/// elsewhere; add freely, change nothing that stands.
class Headless : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMaxLineBytes = 4 << 20;

    /// `write` gets whole lines without the line end.
    Headless(Workspace& workspace, std::function<void(const QByteArray&)> write, QObject* parent = nullptr);

    /// One line without its end. Never throws it back silently: every line gets a reply.
    void handle(const QByteArray& line);

signals:
    void quitRequested();

private:
    using Handler = std::function<void(const QJsonObject& request, const QJsonValue& id)>;

    void registerAccounts();
    void registerChat();
    void registerFiles();
    void sendWith(const QJsonObject& request, const QJsonValue& id, QStringList paths, const QList<chat::Attachment>& attached);
    void registerConsole();
    void registerLedger();
    void registerPalette();
    void registerDrafts();
    void registerEvents();

    void search(const QJsonValue& id, const chat::SearchQuery& query, qint64 from, int limit, const QJsonArray& before);

    void reply(const QJsonValue& id, QJsonObject fields = {});
    void fail(const QJsonValue& id, const base::Error& error);
    void event(const QString& name, QJsonObject fields);
    /// Replies with what `make` makes of the answer, or with its error.
    template <typename T, typename Make> void answer(const base::Async<T>& async, const QJsonValue& id, Make make)
    {
        async.then(this, [this, id, make](base::Expected<T> value) {
            if (value)
                reply(id, make(*value));
            else
                fail(id, value.error());
        });
    }
    void answer(const base::Async<base::Done>& async, const QJsonValue& id)
    {
        answer(async, id, [](const base::Done&) { return QJsonObject(); });
    }
    void answer(const base::Status& status, const QJsonValue& id) { status ? reply(id) : fail(id, status.error()); }

    Workspace& m_workspace;
    std::function<void(const QByteArray&)> m_write;
    QHash<QString, std::pair<QStringList, Handler>> m_handlers; ///< by name: fields it must have, and what it does
    QHash<base::RunId, chat::RunReport> m_toldRuns;
};

} // namespace ridealong::workspace
