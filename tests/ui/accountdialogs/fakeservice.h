// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountdialogs/accountservice.h"

#include <QDateTime>
#include <QTimeZone>

#include <deque>

namespace ridealong::tests {

/// The program behind the dialogs, played by the test: questions wait until it answers them.
class FakeService final : public accountdialogs::AccountService
{
    template <typename Question> static auto ask(std::deque<Question>& waiting, Question question)
    {
        waiting.push_back(question);
        return waiting.back().promise.async();
    }

public:
    FakeService()
    {
        using namespace Qt::StringLiterals;
        using Kind = chat::CredentialField::Kind;
        const auto never = [](const chat::AccountConfig&) { return base::Async<chat::Discovery>::ready(base::Error{}); };
        descriptors.push_back({u"local"_s, {{u"user"_s, Kind::Text, true, {}, {}}, {u"server"_s, Kind::File, false, {}, {}}}, {}, {}});
        descriptors.push_back({u"irc"_s,
            {{u"server"_s, Kind::Text, true, {}, {}}, {u"user"_s, Kind::Text, true, {}, {}}, {u"password"_s, Kind::Secret, false, {}, {}},
                {u"channels"_s, Kind::Text, false, {}, {}}, {u"tls"_s, Kind::Flag, false, {}, u"true"_s},
                {u"sasl"_s, Kind::Choice, false, {u"automatic"_s, u"none"_s, u"PLAIN"_s}, u"automatic"_s},
                {u"serverPassword"_s, Kind::Secret, false, {}, {}}, {u"caFile"_s, Kind::File, false, {}, {}},
                {u"proxy"_s, Kind::Text, false, {}, {}}},
            {}, never});
    }

    const std::vector<chat::BackendDescriptor>& kinds() const override { return descriptors; }
    QList<accountdialogs::AccountView> accounts() const override { return views; }
    base::Async<chat::Discovery> discover(const chat::AccountConfig& config) override { return ask(looks, {config, {}}); }
    base::Async<base::AccountId> save(const chat::AccountConfig& config, const chat::Secrets& secrets) override
    {
        return ask(saves, {config, secrets, {}});
    }
    base::Async<base::Done> remove(const base::AccountId& id) override
    {
        removed.append(id);
        if (removeError)
            return base::Async<base::Done>::ready(*removeError);
        views.removeIf([&](const auto& view) { return view.config.id == id; });
        emit changed(id);
        return base::Async<base::Done>::ready(base::Done());
    }
    void setConnected(const base::AccountId& id, bool connected) override { switched.append({id, connected}); }
    base::Async<QList<chat::RoomInfo>> rooms(const base::AccountId& id, const QString& filter, int limit) override
    {
        return ask(lists, {id, filter, limit, {}});
    }
    base::Async<base::ConversationId> join(const base::AccountId& id, const QString& room) override { return ask(joins, {id, room, {}}); }

    struct Look
    {
        chat::AccountConfig config;
        base::Promise<chat::Discovery> promise;
    };
    struct Save
    {
        chat::AccountConfig config;
        chat::Secrets secrets;
        base::Promise<base::AccountId> promise;
    };
    struct List
    {
        base::AccountId account;
        QString filter;
        int limit;
        base::Promise<QList<chat::RoomInfo>> promise;
    };
    struct Join
    {
        base::AccountId account;
        QString room;
        base::Promise<base::ConversationId> promise;
    };

    /// What an IRC server offers that has nothing special.
    chat::Discovery discovery(const chat::AccountConfig& config) const
    {
        chat::Discovery found;
        found.config = config;
        found.config.server = config.server + QStringLiteral(":6697");
        found.config.options[QStringLiteral("tls")] = true;
        found.detail = QStringLiteral("irc.example.org, TLSv1.3, SASL PLAIN");
        found.fields = descriptors[1].fields;
        found.fields.removeFirst();
        return found;
    }
    /// The account of the last save, as the program would have it from then on.
    void take(const base::AccountId& id, const chat::ConnectionStatus& status)
    {
        Save& save = saves.back();
        accountdialogs::AccountView view;
        view.config = save.config;
        view.config.id = id;
        view.storedSecrets = save.secrets.keys();
        view.hasRooms = true;
        view.status = status;
        views.removeIf([&](const auto& known) { return known.config.id == id; });
        views.append(view);
        save.promise.answer(id);
    }
    void setStatus(const base::AccountId& id, const chat::ConnectionStatus& status)
    {
        for (auto& view : views)
            if (view.config.id == id)
                view.status = status;
        emit changed(id);
    }
    static base::CertificateProblem problem()
    {
        base::CertificateProblem problem;
        problem.host = QStringLiteral("irc.example.org");
        problem.subject = QStringLiteral("chat.example.net");
        problem.alternativeNames = {QStringLiteral("chat.example.net"), QStringLiteral("*.example.net")};
        problem.issuer = QStringLiteral("Example Private Authority");
        problem.validFromMs = QDateTime(QDate(2020, 1, 1), QTime(), QTimeZone::utc()).toMSecsSinceEpoch();
        problem.validUntilMs = QDateTime(QDate(2023, 1, 1), QTime(), QTimeZone::utc()).toMSecsSinceEpoch();
        for (int i = 0; i < 32; ++i)
            problem.sha256.append(char(i * 7 + 3));
        problem.reasons = {QStringLiteral("unknown authority"), QStringLiteral("expired"), QStringLiteral("host name")};
        return problem;
    }

    std::vector<chat::BackendDescriptor> descriptors;
    QList<accountdialogs::AccountView> views;
    std::deque<Look> looks;
    std::deque<Save> saves;
    std::deque<List> lists;
    std::deque<Join> joins;
    QList<base::AccountId> removed;
    std::optional<base::Error> removeError;
    QList<std::pair<base::AccountId, bool>> switched;
};

} // namespace ridealong::tests
