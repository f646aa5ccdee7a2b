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
    <name>ridealong::window::Wiring</name>
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
</TS>
