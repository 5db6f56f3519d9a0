<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>SumsCard</name>
    <message numerus="yes">
        <source>builds flashed</source>
        <translation>
            <numerusform>build flashed</numerusform>
            <numerusform>builds flashed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>reports sent</source>
        <translation>
            <numerusform>report sent</numerusform>
            <numerusform>reports sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>led to a fix</source>
        <translation>
            <numerusform>led to a fix</numerusform>
            <numerusform>led to a fix</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>guides finished</source>
        <translation>
            <numerusform>guide finished</numerusform>
            <numerusform>guides finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>routers built</source>
        <translation>
            <numerusform>router built</numerusform>
            <numerusform>routers built</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeeksCard</name>
    <message numerus="yes">
        <source>%n contributions in 48 weeks</source>
        <translation>
            <numerusform>%n contribution in 48 weeks</numerusform>
            <numerusform>%n contributions in 48 weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weeks in a row</source>
        <translation>
            <numerusform>%n week in a row</numerusform>
            <numerusform>%n weeks in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rest weeks used, between dotted lines.</source>
        <translation>
            <numerusform>%n rest week used, between dotted lines.</numerusform>
            <numerusform>%n rest weeks used, between dotted lines.</numerusform>
        </translation>
    </message>
</context>
</TS>
