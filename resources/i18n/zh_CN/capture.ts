<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BugreportPanel</name>
    <message>
        <source>It takes minutes and much of it is private. Lists of Wi-Fi networks near you are hidden; pictures and data files stay out.</source>
        <translation>需要几分钟，其中很多内容是隐私。附近的 Wi-Fi 列表会被隐藏；图片和数据文件不会包含在内。</translation>
    </message>
    <message>
        <source>Make a bug report</source>
        <translation>生成错误报告</translation>
    </message>
</context>
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
    <name>LogDialog</name>
    <message>
        <source>Collect a log</source>
        <translation>收集日志</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Bug report</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Serial line</source>
        <translation>串口</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>Where the log comes from</source>
        <translation>日志来源</translation>
    </message>
    <message>
        <source>It happened just now</source>
        <translation>刚才出现了</translation>
    </message>
    <message>
        <source>Take all of it</source>
        <translation>全部取用</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止记录</translation>
    </message>
    <message>
        <source>Nothing leaves yet: private details are hidden in the report, and you look first.</source>
        <translation>现在什么都不会发出：隐私信息会在反馈中隐藏，并由你先查看。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Attach to the report</source>
        <translation>附到反馈中</translation>
    </message>
    <message>
        <source>The bug report is here ({size}). Each text in it is looked over in the report.</source>
        <translation>错误报告已取得（{size}）。其中的每个文本都会在反馈中检查。</translation>
    </message>
    <message>
        <source>Recorded {name}: {size}</source>
        <translation>已记录 {name}：{size}</translation>
    </message>
    <message>
        <source>Recording {name} since {time}: {size}</source>
        <translation>从 {time} 起记录 {name}：{size}</translation>
    </message>
    <message>
        <source>Recording {name}. Nothing was said yet.</source>
        <translation>正在记录 {name}，还没有内容。</translation>
    </message>
    <message>
        <source>Listening for what comes of it, {seconds} s more.</source>
        <translation>再记录 {seconds} 秒，看随后发生什么。</translation>
    </message>
</context>
<context>
    <name>LogReader</name>
    <message>
        <source>Find in this log</source>
        <translation>在日志中查找</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>All writers</source>
        <translation>全部来源</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>全部级别</translation>
    </message>
    <message>
        <source>Information and worse</source>
        <translation>信息及以上</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>只看错误</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Last 2 min</source>
        <translation>最后 2 分钟</translation>
    </message>
    <message>
        <source>Last 10 min</source>
        <translation>最后 10 分钟</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最后一小时</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What you take or record is shown here, to be searched and cut.</source>
        <translation>取用或记录的日志显示在这里，可以搜索和截取。</translation>
    </message>
    <message>
        <source>Keep only the selected lines</source>
        <translation>只保留选中的行</translation>
    </message>
    <message>
        <source>The whole log again</source>
        <translation>恢复整个日志</translation>
    </message>
    <message>
        <source>Lines {first} to {last} of {total} are kept.</source>
        <translation>保留第 {first} 到 {last} 行，共 {total} 行。</translation>
    </message>
    <message>
        <source>{matched} of {total} lines</source>
        <translation>共 {total} 行，匹配 {matched} 行</translation>
    </message>
    <message>
        <source>{total} lines</source>
        <translation>{total} 行</translation>
    </message>
    <message>
        <source>(the last {shown} are shown)</source>
        <translation>（显示最后 {shown} 行）</translation>
    </message>
</context>
<context>
    <name>OwnPanel</name>
    <message>
        <source>What Firstlight itself did and met, the last 2 MB. It helps where the program is at fault.</source>
        <translation>Firstlight 自己做过和遇到的事，最后 2 MB。问题出在程序本身时有用。</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>取用</translation>
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
<context>
    <name>PhonePanel</name>
    <message>
        <source>Record first, then use the phone. Press the button the moment it happens.</source>
        <translation>先开始记录，再使用手机。问题出现时马上按按钮。</translation>
    </message>
    <message>
        <source>Record while I test</source>
        <translation>测试时记录</translation>
    </message>
    <message>
        <source>Take what it holds</source>
        <translation>取用现有日志</translation>
    </message>
</context>
<context>
    <name>RouterPanel</name>
    <message>
        <source>The first time, Firstlight keeps the router&apos;s key; from then on only that router is asked.</source>
        <translation>第一次连接时，Firstlight 会保存路由器的密钥；以后只读取这台路由器。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Password, if it has one</source>
        <translation>密码（如果有）</translation>
    </message>
    <message>
        <source>Its log</source>
        <translation>系统日志</translation>
    </message>
    <message>
        <source>Its kernel&apos;s log</source>
        <translation>内核日志</translation>
    </message>
</context>
<context>
    <name>SerialPanel</name>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Record while I test</source>
        <translation>测试时记录</translation>
    </message>
    <message>
        <source>Each line gets this PC&apos;s time. Nothing is ever written to the line.</source>
        <translation>每行都加上这台电脑的时间。不会向串口写入任何内容。</translation>
    </message>
    <message>
        <source>No port was found; plug the adapter in</source>
        <translation>没有找到端口；请插上适配器</translation>
    </message>
</context>
<context>
    <name>_AdbPanel</name>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>No started phone answers. Plug it in, unlock it, and allow USB debugging on its screen.</source>
        <translation>没有已开机的手机响应。插上手机并解锁，然后在屏幕上允许 USB 调试。</translation>
    </message>
</context>
</TS>
