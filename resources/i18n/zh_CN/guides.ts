<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AlbumSheet</name>
    <message>
        <source>Certificate of a flash</source>
        <translation>刷机证书</translation>
    </message>
    <message>
        <source>Album of a build</source>
        <translation>组装相册</translation>
    </message>
    <message>
        <source>guide {guide}, version {version}</source>
        <translation>指南 {guide}，版本 {version}</translation>
    </message>
    <message>
        <source>Build {new} was written</source>
        <translation>已写入版本 {new}</translation>
    </message>
    <message>
        <source>Build {new} was written over build {old}</source>
        <translation>已用版本 {new} 覆盖版本 {old}</translation>
    </message>
    <message>
        <source>The build before was put back: {new}</source>
        <translation>已恢复上一个版本：{new}</translation>
    </message>
    <message>
        <source>What was written</source>
        <translation>写入的内容</translation>
    </message>
    <message>
        <source>written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>not written whole</source>
        <translation>未完整写入</translation>
    </message>
    <message>
        <source>{part}, {size}, {state}</source>
        <translation>{part}，{size}，{state}</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>检查的内容</translation>
    </message>
    <message>
        <source>passed by the tester’s word</source>
        <translation>由测试者确认放行</translation>
    </message>
    <message>
        <source>done by hand</source>
        <translation>手动完成</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量值</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>文字记录</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>符合预期</translation>
    </message>
    <message>
        <source>not as expected</source>
        <translation>与预期不符</translation>
    </message>
    <message>
        <source>This photo is no longer on this PC</source>
        <translation>这张照片已不在这台电脑上</translation>
    </message>
    <message>
        <source>Made by Firstlight from the journal of this run; it stays on this PC unless you share it.</source>
        <translation>由 Firstlight 根据这次的运行日志生成；除非你分享，否则只保存在这台电脑上。</translation>
    </message>
    <message>
        <source>{what}: {value}</source>
        <translation>{what}：{value}</translation>
    </message>
    <message>
        <source>{said} ({more})</source>
        <translation>{said}（{more}）</translation>
    </message>
</context>
<context>
    <name>ApartCard</name>
    <message>
        <source>Which one is it?</source>
        <translation>是哪一台？</translation>
    </message>
    <message>
        <source>To this PC it looks the same as {others}. Read its name on the sticker or the box.</source>
        <translation>电脑无法区分它和 {others}。请查看标签或包装盒上的名称。</translation>
    </message>
    <message>
        <source>It is the right one</source>
        <translation>是对的那台</translation>
    </message>
    <message>
        <source>It is {others}</source>
        <translation>是 {others}</translation>
    </message>
    <message>
        <source>This guide would break it, so nothing is written. Choose the guide of that device.</source>
        <translation>这份指南会损坏它，因此不会写入任何内容。请选择那台设备的指南。</translation>
    </message>
</context>
<context>
    <name>AssemblyPlayer</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Works offline</source>
        <translation>可离线使用</translation>
    </message>
    <message>
        <source>Report a problem here</source>
        <translation>反馈这一步的问题</translation>
    </message>
    <message>
        <source>I have this too</source>
        <translation>我也遇到了</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Back to the step before</source>
        <translation>回到上一步</translation>
    </message>
    <message>
        <source>Undo this step</source>
        <translation>撤销这一步</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>跳过这一步</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Step {number} of {total}, about {minutes} min left</source>
        <translation>第 {number} 步，共 {total} 步，约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Step {number} of {total}, all done</source>
        <translation>第 {number} 步，共 {total} 步，已全部完成</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>This step is not ticked yet</source>
        <translation>这一步还没有勾选</translation>
    </message>
    <message>
        <source>Kept on this PC at {time}</source>
        <translation>{time} 已保存在这台电脑</translation>
    </message>
    <message>
        <source>Step {number}: {title}</source>
        <translation>第 {number} 步：{title}</translation>
    </message>
    <message>
        <source>Some steps before this one are still open</source>
        <translation>前面还有步骤没有完成</translation>
    </message>
    <message>
        <source>Done, finish</source>
        <translation>完成，结束</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Done, next</source>
        <translation>完成，下一步</translation>
    </message>
    <message>
        <source>Next: {step}</source>
        <translation>下一步：{step}</translation>
    </message>
    <message>
        <source>Done, next: {step}</source>
        <translation>完成，下一步：{step}</translation>
    </message>
</context>
<context>
    <name>BeforePage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Before you start</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>It is done</source>
        <translation>已经完成</translation>
    </message>
    <message>
        <source>You did it elsewhere, or on another PC</source>
        <translation>在别处或另一台电脑上完成过</translation>
    </message>
    <message>
        <source>This guide builds on “{guide}”, and this PC does not know of a run of it.</source>
        <translation>本指南以“{guide}”为前提，这台电脑上没有它的记录。</translation>
    </message>
    <message>
        <source>Another guide comes first.</source>
        <translation>需要先完成另一份指南。</translation>
    </message>
    <message>
        <source>What you need</source>
        <translation>需要准备</translation>
    </message>
    <message>
        <source>Off until every question is answered</source>
        <translation>回答所有问题后可用</translation>
    </message>
    <message>
        <source>Off until the guide that comes first is done</source>
        <translation>完成前置指南后可用</translation>
    </message>
</context>
<context>
    <name>CardGrid</name>
    <message>
        <source>Open a guide file</source>
        <translation>打开指南文件</translation>
    </message>
    <message>
        <source>Show all guides</source>
        <translation>显示全部指南</translation>
    </message>
    <message>
        <source>No guides yet</source>
        <translation>还没有指南</translation>
    </message>
    <message>
        <source>Ask your maker, or open a guide file.</source>
        <translation>联系制造商，或打开一个指南文件。</translation>
    </message>
    <message>
        <source>Try another word, or show all guides.</source>
        <translation>换个词试试，或显示全部指南。</translation>
    </message>
    <message>
        <source>No guide matches</source>
        <translation>没有匹配的指南</translation>
    </message>
    <message>
        <source>{size} to fetch</source>
        <translation>需下载 {size}</translation>
    </message>
    <message>
        <source>Fits your {device}</source>
        <translation>适用于你的 {device}</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Needs the network once</source>
        <translation>需要联网下载一次</translation>
    </message>
</context>
<context>
    <name>CarryOnCard</name>
    <message>
        <source>Carry on where you stopped</source>
        <translation>从上次停下的地方继续</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Give up: {guide}</source>
        <translation>放弃：{guide}</translation>
    </message>
    <message>
        <source>Carry on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Carry on: {guide}</source>
        <translation>继续：{guide}</translation>
    </message>
    <message>
        <source>Stopped at step {number} of {total}: {step}</source>
        <translation>停在第 {number} 步，共 {total} 步：{step}</translation>
    </message>
    <message>
        <source>Step {number} of {total}: {step}. About {minutes} min left.</source>
        <translation>第 {number} 步，共 {total} 步：{step}。约剩 {minutes} 分钟。</translation>
    </message>
    <message numerus="yes">
        <source>%n steps done</source>
        <translation>
            <numerusform>已完成 %n 步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos kept</source>
        <translation>
            <numerusform>已保存 %n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>{steps}, {photos}</source>
        <translation>{steps}，{photos}</translation>
    </message>
</context>
<context>
    <name>ConsoleView</name>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the console</source>
        <translation>复制控制台内容</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Hide the console</source>
        <translation>收起控制台</translation>
    </message>
    <message>
        <source>Show the console</source>
        <translation>展开控制台</translation>
    </message>
    <message>
        <source>Console copied</source>
        <translation>已复制控制台内容</translation>
    </message>
</context>
<context>
    <name>DangerDialog</name>
    <message>
        <source>Type {word} to go on.</source>
        <translation>输入 {word} 以继续。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DeedWords</name>
    <message>
        <source>Flash {device}</source>
        <translation>给 {device} 刷机</translation>
    </message>
    <message>
        <source>Write {device}</source>
        <translation>写入 {device}</translation>
    </message>
    <message>
        <source>Fetch the build</source>
        <translation>下载版本</translation>
    </message>
    <message>
        <source>Fetch the files</source>
        <translation>下载文件</translation>
    </message>
    <message>
        <source>Keep a backup</source>
        <translation>保留备份</translation>
    </message>
    <message>
        <source>Keep a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Look for the phone</source>
        <translation>查找手机</translation>
    </message>
    <message>
        <source>Look for the router</source>
        <translation>查找路由器</translation>
    </message>
    <message>
        <source>Look for the card</source>
        <translation>查找存储卡</translation>
    </message>
    <message>
        <source>Install the update</source>
        <translation>安装更新</translation>
    </message>
    <message>
        <source>Unlock the bootloader</source>
        <translation>解锁引导程序</translation>
    </message>
    <message>
        <source>Send the image</source>
        <translation>发送镜像</translation>
    </message>
    <message>
        <source>Wait for the router and give it the image</source>
        <translation>等待路由器并提供镜像</translation>
    </message>
    <message>
        <source>Wait for the router</source>
        <translation>等待路由器</translation>
    </message>
    <message>
        <source>Change the phone</source>
        <translation>更改手机</translation>
    </message>
    <message>
        <source>Start the phone</source>
        <translation>启动手机</translation>
    </message>
    <message>
        <source>Ask which build it runs</source>
        <translation>查询当前版本</translation>
    </message>
    <message>
        <source>Compare the card</source>
        <translation>比较存储卡</translation>
    </message>
    <message>
        <source>Fetching files</source>
        <translation>正在下载文件</translation>
    </message>
    <message>
        <source>Waiting for the device</source>
        <translation>正在等待设备</translation>
    </message>
    <message>
        <source>Looking for the device</source>
        <translation>正在查找设备</translation>
    </message>
    <message>
        <source>Waiting until it has started</source>
        <translation>正在等待它启动</translation>
    </message>
    <message>
        <source>Restarting the device</source>
        <translation>正在重启设备</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Asking the device</source>
        <translation>正在查询设备</translation>
    </message>
    <message>
        <source>Sending what the device starts</source>
        <translation>正在发送要启动的内容</translation>
    </message>
    <message>
        <source>Asking the device where it stands</source>
        <translation>正在查询设备所处的状态</translation>
    </message>
    <message>
        <source>Comparing the files with what the hub listed</source>
        <translation>正在与服务器登记的内容核对</translation>
    </message>
    <message>
        <source>Keeping a backup</source>
        <translation>正在备份</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Making an empty file system</source>
        <translation>正在创建空文件系统</translation>
    </message>
    <message>
        <source>Making the partitions afresh</source>
        <translation>正在重建分区</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>{model}, build {build}</source>
        <translation>{model}，版本 {build}</translation>
    </message>
    <message>
        <source>{model}, build {before} to {build}</source>
        <translation>{model}，版本 {before} 到 {build}</translation>
    </message>
</context>
<context>
    <name>DeviceBanner</name>
    <message>
        <source>Show only these</source>
        <translation>只看这些</translation>
    </message>
    <message>
        <source>Practice {name} is plugged in.</source>
        <translation>练习设备 {name} 已连接。</translation>
    </message>
    <message>
        <source>{name} is plugged in.</source>
        <translation>{name} 已连接。</translation>
    </message>
    <message>
        <source>serial ends in {tail}</source>
        <translation>序列号尾号 {tail}</translation>
    </message>
    <message>
        <source>build {build}</source>
        <translation>版本 {build}</translation>
    </message>
    <message>
        <source>battery {level} %</source>
        <translation>电量 {level}%</translation>
    </message>
    <message>
        <source>allow this PC on its screen</source>
        <translation>请在手机屏幕上允许这台电脑</translation>
    </message>
    <message numerus="yes">
        <source>%n more answer</source>
        <translation>
            <numerusform>另有 %n 台有应答</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message numerus="yes">
        <source>%n guides fit it.</source>
        <translation>
            <numerusform>有 %n 份指南适用。</numerusform>
        </translation>
    </message>
    <message>
        <source>No guide fits it.</source>
        <translation>没有适用的指南。</translation>
    </message>
    <message>
        <source>{facts}. {fit}</source>
        <translation>{facts}。{fit}</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>about {minutes} min</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message>
        <source>Your {device} right now</source>
        <translation>你的 {device} 现在的状态</translation>
    </message>
    <message>
        <source>The device right now</source>
        <translation>设备现在的状态</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再查一次</translation>
    </message>
    <message>
        <source>Tell the team</source>
        <translation>告诉团队</translation>
    </message>
    <message>
        <source>A report is ready and not sent. You look over every file before anything leaves this PC.</source>
        <translation>反馈已准备好，尚未发送。每个文件都会先由你过目，再离开这台电脑。</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Look it over and send</source>
        <translation>查看并发送</translation>
    </message>
    <message>
        <source>Save the journal as a file</source>
        <translation>把运行日志另存为文件</translation>
    </message>
    <message>
        <source>You can close Firstlight. It comes back to this page.</source>
        <translation>可以关闭 Firstlight，下次会回到这一页。</translation>
    </message>
    <message>
        <source>Stopped at: {step}</source>
        <translation>停在：{step}</translation>
    </message>
    <message>
        <source>What to do next</source>
        <translation>接下来怎么做</translation>
    </message>
    <message>
        <source>Safest first</source>
        <translation>最稳妥的在前</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>正在查询</translation>
    </message>
    <message>
        <source>Erases the device</source>
        <translation>会清除设备数据</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未查询</translation>
    </message>
    <message>
        <source>Asking the device</source>
        <translation>正在查询设备</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>The last minute in the journal</source>
        <translation>运行日志的最后一分钟</translation>
    </message>
    <message>
        <source>Open the whole journal</source>
        <translation>打开完整运行日志</translation>
    </message>
    <message>
        <source>Stopped at {time}. The journal on this PC has every command.</source>
        <translation>停在 {time}。这台电脑上的运行日志记录了每条命令。</translation>
    </message>
    <message>
        <source>The file could not be written ({why}). The journal is still kept here.</source>
        <translation>文件写入失败（{why}）。运行日志仍保存在这里。</translation>
    </message>
    <message>
        <source>Journal saved</source>
        <translation>运行日志已保存</translation>
    </message>
</context>
<context>
    <name>FetchDialog</name>
    <message>
        <source>Fetch from the web?</source>
        <translation>从网络下载？</translation>
    </message>
    <message>
        <source>This step needs files that are not on this PC. They come from servers that the guide names, not from your hub.</source>
        <translation>这一步需要的文件不在这台电脑上，它们来自指南所指定的服务器，而不是你的服务器。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>The guide does not say what each of them must be: a wrong one may not be noticed.</source>
        <translation>指南没有给出每个文件的校验值：错误的文件可能不会被发现。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>{name} from {host}, size not told</source>
        <translation>{name}，来自 {host}，大小未知</translation>
    </message>
    <message>
        <source>{name}, {size}, from {host}</source>
        <translation>{name}，{size}，来自 {host}</translation>
    </message>
</context>
<context>
    <name>FinishCards</name>
    <message>
        <source>What was written</source>
        <translation>写入的内容</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>未写入</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>检查的内容</translation>
    </message>
    <message>
        <source>{measured}. You chose to go on all the same.</source>
        <translation>{measured}。你选择了仍要继续。</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步记录</translation>
    </message>
    <message>
        <source>{number}. {step}</source>
        <translation>{number}. {step}</translation>
    </message>
    <message>
        <source>{what}: {value}</source>
        <translation>{what}：{value}</translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message>
        <source>Tell the team how it went</source>
        <translation>告诉团队结果</translation>
    </message>
    <message>
        <source>See your badges</source>
        <translation>查看徽章</translation>
    </message>
    <message>
        <source>Back to the guides</source>
        <translation>回到指南</translation>
    </message>
    <message>
        <source>Save the certificate</source>
        <translation>保存证书</translation>
    </message>
    <message>
        <source>It goes to the hub by itself; when you are offline, once you are back. Badges are checked there.</source>
        <translation>结果会自动发给服务器；现在离线也没关系，联网后会发送。徽章由服务器核对。</translation>
    </message>
    <message>
        <source>Save the album</source>
        <translation>保存相册</translation>
    </message>
    <message>
        <source>Put {build} back</source>
        <translation>恢复 {build}</translation>
    </message>
    <message>
        <source>A run of its own, behind the same checks. Its images are on this PC.</source>
        <translation>单独运行一次，经过同样的检查。镜像就在这台电脑上。</translation>
    </message>
    <message>
        <source>Kept on this PC at {time}</source>
        <translation>{time} 已保存在这台电脑</translation>
    </message>
    <message>
        <source>PDF pages (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Your {device} runs build {build}</source>
        <translation>你的 {device} 已运行版本 {build}</translation>
    </message>
    <message>
        <source>It is built, by you</source>
        <translation>你亲手装好了</translation>
    </message>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>Your album</source>
        <translation>你的相册</translation>
    </message>
    <message>
        <source>{number}. {step}</source>
        <translation>{number}. {step}</translation>
    </message>
</context>
<context>
    <name>FlashMiddle</name>
    <message>
        <source>Writing: {part}</source>
        <translation>正在写入：{part}</translation>
    </message>
    <message>
        <source>This is being written now: {part}.</source>
        <translation>正在写入：{part}。</translation>
    </message>
    <message>
        <source>Everything is written</source>
        <translation>已全部写入</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>将要写入的内容</translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation>内容已全部送达</translation>
    </message>
    <message>
        <source>The device is at work. This PC stays awake until it is done.</source>
        <translation>设备正在处理。完成之前这台电脑不会休眠。</translation>
    </message>
    <message>
        <source>{percent} % written</source>
        <translation>已写入 {percent}%</translation>
    </message>
    <message>
        <source>No answer for {seconds} s, still waiting.</source>
        <translation>{seconds} 秒没有应答，仍在等待。</translation>
    </message>
</context>
<context>
    <name>FlashPlayer</name>
    <message>
        <source>Every command is written to a journal on this PC. If the power fails, Firstlight knows where to go on.</source>
        <translation>每条命令都会写进这台电脑上的运行日志。即使断电，Firstlight 也知道从哪里继续。</translation>
    </message>
    <message>
        <source>Report a problem here</source>
        <translation>反馈这一步的问题</translation>
    </message>
    <message>
        <source>I have this too</source>
        <translation>我也遇到了</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Back to the step before</source>
        <translation>回到上一步</translation>
    </message>
    <message>
        <source>Undo this step</source>
        <translation>撤销这一步</translation>
    </message>
    <message>
        <source>Off until every safety check has passed</source>
        <translation>安全检查全部通过后才能开始</translation>
    </message>
    <message>
        <source>Off until you have said which device it is</source>
        <translation>确认是哪台设备后可用</translation>
    </message>
    <message>
        <source>Done, finish</source>
        <translation>完成，结束</translation>
    </message>
    <message>
        <source>Next: {step}</source>
        <translation>下一步：{step}</translation>
    </message>
    <message>
        <source>Done, next: {step}</source>
        <translation>完成，下一步：{step}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Undone with it: {steps}</source>
        <translation>同时撤销：{steps}</translation>
    </message>
    <message>
        <source>I did it by hand</source>
        <translation>我已手动完成</translation>
    </message>
    <message>
        <source>The checks of the step are asked, as after the machine</source>
        <translation>会像自动完成后一样进行检查</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Use {serial}</source>
        <translation>使用 {serial}</translation>
    </message>
    <message>
        <source>Erase {device}?</source>
        <translation>要清除 {device} 吗？</translation>
    </message>
    <message>
        <source>Write to {device}?</source>
        <translation>要写入 {device} 吗？</translation>
    </message>
    <message>
        <source>Erase {device}</source>
        <translation>清除 {device}</translation>
    </message>
    <message>
        <source>Write to {device}</source>
        <translation>写入 {device}</translation>
    </message>
    <message>
        <source>Go on although a check did not pass?</source>
        <translation>有一项检查未通过，仍要继续吗？</translation>
    </message>
    <message>
        <source>The check stays in the journal as not passed, with your choice beside it.</source>
        <translation>运行日志会记录这项检查未通过，以及你的选择。</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍要继续</translation>
    </message>
</context>
<context>
    <name>FlashSide</name>
    <message>
        <source>Safety checks</source>
        <translation>安全检查</translation>
    </message>
    <message numerus="yes">
        <source>%n checks are asked before anything is sent. Nothing goes out while one of them is open.</source>
        <translation>
            <numerusform>发送任何内容之前会做 %n 项检查。只要有一项没有通过，就不会发送。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GateList</name>
    <message>
        <source>Safety checks</source>
        <translation>安全检查</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再检查一次</translation>
    </message>
    <message>
        <source>Asking the device</source>
        <translation>正在查询设备</translation>
    </message>
    <message>
        <source>{passed} of {count} passed</source>
        <translation>已通过 {passed} / {count} 项</translation>
    </message>
    <message>
        <source>You chose to go on all the same.</source>
        <translation>你选择了仍要继续。</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍要继续</translation>
    </message>
    <message>
        <source>Go on all the same: {check}</source>
        <translation>仍要继续：{check}</translation>
    </message>
    <message>
        <source>to know</source>
        <translation>请留意</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>overridden</source>
        <translation>已放行</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未查询</translation>
    </message>
</context>
<context>
    <name>GuidesPage</name>
    <message>
        <source>Guides</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Search guides</source>
        <translation>搜索指南</translation>
    </message>
    <message>
        <source>Search guides (Ctrl F)</source>
        <translation>搜索指南（Ctrl F）</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Routers</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Assembly</source>
        <translation>组装</translation>
    </message>
    <message>
        <source>Rescue</source>
        <translation>救援</translation>
    </message>
    <message>
        <source>Which guides</source>
        <translation>显示哪些指南</translation>
    </message>
    <message>
        <source>Guides on this PC work fully. The others can be fetched when you are back online.</source>
        <translation>这台电脑上的指南都能完整使用，其他指南联网后可以下载。</translation>
    </message>
    <message>
        <source>You are offline.</source>
        <translation>你已离线。</translation>
    </message>
    <message>
        <source>All guides</source>
        <translation>全部指南</translation>
    </message>
    <message>
        <source>Sorted by what fits your devices</source>
        <translation>适用于你设备的排在前面</translation>
    </message>
    <message>
        <source>Reading the guides on this PC</source>
        <translation>正在读取这台电脑上的指南</translation>
    </message>
    <message>
        <source>Open a guide file</source>
        <translation>打开指南文件</translation>
    </message>
    <message numerus="yes">
        <source>%n guides, {here} ready to use offline</source>
        <translation>
            <numerusform>%n 份指南，其中 {here} 份可离线使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Given up. Photos and notes stay on this PC.</source>
        <translation>已放弃。照片和笔记仍保存在这台电脑。</translation>
    </message>
</context>
<context>
    <name>HandActs</name>
    <message>
        <source>That is no picture. Nothing was kept.</source>
        <translation>这不是图片，没有保存任何内容。</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>时间到</translation>
    </message>
</context>
<context>
    <name>KindWords</name>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Practice card</source>
        <translation>练习存储卡</translation>
    </message>
    <message>
        <source>Ask the phone</source>
        <translation>查询手机状态</translation>
    </message>
    <message>
        <source>Ask the router</source>
        <translation>查询路由器状态</translation>
    </message>
    <message>
        <source>Look at the card</source>
        <translation>查看存储卡</translation>
    </message>
    <message>
        <source>Do this step</source>
        <translation>执行这一步</translation>
    </message>
    <message>
        <source>Do not unplug the cable or close the lid.</source>
        <translation>不要拔线，也不要合上电脑。</translation>
    </message>
    <message>
        <source>Do not switch the router off or unplug the cable.</source>
        <translation>不要关闭路由器，也不要拔线。</translation>
    </message>
    <message>
        <source>Do not take the card out or close the lid.</source>
        <translation>不要取出存储卡，也不要合上电脑。</translation>
    </message>
    <message>
        <source>Nothing is lost so far. Leave the cable in; look whether the phone still shows its bootloader.</source>
        <translation>目前没有丢失任何内容。不要拔线，看看手机是否仍显示引导程序界面。</translation>
    </message>
    <message>
        <source>Nothing is lost so far. Leave power and cable in; look whether its lamp blinks.</source>
        <translation>目前没有丢失任何内容。不要断电或拔线，看看指示灯是否闪烁。</translation>
    </message>
    <message>
        <source>Nothing is lost so far. Leave the card in; a worn card needs long pauses.</source>
        <translation>目前没有丢失任何内容。不要取出存储卡；老化的卡会有较长的停顿。</translation>
    </message>
    <message>
        <source>Leave it plugged in. Do not hold the power button.</source>
        <translation>保持连接，不要按住电源键。</translation>
    </message>
    <message>
        <source>Check that its cable is in. Do not hold the power button.</source>
        <translation>检查数据线是否插好，不要按住电源键。</translation>
    </message>
    <message>
        <source>Leave power and cable in. Do not press its buttons.</source>
        <translation>不要断电或拔线，也不要按它的按键。</translation>
    </message>
    <message>
        <source>Do not use the card as it is: what is on it is not whole.</source>
        <translation>不要就这样使用这张卡：上面的内容不完整。</translation>
    </message>
    <message>
        <source>The update was not installed</source>
        <translation>更新没有安装</translation>
    </message>
    <message>
        <source>The flash stopped at {percent} %</source>
        <translation>刷机停在 {percent}%</translation>
    </message>
    <message>
        <source>Writing stopped right at its beginning</source>
        <translation>写入一开始就停止了</translation>
    </message>
    <message>
        <source>Writing stopped at {percent} %</source>
        <translation>写入停在 {percent}%</translation>
    </message>
    <message>
        <source>You stopped the writing</source>
        <translation>你停止了写入</translation>
    </message>
    <message>
        <source>You stopped the flash</source>
        <translation>你停止了刷机</translation>
    </message>
    <message>
        <source>Everything on this card is lost, also what other programs do not show. It cannot be taken back.</source>
        <translation>这张卡上的全部内容都会丢失，包括其他程序看不到的内容，而且无法撤销。</translation>
    </message>
    <message>
        <source>The router writes what it is given over its system. Power and cable must stay in until it is back.</source>
        <translation>路由器会用收到的内容覆盖自己的系统。恢复之前不要断电或拔线。</translation>
    </message>
    <message>
        <source>The router writes the new build over its system and starts again. Power and cable must stay in until it is back.</source>
        <translation>路由器会用新版本覆盖系统并重新启动。恢复之前不要断电或拔线。</translation>
    </message>
    <message>
        <source>This erases everything on the phone: apps, photos, settings. It cannot be taken back.</source>
        <translation>这会清除手机上的全部内容：应用、照片、设置，无法恢复。</translation>
    </message>
    <message>
        <source>Build {build} is written afterwards.</source>
        <translation>之后写入版本 {build}。</translation>
    </message>
    <message>
        <source>Build {build} is written over the system. Your data stays. Until the end the phone cannot start, so the cable must stay in.</source>
        <translation>版本 {build} 会覆盖现有系统，你的数据保留。写完之前手机无法启动，数据线不能拔。</translation>
    </message>
    <message>
        <source>The phone&apos;s system is changed. Until the end the cable must stay in.</source>
        <translation>手机系统会被更改。完成之前不要拔线。</translation>
    </message>
    <message>
        <source>Your data stays.</source>
        <translation>你的数据会保留。</translation>
    </message>
    <message>
        <source>The card is written and read back</source>
        <translation>存储卡已写入并读回校验</translation>
    </message>
    <message>
        <source>The router is back</source>
        <translation>路由器已恢复</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>Router R1</source>
        <translation>路由器 R1</translation>
    </message>
    <message>
        <source>USB cable</source>
        <translation>USB 数据线</translation>
    </message>
    <message>
        <source>network (SSH)</source>
        <translation>网络（SSH）</translation>
    </message>
    <message>
        <source>cable (TFTP)</source>
        <translation>网线（TFTP）</translation>
    </message>
    <message>
        <source>card reader</source>
        <translation>读卡器</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手工</translation>
    </message>
    <message>
        <source>Erases the card</source>
        <translation>会清除存储卡数据</translation>
    </message>
    <message>
        <source>Keeps your data</source>
        <translation>保留数据</translation>
    </message>
    <message>
        <source>Keeps your settings</source>
        <translation>保留设置</translation>
    </message>
    <message>
        <source>Erases nothing</source>
        <translation>不清除任何内容</translation>
    </message>
    <message>
        <source>Erases settings</source>
        <translation>会清除设置</translation>
    </message>
    <message>
        <source>Erases the device</source>
        <translation>会清除设备数据</translation>
    </message>
    <message>
        <source>Easy</source>
        <translation>简单</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>需小心</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>We stopped here at {time}.</source>
        <translation>{time} 停在这里。</translation>
    </message>
    <message>
        <source>This step is done.</source>
        <translation>这一步已完成。</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>{seconds} s, at most {most} s</source>
        <translation>{seconds} 秒，最多 {most} 秒</translation>
    </message>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} / {size}</translation>
    </message>
    <message>
        <source>This runs on the device, word for word:</source>
        <translation>将在设备上逐字执行：</translation>
    </message>
</context>
<context>
    <name>NotesEdit</name>
    <message>
        <source>What to remember about this step</source>
        <translation>记下这一步要注意的事</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>我的笔记</translation>
    </message>
</context>
<context>
    <name>OptionField</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>请选择</translation>
    </message>
</context>
<context>
    <name>PartRow</name>
    <message>
        <source>{size}, done</source>
        <translation>{size}，完成</translation>
    </message>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} / {size}</translation>
    </message>
    <message>
        <source>half written</source>
        <translation>只写了一部分</translation>
    </message>
    <message>
        <source>waiting, {size}</source>
        <translation>等待中，{size}</translation>
    </message>
    <message>
        <source>not touched</source>
        <translation>不改动</translation>
    </message>
</context>
<context>
    <name>PhotoDrop</name>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose a photo from a file</source>
        <translation>从文件选择照片</translation>
    </message>
    <message numerus="yes">
        <source>%n photos kept</source>
        <translation>
            <numerusform>已保存 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop or paste another</source>
        <translation>可拖入或粘贴</translation>
    </message>
    <message>
        <source>No photo yet</source>
        <translation>还没有照片</translation>
    </message>
    <message>
        <source>Drop or paste one</source>
        <translation>可拖入或粘贴</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>选择照片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Picture {number}: {what}</source>
        <translation>图片 {number}：{what}</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>我的笔记</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>无法显示这张图片。</translation>
    </message>
    <message>
        <source>Picture of this step</source>
        <translation>这一步的图片</translation>
    </message>
</context>
<context>
    <name>PracticePanel</name>
    <message>
        <source>Practice phone</source>
        <translation>练习手机</translation>
    </message>
    <message>
        <source>Pull the cable</source>
        <translation>拔掉数据线</translation>
    </message>
    <message>
        <source>Hold the keys</source>
        <translation>按住按键</translation>
    </message>
    <message>
        <source>Holds power and volume down, so that it starts its bootloader</source>
        <translation>按住电源键和音量下键，进入引导程序</translation>
    </message>
    <message>
        <source>cable in</source>
        <translation>已插线</translation>
    </message>
    <message>
        <source>cable out</source>
        <translation>已拔线</translation>
    </message>
    <message>
        <source>In its bootloader, build {build}.</source>
        <translation>处于引导程序，版本 {build}。</translation>
    </message>
    <message>
        <source>Started, build {build}.</source>
        <translation>已开机，版本 {build}。</translation>
    </message>
    <message>
        <source>In its fastboot mode, build {build}.</source>
        <translation>处于 fastboot 模式，版本 {build}。</translation>
    </message>
    <message>
        <source>In its recovery, build {build}.</source>
        <translation>处于恢复模式，版本 {build}。</translation>
    </message>
    <message>
        <source>Waits for an update package.</source>
        <translation>正在等待更新包。</translation>
    </message>
    <message>
        <source>Starting.</source>
        <translation>正在启动。</translation>
    </message>
    <message>
        <source>Switched off.</source>
        <translation>已关机。</translation>
    </message>
    <message>
        <source>Plug it in</source>
        <translation>插上数据线</translation>
    </message>
</context>
<context>
    <name>ProofField</name>
    <message>
        <source>Type the number alone</source>
        <translation>只输入数字</translation>
    </message>
    <message>
        <source>As it should be</source>
        <translation>符合预期</translation>
    </message>
    <message>
        <source>Not as expected ({expected}). It is kept as you typed it.</source>
        <translation>与预期不符（{expected}），已按你的输入保存。</translation>
    </message>
    <message>
        <source>Photo for your album</source>
        <translation>给相册拍一张</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量值</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>用你的话描述</translation>
    </message>
    <message>
        <source>{number} expected</source>
        <translation>应为 {number}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{low} or more</source>
        <translation>不低于 {low}</translation>
    </message>
    <message>
        <source>{high} or less</source>
        <translation>不高于 {high}</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Wanted, not required</source>
        <translation>建议提供，不强制</translation>
    </message>
</context>
<context>
    <name>RescueWay</name>
    <message>
        <source>Open “{guide}”</source>
        <translation>打开“{guide}”</translation>
    </message>
    <message>
        <source>For a device that does not come back by itself. It begins with its first step.</source>
        <translation>适用于自己无法恢复的设备，从第一步开始。</translation>
    </message>
    <message>
        <source>Open the guide</source>
        <translation>打开指南</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Your photo</source>
        <translation>你的照片</translation>
    </message>
    <message>
        <source>Still needed: {what}</source>
        <translation>还需要：{what}</translation>
    </message>
    <message>
        <source>Waits until the timer is over</source>
        <translation>等计时结束</translation>
    </message>
    <message>
        <source>Start the timer first</source>
        <translation>先开始计时</translation>
    </message>
</context>
<context>
    <name>StepButton</name>
    <message>
        <source>to do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停下</translation>
    </message>
    <message>
        <source>Step {number} of {total}: {title}, {state}</source>
        <translation>第 {number} 步，共 {total} 步：{title}，{state}</translation>
    </message>
</context>
<context>
    <name>StepExtras</name>
    <message>
        <source>Waiting time</source>
        <translation>等待时间</translation>
    </message>
</context>
<context>
    <name>StepMenuButton</name>
    <message>
        <source>Step {number} of {total}</source>
        <translation>第 {number} 步，共 {total} 步</translation>
    </message>
</context>
<context>
    <name>StopCard</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Stops as soon as it is safe.</source>
        <translation>一到安全的时刻就会停止。</translation>
    </message>
    <message>
        <source>You asked to stop. What is being done now is brought to its end first.</source>
        <translation>你要求停止。正在进行的部分会先做完。</translation>
    </message>
    <message>
        <source>Nothing is being written at this moment. You can stop now and go on later from here.</source>
        <translation>现在没有写入任何内容。可以停下，之后从这里继续。</translation>
    </message>
    <message>
        <source>At any time until the first byte is written. After that, between two parts.</source>
        <translation>写入第一个字节之前随时可以停。之后只能在两个分区之间停。</translation>
    </message>
    <message>
        <source>The card then starts nothing until it is written again.</source>
        <translation>停止后，这张卡在重新写入之前无法启动任何设备。</translation>
    </message>
    <message>
        <source>At any time until the last moment. What was on the card is lost already; a card that is half written starts nothing.</source>
        <translation>直到最后一刻都可以停。卡上原有的内容已经丢失；只写了一部分的卡无法启动任何设备。</translation>
    </message>
    <message>
        <source>Stop after {part}</source>
        <translation>写完“{part}”后停止</translation>
    </message>
    <message>
        <source>A part that is half written cannot start, so {part} is finished first.</source>
        <translation>只写了一部分的分区无法启动，所以会先写完“{part}”。</translation>
    </message>
    <message>
        <source>Between {part} and {next}, when this part is through. The device starts again only when all parts are written.</source>
        <translation>写完“{part}”、开始“{next}”之前可以停。全部分区写完后，设备才能再次启动。</translation>
    </message>
    <message>
        <source>Stop is off while the last part is written.</source>
        <translation>正在写最后一个分区，不能停止。</translation>
    </message>
    <message>
        <source>Not any more: {part} is the last part, and half written it would not start.</source>
        <translation>现在不能停了：“{part}”是最后一个分区，只写一部分无法启动。</translation>
    </message>
    <message>
        <source>When can I stop?</source>
        <translation>什么时候可以停？</translation>
    </message>
</context>
<context>
    <name>TimerRow</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>时间到</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the timer: {what}</source>
        <translation>暂停计时：{what}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start the timer: {what}</source>
        <translation>开始计时：{what}</translation>
    </message>
</context>
<context>
    <name>WriteCard</name>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>working out</source>
        <translation>正在估算</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} / {size}</translation>
    </message>
</context>
</TS>
