<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Application</name>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Opening what is kept on this PC</source>
        <translation>正在打开这台电脑上的内容</translation>
    </message>
</context>
<context>
    <name>CrashBox</name>
    <message>
        <source>Firstlight met a fault of its own</source>
        <translation>Firstlight 自身出现了故障</translation>
    </message>
    <message>
        <source>Firstlight met a fault of its own. What you wrote and collected is kept on this PC. You can go on working.</source>
        <translation>Firstlight 自身出现了故障。你写下和收集的内容都保存在这台电脑上，可以继续使用。</translation>
    </message>
    <message>
        <source>Nothing was sent. The log has the details, without passwords or tokens.</source>
        <translation>没有发送任何内容。日志里有详情，不含密码和令牌。</translation>
    </message>
    <message>
        <source>Copy the log&apos;s place</source>
        <translation>复制日志位置</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>The store of this PC was damaged and has been rebuilt from what could be read and the last backup. The damaged file is kept.</source>
        <translation>这台电脑上的数据库损坏了，已用可读的内容和上次备份重建。损坏的文件仍然保留。</translation>
    </message>
    <message>
        <source>A device is being written. Firstlight stays open until that is done.</source>
        <translation>正在写入设备。完成之前，Firstlight 会保持打开。</translation>
    </message>
    <message>
        <source>A half-written system does not start. You can make the window small meanwhile.</source>
        <translation>只写了一半的系统无法启动。你可以先把窗口最小化。</translation>
    </message>
    <message>
        <source>Make it small</source>
        <translation>最小化</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>You are in: {programme}</source>
        <translation>已加入：{programme}</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Honour</source>
        <translation>荣誉</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No programme yet</source>
        <translation>尚未加入计划</translation>
    </message>
    <message>
        <source>Join another programme</source>
        <translation>加入其他计划</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message numerus="yes">
        <source>Offline, %n waiting</source>
        <translation>
            <numerusform>离线，%n 项等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>You chose to work offline</source>
        <translation>你选择了离线工作</translation>
    </message>
    <message>
        <source>Since {time}</source>
        <translation>自 {time} 起</translation>
    </message>
    <message>
        <source>Checked {time}</source>
        <translation>{time} 检查过</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to go out</source>
        <translation>
            <numerusform>%n 项等待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything sent</source>
        <translation>全部已发送</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Report a problem</source>
        <translation>反馈问题</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Badge earned: {name}</source>
        <translation>获得徽章：{name}</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>帐号</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>{name}, tester no. {number}</source>
        <translation>{name}，第 {number} 号测试者</translation>
    </message>
    <message>
        <source>{email} at {hub}. Signing out keeps your reports, drafts and builds on this PC; what waits goes out when you are back.</source>
        <translation>{email}，{hub}。退出登录后，反馈、草稿和版本仍留在这台电脑上；等待的内容会在你回来后发送。</translation>
    </message>
    <message>
        <source>F-code</source>
        <translation>F 码</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Join another programme</source>
        <translation>加入其他计划</translation>
    </message>
    <message>
        <source>With an F-code of the same maker.</source>
        <translation>使用同一厂商的 F 码。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>At once, also for guides.</source>
        <translation>立即生效，指南也会切换。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>On top of your system&apos;s own size. From 150 % on, columns stand below each other.</source>
        <translation>在系统字号的基础上调整。达到 150% 后，各栏上下排列。</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>No animations.</source>
        <translation>不使用动画。</translation>
    </message>
    <message>
        <source>Hub and network</source>
        <translation>服务器与网络</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Nothing is asked of the network until you switch this off. Everything you write waits in the outbox.</source>
        <translation>关闭之前不访问网络。你写的内容都在发件箱里等待。</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>No hub yet</source>
        <translation>尚无服务器</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在统计</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Where it lies</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Remove fetched builds</source>
        <translation>删除已下载的版本</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在查找</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose {tool}</source>
        <translation>选择 {tool}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Go to a section</source>
        <translation>切换版块</translation>
    </message>
    <message>
        <source>New report</source>
        <translation>新建反馈</translation>
    </message>
    <message>
        <source>Report a problem from anywhere</source>
        <translation>随时反馈问题</translation>
    </message>
    <message>
        <source>Done and next, put in the outbox</source>
        <translation>完成并继续，放入发件箱</translation>
    </message>
    <message>
        <source>Undo, redo</source>
        <translation>撤销、重做</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Tools of the picture editor</source>
        <translation>图片编辑器的工具</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一区域</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Apache-2.0. Icons: Phosphor. Type: Inter and JetBrains Mono.</source>
        <translation>Apache-2.0。图标：Phosphor。字体：Inter 和 JetBrains Mono。</translation>
    </message>
    <message>
        <source>Reports and pictures {reports}, fetched builds {builds}, guides {guides}. {free} free on this disk.</source>
        <translation>反馈和图片 {reports}，已下载的版本 {builds}，指南 {guides}。此磁盘剩余 {free}。</translation>
    </message>
    <message>
        <source>{size} freed. Builds are fetched again when you need them.</source>
        <translation>已释放 {size}。需要时会重新下载版本。</translation>
    </message>
    <message>
        <source>Not found. Firstlight&apos;s own client is used where that is safe.</source>
        <translation>未找到。在安全的情况下使用 Firstlight 自带的客户端。</translation>
    </message>
</context>
<context>
    <name>ToastView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
</TS>
