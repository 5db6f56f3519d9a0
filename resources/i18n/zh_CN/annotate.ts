<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CanvasView</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Letters take a tool, Enter draws with it, arrows move the chosen mark. The list beside it names each mark.</source>
        <translation>按字母选工具，按 Enter 绘制，方向键移动选中的标注。旁边的列表列出每个标注。</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>Mark up the picture</source>
        <translation>标注图片</translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) copied. Open another picture and paste.</source>
        <translation>
            <numerusform>已复制 %n 个标注。打开另一张图片后粘贴。</numerusform>
        </translation>
    </message>
    <message>
        <source>The picture with its marks is on the clipboard.</source>
        <translation>带标注的图片已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>FoundCard</name>
    <message>
        <source>Words that may be private</source>
        <translation>可能涉及隐私的文字</translation>
    </message>
    <message>
        <source>Space ticks what is to be hidden.</source>
        <translation>按空格键勾选要隐藏的内容。</translation>
    </message>
    <message>
        <source>Hide these</source>
        <translation>隐藏这些</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>不隐藏</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) may be private</source>
        <translation>
            <numerusform>有 %n 处可能涉及隐私</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarksModel</name>
    <message>
        <source>Text without words</source>
        <translation>没有内容的文字</translation>
    </message>
    <message>
        <source>Step {number}</source>
        <translation>步骤 {number}</translation>
    </message>
    <message>
        <source>Hidden area</source>
        <translation>隐藏区域</translation>
    </message>
    <message>
        <source>Mosaic area</source>
        <translation>马赛克区域</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>{row} of {rows}</source>
        <translation>第 {row} 个，共 {rows} 个</translation>
    </message>
</context>
<context>
    <name>MarksView</name>
    <message>
        <source>Marks</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Up and down choose, Space shows or hides, Delete removes, F2 names, Enter edits words, Alt with arrows reorders, Ctrl with arrows moves.</source>
        <translation>上下键选择，空格键显示或隐藏，Delete 删除，F2 命名，Enter 编辑文字，Alt 加方向键调整顺序，Ctrl 加方向键移动。</translation>
    </message>
</context>
<context>
    <name>PicturesStrip</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture {number} of {count}: {name}</source>
        <translation>第 {number} 张，共 {count} 张：{name}</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>再加一张图片</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>At {x}, {y}</source>
        <translation>位于 {x}, {y}</translation>
    </message>
    <message>
        <source>{place}, glass at {x}, {y}</source>
        <translation>{place}，放大镜位于 {x}, {y}</translation>
    </message>
    <message>
        <source>From {x1}, {y1} to {x2}, {y2}</source>
        <translation>从 {x1}, {y1} 到 {x2}, {y2}</translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message>
        <source>The pixels are cut from the picture that leaves, and so are place and camera. A mosaic never looks at what it covers.</source>
        <translation>发出的图片里不再有这些像素，也没有拍摄地点和相机信息。马赛克从不读取它遮住的内容。</translation>
    </message>
    <message>
        <source>Hidden means gone.</source>
        <translation>隐藏就是删除。</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>More for marks</source>
        <translation>更多标注操作</translation>
    </message>
    <message>
        <source>Copy for another picture</source>
        <translation>复制到其他图片</translation>
    </message>
    <message>
        <source>Paste marks</source>
        <translation>粘贴标注</translation>
    </message>
    <message>
        <source>Name this mark (F2)</source>
        <translation>为标注命名（F2）</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Drag the corners; Ctrl and Alt with arrows move them</source>
        <translation>拖动边角；Ctrl、Alt 加方向键各移动一角</translation>
    </message>
    <message>
        <source>Arrows move a mark by 1 px, with Shift by 10</source>
        <translation>方向键移动 1 px，加 Shift 移动 10 px</translation>
    </message>
    <message>
        <source>Drag to draw, Shift keeps it straight</source>
        <translation>拖动绘制，按住 Shift 保持平直</translation>
    </message>
</context>
<context>
    <name>StyleCard</name>
    <message>
        <source>Words on the picture</source>
        <translation>图片上的文字</translation>
    </message>
    <message>
        <source>Name in the list (F2)</source>
        <translation>列表中的名称（F2）</translation>
    </message>
    <message>
        <source>Name of the mark</source>
        <translation>标注的名称</translation>
    </message>
    <message>
        <source>Remove the crop</source>
        <translation>取消裁剪</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>粗细</translation>
    </message>
    <message>
        <source>Light edge</source>
        <translation>浅色描边</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Click a mark to change it, or take a tool.</source>
        <translation>点击标注进行修改，或选一个工具。</translation>
    </message>
    <message>
        <source>Drag over the part to keep. The rest can come back until the report is sent.</source>
        <translation>拖动选出要保留的部分。反馈发出之前，其余部分随时可以恢复。</translation>
    </message>
    <message>
        <source>Drag over what nobody should read.</source>
        <translation>拖动盖住不想让人看到的内容。</translation>
    </message>
    <message>
        <source>Tiles in the colours around it. What is below is never looked at.</source>
        <translation>用周围颜色的小块遮住，从不读取下面的内容。</translation>
    </message>
    <message>
        <source>Drag over a detail; the glass shows it twice as large.</source>
        <translation>拖动选出细节，放大镜显示两倍大小。</translation>
    </message>
    <message>
        <source>Drag over what matters; the rest is dimmed.</source>
        <translation>拖动选出重点，其余部分变暗。</translation>
    </message>
</context>
<context>
    <name>ToolColumn</name>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Numbered step</source>
        <translation>编号步骤</translation>
    </message>
    <message>
        <source>Highlighter</source>
        <translation>荧光笔</translation>
    </message>
    <message>
        <source>Freehand</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>马赛克</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Spotlight</source>
        <translation>聚光灯</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Turn clockwise (Ctrl+R)</source>
        <translation>顺时针旋转（Ctrl+R）</translation>
    </message>
    <message>
        <source>Copy the picture with its marks (Ctrl+Shift+C)</source>
        <translation>复制带标注的图片（Ctrl+Shift+C）</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Size on the screen</source>
        <translation>显示比例</translation>
    </message>
    <message>
        <source>Use this picture</source>
        <translation>使用这张图片</translation>
    </message>
    <message>
        <source>Size on the screen, {percent}</source>
        <translation>显示比例，{percent}</translation>
    </message>
</context>
<context>
    <name>_ToolButton</name>
    <message>
        <source>{tool} ({letter})</source>
        <translation>{tool}（{letter}）</translation>
    </message>
</context>
</TS>
