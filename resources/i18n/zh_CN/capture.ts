<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CaptureDialog</name>
    <message>
        <source>Picture of this PC</source>
        <translation>截取这台电脑的屏幕</translation>
    </message>
    <message>
        <source>{what} ({key})</source>
        <translation>{what}（{key}）</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不等</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Wait before the picture</source>
        <translation>截图前等待</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>All screens</source>
        <translation>所有屏幕</translation>
    </message>
    <message>
        <source>Screen {number}: {name}</source>
        <translation>屏幕 {number}：{name}</translation>
    </message>
    <message>
        <source>This window steps aside. What you take opens in the editor; nothing leaves yet.</source>
        <translation>本窗口会先让开。截取的图片在编辑器里打开，暂不发送任何内容。</translation>
    </message>
    <message>
        <source>Choose with the desktop&apos;s dialog</source>
        <translation>用桌面的截图窗口选择</translation>
    </message>
    <message>
        <source>A part</source>
        <translation>一部分</translation>
    </message>
    <message>
        <source>A window</source>
        <translation>一个窗口</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>整个屏幕</translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message>
        <source>Click to stop</source>
        <translation>点击停止</translation>
    </message>
    <message numerus="yes">
        <source>Picture in %n s</source>
        <translation>
            <numerusform>%n 秒后截图</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Choose a part of the screen</source>
        <translation>选择屏幕的一部分</translation>
    </message>
    <message>
        <source>Click the window to keep. Tab goes through them, Enter takes it, Esc gives up.</source>
        <translation>点击要保留的窗口。按 Tab 逐个切换，Enter 截取，Esc 放弃。</translation>
    </message>
    <message>
        <source>Draw the part to keep. Arrows move it, Enter takes it, Esc gives up.</source>
        <translation>拖出要保留的部分。方向键移动，Enter 截取，Esc 放弃。</translation>
    </message>
</context>
<context>
    <name>PhoneDialog</name>
    <message>
        <source>Photos from your phone</source>
        <translation>手机照片</translation>
    </message>
    <message>
        <source>Scan this with your phone</source>
        <translation>用手机扫描</translation>
    </message>
    <message>
        <source>Phone and PC must be in the same network. The internet is not needed: the photos go from one to the other.</source>
        <translation>手机和电脑必须在同一个网络里。不需要互联网，照片直接从手机传到电脑。</translation>
    </message>
    <message>
        <source>Place and camera details are removed on this PC before anything is kept.</source>
        <translation>保存之前，会先在这台电脑上去掉位置和相机信息。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Address for the phone&apos;s browser</source>
        <translation>手机浏览器的地址</translation>
    </message>
    <message>
        <source>Or type this in the phone&apos;s browser:</source>
        <translation>或者在手机浏览器里输入：</translation>
    </message>
    <message>
        <source>Show a new code</source>
        <translation>显示新的二维码</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Photos coming in</source>
        <translation>正在接收照片</translation>
    </message>
    <message>
        <source>QR code of {address}</source>
        <translation>{address} 的二维码</translation>
    </message>
    <message>
        <source>Good for {minutes}:{seconds:02d}, once</source>
        <translation>{minutes}:{seconds:02d} 内有效，限用一次</translation>
    </message>
    <message>
        <source>Photos are coming in</source>
        <translation>正在接收照片</translation>
    </message>
</context>
</TS>
