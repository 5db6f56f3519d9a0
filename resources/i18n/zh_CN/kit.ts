<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Heatmap</name>
    <message numerus="yes">
        <source>%n contributions</source>
        <translation>
            <numerusform>%n 次贡献</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PlayerPage</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>WeeksModel</name>
    <message numerus="yes">
        <source>%n contributions</source>
        <translation>
            <numerusform>%n 次贡献</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, rest week</source>
        <translation>{count}，休息周</translation>
    </message>
    <message>
        <source>Week from</source>
        <translation>起始周</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>贡献</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Nothing changed; everything on this PC is kept.</source>
        <translation>没有任何改动，这台电脑上的内容都已保存。</translation>
    </message>
    <message>
        <source>Your key was not written anywhere else.</source>
        <translation>你的密钥没有写到其他地方。</translation>
    </message>
    <message>
        <source>You can sign in for this session only: then you sign in again after each start.</source>
        <translation>也可以仅为本次使用登录：这样每次启动后都要重新登录。</translation>
    </message>
    <message>
        <source>This account cannot be used right now.</source>
        <translation>现在无法使用这个账号。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>重试。</translation>
    </message>
    <message>
        <source>Nobody came back from the browser within {minutes} min.</source>
        <translation>{minutes} 分钟内没有从浏览器返回。</translation>
    </message>
    <message>
        <source>Start again, and finish in the page that opens. If no page opened, copy its address.</source>
        <translation>重新开始，并在打开的页面里完成登录。如果没有打开页面，请复制它的地址。</translation>
    </message>
    <message>
        <source>The sign-in was cancelled in the browser.</source>
        <translation>登录已在浏览器中取消。</translation>
    </message>
    <message>
        <source>Start again whenever you like.</source>
        <translation>可以随时重新开始。</translation>
    </message>
    <message>
        <source>The sign-in at {hub} did not hold ({reason}).</source>
        <translation>在 {hub} 的登录未通过核对（{reason}）。</translation>
    </message>
    <message>
        <source>You are not signed in, and nothing was sent.</source>
        <translation>你没有登录，也没有发送任何内容。</translation>
    </message>
    <message>
        <source>Start again. If it stays so, tell the team and name the word in brackets.</source>
        <translation>重新开始。如果仍然如此，请把括号里的词告诉团队。</translation>
    </message>
    <message>
        <source>“{hub}” is not the address of a hub.</source>
        <translation>“{hub}”不是服务器地址。</translation>
    </message>
    <message>
        <source>Type it as it stands in your invitation, for example hub.example.org.</source>
        <translation>请按邀请里的写法输入，例如 hub.example.org。</translation>
    </message>
    <message>
        <source>{hub} is not protected: on the way there everybody could read along.</source>
        <translation>{hub} 没有加密保护：传输途中任何人都能看到内容。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
    <message>
        <source>Use the address that begins with https.</source>
        <translation>请使用以 https 开头的地址。</translation>
    </message>
    <message>
        <source>The answer came from another place than {hub}.</source>
        <translation>响应并非来自 {hub}。</translation>
    </message>
    <message>
        <source>Check the hub&apos;s address. If it is right, tell the team.</source>
        <translation>检查服务器地址。如果地址正确，请告诉团队。</translation>
    </message>
    <message>
        <source>The hub at {hub} calls itself {own}.</source>
        <translation>{hub} 上的服务器使用的地址是 {own}。</translation>
    </message>
    <message>
        <source>If that is the hub that you mean, type {own} as its address. If not, tell the team.</source>
        <translation>如果这就是你要连接的服务器，请输入 {own} 作为地址；如果不是，请告诉团队。</translation>
    </message>
    <message>
        <source>The key ring of this PC does not work ({reason}).</source>
        <translation>这台电脑的密钥环无法使用（{reason}）。</translation>
    </message>
    <message>
        <source>This PC has no key ring, so there is no safe place for your sign-in.</source>
        <translation>这台电脑没有密钥环，无法安全保存登录信息。</translation>
    </message>
    <message>
        <source>Install one, for example gnome-keyring, or sign in for this session only.</source>
        <translation>请安装一个，例如 gnome-keyring，或仅为本次使用登录。</translation>
    </message>
    <message>
        <source>The only key ring of this PC writes secrets into a plain file, so it was not used.</source>
        <translation>这台电脑唯一的密钥环会把密钥写进明文文件，因此没有使用。</translation>
    </message>
    <message>
        <source>Install another one, for example gnome-keyring, or sign in for this session only.</source>
        <translation>请安装另一个，例如 gnome-keyring，或仅为本次使用登录。</translation>
    </message>
    <message>
        <source>The key ring of this PC did not answer in time. It may be asking for its password in another window.</source>
        <translation>这台电脑的密钥环没有及时响应，它可能正在另一个窗口里询问密码。</translation>
    </message>
    <message>
        <source>Look for that window, then try again, or sign in for this session only.</source>
        <translation>找到那个窗口后重试，或仅为本次使用登录。</translation>
    </message>
    <message>
        <source>The key ring of this PC is locked.</source>
        <translation>这台电脑的密钥环已锁定。</translation>
    </message>
    <message>
        <source>Your sign-in in it is safe, and everything on this PC is kept.</source>
        <translation>其中的登录信息是安全的，这台电脑上的内容都已保存。</translation>
    </message>
    <message>
        <source>Unlock it and try again, or sign in for this session only.</source>
        <translation>解锁后重试，或仅为本次使用登录。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>还没有登录。</translation>
    </message>
    <message>
        <source>What you write is kept on this PC.</source>
        <translation>你写的内容会保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Sign in, then try again.</source>
        <translation>登录后重试。</translation>
    </message>
    <message>
        <source>The hub does not know the F-code {typed}.</source>
        <translation>服务器不认识 F 码 {typed}。</translation>
    </message>
    <message>
        <source>Compare it with your invitation, letter by letter.</source>
        <translation>请与邀请逐字核对。</translation>
    </message>
    <message>
        <source>The F-code {typed} has been used up.</source>
        <translation>F 码 {typed} 已经用完。</translation>
    </message>
    <message>
        <source>Ask whoever invited you for another one.</source>
        <translation>请向邀请你的人要一个新的。</translation>
    </message>
    <message>
        <source>The F-code {typed} is no longer valid.</source>
        <translation>F 码 {typed} 已失效。</translation>
    </message>
    <message>
        <source>The programme behind {typed} has no seat left.</source>
        <translation>{typed} 对应的计划已经没有名额。</translation>
    </message>
    <message>
        <source>Ask whoever invited you when the next one opens.</source>
        <translation>请向邀请你的人询问下一期何时开放。</translation>
    </message>
    <message>
        <source>A picture could not be made ready to leave.</source>
        <translation>有一张图片无法处理成可发送的样子。</translation>
    </message>
    <message>
        <source>Nothing was sent; the report is kept as a draft.</source>
        <translation>没有发送任何内容，反馈已存为草稿。</translation>
    </message>
    <message>
        <source>Open the report in the window.</source>
        <translation>请在窗口中打开这条反馈。</translation>
    </message>
    <message>
        <source>A picture of this report was drawn on, and only the window can burn that in.</source>
        <translation>这条反馈里有标注过的图片，只有窗口才能把标注合成进去。</translation>
    </message>
    <message>
        <source>Open the report in the window and send it there.</source>
        <translation>请在窗口中打开这条反馈并发送。</translation>
    </message>
    <message>
        <source>A file that is named like a picture is none that Firstlight reads, or it is too large.</source>
        <translation>有一个文件名像图片的文件，Firstlight 无法读取，或者它太大。</translation>
    </message>
    <message>
        <source>Attach it as PNG or JPEG, of 120 megapixels at most.</source>
        <translation>请以 PNG 或 JPEG 格式附上，最多 1.2 亿像素。</translation>
    </message>
    <message>
        <source>Your data was not touched.</source>
        <translation>你的数据没有改动。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>未写入任何内容。</translation>
    </message>
    <message>
        <source>{tool} is not on this PC, or cannot be started.</source>
        <translation>这台电脑上没有 {tool}，或者无法启动。</translation>
    </message>
    <message>
        <source>Install {tool}, or choose its path in the settings. `firstlight doctor` says how.</source>
        <translation>请安装 {tool}，或在设置里选择它的路径。`firstlight doctor` 会说明方法。</translation>
    </message>
    <message>
        <source>Nothing was sent to it since it last answered.</source>
        <translation>自它上次响应以来，没有向它发送任何内容。</translation>
    </message>
    <message>
        <source>The cable lost contact.</source>
        <translation>数据线断开了。</translation>
    </message>
    <message>
        <source>Try another cable or port, then write the part again.</source>
        <translation>换一根数据线或一个接口，再重新写入这个分区。</translation>
    </message>
    <message>
        <source>The phone has said nothing for {seconds} s, though the cable is in.</source>
        <translation>数据线已连接，但手机 {seconds} 秒没有回应。</translation>
    </message>
    <message>
        <source>Unplug it, plug it in again, then write the part again.</source>
        <translation>拔下再插好数据线，然后重新写入这个分区。</translation>
    </message>
    <message>
        <source>The phone refused. It said: {said}</source>
        <translation>手机拒绝了操作。它的回复：{said}</translation>
    </message>
    <message>
        <source>Report it from here: the phone&apos;s words and the step are filled in.</source>
        <translation>从这里反馈问题：手机的回复和步骤已填好。</translation>
    </message>
    <message>
        <source>The bootloader is locked and takes no build. It said: {said}</source>
        <translation>引导程序已锁定，不接受刷机。它的回复：{said}</translation>
    </message>
    <message>
        <source>Unlock it first. That erases the phone, so make a backup before.</source>
        <translation>请先解锁。解锁会清除手机数据，请先备份。</translation>
    </message>
    <message>
        <source>The battery is too low to write. The phone said: {said}</source>
        <translation>电量太低，不能写入。手机的回复：{said}</translation>
    </message>
    <message>
        <source>Charge the phone to 40 %, then try again.</source>
        <translation>充电到 40% 后重试。</translation>
    </message>
    <message>
        <source>The phone has not allowed this PC to talk to it.</source>
        <translation>手机尚未允许这台电脑与它通信。</translation>
    </message>
    <message>
        <source>Nothing was sent to it.</source>
        <translation>没有向它发送任何内容。</translation>
    </message>
    <message>
        <source>Unlock its screen and touch Allow when it asks, then try again.</source>
        <translation>请解锁手机屏幕，在提示时点“允许”，然后重试。</translation>
    </message>
    <message>
        <source>The phone has started and has not allowed this PC to ask which build it runs.</source>
        <translation>手机已开机，但尚未允许这台电脑查询它运行的版本。</translation>
    </message>
    <message>
        <source>The phone was told to start and stands in its bootloader again: {fault} does not start.</source>
        <translation>手机收到启动命令后又回到了引导程序：{fault} 无法启动。</translation>
    </message>
    <message>
        <source>Its bootloader works, so it can be written again.</source>
        <translation>引导程序工作正常，可以重新写入。</translation>
    </message>
    <message>
        <source>Write the build once more. If it falls back again, go back to the build before.</source>
        <translation>请再写入一次。如果再次退回，请退回上一个版本。</translation>
    </message>
    <message>
        <source>The phone was told to start and has not answered for {seconds} s.</source>
        <translation>已让手机启动，但 {seconds} 秒没有回应。</translation>
    </message>
    <message>
        <source>Everything that was to be written is written.</source>
        <translation>要写入的内容都已写入。</translation>
    </message>
    <message>
        <source>The device does not answer.</source>
        <translation>设备没有响应。</translation>
    </message>
    <message>
        <source>Check the cable or the reader, and that the device is on and in the mode that the step asks for. Then try again.</source>
        <translation>请检查数据线或读卡器，并确认设备已开机且处于该步骤要求的模式，然后重试。</translation>
    </message>
    <message>
        <source>Nothing was sent to any.</source>
        <translation>没有向任何设备发送内容。</translation>
    </message>
    <message>
        <source>Choose or add the device on the page Devices; in a terminal, name it with --device. `firstlight guide run --help` has the forms.</source>
        <translation>请在“设备”页选择或添加设备；在终端中用 --device 指定。写法见 `firstlight guide run --help`。</translation>
    </message>
    <message>
        <source>Another device answers there than the one that this run is for.</source>
        <translation>那里应答的不是这次运行所用的设备。</translation>
    </message>
    <message>
        <source>Connect the one that ends in {tail}, or start the guide anew for the other one.</source>
        <translation>请连接序列号以 {tail} 结尾的设备，或为另一台设备重新开始指南。</translation>
    </message>
    <message>
        <source>A first start may take minutes. If it starts again and again, hold its keys for the bootloader, then go back to the build before.</source>
        <translation>首次启动可能需要几分钟。如果反复重启，请按住按键进入引导程序，然后退回上一个版本。</translation>
    </message>
    <message>
        <source>The phone does not allow unlocking. It said: {said}</source>
        <translation>手机不允许解锁。它的回复：{said}</translation>
    </message>
    <message>
        <source>Start it, turn on OEM unlocking in its developer options, then try again.</source>
        <translation>请开机，在开发者选项中打开“OEM 解锁”，然后重试。</translation>
    </message>
    <message>
        <source>This is for another device. {said}</source>
        <translation>这是给另一台设备的。{said}</translation>
    </message>
    <message>
        <source>Connect the device that it is for, or choose what is made for this one.</source>
        <translation>请连接对应的设备，或选择适用于这台设备的内容。</translation>
    </message>
    <message>
        <source>The device has no room for what is sent to it. It said: {said}</source>
        <translation>设备没有空间存放发送的内容。它的回复：{said}</translation>
    </message>
    <message>
        <source>Make room on it: in the recovery, wipe the cache. Then try again.</source>
        <translation>请腾出空间：在恢复模式中清除缓存，然后重试。</translation>
    </message>
    <message>
        <source>What is written does not stick: the memory of the device has a bad place. It said: {said}</source>
        <translation>写入的内容无法保存：设备的存储有坏块。它的回复：{said}</translation>
    </message>
    <message>
        <source>The part that was being written is not whole; the other parts are as they were.</source>
        <translation>正在写入的分区不完整；其他分区保持原样。</translation>
    </message>
    <message>
        <source>Do not restart the phone. Write the part once more; if it fails again, report it from here: the phone needs a repair.</source>
        <translation>不要重启手机。请再写一次这个分区；如果再次失败，请从这里反馈：手机需要维修。</translation>
    </message>
    <message>
        <source>The recovery did not install the package.</source>
        <translation>恢复模式没有安装这个更新包。</translation>
    </message>
    <message>
        <source>The system that ran before is still there.</source>
        <translation>之前运行的系统还在。</translation>
    </message>
    <message>
        <source>Read the reason on the phone&apos;s screen, then try again or report it from here.</source>
        <translation>请查看手机屏幕上的原因，然后重试或从这里反馈。</translation>
    </message>
    <message>
        <source>The image {name} is not what it says: {why}.</source>
        <translation>镜像 {name} 与它声明的不符：{why}。</translation>
    </message>
    <message>
        <source>Fetch it again. If it stays so, report it from here.</source>
        <translation>请重新下载。如果仍然如此，请从这里反馈。</translation>
    </message>
    <message>
        <source>{tool} stopped. Its last words: {said}</source>
        <translation>{tool} 停止了。最后的输出：{said}</translation>
    </message>
    <message>
        <source>Try again. If it stays so, report it from here with the console.</source>
        <translation>请重试。如果仍然如此，请连同控制台内容从这里反馈问题。</translation>
    </message>
    <message>
        <source>Nothing of it was used, and nothing was written.</source>
        <translation>其中的内容没有被使用，也没有写入任何内容。</translation>
    </message>
    <message>
        <source>{name} is not what the hub listed: its SHA-256 differs.</source>
        <translation>{name} 与服务器登记的不一致：SHA-256 不同。</translation>
    </message>
    <message>
        <source>The file was removed. Nothing of it was written.</source>
        <translation>文件已删除，其中的内容没有写入设备。</translation>
    </message>
    <message>
        <source>Fetch it again. If it happens twice, tell the team.</source>
        <translation>请重新下载；再次出现时请告诉团队。</translation>
    </message>
    <message>
        <source>{name} is not on this PC.</source>
        <translation>这台电脑上没有 {name}。</translation>
    </message>
    <message>
        <source>Fetch the build again; that needs the network.</source>
        <translation>请重新下载该版本，需要联网。</translation>
    </message>
    <message>
        <source>The hub lists no build for this device ({device}).</source>
        <translation>服务器没有适合此设备（{device}）的版本。</translation>
    </message>
    <message>
        <source>Go online and fetch news. Builds come out on Fridays.</source>
        <translation>请联网获取最新消息。新版本每周五发布。</translation>
    </message>
    <message>
        <source>The phone runs build {got}, written was {expected}.</source>
        <translation>手机运行的是版本 {got}，写入的是 {expected}。</translation>
    </message>
    <message>
        <source>Write it again, or put the build before it back.</source>
        <translation>重新写入，或恢复上一个版本。</translation>
    </message>
    <message>
        <source>The maker has not signed {name}.</source>
        <translation>制造商没有为 {name} 签名。</translation>
    </message>
    <message>
        <source>Do not write it. Go online and fetch news; if it stays, tell the team.</source>
        <translation>不要写入它。请联网获取最新消息；如果仍然如此，请告诉团队。</translation>
    </message>
    <message>
        <source>What the hub says of its builds does not fit what the maker signed.</source>
        <translation>服务器所说的版本与制造商签名的不符。</translation>
    </message>
    <message>
        <source>Try again later or on another network. If it stays, tell the team: somebody may be changing what you get.</source>
        <translation>请稍后或换个网络重试。如果仍然如此，请告诉团队：可能有人在篡改你收到的内容。</translation>
    </message>
    <message>
        <source>The list of builds is not signed with the maker&apos;s keys.</source>
        <translation>版本清单不是用制造商的密钥签名的。</translation>
    </message>
    <message>
        <source>Try again on another network. If it stays, tell the team: this may not be the maker&apos;s hub.</source>
        <translation>请换个网络重试。如果仍然如此，请告诉团队：这可能不是制造商的服务器。</translation>
    </message>
    <message>
        <source>The hub offers an older list of builds than this PC has seen.</source>
        <translation>服务器提供的版本清单比这台电脑见过的更旧。</translation>
    </message>
    <message>
        <source>Try again later. If it stays, tell the team: somebody may be holding newer builds back.</source>
        <translation>请稍后重试。如果仍然如此，请告诉团队：可能有人扣住了更新的版本。</translation>
    </message>
    <message>
        <source>The hub signed its builds before and does so no more.</source>
        <translation>服务器以前为版本签名，现在不再签名。</translation>
    </message>
    <message>
        <source>Ask the team. What you have fetched already can still be used.</source>
        <translation>请询问团队。已经下载的内容仍可使用。</translation>
    </message>
    <message>
        <source>The hub&apos;s list of builds is out of date: nobody has signed it anew.</source>
        <translation>服务器的版本清单已过期：没有人重新签名。</translation>
    </message>
    <message>
        <source>Try again tomorrow, or tell the team. What you have fetched already can still be used.</source>
        <translation>请明天重试，或告诉团队。已经下载的内容仍可使用。</translation>
    </message>
    <message>
        <source>This PC&apos;s clock differs from the hub&apos;s by {minutes} minutes, so the list of builds looks out of date.</source>
        <translation>这台电脑的时钟与服务器相差 {minutes} 分钟，因此版本清单看起来已过期。</translation>
    </message>
    <message>
        <source>Set the clock of this PC, then try again.</source>
        <translation>请校准这台电脑的时钟，然后重试。</translation>
    </message>
    <message>
        <source>This PC has no list of signed builds yet.</source>
        <translation>这台电脑上还没有已签名版本的清单。</translation>
    </message>
    <message>
        <source>Go online once and fetch the build.</source>
        <translation>请联网一次并下载该版本。</translation>
    </message>
    <message>
        <source>Another Firstlight on this PC is asking the hub right now.</source>
        <translation>这台电脑上的另一个 Firstlight 正在询问服务器。</translation>
    </message>
    <message>
        <source>Build {version} is older than {running}, which runs now, and the maker has not signed it for going back.</source>
        <translation>版本 {version} 比正在运行的 {running} 旧，制造商没有为降级签名。</translation>
    </message>
    <message>
        <source>Choose a newer build.</source>
        <translation>请选择更新的版本。</translation>
    </message>
    <message>
        <source>Build {version} may only be written over {min_from} or newer. The device runs {running}.</source>
        <translation>版本 {version} 只能从 {min_from} 或更新版本升级。设备当前运行 {running}。</translation>
    </message>
    <message>
        <source>Write build {min_from} first.</source>
        <translation>请先写入版本 {min_from}。</translation>
    </message>
    <message>
        <source>Your steps, photos and notes are kept.</source>
        <translation>你的步骤、照片和笔记都已保存。</translation>
    </message>
    <message>
        <source>{path} is no guide that can be played. Line {line}: {why}.</source>
        <translation>{path} 不是可以运行的指南。第 {line} 行：{why}。</translation>
    </message>
    <message>
        <source>Nothing of it was run.</source>
        <translation>其中的内容没有执行。</translation>
    </message>
    <message>
        <source>`firstlight guide check` names every mistake and its mend.</source>
        <translation>`firstlight guide check` 会列出每处错误和改法。</translation>
    </message>
    <message>
        <source>{path} is no guide that can be played: {why}.</source>
        <translation>{path} 不是可以运行的指南：{why}。</translation>
    </message>
    <message>
        <source>A safety check does not hold.</source>
        <translation>有一项安全检查未通过。</translation>
    </message>
    <message>
        <source>The open row of the checks says what to do. Then check again.</source>
        <translation>展开的那一行说明了该怎么做，之后再检查一次。</translation>
    </message>
    <message>
        <source>A safety check does not hold any more.</source>
        <translation>有一项安全检查不再通过。</translation>
    </message>
    <message>
        <source>What was written before stays as it is, and the journal knows it. Since then nothing was sent.</source>
        <translation>之前写入的内容保持原样，运行日志中都有记录；此后没有再发送任何内容。</translation>
    </message>
    <message>
        <source>The open row of the checks says what to do. Then run the step again: what is done is not repeated.</source>
        <translation>展开的检查项会说明该怎么做。然后重新执行这一步，已完成的部分不会重复。</translation>
    </message>
    <message>
        <source>The step {step} stopped ({cause}).</source>
        <translation>步骤 {step} 停止了（{cause}）。</translation>
    </message>
    <message>
        <source>The journal knows what is done and what is not.</source>
        <translation>运行日志记录了哪些已完成、哪些没有。</translation>
    </message>
    <message>
        <source>Run the step again: parts that are done are not repeated.</source>
        <translation>重新执行这一步：已完成的部分不会重复。</translation>
    </message>
    <message>
        <source>The step {step} is not through yet.</source>
        <translation>步骤 {step} 还没有完成。</translation>
    </message>
    <message>
        <source>Do the steps in their order.</source>
        <translation>请按顺序完成各步骤。</translation>
    </message>
    <message>
        <source>The waiting time of this step is not over.</source>
        <translation>这一步的等待时间还没到。</translation>
    </message>
    <message>
        <source>Wait until it is. It goes on while Firstlight is closed.</source>
        <translation>请等到时间结束。关闭 Firstlight 时计时也会继续。</translation>
    </message>
    <message>
        <source>This step needs a photo or a value before it is done.</source>
        <translation>这一步需要照片或数值才能完成。</translation>
    </message>
    <message>
        <source>Add it; the step says why.</source>
        <translation>请补上；步骤里说明了原因。</translation>
    </message>
    <message>
        <source>The step {step} waits for hands, and nobody is here to say that it is done.</source>
        <translation>步骤 {step} 需要动手完成，但没有人确认它已完成。</translation>
    </message>
    <message>
        <source>Run it in a terminal, or add --yes to tick such steps without asking.</source>
        <translation>请在终端中运行，或加上 --yes 直接勾选这类步骤。</translation>
    </message>
    <message>
        <source>This guide asks something before it starts, and not all of it is answered.</source>
        <translation>这份指南开始前要问几个问题，还没有全部回答。</translation>
    </message>
    <message>
        <source>Answer the questions of the guide; in a terminal, with --answers FILE.</source>
        <translation>回答指南的问题；在终端中使用 --answers FILE。</translation>
    </message>
    <message>
        <source>The step {step} is dangerous and was not agreed to.</source>
        <translation>步骤 {step} 有危险，尚未得到同意。</translation>
    </message>
    <message>
        <source>Type the last four of the device&apos;s serial number when you are asked; in a terminal, or in the file of answers.</source>
        <translation>在提示时输入设备序列号的后四位；可以在终端里输入，或写在回答文件中。</translation>
    </message>
    <message>
        <source>The step {step} fetches files from the web, and you have not said yes to that.</source>
        <translation>步骤 {step} 要从网络下载文件，而你还没有同意。</translation>
    </message>
    <message>
        <source>Nothing was fetched.</source>
        <translation>没有下载任何内容。</translation>
    </message>
    <message>
        <source>Look at what comes from where, then say yes; in a terminal with --yes, or under fetch: in the file of answers.</source>
        <translation>请查看文件及其来源后再同意；在终端中用 --yes，或写在回答文件的 fetch: 中。</translation>
    </message>
    <message>
        <source>Another guide comes first: {guide}.</source>
        <translation>需要先完成另一份指南：{guide}。</translation>
    </message>
    <message>
        <source>Finish it, or say that it was done elsewhere.</source>
        <translation>先完成它，或说明已在别处完成。</translation>
    </message>
    <message>
        <source>The step {step} runs a command on the device, and the guide is not signed by the maker.</source>
        <translation>步骤 {step} 会在设备上执行命令，而这份指南没有制造商签名。</translation>
    </message>
    <message>
        <source>Use the guide that the maker signed, or rehearse this one on a practice device.</source>
        <translation>使用制造商签名的指南，或在练习设备上演练。</translation>
    </message>
    <message>
        <source>The step {step} writes to the device, and nothing in the guide could tell that hands have done it.</source>
        <translation>步骤 {step} 会写入设备，而指南无法确认它是否已手动完成。</translation>
    </message>
    <message>
        <source>Run the step.</source>
        <translation>运行这一步。</translation>
    </message>
    <message>
        <source>It is not known yet which device this is about.</source>
        <translation>还不知道是哪一台设备。</translation>
    </message>
    <message>
        <source>Connect the device and run the step that looks for it.</source>
        <translation>连接设备，先运行查找设备的步骤。</translation>
    </message>
    <message>
        <source>There is no step {step} in this run that is done.</source>
        <translation>这次运行中没有已完成的步骤 {step}。</translation>
    </message>
    <message>
        <source>Name one that is done by its id, as the guide&apos;s file has it.</source>
        <translation>请用指南文件中的 id 指定一个已完成的步骤。</translation>
    </message>
    <message>
        <source>Something was written already, with the answers and for the device of this run.</source>
        <translation>这次运行已经按照当时的回答、对当时的设备写入过内容。</translation>
    </message>
    <message>
        <source>Go on with them, or start the guide anew.</source>
        <translation>请沿用它们继续，或重新开始这个指南。</translation>
    </message>
    <message>
        <source>“{value}” is no answer to {option}.</source>
        <translation>“{value}”不是 {option} 的有效回答。</translation>
    </message>
    <message>
        <source>Choose one of the answers that the guide offers.</source>
        <translation>从指南给出的回答中选择。</translation>
    </message>
    <message>
        <source>“{value}” is no number.</source>
        <translation>“{value}”不是数字。</translation>
    </message>
    <message>
        <source>Type the number alone.</source>
        <translation>只输入数字。</translation>
    </message>
    <message>
        <source>This took longer than the {seconds} s that the guide gives it.</source>
        <translation>超过了指南规定的 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Look at the device. Then run the step again.</source>
        <translation>查看设备，然后重新运行这一步。</translation>
    </message>
    <message>
        <source>{verb} began before Firstlight ended, and nobody can tell whether it came to its end.</source>
        <translation>{verb} 在 Firstlight 退出前已开始，无法确定是否完成。</translation>
    </message>
    <message>
        <source>It was not begun again.</source>
        <translation>没有再次执行。</translation>
    </message>
    <message>
        <source>Look at the device. Say that it is done, or type the device&apos;s last four to have it repeated.</source>
        <translation>请查看设备。确认它已完成，或输入设备序列号的后四位以重新执行。</translation>
    </message>
    <message>
        <source>There is no practice device for {guide} ({way}).</source>
        <translation>没有适合 {guide}（{way}）的练习设备。</translation>
    </message>
    <message>
        <source>Play it on a real device that you can spare.</source>
        <translation>请在一台坏了也没关系的真实设备上运行。</translation>
    </message>
    <message>
        <source>The file {name} is not on this PC.</source>
        <translation>文件 {name} 不在这台电脑上。</translation>
    </message>
    <message>
        <source>Fetch it while you are online, or put it into the folder of files. {link}</source>
        <translation>请在联网时下载，或把它放入存放文件的文件夹。{link}</translation>
    </message>
    <message>
        <source>There is no guide called {name}.</source>
        <translation>没有名为 {name} 的指南。</translation>
    </message>
    <message>
        <source>`firstlight guide list` names all guides of this PC.</source>
        <translation>用 `firstlight guide list` 可以列出这台电脑上的所有指南。</translation>
    </message>
    <message>
        <source>{name} is not called guide.yaml.</source>
        <translation>{name} 的文件名不是 guide.yaml。</translation>
    </message>
    <message>
        <source>A guide is a folder with a guide.yaml and its pictures beside it. Name that file.</source>
        <translation>一份指南是一个文件夹，里面有 guide.yaml 和图片。请指定那个文件。</translation>
    </message>
    <message>
        <source>There is no unfinished run of {name}.</source>
        <translation>{name} 没有未完成的运行。</translation>
    </message>
    <message>
        <source>Start the guide without --resume.</source>
        <translation>请去掉 --resume 重新开始。</translation>
    </message>
    <message>
        <source>Another Firstlight plays this guide right now.</source>
        <translation>另一个 Firstlight 正在运行这份指南。</translation>
    </message>
    <message>
        <source>Go on there, or close it first.</source>
        <translation>请在那里继续，或先关闭它。</translation>
    </message>
    <message>
        <source>This run cannot be carried on: {why}.</source>
        <translation>这次运行无法继续：{why}。</translation>
    </message>
    <message>
        <source>Its folder is left as it is, nothing was sent to a device.</source>
        <translation>它的文件夹保持原样，没有向设备发送任何内容。</translation>
    </message>
    <message>
        <source>Start the guide anew.</source>
        <translation>请重新开始这个指南。</translation>
    </message>
    <message>
        <source>More than one device is there: {serials}.</source>
        <translation>有不止一台设备：{serials}。</translation>
    </message>
    <message>
        <source>Choose the one that is meant, or unplug or forget the others.</source>
        <translation>请选择要用的那一台，或拔下、忘记其他设备。</translation>
    </message>
    <message>
        <source>Nothing was sent to any of them.</source>
        <translation>没有向其中任何一台发送内容。</translation>
    </message>
    <message>
        <source>Firstlight ended in the middle of this step.</source>
        <translation>Firstlight 在这一步中途退出了。</translation>
    </message>
    <message>
        <source>The journal knows what was done. Nothing was repeated.</source>
        <translation>运行日志记录了已做的操作，没有重复执行任何内容。</translation>
    </message>
    <message>
        <source>Run the step again: the phone is asked first.</source>
        <translation>重新执行这一步：会先询问手机的状态。</translation>
    </message>
    <message>
        <source>The phone does not run what was written. {measured}.</source>
        <translation>手机运行的不是写入的版本。{measured}。</translation>
    </message>
    <message>
        <source>Something has to be done by hand first.</source>
        <translation>需要先手动完成一些操作。</translation>
    </message>
    <message>
        <source>Do what the step says, then try again.</source>
        <translation>按步骤说明操作，然后重试。</translation>
    </message>
    <message>
        <source>Everything is kept on this PC.</source>
        <translation>所有内容都已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>What waits goes out by itself; you can also try now.</source>
        <translation>等待中的内容会自动发送，也可以现在重试。</translation>
    </message>
    <message>
        <source>What came so far is kept. Nothing was written to a device.</source>
        <translation>已下载的部分会保留，没有写入设备。</translation>
    </message>
    <message>
        <source>Check the network and run the step again: it goes on where it stopped.</source>
        <translation>请检查网络后重新执行这一步：会从中断处继续。</translation>
    </message>
    <message>
        <source>Tell the guide&apos;s author, or put the file into the folder of the guide&apos;s files yourself.</source>
        <translation>请告诉指南作者，或自行把文件放入指南的文件夹。</translation>
    </message>
    <message>
        <source>The hub cannot be used right now.</source>
        <translation>现在无法使用服务器。</translation>
    </message>
    <message>
        <source>The hub {hub} did not answer.</source>
        <translation>服务器 {hub} 没有响应。</translation>
    </message>
    <message>
        <source>You work offline, so nothing was asked of the network.</source>
        <translation>你正在离线工作，因此没有访问网络。</translation>
    </message>
    <message>
        <source>Switch working offline off to go on.</source>
        <translation>关闭离线工作即可继续。</translation>
    </message>
    <message>
        <source>This PC does not find the hub {hub}: the name is not known, or there is no network.</source>
        <translation>这台电脑找不到服务器 {hub}：名称无法解析，或者没有网络。</translation>
    </message>
    <message>
        <source>Check the network and the address. What waits goes out by itself.</source>
        <translation>检查网络和地址。等待中的内容会自动发送。</translation>
    </message>
    <message>
        <source>Nothing answers at {hub}. The hub seems to be switched off.</source>
        <translation>{hub} 没有任何响应，服务器似乎没有开启。</translation>
    </message>
    <message>
        <source>The hub {hub} took too long to answer.</source>
        <translation>服务器 {hub} 响应超时。</translation>
    </message>
    <message>
        <source>The connection to {hub} was cut.</source>
        <translation>与 {hub} 的连接断开了。</translation>
    </message>
    <message>
        <source>What was on its way goes on where it stopped; you can also try now.</source>
        <translation>传输会从断开的地方继续，也可以现在重试。</translation>
    </message>
    <message>
        <source>This PC has no way to {hub}. There seems to be no network.</source>
        <translation>这台电脑无法到达 {hub}，似乎没有网络。</translation>
    </message>
    <message>
        <source>Check the cable or the Wi-Fi. What waits goes out by itself.</source>
        <translation>检查网线或 Wi-Fi。等待中的内容会自动发送。</translation>
    </message>
    <message>
        <source>{hub} could not prove that it is the hub: its certificate does not hold.</source>
        <translation>{hub} 无法证明自己就是服务器：证书无效。</translation>
    </message>
    <message>
        <source>Nothing was sent. Everything is kept on this PC.</source>
        <translation>没有发送任何内容。所有内容都已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Check the date of this PC, try another network, and tell the team if it stays so.</source>
        <translation>检查这台电脑的日期，换一个网络再试；如果仍然如此，请告诉团队。</translation>
    </message>
    <message>
        <source>Something else answered in place of the hub {hub}, probably the log-in page of this network.</source>
        <translation>响应的不是服务器 {hub}，很可能是当前网络的登录页面。</translation>
    </message>
    <message>
        <source>Nothing was taken for sent. Everything is kept on this PC.</source>
        <translation>没有任何内容被当作已发送。所有内容都已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Open any page in your browser and log in to the network, or check the hub&apos;s address.</source>
        <translation>在浏览器里打开任意网页并登录网络，或检查服务器地址。</translation>
    </message>
    <message>
        <source>The answer from {hub} leads to another place ({where}), and Firstlight does not follow.</source>
        <translation>{hub} 的响应指向别处（{where}），Firstlight 不会跟随。</translation>
    </message>
    <message>
        <source>The hub refused this (status {status}, {reason}).</source>
        <translation>服务器拒绝了这次请求（状态 {status}，{reason}）。</translation>
    </message>
    <message>
        <source>Try again later. If it stays so, tell the team.</source>
        <translation>稍后再试。如果仍然如此，请告诉团队。</translation>
    </message>
    <message>
        <source>The hub did not accept what was filled in: {fields}.</source>
        <translation>服务器没有接受所填的内容：{fields}。</translation>
    </message>
    <message>
        <source>What you wrote is kept on this PC.</source>
        <translation>你写的内容已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Change it and send it again.</source>
        <translation>修改后重新发送。</translation>
    </message>
    <message>
        <source>The hub wants to know who you are.</source>
        <translation>服务器需要确认你的身份。</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>重新登录。</translation>
    </message>
    <message>
        <source>You are no longer in this programme, so the hub does not take this.</source>
        <translation>你已不在这个计划中，因此服务器不接收这项内容。</translation>
    </message>
    <message>
        <source>Ask the team of the programme.</source>
        <translation>请询问计划的团队。</translation>
    </message>
    <message>
        <source>The hub does not know this.</source>
        <translation>服务器上没有这项内容。</translation>
    </message>
    <message>
        <source>Fetch the news of the hub, then try again.</source>
        <translation>先获取服务器的最新消息，然后重试。</translation>
    </message>
    <message>
        <source>The team has already gone on with this, so it can no longer be changed.</source>
        <translation>团队已经在处理，因此不能再修改。</translation>
    </message>
    <message>
        <source>Add it as an answer instead.</source>
        <translation>请改为以回答的形式添加。</translation>
    </message>
    <message>
        <source>This is no longer on the hub.</source>
        <translation>这项内容已不在服务器上。</translation>
    </message>
    <message>
        <source>{name} is larger than the hub takes ({limit_mb} MB at most).</source>
        <translation>{name} 超过了服务器的上限（最大 {limit_mb} MB）。</translation>
    </message>
    <message>
        <source>The file is untouched, and the report is kept on this PC.</source>
        <translation>文件没有改动，反馈已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Leave it out or attach a smaller one, then put the report in the outbox again.</source>
        <translation>去掉它或换成较小的文件，再把反馈放入发件箱。</translation>
    </message>
    <message>
        <source>The hub does not have all attachments yet.</source>
        <translation>服务器还没有收齐附件。</translation>
    </message>
    <message>
        <source>They are sent again by themselves; there is nothing to do.</source>
        <translation>附件会自动重新发送，无需操作。</translation>
    </message>
    <message>
        <source>A file was damaged on its way to the hub, several times.</source>
        <translation>有一个文件在传输途中多次损坏。</translation>
    </message>
    <message>
        <source>The hub dropped it; the file on this PC is whole.</source>
        <translation>服务器已丢弃损坏的内容，这台电脑上的文件完好。</translation>
    </message>
    <message>
        <source>Try another network. It is sent again by itself.</source>
        <translation>换一个网络试试。文件会自动重新发送。</translation>
    </message>
    <message>
        <source>The hub {hub} cannot take this right now (status {status}).</source>
        <translation>服务器 {hub} 暂时无法接收（状态 {status}）。</translation>
    </message>
    <message>
        <source>The hub asks to wait a little: that was a lot at once.</source>
        <translation>一次发送得太多，服务器请你稍等。</translation>
    </message>
    <message>
        <source>It goes on by itself when the hub allows.</source>
        <translation>服务器允许后会自动继续。</translation>
    </message>
    <message>
        <source>Your sign-in at {hub} has ended.</source>
        <translation>你在 {hub} 的登录已失效。</translation>
    </message>
    <message>
        <source>Everything is kept on this PC and waits.</source>
        <translation>所有内容都保存在这台电脑上，等待发送。</translation>
    </message>
    <message>
        <source>Sign in again; what waits then goes out by itself.</source>
        <translation>重新登录，等待中的内容会自动发送。</translation>
    </message>
    <message>
        <source>The hub {hub} answered in a way that this version of Firstlight does not understand ({where}).</source>
        <translation>这个版本的 Firstlight 看不懂服务器 {hub} 的响应（{where}）。</translation>
    </message>
    <message>
        <source>Update Firstlight. If it is the newest one, tell the team.</source>
        <translation>更新 Firstlight。如果已是最新版本，请告诉团队。</translation>
    </message>
    <message>
        <source>The kept copy of {name} was changed or cut short since you attached it.</source>
        <translation>{name} 的保存副本在附上之后被修改或截断了。</translation>
    </message>
    <message>
        <source>It was not sent. The rest of the report is kept.</source>
        <translation>它没有发送，反馈的其余部分已保存。</translation>
    </message>
    <message>
        <source>Remove it from the report and attach it again.</source>
        <translation>从反馈中移除它，再重新附上。</translation>
    </message>
    <message>
        <source>{name} arrived damaged several times: it is not what the hub listed.</source>
        <translation>{name} 多次下载后仍有损坏：与服务器登记的不一致。</translation>
    </message>
    <message>
        <source>It was thrown away. Nothing was written to a device.</source>
        <translation>下载的内容已丢弃，没有写入任何设备。</translation>
    </message>
    <message>
        <source>Fetch it again, on another network if you can. If it happens twice, tell the team.</source>
        <translation>请重新下载，最好换一个网络；再次出现时请告诉团队。</translation>
    </message>
    <message>
        <source>{hub} did not answer, so the file did not come.</source>
        <translation>{hub} 没有响应，文件没有下载。</translation>
    </message>
    <message>
        <source>You work offline, so nothing was fetched from {hub}.</source>
        <translation>你正在离线工作，没有从 {hub} 下载任何内容。</translation>
    </message>
    <message>
        <source>Switch working offline off, or put the file into the folder of the guide&apos;s files.</source>
        <translation>关闭离线工作，或把文件放入指南的文件夹。</translation>
    </message>
    <message>
        <source>This PC does not find {hub}: the name is not known, or there is no network.</source>
        <translation>这台电脑找不到 {hub}：名称无法解析，或者没有网络。</translation>
    </message>
    <message>
        <source>{hub} could not prove that it is {hub}: its certificate does not hold.</source>
        <translation>{hub} 无法证明自己的身份：证书无效。</translation>
    </message>
    <message>
        <source>Check the date of this PC and try another network. Tell the guide&apos;s author if it stays so.</source>
        <translation>请检查这台电脑的日期并换一个网络。如果仍然如此，请告诉指南作者。</translation>
    </message>
    <message>
        <source>The address of a file is none that Firstlight asks: {host}. Only https is asked.</source>
        <translation>Firstlight 不会访问这个文件地址：{host}。只支持 https。</translation>
    </message>
    <message>
        <source>The address of a file leads into a private network ({host}), where a guide has no business.</source>
        <translation>文件地址指向内部网络（{host}），指南不该访问那里。</translation>
    </message>
    <message>
        <source>Nothing was asked there. Nothing was written to a device.</source>
        <translation>没有访问该地址，也没有写入设备。</translation>
    </message>
    <message>
        <source>{host} leads from place to place and never to the file.</source>
        <translation>{host} 不断跳转，始终没有到达文件。</translation>
    </message>
    <message>
        <source>{host} does not have the file (status {status}).</source>
        <translation>{host} 没有这个文件（状态 {status}）。</translation>
    </message>
    <message>
        <source>{host} cannot give the file right now (status {status}).</source>
        <translation>{host} 暂时无法提供文件（状态 {status}）。</translation>
    </message>
    <message>
        <source>The file at {host} is larger than {limit_gb} GB, and the guide does not say how large it has to be.</source>
        <translation>{host} 上的文件大于 {limit_gb} GB，而指南没有说明应有多大。</translation>
    </message>
    <message>
        <source>It was not fetched. Nothing was written to a device.</source>
        <translation>没有下载，也没有写入设备。</translation>
    </message>
    <message>
        <source>What came from {host} is not the file that the guide names: its hash is another one.</source>
        <translation>从 {host} 得到的不是指南所指的文件：校验值不一致。</translation>
    </message>
    <message>
        <source>Try another network. If it happens twice, tell the guide&apos;s author, and do not use the file.</source>
        <translation>请换一个网络。如果再次出现，请告诉指南作者，不要使用该文件。</translation>
    </message>
    <message>
        <source>The practice hub on this PC did not start. Its last words: {lines}</source>
        <translation>这台电脑上的练习服务器没有启动。它最后的输出：{lines}</translation>
    </message>
    <message>
        <source>Nothing else is affected; its data is as it was.</source>
        <translation>其他内容不受影响，它的数据保持原样。</translation>
    </message>
    <message>
        <source>Try again. If it stays so, restart this PC.</source>
        <translation>重试。如果仍然如此，请重启这台电脑。</translation>
    </message>
    <message>
        <source>The practice hub on this PC took too long to start. Its last words: {lines}</source>
        <translation>这台电脑上的练习服务器启动超时。它最后的输出：{lines}</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>Nothing was sent, and the file is unchanged.</source>
        <translation>没有发送任何内容，文件没有改动。</translation>
    </message>
    <message>
        <source>Private details in this file could not be hidden.</source>
        <translation>无法隐藏这个文件里的隐私信息。</translation>
    </message>
    <message>
        <source>Look at it again, or leave the file out.</source>
        <translation>请再看一遍，或不附上这个文件。</translation>
    </message>
    <message>
        <source>Reading {name} stopped in the middle.</source>
        <translation>读取 {name} 时中断了。</translation>
    </message>
    <message>
        <source>Try again. If it stops again, cut the file to the part that matters, or leave it out.</source>
        <translation>请重试。如果再次中断，请只保留相关部分，或不附上这个文件。</translation>
    </message>
    <message>
        <source>{name} cannot be read as a text or as an archive of texts.</source>
        <translation>{name} 无法作为文本或文本压缩包读取。</translation>
    </message>
    <message>
        <source>Leave it out, or attach the log as plain text.</source>
        <translation>请去掉它，或以纯文本附上日志。</translation>
    </message>
    <message>
        <source>{name} unpacks to more than can be read.</source>
        <translation>{name} 解压后太大，无法读取。</translation>
    </message>
    <message>
        <source>Unpack it yourself and attach the part that matters.</source>
        <translation>请自行解压，只附上相关部分。</translation>
    </message>
    <message>
        <source>The engine {engine} is not installed here.</source>
        <translation>这里没有安装引擎 {engine}。</translation>
    </message>
    <message>
        <source>Choose another engine; each hides the same.</source>
        <translation>请选择其他引擎，隐藏结果相同。</translation>
    </message>
    <message>
        <source>{name} cannot be read or written: {why}.</source>
        <translation>{name} 无法读取或写入：{why}。</translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <translation>请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>The draft is kept on this PC.</source>
        <translation>草稿已保存在这台电脑。</translation>
    </message>
    <message>
        <source>You have not looked at {names} yet.</source>
        <translation>你还没有看过 {names}。</translation>
    </message>
    <message>
        <source>Nothing was sent. The draft is kept on this PC.</source>
        <translation>没有发送任何内容。草稿已保存在这台电脑。</translation>
    </message>
    <message>
        <source>Look at what is hidden in it, then put the report in the outbox.</source>
        <translation>请先看看其中隐藏了什么，再把反馈放入发件箱。</translation>
    </message>
    <message>
        <source>Something is missing or too long: {fields}.</source>
        <translation>有内容缺失或过长：{fields}。</translation>
    </message>
    <message>
        <source>Fill it in, then put the report in the outbox.</source>
        <translation>请填写后再放入发件箱。</translation>
    </message>
    <message>
        <source>A report goes to a hub, and nobody is signed in on this PC.</source>
        <translation>反馈要发往服务器，但这台电脑上没有人登录。</translation>
    </message>
    <message>
        <source>Sign in, then put the report in the outbox.</source>
        <translation>请登录后再放入发件箱。</translation>
    </message>
    <message>
        <source>The report needs one sentence that says what it is about, of 200 letters at most.</source>
        <translation>反馈需要一句话说明内容，最多 200 个字符。</translation>
    </message>
    <message>
        <source>Write it, then put the report in the outbox.</source>
        <translation>写好后再放入发件箱。</translation>
    </message>
    <message>
        <source>The text is longer than the 20,000 letters that a report takes.</source>
        <translation>文字超过了反馈允许的 20,000 个字符。</translation>
    </message>
    <message>
        <source>Shorten it, or attach the long part as a file.</source>
        <translation>请缩短，或把长的部分作为文件附上。</translation>
    </message>
    <message>
        <source>A report goes to a programme, and you have not joined one yet.</source>
        <translation>反馈要发往一个计划，而你还没有加入。</translation>
    </message>
    <message>
        <source>Join with the F-code of your invitation, then put the report in the outbox.</source>
        <translation>请用邀请的 F 码加入后再放入发件箱。</translation>
    </message>
    <message>
        <source>This report cannot be changed as it is now.</source>
        <translation>这条反馈目前的状态不能修改。</translation>
    </message>
    <message>
        <source>Open it from the list of reports: there stands what can be done with it.</source>
        <translation>请从反馈列表打开它：那里会列出可以做的操作。</translation>
    </message>
    <message>
        <source>Once it has arrived, write to the team: what you add stands with it.</source>
        <translation>等它送达后再写给团队：补充内容会附在这条反馈里。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动任何内容。</translation>
    </message>
    <message>
        <source>This report is not on this PC.</source>
        <translation>这台电脑上没有这条反馈。</translation>
    </message>
    <message>
        <source>Look for it in the list of reports.</source>
        <translation>请在反馈列表中查找。</translation>
    </message>
    <message>
        <source>It is on its way already and cannot be taken back.</source>
        <translation>它已经发出，不能撤回。</translation>
    </message>
    <message>
        <source>{name} could not be cleaned, so it does not leave this PC.</source>
        <translation>无法清理 {name}，所以它不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Nothing was sent. The file and the draft are kept.</source>
        <translation>没有发送任何内容。文件和草稿都已保存。</translation>
    </message>
    <message>
        <source>Try once more, or take the file off the report.</source>
        <translation>请再试一次，或从反馈中移除这个文件。</translation>
    </message>
    <message>
        <source>A report takes at most {most} files.</source>
        <translation>一条反馈最多附 {most} 个文件。</translation>
    </message>
    <message>
        <source>Nothing was attached, and nothing else changed.</source>
        <translation>没有附上文件，其他内容也没有改动。</translation>
    </message>
    <message>
        <source>Take one off, or put several logs into one zip file.</source>
        <translation>请移除一个，或把多个日志放进一个 zip 文件。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read: line {line}, {why}.</source>
        <translation>无法读取文件 {path}：第 {line} 行，{why}。</translation>
    </message>
    <message>
        <source>It was left as it is, and so is everything else.</source>
        <translation>文件保持原样，其他内容也是。</translation>
    </message>
    <message>
        <source>Mend the file, or move it away, then try again.</source>
        <translation>请修正或移走该文件，然后重试。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {why}.</source>
        <translation>无法使用 {path}：{why}。</translation>
    </message>
    <message>
        <source>Mend it, or name another one, then try again.</source>
        <translation>请修正它，或指定另一个，然后重试。</translation>
    </message>
    <message>
        <source>Firstlight is still opening what is kept on this PC.</source>
        <translation>Firstlight 还在打开这台电脑上的内容。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The tour stopped at “{step}”: {why}.</source>
        <translation>演示停在“{step}”：{why}。</translation>
    </message>
    <message>
        <source>What it made lies in {out}.</source>
        <translation>已生成的内容在 {out}。</translation>
    </message>
    <message>
        <source>Start it again, or look into tour.json there.</source>
        <translation>请重新开始，或查看其中的 tour.json。</translation>
    </message>
    <message>
        <source>What was kept before is still there.</source>
        <translation>之前保存的内容都在。</translation>
    </message>
    <message>
        <source>The disk is full: {free} are free, {need} are needed.</source>
        <translation>磁盘已满：剩余 {free}，需要 {need}。</translation>
    </message>
    <message>
        <source>Everything that was kept is still there, also the words of your draft.</source>
        <translation>已保存的内容都在，草稿的文字也在。</translation>
    </message>
    <message>
        <source>Free some space, then do it again.</source>
        <translation>请腾出空间后再试。</translation>
    </message>
    <message>
        <source>A newer Firstlight has used this profile. This older one does not know how to read it.</source>
        <translation>较新的 Firstlight 用过这份数据，当前的旧版本无法读取。</translation>
    </message>
    <message>
        <source>Install the newer Firstlight again.</source>
        <translation>请重新安装较新的 Firstlight。</translation>
    </message>
    <message>
        <source>The store of this profile is damaged: {why}.</source>
        <translation>这份数据的数据库损坏了：{why}。</translation>
    </message>
    <message>
        <source>The damaged file is kept aside. Attachments lie beside it and are not touched.</source>
        <translation>损坏的文件已另存。附件在旁边，没有改动。</translation>
    </message>
    <message>
        <source>Start Firstlight again: it rebuilds what can be read and what the last backup has.</source>
        <translation>请重新启动 Firstlight：它会用可读的内容和上次备份重建。</translation>
    </message>
    <message>
        <source>Firstlight cannot write to {path}: {why}.</source>
        <translation>Firstlight 无法写入 {path}：{why}。</translation>
    </message>
    <message>
        <source>Check who may write to this folder, or set FIRSTLIGHT_HOME to another one.</source>
        <translation>请检查该文件夹的写入权限，或用 FIRSTLIGHT_HOME 指定其他文件夹。</translation>
    </message>
    <message>
        <source>Another program has been using the store of this profile for too long.</source>
        <translation>另一个程序占用这份数据的数据库太久了。</translation>
    </message>
    <message>
        <source>Wait a moment and do it again. Close other windows of Firstlight if it stays so.</source>
        <translation>请稍后再试。如果仍然如此，请关闭其他 Firstlight 窗口。</translation>
    </message>
    <message>
        <source>A file that was attached is gone from this PC or was changed by another program.</source>
        <translation>一个附件已不在这台电脑上，或被其他程序改动过。</translation>
    </message>
    <message>
        <source>Your words and the other files are still there.</source>
        <translation>你的文字和其他文件都在。</translation>
    </message>
    <message>
        <source>Attach the file again, or send the report without it.</source>
        <translation>请重新附上该文件，或不带它发送。</translation>
    </message>
    <message>
        <source>The file {path} cannot be read: {why}.</source>
        <translation>无法读取文件 {path}：{why}。</translation>
    </message>
    <message>
        <source>Check the file, then attach it again.</source>
        <translation>请检查该文件，然后重新附上。</translation>
    </message>
    <message>
        <source>Something in the outbox was written by another version and cannot be sent by this one.</source>
        <translation>发件箱里有其他版本写入的内容，当前版本无法发送。</translation>
    </message>
    <message>
        <source>Open it, check it and put it in the outbox again.</source>
        <translation>请打开检查，然后再次放入发件箱。</translation>
    </message>
    <message>
        <source>Your own settings keep this here for now: sending is paused, or the network is metered.</source>
        <translation>你自己的设置让它先留在这里：发送已暂停，或当前网络按流量计费。</translation>
    </message>
    <message>
        <source>It goes by itself as soon as they allow it. The settings tell which rule holds.</source>
        <translation>设置一允许，它就会自动发出。在设置里可以看到是哪一条在起作用。</translation>
    </message>
    <message>
        <source>This file is no bundle from a Firstlight outbox for your hub, or it was changed on its way.</source>
        <translation>这个文件不是发往你的服务器的 Firstlight 发件包，或者在途中被改动过。</translation>
    </message>
    <message>
        <source>Nothing was taken in. The PC that wrote it still has everything.</source>
        <translation>没有收下任何内容。写出它的那台电脑上一切都还在。</translation>
    </message>
    <message>
        <source>Save the bundle again on the PC that it comes from, and bring the new file.</source>
        <translation>请在原来的电脑上重新保存发件包，再把新文件带过来。</translation>
    </message>
    <message>
        <source>Nothing waits in the outbox, so there is nothing to save.</source>
        <translation>发件箱里没有等待的内容，因此没有可保存的。</translation>
    </message>
    <message>
        <source>Put a report in the outbox first.</source>
        <translation>请先把一条反馈放进发件箱。</translation>
    </message>
    <message>
        <source>The hub asks for a file that this PC does not have any more.</source>
        <translation>服务器需要一个这台电脑上已经没有的文件。</translation>
    </message>
    <message>
        <source>Your words and the other files are kept on this PC.</source>
        <translation>你的文字和其他文件都保存在这台电脑。</translation>
    </message>
    <message>
        <source>Open the report, attach the file again or leave it out, and put it in the outbox again.</source>
        <translation>请打开反馈，重新附上或去掉该文件，再放入发件箱。</translation>
    </message>
    <message>
        <source>Your report is kept as it is.</source>
        <translation>你的反馈保持原样。</translation>
    </message>
    <message>
        <source>This could not be captured.</source>
        <translation>无法截取。</translation>
    </message>
    <message>
        <source>Try again, or attach a file instead.</source>
        <translation>请重试，或改为附上文件。</translation>
    </message>
    <message>
        <source>No picture came back.</source>
        <translation>没有得到图片。</translation>
    </message>
    <message>
        <source>No picture was taken, because you stopped.</source>
        <translation>没有截图，因为你已停止。</translation>
    </message>
    <message>
        <source>Take one whenever you like.</source>
        <translation>可以随时再截。</translation>
    </message>
    <message>
        <source>The desktop did not allow a picture of the screen.</source>
        <translation>桌面系统不允许截屏。</translation>
    </message>
    <message>
        <source>Allow it in the settings of your desktop, or attach a file instead.</source>
        <translation>请在桌面系统的设置里允许，或改为附上文件。</translation>
    </message>
    <message>
        <source>Several phones are plugged in, and it is not known which one you mean.</source>
        <translation>插着好几部手机，不知道你指的是哪一部。</translation>
    </message>
    <message>
        <source>Leave the one plugged in whose screen you want, then try again.</source>
        <translation>只插着要截屏的那一部，再试一次。</translation>
    </message>
    <message>
        <source>No picture came within the time limit.</source>
        <translation>在时限内没有得到图片。</translation>
    </message>
    <message>
        <source>Check that the phone is unlocked and the cable is in, then try again.</source>
        <translation>请确认手机已解锁、数据线已插好，然后重试。</translation>
    </message>
    <message>
        <source>The desktop&apos;s dialog for pictures gave no answer.</source>
        <translation>桌面的截图对话框没有回应。</translation>
    </message>
    <message>
        <source>Close that dialog if it still stands open, then try again.</source>
        <translation>如果该对话框仍然开着，请先关闭它，然后重试。</translation>
    </message>
    <message>
        <source>This desktop offers no screenshots to programs (no portal answered).</source>
        <translation>这个桌面系统不向程序提供截图（没有 portal 响应）。</translation>
    </message>
    <message>
        <source>Take the picture with the desktop&apos;s own key, then paste it with Ctrl+V.</source>
        <translation>请用桌面系统自带的截图键，然后用 Ctrl+V 粘贴。</translation>
    </message>
    <message>
        <source>{name} is too large to be taken in.</source>
        <translation>{name} 太大，无法添加。</translation>
    </message>
    <message>
        <source>Attach a smaller part of it.</source>
        <translation>请附上其中较小的一部分。</translation>
    </message>
    <message>
        <source>{name} is no picture that can be read.</source>
        <translation>{name} 不是可读取的图片。</translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG and attach that.</source>
        <translation>请另存为 JPEG 或 PNG 再附上。</translation>
    </message>
    <message>
        <source>No photo came from the phone.</source>
        <translation>没有收到手机的照片。</translation>
    </message>
    <message>
        <source>Show a new code and scan it with the phone in the same network, or attach a file instead.</source>
        <translation>显示新的二维码，让手机在同一个网络里扫描；也可以改为附上文件。</translation>
    </message>
    <message>
        <source>This PC is on no network that a phone could reach it by.</source>
        <translation>这台电脑不在手机能连到的网络里。</translation>
    </message>
    <message>
        <source>Join the Wi-Fi of the phone, or its hotspot, then try again.</source>
        <translation>连接手机所在的 Wi-Fi 或手机热点，再试一次。</translation>
    </message>
    <message>
        <source>The words in this picture could not be read.</source>
        <translation>无法识别这张图片里的文字。</translation>
    </message>
    <message>
        <source>The picture and its marks are kept as they are.</source>
        <translation>图片和标注都保持原样。</translation>
    </message>
    <message>
        <source>Look for private details yourself and hide them with X.</source>
        <translation>请自己查找隐私信息，并用 X 隐藏。</translation>
    </message>
    <message>
        <source>No log came from {source}.</source>
        <translation>没有从 {source} 得到日志。</translation>
    </message>
    <message>
        <source>Check that it is connected and switched on, then try again.</source>
        <translation>请确认它已连接并开机，然后重试。</translation>
    </message>
    <message>
        <source>{source} answered, but there was nothing in its log.</source>
        <translation>{source} 有响应，但日志是空的。</translation>
    </message>
    <message>
        <source>Let it happen once more, then fetch the log again.</source>
        <translation>让问题再出现一次，然后重新获取日志。</translation>
    </message>
    <message>
        <source>{source} took longer than the time limit.</source>
        <translation>{source} 超过了时间限制。</translation>
    </message>
    <message>
        <source>Leave the screen of the phone on and unlocked, then try again.</source>
        <translation>让手机保持亮屏并解锁，然后重试。</translation>
    </message>
    <message>
        <source>This PC does not let you use {source}.</source>
        <translation>这台电脑不允许你使用 {source}。</translation>
    </message>
    <message>
        <source>On Linux, add yourself to the group dialout, sign in to the desktop again, then try again.</source>
        <translation>在 Linux 上，把自己加入 dialout 组，重新登录桌面后再试。</translation>
    </message>
    <message>
        <source>Another program is using {source}.</source>
        <translation>另一个程序正在使用 {source}。</translation>
    </message>
    <message>
        <source>Close that program, then try again.</source>
        <translation>关闭那个程序，然后重试。</translation>
    </message>
    <message>
        <source>{source} is not there, or went away.</source>
        <translation>{source} 不存在，或已断开。</translation>
    </message>
    <message>
        <source>What was heard until then is kept.</source>
        <translation>到那时为止的内容都已保留。</translation>
    </message>
    <message>
        <source>Plug the cable in again, then record again.</source>
        <translation>重新插好数据线，再次记录。</translation>
    </message>
    <message>
        <source>The card is half written and its beginning is empty, so nothing can start from it.</source>
        <translation>卡只写了一部分，开头是空的，因此无法从它启动。</translation>
    </message>
    <message>
        <source>If writing had begun, the beginning of the card is empty and nothing can start from it.</source>
        <translation>如果写入已经开始，卡的开头是空的，无法从它启动。</translation>
    </message>
    <message>
        <source>{name} is damaged: it cannot be unpacked to its end.</source>
        <translation>{name} 已损坏：无法完整解压。</translation>
    </message>
    <message>
        <source>Fetch the image again and compare its SHA-256.</source>
        <translation>请重新下载镜像并比较它的 SHA-256。</translation>
    </message>
    <message>
        <source>Check the name, and that the disk that holds it is still there.</source>
        <translation>请检查文件名，以及存放它的磁盘是否还在。</translation>
    </message>
    <message>
        <source>You may not read {name}.</source>
        <translation>你没有读取 {name} 的权限。</translation>
    </message>
    <message>
        <source>Change the rights of the file, or copy it into your own folder.</source>
        <translation>请修改文件权限，或把它复制到自己的文件夹。</translation>
    </message>
    <message>
        <source>{name} holds no image that Firstlight knows.</source>
        <translation>{name} 中没有 Firstlight 认识的镜像。</translation>
    </message>
    <message>
        <source>It must be a raw image, an Android sparse image, or one of them packed as gz, xz, zst, bz2 or zip.</source>
        <translation>它必须是原始镜像或 Android 稀疏镜像，可用 gz、xz、zst、bz2 或 zip 压缩。</translation>
    </message>
    <message>
        <source>{name} ends in the middle: it was not fetched to its end.</source>
        <translation>{name} 不完整：没有下载到末尾。</translation>
    </message>
    <message>
        <source>Fetch the image again.</source>
        <translation>请重新下载镜像。</translation>
    </message>
    <message>
        <source>{name} unpacks to more than it may.</source>
        <translation>{name} 解压后超出允许的大小。</translation>
    </message>
    <message>
        <source>Do not use this file. Tell whoever gave it to you.</source>
        <translation>不要使用这个文件，并告诉给你文件的人。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} 是空文件。</translation>
    </message>
    <message>
        <source>{name} is not the image that it should be: its SHA-256 differs.</source>
        <translation>{name} 不是应有的镜像：SHA-256 不一致。</translation>
    </message>
    <message>
        <source>Fetch the image again. If it happens twice, tell the team.</source>
        <translation>请重新下载镜像。再次出现时请告诉团队。</translation>
    </message>
    <message>
        <source>{name} needs {need}, the card holds {has}.</source>
        <translation>{name} 需要 {need}，卡只有 {has}。</translation>
    </message>
    <message>
        <source>Take a larger card.</source>
        <translation>请换一张更大的卡。</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>没有名为 {name} 的文件。</translation>
    </message>
    <message>
        <source>{name} could not be read on from this PC.</source>
        <translation>无法从这台电脑继续读取 {name}。</translation>
    </message>
    <message>
        <source>Check that the disk that holds it is still there, then write again.</source>
        <translation>请检查存放它的磁盘是否还在，然后重新写入。</translation>
    </message>
    <message>
        <source>{name} unpacks to more than the card holds ({has}).</source>
        <translation>{name} 解压后超出卡的容量（{has}）。</translation>
    </message>
    <message>
        <source>The block map {name} cannot be used: {why}.</source>
        <translation>块映射 {name} 无法使用：{why}。</translation>
    </message>
    <message>
        <source>Fetch the map again, or write the image without it.</source>
        <translation>请重新下载块映射，或不用它直接写入镜像。</translation>
    </message>
    <message>
        <source>The block map belongs to another image: it says {wanted} bytes, the image has {size}.</source>
        <translation>块映射属于另一个镜像：它记录 {wanted} 字节，镜像为 {size}。</translation>
    </message>
    <message>
        <source>Take the map that came with this image, or write without one.</source>
        <translation>请使用随这个镜像提供的块映射，或不用它直接写入。</translation>
    </message>
    <message>
        <source>The block map and the image differ at byte {at}.</source>
        <translation>块映射与镜像在第 {at} 字节处不一致。</translation>
    </message>
    <message>
        <source>Fetch both again; one of them is damaged or they do not belong together.</source>
        <translation>请重新下载两者；其中一个已损坏，或它们不配套。</translation>
    </message>
    <message>
        <source>{path} is not written to.</source>
        <translation>不会写入 {path}。</translation>
    </message>
    <message>
        <source>`firstlight image disks` lists what may be written, and why other disks may not.</source>
        <translation>`firstlight image disks` 会列出可以写入的磁盘，以及其他磁盘不能写入的原因。</translation>
    </message>
    <message>
        <source>There is no whole disk called {path}.</source>
        <translation>没有名为 {path} 的整块磁盘。</translation>
    </message>
    <message>
        <source>Plug the card in and look at `firstlight image disks`. Name the whole disk, not one of its volumes.</source>
        <translation>插入存储卡，查看 `firstlight image disks`。请指定整块磁盘，而不是其中的分区。</translation>
    </message>
    <message>
        <source>{path} is the disk that this PC runs from.</source>
        <translation>{path} 是这台电脑的系统盘。</translation>
    </message>
    <message>
        <source>Choose the card. Firstlight never writes to the system&apos;s disk.</source>
        <translation>请选择存储卡。Firstlight 从不写入系统盘。</translation>
    </message>
    <message>
        <source>Part of {path} is in use by the system.</source>
        <translation>系统正在使用 {path} 的一部分。</translation>
    </message>
    <message>
        <source>Choose the card. If this is the card, take it out of the system&apos;s use first.</source>
        <translation>请选择存储卡。如果这就是存储卡，请先让系统停止使用它。</translation>
    </message>
    <message>
        <source>The image lies on {path} itself.</source>
        <translation>镜像就存放在 {path} 上。</translation>
    </message>
    <message>
        <source>Choose another card, or copy the image to this PC first.</source>
        <translation>请选择另一张卡，或先把镜像复制到这台电脑。</translation>
    </message>
    <message>
        <source>Image and target are the same file.</source>
        <translation>镜像和目标是同一个文件。</translation>
    </message>
    <message>
        <source>Name another target.</source>
        <translation>请指定另一个目标。</translation>
    </message>
    <message>
        <source>{path} is built into this PC.</source>
        <translation>{path} 是这台电脑的内置磁盘。</translation>
    </message>
    <message>
        <source>Choose a card or a USB stick.</source>
        <translation>请选择存储卡或 U 盘。</translation>
    </message>
    <message>
        <source>{path} is no real disk.</source>
        <translation>{path} 不是真实磁盘。</translation>
    </message>
    <message>
        <source>Choose a card or a USB stick. `--virtual` allows it for trials.</source>
        <translation>请选择存储卡或 U 盘。试验时可用 `--virtual` 允许。</translation>
    </message>
    <message>
        <source>{path} takes no data: it is read-only.</source>
        <translation>{path} 为只读，无法写入。</translation>
    </message>
    <message>
        <source>Move the little switch at the side of the card. A card that is worn out can also lock itself.</source>
        <translation>请拨动卡侧面的小开关。老化的卡也可能自行锁定。</translation>
    </message>
    <message>
        <source>There is no card in {path}.</source>
        <translation>{path} 中没有插卡。</translation>
    </message>
    <message>
        <source>Put the card in.</source>
        <translation>请插入存储卡。</translation>
    </message>
    <message>
        <source>{path} is too small for the image.</source>
        <translation>{path} 容量太小，放不下镜像。</translation>
    </message>
    <message>
        <source>{path} is larger than 128 GB: more likely an archive than a card.</source>
        <translation>{path} 大于 128 GB：更像是存档盘而不是存储卡。</translation>
    </message>
    <message>
        <source>Look at what is on it. `--big` allows it.</source>
        <translation>请先看看上面有什么。可用 `--big` 允许写入。</translation>
    </message>
    <message>
        <source>{path} is neither a disk nor a file.</source>
        <translation>{path} 既不是磁盘也不是文件。</translation>
    </message>
    <message>
        <source>Name a disk or a file.</source>
        <translation>请指定磁盘或文件。</translation>
    </message>
    <message>
        <source>{path} is a link to something else.</source>
        <translation>{path} 是指向别处的链接。</translation>
    </message>
    <message>
        <source>Name the file itself.</source>
        <translation>请指定文件本身。</translation>
    </message>
    <message>
        <source>This is another card than the one that was checked: {found} instead of {expected}.</source>
        <translation>这不是刚才检查的那张卡：现在是 {found}，应为 {expected}。</translation>
    </message>
    <message>
        <source>Put the right card back, or check this one from the beginning.</source>
        <translation>请换回正确的卡，或从头检查这张卡。</translation>
    </message>
    <message>
        <source>This user may not write to {path}.</source>
        <translation>当前用户没有写入 {path} 的权限。</translation>
    </message>
    <message>
        <source>Allow it when the system asks for the password. Firstlight itself never runs as administrator.</source>
        <translation>系统询问密码时请允许。Firstlight 自身从不以管理员身份运行。</translation>
    </message>
    <message>
        <source>Another program uses {path}.</source>
        <translation>另一个程序正在使用 {path}。</translation>
    </message>
    <message>
        <source>Close windows and programs that show its files, eject its volumes, then try again.</source>
        <translation>请关闭显示其文件的窗口和程序，弹出它的分区，然后重试。</translation>
    </message>
    <message>
        <source>{path} took no more at byte {at}.</source>
        <translation>{path} 在第 {at} 字节处不再接受数据。</translation>
    </message>
    <message>
        <source>Make room when it is a file. A card that says this holds less than it claims: take another one.</source>
        <translation>如果是文件，请腾出空间。存储卡出现这种情况，说明实际容量小于标称：请换一张卡。</translation>
    </message>
    <message>
        <source>The card left at byte {at}: cable, reader or the card itself.</source>
        <translation>卡在第 {at} 字节处断开：可能是数据线、读卡器或卡本身。</translation>
    </message>
    <message>
        <source>Plug it in again, best in another port or reader, and write from the beginning.</source>
        <translation>请重新插入，最好换一个接口或读卡器，然后从头写入。</translation>
    </message>
    <message>
        <source>The card has said nothing for {seconds} s, at byte {at}. It is still plugged in.</source>
        <translation>存储卡在第 {at} 字节处已有 {seconds} 秒没有响应，但仍插着。</translation>
    </message>
    <message>
        <source>The card cannot keep what is at byte {at}.</source>
        <translation>卡无法保存第 {at} 字节处的数据。</translation>
    </message>
    <message>
        <source>It is worn out, or its contacts are. Try another reader once, then another card.</source>
        <translation>卡已老化，或触点已磨损。请先换一个读卡器试一次，再换一张卡。</translation>
    </message>
    <message>
        <source>Read back, the card differs from the image at byte {at}.</source>
        <translation>读回时，卡与镜像在第 {at} 字节处不一致。</translation>
    </message>
    <message>
        <source>It must not be used as it is.</source>
        <translation>不能就这样使用这张卡。</translation>
    </message>
    <message>
        <source>Write it again in another reader or port. If it differs again, the card is worn out.</source>
        <translation>请换一个读卡器或接口重新写入。如果仍不一致，说明卡已老化。</translation>
    </message>
    <message>
        <source>The card holds about {holds}, less than it says: what is behind that overwrote its beginning.</source>
        <translation>卡的实际容量约 {holds}，小于标称：超出的部分覆盖了开头。</translation>
    </message>
    <message>
        <source>It must not be used.</source>
        <translation>不能使用这张卡。</translation>
    </message>
    <message>
        <source>It is a fake. Give it back to the seller and take another card.</source>
        <translation>这是假卡。请退给卖家并换一张卡。</translation>
    </message>
    <message>
        <source>Behind byte {at} the card kept nothing: it holds less than it says.</source>
        <translation>第 {at} 字节之后卡没有保存任何数据：实际容量小于标称。</translation>
    </message>
    <message>
        <source>It is most likely a fake. Give it back to the seller and take another card.</source>
        <translation>很可能是假卡。请退给卖家并换一张卡。</translation>
    </message>
    <message>
        <source>The program that writes the card ended without an answer.</source>
        <translation>写卡程序没有给出结果就结束了。</translation>
    </message>
    <message>
        <source>Unplug the card, plug it in again, and write from the beginning.</source>
        <translation>请拔下卡再插入，然后从头写入。</translation>
    </message>
    <message>
        <source>The card has said nothing for {seconds} s.</source>
        <translation>卡已经 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>Unplug it, plug it in again, best in another reader, and write from the beginning.</source>
        <translation>请拔下再插入，最好换一个读卡器，然后从头写入。</translation>
    </message>
    <message>
        <source>Nothing was sent to any device.</source>
        <translation>没有向任何设备发送内容。</translation>
    </message>
    <message>
        <source>A bootloader writes only what it has received whole, so its flash is as it was.</source>
        <translation>引导程序只写入完整收到的文件，因此闪存没有改动。</translation>
    </message>
    <message>
        <source>Port {port} needs an administrator on this PC.</source>
        <translation>在这台电脑上使用端口 {port} 需要管理员权限。</translation>
    </message>
    <message>
        <source>Start Firstlight as administrator for the rescue.</source>
        <translation>请以管理员身份启动 Firstlight 再进行救援。</translation>
    </message>
    <message>
        <source>Linux lets only an administrator answer at port {port}, and bootloaders ask nowhere else.</source>
        <translation>Linux 只允许管理员在端口 {port} 应答，而引导程序只会询问这个端口。</translation>
    </message>
    <message>
        <source>Allow it until the next start of this PC: `sudo sysctl net.ipv4.ip_unprivileged_port_start=67`, then try again.</source>
        <translation>在电脑下次重启前临时允许：`sudo sysctl net.ipv4.ip_unprivileged_port_start=67`，然后重试。</translation>
    </message>
    <message>
        <source>macOS did not let Firstlight answer at port {port}.</source>
        <translation>macOS 不允许 Firstlight 在端口 {port} 应答。</translation>
    </message>
    <message>
        <source>Switch off Internet Sharing in the system&apos;s settings, then try again.</source>
        <translation>请在系统设置中关闭“互联网共享”，然后重试。</translation>
    </message>
    <message>
        <source>Windows did not let Firstlight answer at port {port}.</source>
        <translation>Windows 不允许 Firstlight 在端口 {port} 应答。</translation>
    </message>
    <message>
        <source>Allow Firstlight in the firewall for private networks, or start it as administrator, then try again.</source>
        <translation>请在防火墙中允许 Firstlight 访问专用网络，或以管理员身份启动，然后重试。</translation>
    </message>
    <message>
        <source>Another program of this PC already answers at port {port}.</source>
        <translation>这台电脑上的另一个程序已在端口 {port} 应答。</translation>
    </message>
    <message>
        <source>Stop it (often dnsmasq, a virtual machine, or Internet Sharing), then try again.</source>
        <translation>请停止该程序（常见的有 dnsmasq、虚拟机或互联网共享），然后重试。</translation>
    </message>
    <message>
        <source>The network adapter {adapter} cannot be used: {why}</source>
        <translation>网卡 {adapter} 无法使用：{why}</translation>
    </message>
    <message>
        <source>Put the cable in, give the adapter the address that the guide names, then try again.</source>
        <translation>插好网线，为网卡设置指南给出的地址，然后重试。</translation>
    </message>
    <message>
        <source>On this cable {server} already hands out addresses.</source>
        <translation>这根网线上 {server} 已在分配地址。</translation>
    </message>
    <message>
        <source>Connect this PC to the broken router alone, with nothing else on the cable, no switch and no other router. Then try again.</source>
        <translation>请把这台电脑与故障路由器单独相连，中间不要有交换机或其他路由器，然后重试。</translation>
    </message>
    <message>
        <source>The router has not asked for a file in {seconds} s.</source>
        <translation>路由器在 {seconds} 秒内没有请求文件。</translation>
    </message>
    <message>
        <source>Check that the cable is in the port that the guide shows, then switch the router on again with its button held down.</source>
        <translation>请确认网线插在指南所示的接口，然后按住按钮重新接通路由器的电源。</translation>
    </message>
    <message>
        <source>Only other devices asked: {others}. The router of this guide is {mac}.</source>
        <translation>只有其他设备发出请求：{others}。本指南的路由器是 {mac}。</translation>
    </message>
    <message>
        <source>Compare the number on the router&apos;s label. If it is the right router, correct the number and try again.</source>
        <translation>请核对路由器标签上的编号。如果路由器无误，请更正编号后重试。</translation>
    </message>
    <message>
        <source>The router took {percent} % of {name} and has said nothing for {seconds} s.</source>
        <translation>路由器收到了 {name} 的 {percent}%，之后 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>Check the cable, then switch the router off and on with its button held down. The file is sent from the start.</source>
        <translation>检查网线，然后按住按钮关闭并重新打开路由器。文件会从头发送。</translation>
    </message>
    <message>
        <source>The router refused {name}. It said: {said}</source>
        <translation>路由器拒绝了 {name}。它的回复：{said}</translation>
    </message>
    <message>
        <source>Check that the guide is for exactly this model, or report it from here.</source>
        <translation>请确认指南与这个型号完全匹配，或从这里反馈问题。</translation>
    </message>
    <message>
        <source>The router has fetched {name} whole {times} times and starts over each time.</source>
        <translation>路由器已完整获取 {name} {times} 次，每次都重新开始。</translation>
    </message>
    <message>
        <source>Its bootloader is intact, or it could not ask.</source>
        <translation>引导程序完好，否则它无法发出请求。</translation>
    </message>
    <message>
        <source>The file does not start on this router. Check that it is the rescue file for exactly this model, or report it from here.</source>
        <translation>该文件无法在这台路由器上启动。请确认救援文件与这个型号完全匹配，或从这里反馈问题。</translation>
    </message>
    <message>
        <source>Another device answers: {got}. The router of this guide is {mac}.</source>
        <translation>应答的是另一台设备：{got}。本指南的路由器是 {mac}。</translation>
    </message>
    <message>
        <source>Compare the number on the router&apos;s label, and take everything else off the cable.</source>
        <translation>请核对路由器标签上的编号，并断开网线上的其他设备。</translation>
    </message>
    <message>
        <source>The file {name} changed on this PC while it was sent.</source>
        <translation>发送过程中，这台电脑上的文件 {name} 发生了变化。</translation>
    </message>
    <message>
        <source>Fetch it again, then start the rescue anew.</source>
        <translation>请重新下载，然后重新开始救援。</translation>
    </message>
    <message>
        <source>Nothing was written to the router.</source>
        <translation>没有向路由器写入任何内容。</translation>
    </message>
    <message>
        <source>No router answers at {address}.</source>
        <translation>{address} 没有路由器应答。</translation>
    </message>
    <message>
        <source>Check that this PC is on the router&apos;s network, by cable if you can, and that the address is right. Then try again.</source>
        <translation>请确认这台电脑已连接到路由器的网络（最好用网线），并核对地址，然后重试。</translation>
    </message>
    <message>
        <source>The connection to the router broke.</source>
        <translation>与路由器的连接中断了。</translation>
    </message>
    <message>
        <source>Check the cable between PC and router, then try again. What was half sent is sent again from the start.</source>
        <translation>检查电脑与路由器之间的网线，然后重试。未发完的内容会从头发送。</translation>
    </message>
    <message>
        <source>The router has said nothing for {seconds} s, though the connection stands.</source>
        <translation>连接仍在，但路由器已 {seconds} 秒没有响应。</translation>
    </message>
    <message>
        <source>Wait a minute and try again. If it stays silent, switch it off and on.</source>
        <translation>等一分钟再试。如果仍无响应，请关闭再打开路由器。</translation>
    </message>
    <message>
        <source>At {address} another router answers than before: its key is {got}, it was {kept}.</source>
        <translation>{address} 处应答的路由器与以前不同：现在的密钥是 {got}，以前是 {kept}。</translation>
    </message>
    <message>
        <source>Nothing was sent to it, no password either.</source>
        <translation>没有向它发送任何内容，也没有发送密码。</translation>
    </message>
    <message>
        <source>If you reset this router or another one stands there now, forget its old key: `firstlight router forget {address}`. If neither is so, do not go on: somebody may pretend to be your router.</source>
        <translation>如果你重置过这台路由器，或那里换了另一台，请忘记旧密钥：`firstlight router forget {address}`。如果都不是，请不要继续：可能有人冒充你的路由器。</translation>
    </message>
    <message>
        <source>The router at {address} does not let {user} in.</source>
        <translation>{address} 处的路由器不允许 {user} 登录。</translation>
    </message>
    <message>
        <source>Check the router&apos;s password. It is the one of its own web page, not the one of the Wi-Fi.</source>
        <translation>请检查路由器密码。它是路由器管理页面的密码，不是 Wi-Fi 密码。</translation>
    </message>
    <message>
        <source>What answers at {address} is no router that Firstlight knows: {why}</source>
        <translation>{address} 处应答的不是 Firstlight 认识的路由器：{why}</translation>
    </message>
    <message>
        <source>Check the address. If it is the right router, report it from here.</source>
        <translation>请检查地址。如果路由器无误，请从这里反馈问题。</translation>
    </message>
    <message>
        <source>The router has {free_mb} MB of memory free, the build needs {needed_mb} MB.</source>
        <translation>路由器可用内存 {free_mb} MB，该版本需要 {needed_mb} MB。</translation>
    </message>
    <message>
        <source>Start the router again, which frees memory, then try once more.</source>
        <translation>重启路由器可以释放内存，然后再试一次。</translation>
    </message>
    <message>
        <source>The build did not arrive whole on the router: read back, it is not what was sent. {said}</source>
        <translation>版本没有完整到达路由器：读回的内容与发送的不一致。{said}</translation>
    </message>
    <message>
        <source>Until the step that flashes, nothing but the router&apos;s memory is touched.</source>
        <translation>在刷机步骤之前，只会用到路由器的内存。</translation>
    </message>
    <message>
        <source>Everything that this run copied from it is kept on this PC.</source>
        <translation>本次从它复制的内容都保存在这台电脑上。</translation>
    </message>
    <message>
        <source>The damaged copy was deleted. Its flash was not touched.</source>
        <translation>损坏的副本已删除，闪存没有改动。</translation>
    </message>
    <message>
        <source>Try again. If it happens twice, use another cable and report it from here.</source>
        <translation>请重试。如果再次发生，请换一根网线，并从这里反馈问题。</translation>
    </message>
    <message>
        <source>This build must not go onto this router. {said}</source>
        <translation>该版本不能刷入这台路由器。{said}</translation>
    </message>
    <message>
        <source>Choose the build for exactly this model.</source>
        <translation>请选择与这个型号完全匹配的版本。</translation>
    </message>
    <message>
        <source>The build is for {wanted}; this router is {board}.</source>
        <translation>该版本适用于 {wanted}；这台路由器是 {board}。</translation>
    </message>
    <message>
        <source>The build needs another layout of the router&apos;s flash ({wanted}) than this router has ({board}). {said}</source>
        <translation>该版本需要的闪存布局（{wanted}）与这台路由器（{board}）不同。{said}</translation>
    </message>
    <message>
        <source>It cannot be put on this way. Ask the maker for the guide that changes the layout, or use the recovery.</source>
        <translation>无法用这种方式刷入。请向制造商索取更改布局的指南，或使用救援方式。</translation>
    </message>
    <message>
        <source>The build cannot take over the settings of the one that runs now ({board} to {wanted}). {said}</source>
        <translation>该版本无法沿用当前版本的设置（{board} 到 {wanted}）。{said}</translation>
    </message>
    <message>
        <source>The file does not say which router it is for.</source>
        <translation>文件没有说明适用的路由器。</translation>
    </message>
    <message>
        <source>Choose the file that ends in sysupgrade. A factory file is for the router&apos;s own web page.</source>
        <translation>请选择名称以 sysupgrade 结尾的文件。factory 文件用于路由器自带的管理页面。</translation>
    </message>
    <message>
        <source>The build&apos;s file is damaged: its own checksum does not fit.</source>
        <translation>版本文件已损坏：自带的校验值不符。</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>The router looked at the build and refused it. It said: {said}</source>
        <translation>路由器检查后拒绝了该版本。它的回复：{said}</translation>
    </message>
    <message>
        <source>Choose the build for exactly this model, or report it from here.</source>
        <translation>请选择与这个型号完全匹配的版本，或从这里反馈问题。</translation>
    </message>
    <message>
        <source>The router&apos;s settings did not arrive whole: {why}</source>
        <translation>路由器的设置没有完整传来：{why}</translation>
    </message>
    <message>
        <source>Try again. Without a kept copy, do not go on if you need these settings.</source>
        <translation>请重试。如果需要这些设置，没有副本时请不要继续。</translation>
    </message>
    <message>
        <source>The router is not back as it should be. It says build {build}; expected is {wanted}.</source>
        <translation>路由器没有按预期恢复。它显示的版本是 {build}，应为 {wanted}。</translation>
    </message>
    <message>
        <source>It works as before.</source>
        <translation>它和以前一样工作。</translation>
    </message>
    <message>
        <source>The router has not come back for {seconds} s. Starts that were seen meanwhile: {starts}.</source>
        <translation>路由器已 {seconds} 秒没有恢复。其间看到的启动次数：{starts}。</translation>
    </message>
    <message>
        <source>Leave it plugged in for five more minutes. If its lamp stays as it is, follow the recovery guide from its start.</source>
        <translation>请再通电等待五分钟。如果指示灯没有变化，请从头按救援指南操作。</translation>
    </message>
    <message>
        <source>Report it from here: the step and the router&apos;s words are filled in.</source>
        <translation>从这里反馈问题：步骤和路由器的回复已填好。</translation>
    </message>
    <message>
        <source>Begin the guide anew without keeping the settings on the router. They were kept on this PC before.</source>
        <translation>请重新开始本指南，并选择不在路由器上保留设置。此前设置已保存在这台电脑上。</translation>
    </message>
    <message>
        <source>The router did not accept build {wanted} and went back to {build} by itself.</source>
        <translation>路由器没有接受版本 {wanted}，已自行退回 {build}。</translation>
    </message>
    <message>
        <source>Report it from here. There is no need to try the same build again.</source>
        <translation>从这里反馈问题。不必再次尝试同一版本。</translation>
    </message>
    <message>
        <source>The router answers, but has not finished its start after {seconds} s.</source>
        <translation>路由器有应答，但 {seconds} 秒后仍未完成启动。</translation>
    </message>
    <message>
        <source>Do not unplug it. The first start after a build can be long; wait and look again.</source>
        <translation>不要拔掉电源。刷入后的首次启动可能较久；请稍等再看。</translation>
    </message>
    <message>
        <source>The router did not start again: it still runs build {build}.</source>
        <translation>路由器没有重新启动：仍在运行版本 {build}。</translation>
    </message>
    <message>
        <source>It runs as before.</source>
        <translation>它照常运行。</translation>
    </message>
    <message>
        <source>Try again. If it stays so, report it from here with the router&apos;s log.</source>
        <translation>请重试。如果仍然如此，请附上路由器日志从这里反馈问题。</translation>
    </message>
    <message>
        <source>The router started with build {build}; expected is {wanted}.</source>
        <translation>路由器以版本 {build} 启动；应为 {wanted}。</translation>
    </message>
    <message>
        <source>Check that the right build was chosen, and report it from here.</source>
        <translation>请确认选择的版本正确，并从这里反馈问题。</translation>
    </message>
</context>
</TS>
