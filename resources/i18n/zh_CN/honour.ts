<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BadgeTile</name>
    <message>
        <source>{name}, earned on {day}. {what_for}</source>
        <translation>{name}，{day} 获得。{what_for}</translation>
    </message>
    <message>
        <source>{done} of {goal}</source>
        <translation>{done} / {goal}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未获得</translation>
    </message>
    <message>
        <source>{name}, not earned yet, {done} of {goal}. {what_for}</source>
        <translation>{name}，尚未获得，{done} / {goal}。{what_for}</translation>
    </message>
</context>
<context>
    <name>BadgesCard</name>
    <message>
        <source>Badges</source>
        <translation>徽章</translation>
    </message>
    <message>
        <source>{got} of {all} earned</source>
        <translation>已获得 {got} / {all}</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>{day}, stopped</source>
        <translation>{day}，已中断</translation>
    </message>
    <message>
        <source>{day}, {seconds} s</source>
        <translation>{day}，{seconds} 秒</translation>
    </message>
    <message>
        <source>{day}, {minutes} min {seconds} s</source>
        <translation>{day}，{minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ProfilePage</name>
    <message>
        <source>Honour</source>
        <translation>荣誉</translation>
    </message>
    <message>
        <source>Tester no. {number} of {programme}, since {day}</source>
        <translation>{programme} 第 {number} 号测试者，{day} 加入</translation>
    </message>
    <message>
        <source>Your badges and sums come with the first answer of the hub. What you do meanwhile counts all the same.</source>
        <translation>服务器第一次响应后，徽章和统计会显示在这里。在此期间做的一切同样算数。</translation>
    </message>
    <message>
        <source>Nothing from the hub yet</source>
        <translation>还没有收到服务器的消息</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
</context>
<context>
    <name>SumsCard</name>
    <message numerus="yes">
        <source>builds flashed</source>
        <translation>
            <numerusform>次刷机</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>reports sent</source>
        <translation>
            <numerusform>条反馈</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>led to a fix</source>
        <translation>
            <numerusform>条促成修复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>guides finished</source>
        <translation>
            <numerusform>份指南完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>routers built</source>
        <translation>
            <numerusform>台路由器组装</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeeksCard</name>
    <message numerus="yes">
        <source>%n contributions in 48 weeks</source>
        <translation>
            <numerusform>48 周内 %n 次贡献</numerusform>
        </translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>Contributions by day</source>
        <translation>每日贡献</translation>
    </message>
    <message>
        <source>Contributions by week</source>
        <translation>每周贡献</translation>
    </message>
    <message>
        <source>Show as a picture</source>
        <translation>以图显示</translation>
    </message>
    <message numerus="yes">
        <source>%n weeks in a row</source>
        <translation>
            <numerusform>连续 %n 周</numerusform>
        </translation>
    </message>
    <message>
        <source>{row}, longest {longest}.</source>
        <translation>{row}，最长 {longest} 周。</translation>
    </message>
    <message numerus="yes">
        <source>%n rest weeks used, between dotted lines.</source>
        <translation>
            <numerusform>已用 %n 个休息周，位于点线之间。</numerusform>
        </translation>
    </message>
</context>
</TS>
