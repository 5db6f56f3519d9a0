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
        <source>You are signed out. Your reports, drafts and builds stay on this PC.</source>
        <translation>你已退出登录。反馈、草稿和版本都保留在这台电脑上。</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to go out leave when you sign in again.</source>
        <translation>
            <numerusform>%n 项等待发送的内容会在你再次登录后发出。</numerusform>
        </translation>
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
        <source>Devices</source>
        <translation>设备</translation>
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
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>You are in: {programme}</source>
        <translation>已加入：{programme}</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>Picture of this PC</source>
        <translation>截取这台电脑的屏幕</translation>
    </message>
    <message>
        <source>The phone&apos;s screen</source>
        <translation>手机屏幕</translation>
    </message>
    <message>
        <source>Photos from your phone, by QR code</source>
        <translation>手机照片（扫二维码）</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件…</translation>
    </message>
    <message>
        <source>From the clipboard</source>
        <translation>从剪贴板</translation>
    </message>
    <message>
        <source>Choose pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>There is no picture in that.</source>
        <translation>里面没有图片。</translation>
    </message>
</context>
<context>
    <name>HubLine</name>
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
    <message numerus="yes">
        <source>%n waiting to go out</source>
        <translation>
            <numerusform>%n 项等待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is kept here</source>
        <translation>一切都保存在这里</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有待发送的内容</translation>
    </message>
    <message>
        <source>Sending is paused</source>
        <translation>已暂停发送</translation>
    </message>
    <message>
        <source>Checked {time}</source>
        <translation>{time} 检查过</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be sent</source>
        <translation>
            <numerusform>%n 项未能发送</numerusform>
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
    <message numerus="yes">
        <source>%n of your reports have news.</source>
        <translation>
            <numerusform>你的 %n 条反馈有新进展。</numerusform>
        </translation>
    </message>
    <message>
        <source>{number} is fixed in {build}.</source>
        <translation>{number} 已在 {build} 中修复。</translation>
    </message>
    <message>
        <source>Does it work for you?</source>
        <translation>你那里好了吗？</translation>
    </message>
    <message>
        <source>{number} is fixed.</source>
        <translation>{number} 已修复。</translation>
    </message>
    <message>
        <source>The team asks you something about {number}.</source>
        <translation>团队就 {number} 向你提了一个问题。</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
</context>
<context>
    <name>RunNotices</name>
    <message>
        <source>{guide} has stopped and waits for you.</source>
        <translation>“{guide}”已停止，等待你处理。</translation>
    </message>
    <message>
        <source>See what is safe, and how to go on.</source>
        <translation>看看哪些是安全的，以及怎样继续。</translation>
    </message>
    <message>
        <source>{guide}: it is written.</source>
        <translation>“{guide}”：已写入完成。</translation>
    </message>
    <message>
        <source>You can go on.</source>
        <translation>可以继续下一步。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>SendingCard</name>
    <message>
        <source>Sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Pause sending</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>What you write stays here and keeps its order. News of the hub still come.</source>
        <translation>你写的内容留在这里，顺序不变。服务器的新消息照常接收。</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>The most that sending takes of your line. Holds at once, also in the middle of a file.</source>
        <translation>发送最多占用的带宽。立即生效，文件传到一半时也是。</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Metered</source>
        <translation>按流量计费</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>不计费</translation>
    </message>
    <message>
        <source>This network is</source>
        <translation>当前网络</translation>
    </message>
    <message>
        <source>On a metered network, words and small files go out and large files wait.</source>
        <translation>在按流量计费的网络上，文字和小文件照常发送，大文件先等着。</translation>
    </message>
    <message>
        <source>A file is large from</source>
        <translation>多大算大文件</translation>
    </message>
    <message>
        <source>Each file of a report can also be sent or held back by itself.</source>
        <translation>反馈里的每个文件也可以单独发送或暂留。</translation>
    </message>
    <message>
        <source>USB stick</source>
        <translation>U 盘</translation>
    </message>
    <message>
        <source>Without any network: save what waits, and let another PC’s Firstlight or the team bring it. Nothing arrives twice.</source>
        <translation>完全没有网络时：把待发送的内容存到 U 盘，由另一台电脑的 Firstlight 或团队代为送达。不会重复送达。</translation>
    </message>
    <message>
        <source>No notices of the system</source>
        <translation>不用系统通知</translation>
    </message>
    <message>
        <source>Answers, fixes and badges are then said in this window alone.</source>
        <translation>团队的回答、修复和徽章只在这个窗口里提示。</translation>
    </message>
    <message>
        <source>As it goes</source>
        <translation>不限速</translation>
    </message>
    <message>
        <source>{count} KB/s</source>
        <translation>{count} KB/s</translation>
    </message>
    <message>
        <source>{count} MB/s</source>
        <translation>{count} MB/s</translation>
    </message>
    <message>
        <source>{count} MB</source>
        <translation>{count} MB</translation>
    </message>
    <message>
        <source>Save to a stick</source>
        <translation>存到 U 盘</translation>
    </message>
    <message>
        <source>Bring from a stick</source>
        <translation>从 U 盘带入</translation>
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
        <translation>账号</translation>
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
        <translation>{email}，{hub}。退出登录后，反馈、草稿和版本仍留在这台电脑上；等待的内容会在你重新登录后发出。</translation>
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
        <source>Signed builds</source>
        <translation>已签名的版本</translation>
    </message>
    <message>
        <source>Join another programme</source>
        <translation>加入其他计划</translation>
    </message>
    <message>
        <source>With an F-code of the same maker.</source>
        <translation>使用同一制造商的 F 码。</translation>
    </message>
    <message>
        <source>This hub was never seen to sign its builds; they are compared with what it lists.</source>
        <translation>从未见过此服务器为版本签名；版本只与其登记的内容比对。</translation>
    </message>
    <message>
        <source>Taken only when they are signed under the root {root}. This is a practice hub: it made all keys itself.</source>
        <translation>仅接受在根密钥 {root} 名下签名的版本。这是练习服务器：所有密钥都由它自己生成。</translation>
    </message>
    <message>
        <source>Taken only when they are signed under the root {root}, trusted since {day}. Compare it with what the maker publishes.</source>
        <translation>仅接受在根密钥 {root} 名下签名的版本，自 {day} 起信任。请与制造商公布的内容核对。</translation>
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
        <translation>关闭此项之前，不会访问网络。你写的内容都在发件箱里等待。</translation>
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
        <translation>在任何页面反馈问题</translation>
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
        <source>Not found. Firstlight&apos;s own client is used where that is safe.</source>
        <translation>未找到。在安全的情况下使用 Firstlight 自带的客户端。</translation>
    </message>
</context>
<context>
    <name>Stick</name>
    <message>
        <source>A folder on the stick</source>
        <translation>U 盘上的文件夹</translation>
    </message>
    <message>
        <source>A bundle from a stick</source>
        <translation>U 盘上的发件包</translation>
    </message>
    <message>
        <source>Firstlight bundles (*.firstlight)</source>
        <translation>Firstlight 发件包 (*.firstlight)</translation>
    </message>
    <message numerus="yes">
        <source>%n reports and answers are on the stick</source>
        <translation>
            <numerusform>%n 条反馈和回答已存到 U 盘</numerusform>
        </translation>
    </message>
    <message>
        <source>{size}, in {name}. Whoever finds the stick can read them. They stay in the outbox too; the hub counts each once.</source>
        <translation>{size}，在 {name} 中。捡到 U 盘的人能读到它们。发件箱里也还留着，服务器每条只计一次。</translation>
    </message>
    <message numerus="yes">
        <source>%n of your own reports and answers are in the outbox. The hub counts each once.</source>
        <translation>
            <numerusform>你自己的 %n 条反馈和回答已进入发件箱。服务器每条只计一次。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reports and answers of another tester are in the outbox, for the hub.</source>
        <translation>
            <numerusform>另一位测试者的 %n 条反馈和回答已进入发件箱，将送往服务器。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StorageCard</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Where it lies</source>
        <translation>存放位置</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>{free} are free on this disk.</source>
        <translation>这块磁盘还有 {free} 可用。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Clear: {part}</source>
        <translation>清理：{part}</translation>
    </message>
    <message>
        <source>{part}, {size}</source>
        <translation>{part}，{size}</translation>
    </message>
    <message>
        <source>Not arrived yet</source>
        <translation>尚未送达</translation>
    </message>
    <message>
        <source>Drafts, the outbox and what needs you. Always stays.</source>
        <translation>草稿、发件箱和需要你处理的内容。始终保留。</translation>
    </message>
    <message>
        <source>Arrived at the hub</source>
        <translation>已送达服务器</translation>
    </message>
    <message>
        <source>Kept 30 days, should the hub need it again after a restore; then it goes by itself.</source>
        <translation>保留 30 天，以防服务器恢复备份后再次需要；之后自动清除。</translation>
    </message>
    <message>
        <source>Thrown away today</source>
        <translation>今天丢弃的</translation>
    </message>
    <message>
        <source>Can still be brought back with Undo.</source>
        <translation>还可以用“撤销”找回。</translation>
    </message>
    <message>
        <source>Photos of your builds</source>
        <translation>你的组装照片</translation>
    </message>
    <message>
        <source>Albums and evidence of guides. They stay on this PC unless you share or delete them.</source>
        <translation>指南的相册和证明材料。除非你分享或删除，它们一直留在这台电脑上。</translation>
    </message>
    <message>
        <source>The store</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Words, states and badges.</source>
        <translation>文字、状态和徽章。</translation>
    </message>
    <message>
        <source>Backups of the store</source>
        <translation>数据库备份</translation>
    </message>
    <message>
        <source>Made before updates and each day. The newest always stays.</source>
        <translation>每次更新前和每天各备份一次。最新的一份始终保留。</translation>
    </message>
    <message>
        <source>Fetched builds</source>
        <translation>已下载的版本</translation>
    </message>
    <message>
        <source>Fetched again when a guide needs them.</source>
        <translation>指南需要时会重新下载。</translation>
    </message>
    <message>
        <source>{size} are free again.</source>
        <translation>已腾出 {size}。</translation>
    </message>
</context>
<context>
    <name>ToastView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Firstlight</source>
        <translation>打开 Firstlight</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Pause sending</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
</TS>
