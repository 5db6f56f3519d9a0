<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Countdown</name>
    <message numerus="yes">
        <source>Picture in %n s</source>
        <translation>
            <numerusform>Picture in %n second</numerusform>
            <numerusform>Picture in %n seconds</numerusform>
        </translation>
    </message>
</context>
</TS>
