<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AssemblyPlayer</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CarryOnCard</name>
    <message numerus="yes">
        <source>%n steps done</source>
        <translation>
            <numerusform>%n step done</numerusform>
            <numerusform>%n steps done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos kept</source>
        <translation>
            <numerusform>%n photo kept</numerusform>
            <numerusform>%n photos kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceBanner</name>
    <message numerus="yes">
        <source>%n more answer</source>
        <translation>
            <numerusform>%n more answers</numerusform>
            <numerusform>%n more answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n guides fit it.</source>
        <translation>
            <numerusform>One guide fits it.</numerusform>
            <numerusform>%n guides fit it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FetchDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FlashSide</name>
    <message numerus="yes">
        <source>%n checks are asked before anything is sent. Nothing goes out while one of them is open.</source>
        <translation>
            <numerusform>One check is asked before anything is sent. Nothing goes out while it is open.</numerusform>
            <numerusform>%n checks are asked before anything is sent. Nothing goes out while one of them is open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GuidesPage</name>
    <message numerus="yes">
        <source>%n guides, {here} ready to use offline</source>
        <translation>
            <numerusform>%n guide, {here} ready to use offline</numerusform>
            <numerusform>%n guides, {here} ready to use offline</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoDrop</name>
    <message numerus="yes">
        <source>%n photos kept</source>
        <translation>
            <numerusform>%n photo kept</numerusform>
            <numerusform>%n photos kept</numerusform>
        </translation>
    </message>
</context>
</TS>
