<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ReleaseCard</name>
    <message numerus="yes">
        <source>Read all %n changes</source>
        <translation>
            <numerusform>Read the %n change</numerusform>
            <numerusform>Read all %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StripCard</name>
    <message numerus="yes">
        <source>weeks in a row</source>
        <translation>
            <numerusform>week in a row</numerusform>
            <numerusform>weeks in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rest weeks used</source>
        <translation>
            <numerusform>%n rest week used</numerusform>
            <numerusform>%n rest weeks used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n things need you</source>
        <translation>
            <numerusform>%n thing needs you</numerusform>
            <numerusform>%n things need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept here, %n waiting</source>
        <translation>
            <numerusform>Kept here, %n waiting</numerusform>
            <numerusform>Kept here, %n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept here, %n on the way</source>
        <translation>
            <numerusform>Kept here, %n on the way</numerusform>
            <numerusform>Kept here, %n on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reports went out today.</source>
        <translation>
            <numerusform>%n report went out today.</numerusform>
            <numerusform>%n reports went out today.</numerusform>
        </translation>
    </message>
</context>
</TS>
