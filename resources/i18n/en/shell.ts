<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Desk</name>
    <message numerus="yes">
        <source>%n waiting to go out leave when you sign in again.</source>
        <translation>
            <numerusform>%n waiting to go out leaves when you sign in again.</numerusform>
            <numerusform>%n waiting to go out leave when you sign in again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HubLine</name>
    <message numerus="yes">
        <source>Offline, %n waiting</source>
        <translation>
            <numerusform>Offline, %n waiting</numerusform>
            <numerusform>Offline, %n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to go out</source>
        <translation>
            <numerusform>%n waiting to go out</numerusform>
            <numerusform>%n waiting to go out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be sent</source>
        <translation>
            <numerusform>%n could not be sent</numerusform>
            <numerusform>%n could not be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n of your reports have news.</source>
        <translation>
            <numerusform>%n of your reports has news.</numerusform>
            <numerusform>%n of your reports have news.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stick</name>
    <message numerus="yes">
        <source>%n reports and answers are on the stick</source>
        <translation>
            <numerusform>%n report or answer is on the stick</numerusform>
            <numerusform>%n reports and answers are on the stick</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of your own reports and answers are in the outbox. The hub counts each once.</source>
        <translation>
            <numerusform>%n report or answer of your own is in the outbox. The hub counts it once.</numerusform>
            <numerusform>%n of your own reports and answers are in the outbox. The hub counts each once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reports and answers of another tester are in the outbox, for the hub.</source>
        <translation>
            <numerusform>%n report or answer of another tester is in the outbox, for the hub.</numerusform>
            <numerusform>%n reports and answers of another tester are in the outbox, for the hub.</numerusform>
        </translation>
    </message>
</context>
</TS>
