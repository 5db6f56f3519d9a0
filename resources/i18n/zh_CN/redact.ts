<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Kinds</name>
    <message>
        <source>Networks of neighbours</source>
        <translation>附近的网络</translation>
    </message>
    <message>
        <source>Hardware addresses</source>
        <translation>硬件地址</translation>
    </message>
    <message>
        <source>Public IP addresses</source>
        <translation>公网 IP 地址</translation>
    </message>
    <message>
        <source>Home IP addresses</source>
        <translation>局域网 IP 地址</translation>
    </message>
    <message>
        <source>Wi-Fi names</source>
        <translation>Wi-Fi 名称</translation>
    </message>
    <message>
        <source>Signal of neighbours</source>
        <translation>附近网络的信号</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Access tokens</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>邮箱地址</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>IMEI numbers</source>
        <translation>IMEI 号码</translation>
    </message>
    <message>
        <source>IMSI numbers</source>
        <translation>IMSI 号码</translation>
    </message>
    <message>
        <source>SIM card numbers</source>
        <translation>SIM 卡号</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地理位置</translation>
    </message>
    <message>
        <source>Serial numbers</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Account names</source>
        <translation>账号名</translation>
    </message>
    <message>
        <source>Computer names</source>
        <translation>电脑名称</translation>
    </message>
    <message>
        <source>Hidden by you</source>
        <translation>你隐藏的内容</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>The log as it will leave</source>
        <translation>将要发出的日志</translation>
    </message>
    <message>
        <source>N goes to the next detail, Enter hides it or leaves it readable.</source>
        <translation>按 N 到下一处，按 Enter 隐藏它或保持可读。</translation>
    </message>
</context>
<context>
    <name>LookBanner</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop looking through {name}</source>
        <translation>停止检查 {name}</translation>
    </message>
    <message>
        <source>Looking through {name}.</source>
        <translation>正在检查 {name}。</translation>
    </message>
    <message>
        <source>Looking through {name}, {percent}.</source>
        <translation>正在检查 {name}，{percent}。</translation>
    </message>
    <message>
        <source>Working out how long it takes.</source>
        <translation>正在估算时间。</translation>
    </message>
    <message>
        <source>Less than a minute left.</source>
        <translation>剩余不到一分钟。</translation>
    </message>
    <message numerus="yes">
        <source>About %n minutes left.</source>
        <translation>
            <numerusform>大约还需 %n 分钟。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Private details in {name}</source>
        <translation>{name} 中的隐私信息</translation>
    </message>
    <message>
        <source>Hide something else</source>
        <translation>再隐藏一些</translation>
    </message>
    <message>
        <source>Leave this readable</source>
        <translation>让这一处可读</translation>
    </message>
    <message>
        <source>Hide: {kind}</source>
        <translation>隐藏：{kind}</translation>
    </message>
    <message>
        <source>Nothing private was found. Look through it all the same; rules do not know everything.</source>
        <translation>没有发现隐私信息。仍请看一遍，规则不可能什么都知道。</translation>
    </message>
    <message>
        <source>Look through it</source>
        <translation>检查一遍</translation>
    </message>
    <message>
        <source>Stopped. {name} stays here until it was looked through.</source>
        <translation>已停止。检查完之前，{name} 会留在这里。</translation>
    </message>
    <message>
        <source>{found} found, {hidden} hidden</source>
        <translation>发现 {found} 处，隐藏 {hidden} 处</translation>
    </message>
    <message>
        <source>The same detail always gets the same number, so the team can follow it.</source>
        <translation>同一信息总用同一编号，方便团队对照。</translation>
    </message>
    <message>
        <source>Red and underlined stays readable.</source>
        <translation>标红并带下划线的内容仍然可读。</translation>
    </message>
    <message>
        <source>The first {shown} of {all} lines are shown; the rest is treated the same.</source>
        <translation>这里显示前 {shown} 行，共 {all} 行；其余部分同样处理。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Hide it again</source>
        <translation>重新隐藏</translation>
    </message>
    <message>
        <source>You hid this in another file of the report. Leave it readable there.</source>
        <translation>这是你在反馈的另一个文件中隐藏的。请到那里改为可读。</translation>
    </message>
    <message>
        <source>Hide the selected text</source>
        <translation>隐藏选中的文字</translation>
    </message>
    <message>
        <source>Select the text in the log first. It is then hidden everywhere it stands.</source>
        <translation>先在日志里选中文字，它出现的每一处都会隐藏。</translation>
    </message>
</context>
</TS>
