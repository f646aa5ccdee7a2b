// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commanddialog.h"

namespace ridealong::tests {

using namespace Qt::StringLiterals;
using chat::FormField;
using Kind = chat::FormField::Kind;

inline FormField field(const QString& key, Kind kind, const QString& label, const QStringList& values = {}, bool required = false)
{
    FormField made;
    made.key = key;
    made.kind = kind;
    made.label = label;
    made.values = values;
    made.required = required;
    return made;
}

/// One field of every kind.
inline chat::Form everyKind()
{
    chat::Form form;
    form.title = u"Roll out a release"_s;
    form.instructions = u"Choose what is rolled out and where. Nothing happens before the last step.\nThe channel of the team is told."_s;
    FormField hidden = field(u"FORM_TYPE"_s, Kind::Hidden, {}, {u"urn:rollout"_s});
    FormField release = field(u"release"_s, Kind::Text, u"Release"_s, {u"2026.11.3"_s}, true);
    release.description = u"As it is named in the changelog."_s;
    release.rule.pattern = u"[0-9]+(\\.[0-9]+)*"_s;
    FormField share = field(u"share"_s, Kind::Text, u"Share of hosts"_s, {}, true);
    share.rule = {chat::FormRule::Type::Integer, u"1"_s, u"100"_s, {}};
    FormField token = field(u"token"_s, Kind::Secret, u"Token"_s, {}, true);
    FormField fixed = field({}, Kind::Fixed, u"Before you go on"_s,
        {u"Whoever rolls out to production looks at the dashboards for ten minutes afterwards, and rolls back when in doubt."_s});
    FormField notes = field(u"notes"_s, Kind::MultiLine, u"Notes"_s, {u"Fixes the login."_s, QString(), u"See the ticket."_s});
    FormField quiet = field(u"quiet"_s, Kind::Boolean, u"Tell nobody until it is done"_s, {u"true"_s});
    FormField where = field(u"where"_s, Kind::Choice, u"Environment"_s, {u"staging"_s}, true);
    where.options = {{u"sandbox"_s, u"Sandbox"_s}, {u"staging"_s, u"Staging"_s}, {u"production"_s, u"Production, all regions"_s}};
    FormField strategy = field(u"strategy"_s, Kind::Choice, u"Strategy"_s);
    strategy.options = {{u"canary"_s, u"Canary"_s}, {u"blue"_s, u"Blue and green"_s}};
    strategy.isOpen = true;
    FormField regions = field(u"regions"_s, Kind::MultiChoice, u"Regions"_s, {u"eu"_s});
    regions.options = {{u"eu"_s, u"Europe"_s}, {u"us"_s, u"United States"_s}, {u"ap"_s, u"Asia and the Pacific"_s}};
    FormField owner = field(u"owner"_s, Kind::Address, u"Owner"_s, {u"ana@chat.test"_s});
    FormField watchers = field(u"watchers"_s, Kind::Addresses, u"Who else is told"_s, {u"bob@chat.test"_s, u"eve@chat.test"_s});
    form.fields = {hidden, release, share, token, fixed, notes, quiet, where, strategy, regions, owner, watchers};
    return form;
}

inline chat::FormTable hosts(int count = 5)
{
    chat::FormTable table;
    table.title = u"Hosts"_s;
    table.columns = {{u"host"_s, u"Host"_s}, {u"state"_s, u"State"_s}, {u"since"_s, {}}};
    for (int i = 1; i <= count; ++i)
        table.rows.append({u"web%1.eu.example.org"_s.arg(i), i == 3 ? u"rolled back"_s : u"up"_s, u"2026-11-29 04:%1"_s.arg(i, 2, 10, QChar(u'0'))});
    return table;
}

inline chat::CommandStage question(const chat::Form& form, chat::CommandActions actions = chat::CommandAction::Complete,
    chat::CommandAction preferred = chat::CommandAction::Complete)
{
    chat::CommandStage stage;
    stage.form = form;
    stage.actions = actions;
    stage.defaultAction = preferred;
    return stage;
}

/// A command whose bot the test speaks for.
class FakeDialog final : public chat::CommandDialog
{
public:
    struct Log
    {
        QStringList told; ///< "next", "cancel" …
        chat::FormValues values; ///< of the last step
        bool isDestroyed = false;
    };

    explicit FakeDialog(Log& log) : m_log(log) {}
    ~FakeDialog() override { m_log.isDestroyed = true; }
    void go(chat::CommandAction action, const chat::FormValues& values) override
    {
        m_log.told << (action == chat::CommandAction::Previous ? u"previous"_s : action == chat::CommandAction::Next ? u"next"_s : u"complete"_s);
        m_log.values = values;
    }
    void cancel() override
    {
        m_log.told << u"cancel"_s;
        emit ended();
    }
    void say(const chat::CommandStage& stage)
    {
        emit this->stage(stage);
        if (stage.isOver)
            emit ended();
    }
    void fail(base::ErrorKind kind, const QString& detail, bool isOver)
    {
        emit failed({kind, detail, 0});
        if (isOver)
            emit ended();
    }

private:
    Log& m_log;
};

} // namespace ridealong::tests
