<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>RegionPicker</name>
    <message>
        <source>Choose a part of the screen</source>
        <translation>选择屏幕的一部分</translation>
    </message>
    <message>
        <source>Draw the part to keep. Arrows move it, Enter takes it, Esc gives up.</source>
        <translation>框出要保留的部分。方向键移动，Enter 确定，Esc 放弃。</translation>
    </message>
</context>
</TS>
