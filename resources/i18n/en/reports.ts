<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswerBox</name>
    <message numerus="yes">
        <source>%n letters too many</source>
        <translation>
            <numerusform>%n letter too many</numerusform>
            <numerusform>%n letters too many</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineBanner</name>
    <message numerus="yes">
        <source>%n large files wait: this network is metered.</source>
        <translation>
            <numerusform>%n large file waits: this network is metered.</numerusform>
            <numerusform>%n large files wait: this network is metered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutgoingCard</name>
    <message numerus="yes">
        <source>The hub deletes the files %n days after the report is done. Your words stay with the report.</source>
        <translation>
            <numerusform>The hub deletes the files %n day after the report is done. Your words stay with the report.</numerusform>
            <numerusform>The hub deletes the files %n days after the report is done. Your words stay with the report.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n details in them look private. Your words leave as you wrote them.</source>
        <translation>
            <numerusform>%n detail in them looks private. Your words leave as you wrote them.</numerusform>
            <numerusform>%n details in them look private. Your words leave as you wrote them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n areas hidden</source>
        <translation>
            <numerusform>%n area hidden</numerusform>
            <numerusform>%n areas hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n details hidden</source>
        <translation>
            <numerusform>%n detail hidden</numerusform>
            <numerusform>%n details hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message numerus="yes">
        <source>%n arrived</source>
        <translation>
            <numerusform>%n arrived</numerusform>
            <numerusform>%n arrived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n led to a fix</source>
        <translation>
            <numerusform>%n led to a fix</numerusform>
            <numerusform>%n led to a fix</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>same as %n other testers</source>
        <translation>
            <numerusform>same as %n other tester</numerusform>
            <numerusform>same as %n other testers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n min left</source>
        <translation>
            <numerusform>About %n min left</numerusform>
            <numerusform>About %n min left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message numerus="yes">
        <source>Joined with %n reports</source>
        <translation>
            <numerusform>Joined with %n report</numerusform>
            <numerusform>Joined with %n reports</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WordsForm</name>
    <message numerus="yes">
        <source>%n letters too many</source>
        <translation>
            <numerusform>%n letter too many</numerusform>
            <numerusform>%n letters too many</numerusform>
        </translation>
    </message>
</context>
</TS>
