<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>RunWords</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::consoleview::SearchRow</name>
    <message numerus="yes">
        <source>%n line(s) around</source>
        <translation>
            <numerusform>%n line around</numerusform>
            <numerusform>%n lines around</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarWords</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::accountdialogs::AccountsDialog</name>
    <message numerus="yes">
        <source>the messages of %n conversation(s) as they are stored on this computer</source>
        <translation>
            <numerusform>the messages of %n conversation as they are stored on this computer</numerusform>
            <numerusform>the messages of %n conversations as they are stored on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) not sent yet</source>
        <translation>
            <numerusform>%n message not sent yet</numerusform>
            <numerusform>%n messages not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::accountdialogs::RoomPicker</name>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n here</numerusform>
            <numerusform>%n here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n rooms. Write a part of the name to find others.</source>
        <translation>
            <numerusform>The first %n room. Write a part of the name to find others.</numerusform>
            <numerusform>The first %n rooms. Write a part of the name to find others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::draftsview::DraftsPanel</name>
    <message numerus="yes">
        <source>%n newer message(s)</source>
        <translation>
            <numerusform>%n newer message</numerusform>
            <numerusform>%n newer messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::ledgerview::CommandModel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n that ended</source>
        <translation>
            <numerusform>%1 of %n that ended</numerusform>
            <numerusform>%1 of %n that ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::ledgerview::LedgerPanel</name>
    <message numerus="yes">
        <source>%n command(s), as seen by this program</source>
        <translation>
            <numerusform>%n command, as seen by this program</numerusform>
            <numerusform>%n commands, as seen by this program</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), as seen by this program</source>
        <translation>
            <numerusform>%n run, as seen by this program</numerusform>
            <numerusform>%n runs, as seen by this program</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::paletteview::PaletteView</name>
    <message numerus="yes">
        <source>%n command(s)</source>
        <translation>
            <numerusform>%n command</numerusform>
            <numerusform>%n commands</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bot(s)</source>
        <translation>
            <numerusform>%n bot</numerusform>
            <numerusform>%n bots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::sidebar::SwitcherDelegate</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::searchview::SearchPanel</name>
    <message numerus="yes">
        <source>The newest %n messages. Add a word or a filter to find older ones.</source>
        <translation>
            <numerusform>The newest %n message. Add a word or a filter to find older ones.</numerusform>
            <numerusform>The newest %n messages. Add a word or a filter to find older ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s), more below</source>
        <translation>
            <numerusform>The newest %n message, more below</numerusform>
            <numerusform>The newest %n messages, more below</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::threadsview::ThreadDelegate</name>
    <message numerus="yes">
        <source>%n reply(ies)</source>
        <translation>
            <numerusform>%n reply</numerusform>
            <numerusform>%n replies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::threadsview::ThreadsPanel</name>
    <message numerus="yes">
        <source>%n with new replies</source>
        <translation>
            <numerusform>%n with new replies</numerusform>
            <numerusform>%n with new replies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::window::Notifying</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%n conversation</numerusform>
            <numerusform>%n conversations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for you</source>
        <translation>
            <numerusform>%n for you</numerusform>
            <numerusform>%n for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::window::Tray</name>
    <message numerus="yes">
        <source>%n message(s) for you</source>
        <translation>
            <numerusform>%n message for you</numerusform>
            <numerusform>%n messages for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::window::Wiring</name>
    <message numerus="yes">
        <source>Only the first %n draft(s) were made.</source>
        <translation>
            <numerusform>Only the first draft was made.</numerusform>
            <numerusform>Only the first %n drafts were made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hand over %n run(s)</source>
        <translation>
            <numerusform>Hand over %n run</numerusform>
            <numerusform>Hand over %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are writing …</source>
        <translation>
            <numerusform>%n person is writing …</numerusform>
            <numerusform>%n people are writing …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will go when the connection is back.</source>
        <translation>
            <numerusform>%n message will go when the connection is back.</numerusform>
            <numerusform>%n messages will go when the connection is back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TreeBody</name>
    <message numerus="yes">
        <source>%Ln line(s) around it are in the raw output.</source>
        <translation>
            <numerusform>%Ln line around it is in the raw output.</numerusform>
            <numerusform>%Ln lines around it are in the raw output.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln key(s)</source>
        <translation>
            <numerusform>%Ln key</numerusform>
            <numerusform>%Ln keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln item</numerusform>
            <numerusform>%Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffBody</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogBody</name>
    <message numerus="yes">
        <source>%Ln times</source>
        <translation>
            <numerusform>%Ln time</numerusform>
            <numerusform>%Ln times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln warning</numerusform>
            <numerusform>%Ln warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StackBody</name>
    <message numerus="yes">
        <source>%Ln frame(s)</source>
        <translation>
            <numerusform>%Ln frame</numerusform>
            <numerusform>%Ln frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableBody</name>
    <message numerus="yes">
        <source>%Ln line(s) around it are in the raw output.</source>
        <translation>
            <numerusform>%Ln line around it is in the raw output.</numerusform>
            <numerusform>%Ln lines around it are in the raw output.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::consoleview::CompareSide</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::consoleview::CompareView</name>
    <message numerus="yes">
        <source>%Ln equal line(s), folded</source>
        <translation>
            <numerusform>%Ln equal line, folded</numerusform>
            <numerusform>%Ln equal lines, folded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %Ln equal line(s)</source>
        <translation>
            <numerusform>… %Ln equal line</numerusform>
            <numerusform>… %Ln equal lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ridealong::consoleview::CompareWindow</name>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln removed</numerusform>
            <numerusform>%Ln removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln added</numerusform>
            <numerusform>%Ln added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
</context>
</TS>
