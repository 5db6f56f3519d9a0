<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutRow</name>
    <message>
        <source>Which device</source>
        <translation>哪台设备</translation>
    </message>
    <message>
        <source>Which device?</source>
        <translation>哪台设备？</translation>
    </message>
    <message>
        <source>{device}, build {build}</source>
        <translation>{device}，版本 {build}</translation>
    </message>
</context>
<context>
    <name>AnswerBox</name>
    <message>
        <source>Your answer</source>
        <translation>你的回答</translation>
    </message>
    <message>
        <source>Put in the outbox</source>
        <translation>放入发件箱</translation>
    </message>
    <message numerus="yes">
        <source>%n letters too many</source>
        <translation>
            <numerusform>超出 %n 个字符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttachmentTile</name>
    <message>
        <source>{name}, picture, open in the editor</source>
        <translation>{name}，图片，在编辑器中打开</translation>
    </message>
    <message>
        <source>{name}, not looked at yet, look now</source>
        <translation>{name}，还没看过，现在查看</translation>
    </message>
    <message>
        <source>{name}, looked at, look again</source>
        <translation>{name}，已看过，再看一次</translation>
    </message>
    <message>
        <source>Take off {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>On a metered network</source>
        <translation>在按流量计费的网络上</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>按大小决定</translation>
    </message>
    <message>
        <source>Send it anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Wait for a free network</source>
        <translation>等不计费的网络</translation>
    </message>
</context>
<context>
    <name>AttachmentsView</name>
    <message>
        <source>Attached</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Add screenshot, log or photo</source>
        <translation>添加截图、日志或照片</translation>
    </message>
    <message>
        <source>Drop files here, or paste with Ctrl+V.</source>
        <translation>把文件拖到这里，或按 Ctrl+V 粘贴。</translation>
    </message>
    <message>
        <source>Screenshot of this PC</source>
        <translation>这台电脑的截图</translation>
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
        <source>A log of the phone, router or board</source>
        <translation>手机、路由器或开发板的日志</translation>
    </message>
    <message>
        <source>Photos, logs, files…</source>
        <translation>照片、日志、文件…</translation>
    </message>
    <message>
        <source>From the clipboard</source>
        <translation>从剪贴板</translation>
    </message>
</context>
<context>
    <name>ComposerBar</name>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>Put in the outbox</source>
        <translation>放入发件箱</translation>
    </message>
</context>
<context>
    <name>DetailView</name>
    <message>
        <source>No report chosen</source>
        <translation>未选择反馈</translation>
    </message>
    <message>
        <source>Choose one to see what became of it.</source>
        <translation>选择一条，查看它的进展。</translation>
    </message>
    <message>
        <source>No title yet</source>
        <translation>还没有标题</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待你处理</translation>
    </message>
    <message>
        <source>last change {day}</source>
        <translation>最近变动 {day}</translation>
    </message>
    <message>
        <source>written on another device</source>
        <translation>在另一台设备上写的</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>继续写</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Fixed for me</source>
        <translation>我这里好了</translation>
    </message>
    <message>
        <source>Still there</source>
        <translation>问题还在</translation>
    </message>
    <message>
        <source>Write to the team</source>
        <translation>给团队留言</translation>
    </message>
    <message>
        <source>Send as an answer</source>
        <translation>作为回答发送</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Which reports to show</source>
        <translation>显示哪些反馈</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待你处理</translation>
    </message>
    <message>
        <source>With the team</source>
        <translation>团队处理中</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Anything odd is worth a line. It is kept here first and goes out when there is a network.</source>
        <translation>任何异常都值得写一句。先保存在这里，有网络时再发出。</translation>
    </message>
    <message>
        <source>The outbox is empty: everything you wrote has arrived.</source>
        <translation>发件箱是空的：你写的都已送达。</translation>
    </message>
    <message>
        <source>Nobody waits for you.</source>
        <translation>没有需要你处理的。</translation>
    </message>
    <message>
        <source>No report is with the team now.</source>
        <translation>现在没有团队处理中的反馈。</translation>
    </message>
    <message>
        <source>No report of yours was fixed yet. When one is, it says here in which build.</source>
        <translation>你的反馈还没有被修复的。修复后，这里会写明在哪个版本。</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Your report is in the outbox.</source>
        <translation>反馈已放入发件箱。</translation>
    </message>
    <message>
        <source>The report was thrown away.</source>
        <translation>反馈已丢弃。</translation>
    </message>
    <message>
        <source>{name} was taken off.</source>
        <translation>已移除 {name}。</translation>
    </message>
</context>
<context>
    <name>LineBanner</name>
    <message>
        <source>Go on sending</source>
        <translation>继续发送</translation>
    </message>
    <message>
        <source>Everything below is kept on this PC and keeps its order.</source>
        <translation>下面的内容都保存在这台电脑上，顺序不变。</translation>
    </message>
    <message>
        <source>You paused sending.</source>
        <translation>你已暂停发送。</translation>
    </message>
    <message>
        <source>Send them anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Words and small files go out; the rest follows by itself on a free network.</source>
        <translation>文字和小文件照常发送；其余的等到不计费的网络时自动发送。</translation>
    </message>
    <message numerus="yes">
        <source>%n large files wait: this network is metered.</source>
        <translation>
            <numerusform>%n 个大文件在等待：当前网络按流量计费。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This file is no text and no picture. It leaves as it is.</source>
        <translation>这个文件不是文本也不是图片，会原样发送。</translation>
    </message>
    <message>
        <source>Only the beginning is shown here.</source>
        <translation>这里只显示开头部分。</translation>
    </message>
    <message>
        <source>This picture cannot be shown here. It leaves without its hidden facts all the same.</source>
        <translation>这张图片无法在这里显示。发送时同样会去除文件中的附加信息。</translation>
    </message>
</context>
<context>
    <name>OfflineBanner</name>
    <message>
        <source>Try now</source>
        <translation>现在重试</translation>
    </message>
    <message>
        <source>Save to a USB stick</source>
        <translation>存到 U 盘</translation>
    </message>
    <message>
        <source>You work offline since {time}.</source>
        <translation>你从 {time} 起离线工作。</translation>
    </message>
    <message>
        <source>Everything below is kept on this PC. It goes out, in this order, once you go online again in Settings.</source>
        <translation>下面的内容都已保存在这台电脑上。在设置中恢复联网后，会按这个顺序发出。</translation>
    </message>
    <message>
        <source>You are offline since {time}.</source>
        <translation>从 {time} 起处于离线状态。</translation>
    </message>
    <message>
        <source>Nothing is lost: everything below is kept on this PC and goes out by itself, in this order, when the network is back.</source>
        <translation>没有丢失任何内容：下面的内容都已保存在这台电脑上，网络恢复后会按这个顺序自动发出。</translation>
    </message>
</context>
<context>
    <name>OutgoingCard</name>
    <message>
        <source>What will be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>Stays on this PC</source>
        <translation>留在这台电脑上</translation>
    </message>
    <message>
        <source>The original logs and pictures, and what you hid in them.</source>
        <translation>原始日志和图片，以及你在其中隐藏的内容。</translation>
    </message>
    <message>
        <source>The report goes out as “{name}”. The hub knows your e-mail address from your account; no report names it.</source>
        <translation>这条反馈以“{name}”的名义发出。服务器从你的账号知道你的邮箱地址，但反馈里不会写它。</translation>
    </message>
    <message>
        <source>getting it ready, {percent} %</source>
        <translation>正在准备，{percent}%</translation>
    </message>
    <message>
        <source>getting it ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>The hub deletes the files %n days after the report is done. Your words stay with the report.</source>
        <translation>
            <numerusform>反馈处理完毕 %n 天后，服务器会删除这些文件。你写的文字会随反馈保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>to the hub of {maker} only, {size}</source>
        <translation>只发给 {maker} 的服务器，{size}</translation>
    </message>
    <message>
        <source>to your hub only, {size}</source>
        <translation>只发给你的服务器，{size}</translation>
    </message>
    <message>
        <source>{name}, not looked at yet</source>
        <translation>{name}，还没看过</translation>
    </message>
    <message numerus="yes">
        <source>%n details in them look private. Your words leave as you wrote them.</source>
        <translation>
            <numerusform>其中有 %n 处看起来是隐私信息。你写的文字会原样发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>现在查看</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Look at {name} now</source>
        <translation>现在查看 {name}</translation>
    </message>
    <message>
        <source>View {name}</source>
        <translation>查看 {name}</translation>
    </message>
    <message>
        <source>your words</source>
        <translation>你写的内容</translation>
    </message>
    <message>
        <source>tells the team what happened, and on what</source>
        <translation>告诉团队发生了什么、在哪台设备上</translation>
    </message>
    <message>
        <source>shows the team what you saw</source>
        <translation>让团队看到你所看到的</translation>
    </message>
    <message>
        <source>shows what the device did meanwhile</source>
        <translation>说明设备当时在做什么</translation>
    </message>
    <message>
        <source>shows what the phone knows of itself</source>
        <translation>说明手机自身的情况</translation>
    </message>
    <message>
        <source>sent because you allowed it</source>
        <translation>经你允许后发送</translation>
    </message>
    <message>
        <source>Your words, device model, build and guide step</source>
        <translation>你写的内容、设备型号、版本和指南步骤</translation>
    </message>
    <message numerus="yes">
        <source>%n areas hidden</source>
        <translation>
            <numerusform>已隐藏 %n 处区域</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, {hidden}, facts of the file removed</source>
        <translation>{name}，{hidden}，已去除文件信息</translation>
    </message>
    <message>
        <source>{name}, facts of the file removed</source>
        <translation>{name}，已去除文件信息</translation>
    </message>
    <message numerus="yes">
        <source>%n details hidden</source>
        <translation>
            <numerusform>已隐藏 %n 处信息</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, {hidden}</source>
        <translation>{name}，{hidden}</translation>
    </message>
    <message>
        <source>{name}, as it is</source>
        <translation>{name}，原样发送</translation>
    </message>
</context>
<context>
    <name>ReportList</name>
    <message>
        <source>My reports</source>
        <translation>我的反馈</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>New report</source>
        <translation>新反馈</translation>
    </message>
    <message>
        <source>Offline: it waits here and goes out later</source>
        <translation>离线：先留在这里，稍后发出</translation>
    </message>
    <message>
        <source>Your report</source>
        <translation>你的反馈</translation>
    </message>
    <message>
        <source>Kept on this PC at {time}</source>
        <translation>{time} 已保存在这台电脑</translation>
    </message>
    <message>
        <source>Choose photos, logs or files</source>
        <translation>选择照片、日志或文件</translation>
    </message>
    <message>
        <source>A folder cannot be attached. Choose the files in it, or pack it as a zip.</source>
        <translation>文件夹不能作为附件。请选择其中的文件，或打包成 zip。</translation>
    </message>
    <message>
        <source>There is no picture or file to attach.</source>
        <translation>没有可添加的图片或文件。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Keeping {name}, {percent} %</source>
        <translation>正在保存 {name}，{percent}%</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>你写的内容</translation>
    </message>
    <message>
        <source>Opening the draft</source>
        <translation>正在打开草稿</translation>
    </message>
    <message>
        <source>Wait until the file is kept</source>
        <translation>等文件保存完</translation>
    </message>
    <message>
        <source>Look at {name} first</source>
        <translation>先查看 {name}</translation>
    </message>
    <message>
        <source>Sign in first; until then it is kept as a draft</source>
        <translation>先登录；在此之前会存为草稿</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>New report</source>
        <translation>新反馈</translation>
    </message>
    <message numerus="yes">
        <source>%n arrived</source>
        <translation>
            <numerusform>已送达 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n led to a fix</source>
        <translation>
            <numerusform>%n 条促成修复</numerusform>
        </translation>
    </message>
    <message>
        <source>{arrived}, {fixed}</source>
        <translation>{arrived}，{fixed}</translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation>还没有发送过反馈</translation>
    </message>
    <message>
        <source>Write the first</source>
        <translation>写第一条</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里是空的</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>待你处理</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>In the outbox</source>
        <translation>发件箱</translation>
    </message>
    <message>
        <source>With the team and fixed</source>
        <translation>团队处理中和已修复</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
</context>
<context>
    <name>ReviewPlace</name>
    <message>
        <source>{name} leaves as it is</source>
        <translation>{name} 会原样发送</translation>
    </message>
    <message>
        <source>It is no text and no picture ({size}), so nothing in it can be hidden. Open it and decide.</source>
        <translation>它不是文本也不是图片（{size}），里面的内容无法隐藏。请打开看看再决定。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>It may leave</source>
        <translation>可以发送</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不发送</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>No title yet</source>
        <translation>还没有标题</translation>
    </message>
    <message>
        <source>{device}, build {build}</source>
        <translation>{device}，版本 {build}</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>same as %n other testers</source>
        <translation>
            <numerusform>和另外 %n 位测试者相同</numerusform>
        </translation>
    </message>
    <message>
        <source>Draft, kept at {time}</source>
        <translation>草稿，{time} 保存</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Sending, {percent} %</source>
        <translation>发送中 {percent}%</translation>
    </message>
    <message>
        <source>Paused at {percent} %</source>
        <translation>暂停在 {percent}%</translation>
    </message>
    <message>
        <source>Goes on from here</source>
        <translation>会从这里继续</translation>
    </message>
    <message>
        <source>Less than a minute left</source>
        <translation>不到一分钟</translation>
    </message>
    <message numerus="yes">
        <source>About %n min left</source>
        <translation>
            <numerusform>还需约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused, place {place}</source>
        <translation>已暂停，排在第 {place} 位</translation>
    </message>
    <message>
        <source>Goes out in a moment</source>
        <translation>马上发出</translation>
    </message>
    <message>
        <source>Waiting, next in line</source>
        <translation>等待中，下一个</translation>
    </message>
    <message>
        <source>Waiting, place {place}</source>
        <translation>等待中，第 {place} 位</translation>
    </message>
    <message>
        <source>Tries again at {time}</source>
        <translation>{time} 再试</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{name}: “{question}”</source>
        <translation>{name}：“{question}”</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer in the outbox</source>
        <translation>回答在发件箱中</translation>
    </message>
    <message>
        <source>Fixed in {build}</source>
        <translation>已在 {build} 修复</translation>
    </message>
    <message>
        <source>Planned for {build}</source>
        <translation>计划在 {build} 修复</translation>
    </message>
    <message>
        <source>Joined with {number}</source>
        <translation>已并入 {number}</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Read by the team</source>
        <translation>团队已阅读</translation>
    </message>
    <message>
        <source>Seen by the team too</source>
        <translation>团队也已重现</translation>
    </message>
    <message>
        <source>Answer with the team</source>
        <translation>回答已到团队</translation>
    </message>
    <message>
        <source>Joined with another report</source>
        <translation>已并入另一条反馈</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Works for you</source>
        <translation>你这里正常</translation>
    </message>
    <message>
        <source>You said: still there</source>
        <translation>你说：问题还在</translation>
    </message>
</context>
<context>
    <name>SimilarBanner</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare with {title}</source>
        <translation>与 {title} 对比</translation>
    </message>
    <message>
        <source>Looks like {number}</source>
        <translation>与 {number} 相似</translation>
    </message>
    <message>
        <source>Looks like one of yours</source>
        <translation>与你的一条反馈相似</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Another tester reported “{words}”.</source>
        <translation>另一位测试者反馈过“{words}”。</translation>
    </message>
    <message>
        <source>Another tester reported “{words}”. It is fixed in {build}.</source>
        <translation>另一位测试者反馈过“{words}”，已在 {build} 中修复。</translation>
    </message>
</context>
<context>
    <name>TesterActs</name>
    <message>
        <source>Your answer is in the outbox.</source>
        <translation>回答已放入发件箱。</translation>
    </message>
    <message>
        <source>Your word on the fix is in the outbox.</source>
        <translation>你的确认已放入发件箱。</translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message>
        <source>Does it work for you?</source>
        <translation>你那里好了吗？</translation>
    </message>
    <message>
        <source>Try it on {build}, then tell us.</source>
        <translation>在 {build} 上试一试，再告诉我们。</translation>
    </message>
    <message numerus="yes">
        <source>Joined with %n reports</source>
        <translation>
            <numerusform>与 %n 条反馈合并</numerusform>
        </translation>
    </message>
    <message>
        <source>Set aside: it needs you</source>
        <translation>已搁置：需要你处理</translation>
    </message>
    <message>
        <source>Kept on this PC</source>
        <translation>已保存在这台电脑</translation>
    </message>
    <message>
        <source>Put in the outbox</source>
        <translation>已放入发件箱</translation>
    </message>
    <message>
        <source>Arrived at the hub</source>
        <translation>已送达服务器</translation>
    </message>
    <message>
        <source>You: it works now</source>
        <translation>你：现在好了</translation>
    </message>
    <message>
        <source>You: it is still there</source>
        <translation>你：问题还在</translation>
    </message>
    <message>
        <source>{name} asks</source>
        <translation>{name} 提问</translation>
    </message>
    <message>
        <source>{name} from the team</source>
        <translation>团队的 {name}</translation>
    </message>
    <message>
        <source>You wrote</source>
        <translation>你写道</translation>
    </message>
    <message>
        <source>in the outbox</source>
        <translation>在发件箱中</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Fixed in build {build}</source>
        <translation>已在版本 {build} 修复</translation>
    </message>
    <message>
        <source>Planned for {build}</source>
        <translation>计划在 {build} 修复</translation>
    </message>
    <message>
        <source>Joined with {number}</source>
        <translation>已并入 {number}</translation>
    </message>
    <message>
        <source>Waits to be read</source>
        <translation>等待团队阅读</translation>
    </message>
    <message>
        <source>Read by the team</source>
        <translation>团队已阅读</translation>
    </message>
    <message>
        <source>Seen by the team too</source>
        <translation>团队也已重现</translation>
    </message>
    <message>
        <source>The team has a question</source>
        <translation>团队向你提问</translation>
    </message>
    <message>
        <source>Joined with another report</source>
        <translation>已并入另一条反馈</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Closed by the team</source>
        <translation>团队已关闭</translation>
    </message>
</context>
<context>
    <name>WordsForm</name>
    <message>
        <source>A problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>An idea</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>What this is</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>In one sentence</source>
        <translation>一句话概括</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>How can we see it too</source>
        <translation>怎样能重现</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>Every time</source>
        <translation>每次</translation>
    </message>
    <message>
        <source>Sometimes</source>
        <translation>有时</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>It only looks wrong</source>
        <translation>只是看着不对</translation>
    </message>
    <message>
        <source>It annoys</source>
        <translation>有些烦人</translation>
    </message>
    <message>
        <source>Hard to work around</source>
        <translation>很难绕开</translation>
    </message>
    <message>
        <source>I cannot use it</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>出现频率</translation>
    </message>
    <message>
        <source>How bad is it for you</source>
        <translation>对你的影响</translation>
    </message>
    <message>
        <source>{device}, build {build}</source>
        <translation>{device}，版本 {build}</translation>
    </message>
    <message>
        <source>from {step}</source>
        <translation>来自 {step}</translation>
    </message>
    <message>
        <source>Kept on this PC from the first letter</source>
        <translation>从第一个字起就保存在这台电脑上</translation>
    </message>
    <message>
        <source>Say it in one sentence first</source>
        <translation>先用一句话概括</translation>
    </message>
    <message>
        <source>Shorten what is too long first</source>
        <translation>先缩短过长的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n letters too many</source>
        <translation>
            <numerusform>超出 %n 个字符</numerusform>
        </translation>
    </message>
</context>
</TS>
