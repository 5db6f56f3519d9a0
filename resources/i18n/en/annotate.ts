<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EditorPage</name>
    <message numerus="yes">
        <source>%n mark(s) copied. Open another picture and paste.</source>
        <translation>
            <numerusform>%n mark copied. Open another picture and paste.</numerusform>
            <numerusform>%n marks copied. Open another picture and paste.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundCard</name>
    <message numerus="yes">
        <source>%n place(s) may be private</source>
        <translation>
            <numerusform>%n place may be private</numerusform>
            <numerusform>%n places may be private</numerusform>
        </translation>
    </message>
</context>
</TS>
