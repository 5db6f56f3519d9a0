<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>NewsCard</name>
    <message>
        <source>Back from the team</source>
        <translation>团队回音</translation>
    </message>
    <message>
        <source>All reports</source>
        <translation>全部反馈</translation>
    </message>
    <message>
        <source>Nothing new. What the team makes of your reports comes here.</source>
        <translation>暂无新消息。团队对你的反馈的处理会显示在这里。</translation>
    </message>
    <message>
        <source>{number} has a question</source>
        <translation>团队就 {number} 提问</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>{number} fixed in {build}</source>
        <translation>{number} 已在 {build} 修复</translation>
    </message>
    <message>
        <source>{number} is fixed</source>
        <translation>{number} 已修复</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>{number} planned for {build}</source>
        <translation>{number} 计划在 {build} 修复</translation>
    </message>
    <message>
        <source>{number} is planned</source>
        <translation>{number} 已列入计划</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>{number} joined with others</source>
        <translation>{number} 已与其他反馈合并</translation>
    </message>
    <message>
        <source>{number} seen by the team too</source>
        <translation>{number} 团队也已重现</translation>
    </message>
</context>
<context>
    <name>NoReleaseCard</name>
    <message>
        <source>The next build comes on Friday at 18:00</source>
        <translation>下一个版本在星期五 18:00 发布</translation>
    </message>
    <message>
        <source>When it is there, its change list stands here. Until then, anything odd is worth a line.</source>
        <translation>发布后，更新内容会显示在这里。在此之前，任何异常都值得写一句。</translation>
    </message>
</context>
<context>
    <name>ReleaseCard</name>
    <message>
        <source>The team wrote no change list for this build.</source>
        <translation>团队没有为这个版本写更新内容。</translation>
    </message>
    <message>
        <source>Orange Friday</source>
        <translation>橙色星期五</translation>
    </message>
    <message>
        <source>Build {version} for {device}</source>
        <translation>{device} 版本 {version}</translation>
    </message>
    <message>
        <source>On your device</source>
        <translation>已在你的设备上</translation>
    </message>
    <message>
        <source>Flash it again</source>
        <translation>再刷一次</translation>
    </message>
    <message>
        <source>Flash it, about {minutes} min</source>
        <translation>刷机，约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Flash it</source>
        <translation>刷机</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>keeps your data</source>
        <translation>保留数据</translation>
    </message>
    <message>
        <source>erases your data</source>
        <translation>会清除数据</translation>
    </message>
    <message numerus="yes">
        <source>Read all %n changes</source>
        <translation>
            <numerusform>阅读全部 %n 项更新</numerusform>
        </translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>StripCard</name>
    <message numerus="yes">
        <source>weeks in a row</source>
        <translation>
            <numerusform>周连续</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rest weeks used</source>
        <translation>
            <numerusform>已用 %n 个休息周</numerusform>
        </translation>
    </message>
    <message>
        <source>A rest week keeps the row. Missing one loses nothing you have earned.</source>
        <translation>休息周不会中断连续。错过一周，已获得的也不会失去。</translation>
    </message>
    <message>
        <source>Your contributions, last 26 weeks</source>
        <translation>最近 26 周的贡献</translation>
    </message>
    <message>
        <source>Last 26 weeks</source>
        <translation>最近 26 周</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>少</translation>
    </message>
    <message>
        <source>more</source>
        <translation>多</translation>
    </message>
    <message numerus="yes">
        <source>%n things need you</source>
        <translation>
            <numerusform>%n 项需要你处理</numerusform>
        </translation>
    </message>
    <message>
        <source>They are kept on this PC. Reports says what to do.</source>
        <translation>都保存在这台电脑。反馈页会说明怎么做。</translation>
    </message>
    <message numerus="yes">
        <source>Kept here, %n waiting</source>
        <translation>
            <numerusform>已保存，%n 项等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes out by itself when the network is back.</source>
        <translation>网络恢复后会自动发出。</translation>
    </message>
    <message numerus="yes">
        <source>Kept here, %n on the way</source>
        <translation>
            <numerusform>已保存，%n 项发送中</numerusform>
        </translation>
    </message>
    <message>
        <source>You can close the window: it goes on with the next start.</source>
        <translation>可以关闭窗口：下次启动会继续。</translation>
    </message>
    <message numerus="yes">
        <source>%n reports went out today.</source>
        <translation>
            <numerusform>今天发出了 %n 条反馈。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is waiting. Everything here can be read offline.</source>
        <translation>没有等待的内容。这里的一切都可以离线阅读。</translation>
    </message>
    <message>
        <source>Kept here and sent</source>
        <translation>已保存并发送</translation>
    </message>
</context>
<context>
    <name>TasksCard</name>
    <message>
        <source>Your week</source>
        <translation>本周任务</translation>
    </message>
    <message>
        <source>{done} of {total} done</source>
        <translation>已完成 {done} / {total}</translation>
    </message>
    <message>
        <source>Nothing to do until the next build.</source>
        <translation>下一个版本发布前没有任务。</translation>
    </message>
    <message>
        <source>Read the change list</source>
        <translation>阅读更新内容</translation>
    </message>
    <message>
        <source>So you know where to look</source>
        <translation>这样就知道该看哪里</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>阅读</translation>
    </message>
    <message>
        <source>Flash build {version}</source>
        <translation>刷入版本 {version}</translation>
    </message>
    <message>
        <source>{device} or practice phone</source>
        <translation>{device} 或练习手机</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Tell what is odd</source>
        <translation>说说哪里不对</translation>
    </message>
    <message>
        <source>One line is enough</source>
        <translation>一句话就够</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写反馈</translation>
    </message>
    <message>
        <source>Carry on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Running now, step {step} of {steps}</source>
        <translation>正在进行第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Stopped at step {step} of {steps}</source>
        <translation>停在第 {step} 步，共 {steps} 步</translation>
    </message>
</context>
<context>
    <name>WeekPage</name>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>第 {number} 周</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
</context>
<context>
    <name>_ChangeRow</name>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>Your report led to this.</source>
        <translation>你的反馈促成了这项更新。</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>改进</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>已知</translation>
    </message>
</context>
<context>
    <name>_Dot</name>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
</context>
</TS>
