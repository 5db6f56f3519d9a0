<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>DeviceRow</name>
    <message>
        <source>practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Guides for it</source>
        <translation>适用的指南</translation>
    </message>
    <message>
        <source>Guides for {name}</source>
        <translation>适用于 {name} 的指南</translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Router that wants a rescue</source>
        <translation>等待救援的路由器</translation>
    </message>
    <message>
        <source>Card or USB stick</source>
        <translation>存储卡或 U 盘</translation>
    </message>
    <message>
        <source>{mac} at {adapter}</source>
        <translation>{mac}，接在 {adapter}</translation>
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
        <source>unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>slot {slot}</source>
        <translation>槽位 {slot}</translation>
    </message>
    <message>
        <source>serial ends in {tail}</source>
        <translation>序列号尾号 {tail}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>in its bootloader</source>
        <translation>处于引导程序</translation>
    </message>
    <message>
        <source>in fastbootd</source>
        <translation>处于 fastbootd</translation>
    </message>
    <message>
        <source>started</source>
        <translation>已开机</translation>
    </message>
    <message>
        <source>in its recovery</source>
        <translation>处于恢复模式</translation>
    </message>
    <message>
        <source>waits for a package</source>
        <translation>等待更新包</translation>
    </message>
    <message>
        <source>has not allowed this PC</source>
        <translation>尚未允许这台电脑</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>Unlock its screen and answer “Allow USB debugging?” with Allow.</source>
        <translation>解锁屏幕，在“允许 USB 调试吗？”中选择允许。</translation>
    </message>
    <message>
        <source>Pull the cable, wait a moment, and put it back in. Another cable or port often helps.</source>
        <translation>拔下数据线，稍等片刻再插上。换一根线或换个接口往往有效。</translation>
    </message>
    <message>
        <source>your system or your files live on it</source>
        <translation>你的系统或文件在上面</translation>
    </message>
    <message>
        <source>your system uses a part of it</source>
        <translation>你的系统在使用其中一部分</translation>
    </message>
    <message>
        <source>the image lies on it</source>
        <translation>镜像文件就在上面</translation>
    </message>
    <message>
        <source>it is built in</source>
        <translation>它是内置磁盘</translation>
    </message>
    <message>
        <source>it is no real disk</source>
        <translation>它不是真实的磁盘</translation>
    </message>
    <message>
        <source>it is write-protected</source>
        <translation>它有写保护</translation>
    </message>
    <message>
        <source>no card is in the reader</source>
        <translation>读卡器里没有卡</translation>
    </message>
    <message>
        <source>it is too small</source>
        <translation>它太小</translation>
    </message>
    <message>
        <source>it is larger than 128 GB</source>
        <translation>它大于 128 GB</translation>
    </message>
    <message>
        <source>it is not a card ({why})</source>
        <translation>它不是存储卡（{why}）</translation>
    </message>
    <message>
        <source>{free} are free</source>
        <translation>还有 {free} 可用</translation>
    </message>
    <message>
        <source>Power from the mains</source>
        <translation>已接电源</translation>
    </message>
    <message>
        <source>adb {version} is here</source>
        <translation>已有 adb {version}</translation>
    </message>
    <message>
        <source>fastboot {version} is here</source>
        <translation>已有 fastboot {version}</translation>
    </message>
    <message>
        <source>This user may open phones on USB</source>
        <translation>当前用户可以通过 USB 访问手机</translation>
    </message>
    <message>
        <source>Nothing else holds phones</source>
        <translation>没有其他程序占用手机</translation>
    </message>
    <message>
        <source>No tunnel is up</source>
        <translation>没有启用 VPN</translation>
    </message>
    <message>
        <source>No firewall in the way</source>
        <translation>没有防火墙阻挡</translation>
    </message>
    <message>
        <source>Only {free} are free</source>
        <translation>只剩 {free} 可用</translation>
    </message>
    <message>
        <source>Free some room on this disk first.</source>
        <translation>先在这块磁盘上腾出一些空间。</translation>
    </message>
    <message>
        <source>This PC runs from its battery</source>
        <translation>这台电脑在用电池</translation>
    </message>
    <message>
        <source>Plug it in before you flash: a PC that goes out half-way leaves half a system.</source>
        <translation>刷机前先接上电源：电脑中途断电，设备上就只剩半个系统。</translation>
    </message>
    <message>
        <source>adb is missing or too old</source>
        <translation>缺少 adb 或版本太旧</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install adb. Firstlight finds it by itself then.</source>
        <translation>在 Debian 和 Ubuntu 上：sudo apt install adb。之后 Firstlight 会自己找到它。</translation>
    </message>
    <message>
        <source>fastboot is missing or too old</source>
        <translation>缺少 fastboot 或版本太旧</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install fastboot.</source>
        <translation>在 Debian 和 Ubuntu 上：sudo apt install fastboot。</translation>
    </message>
    <message>
        <source>This user may not open phones on USB yet</source>
        <translation>当前用户还不能通过 USB 访问手机</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu: sudo apt install android-sdk-platform-tools-common, then plug the phone in again.</source>
        <translation>在 Debian 和 Ubuntu 上：sudo apt install android-sdk-platform-tools-common，然后重新插上手机。</translation>
    </message>
    <message>
        <source>fwupd holds phones in their bootloader</source>
        <translation>fwupd 会占用处于引导程序的手机</translation>
    </message>
    <message>
        <source>While you flash: sudo systemctl stop fwupd.</source>
        <translation>刷机期间先停掉它：sudo systemctl stop fwupd。</translation>
    </message>
    <message>
        <source>A tunnel is up: {names}</source>
        <translation>VPN 已启用：{names}</translation>
    </message>
    <message>
        <source>Routers are reached better without it.</source>
        <translation>关掉它，更容易连上路由器。</translation>
    </message>
    <message>
        <source>A firewall may keep a router from asking</source>
        <translation>防火墙可能会挡住路由器的请求</translation>
    </message>
    <message>
        <source>For a rescue, let UDP ports 67 and 69 in on the wired adapter.</source>
        <translation>救援时，请在有线网卡上放行 UDP 67 和 69 端口。</translation>
    </message>
    <message>
        <source>Nothing goes wrong</source>
        <translation>一切顺利</translation>
    </message>
    <message>
        <source>The cable comes loose half-way</source>
        <translation>中途线缆松脱</translation>
    </message>
    <message>
        <source>It stops answering half-way</source>
        <translation>中途没有响应</translation>
    </message>
    <message>
        <source>A part of its memory is worn</source>
        <translation>一部分存储已老化</translation>
    </message>
    <message>
        <source>Its battery is low</source>
        <translation>电量低</translation>
    </message>
    <message>
        <source>Its bootloader is locked</source>
        <translation>引导程序已锁定</translation>
    </message>
    <message>
        <source>It is a look-alike model</source>
        <translation>是外观相同的另一型号</translation>
    </message>
    <message>
        <source>It has another board</source>
        <translation>主板版本不同</translation>
    </message>
    <message>
        <source>It refuses older builds</source>
        <translation>拒绝旧版本</translation>
    </message>
    <message>
        <source>The new build does not start</source>
        <translation>新版本无法启动</translation>
    </message>
    <message>
        <source>It starts again and again</source>
        <translation>反复重启</translation>
    </message>
    <message>
        <source>It has no room for the image</source>
        <translation>放不下镜像</translation>
    </message>
    <message>
        <source>It never comes back</source>
        <translation>再也没有回来</translation>
    </message>
    <message>
        <source>Another router asks</source>
        <translation>来请求的是另一台路由器</translation>
    </message>
    <message>
        <source>It asks for a file it must not have</source>
        <translation>索要不该给它的文件</translation>
    </message>
    <message>
        <source>It has not allowed this PC</source>
        <translation>尚未允许这台电脑</translation>
    </message>
    <message>
        <source>It holds less than it says</source>
        <translation>实际容量小于标称</translation>
    </message>
    <message>
        <source>It is full before the end</source>
        <translation>写到一半就满了</translation>
    </message>
    <message>
        <source>It is too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>It is write-protected</source>
        <translation>有写保护</translation>
    </message>
    <message>
        <source>Somebody changes the card</source>
        <translation>有人换了卡</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What is plugged in, and devices to practise on</source>
        <translation>已连接的设备，以及练习用的设备</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Add a router</source>
        <translation>添加路由器</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Asking who is there</source>
        <translation>正在查找已连接的设备</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>{name} is added. Guides find it now.</source>
        <translation>已添加 {name}。指南现在能找到它。</translation>
    </message>
    <message>
        <source>Nothing is plugged in</source>
        <translation>没有连接任何设备</translation>
    </message>
    <message>
        <source>A phone shows here once USB debugging is on: Settings, About phone, seven taps on the build number, then Developer options. A cable that only charges does not count.</source>
        <translation>手机打开 USB 调试后会出现在这里：设置，关于手机，连点七次版本号，然后进入开发者选项。只能充电的线不算。</translation>
    </message>
    <message>
        <source>Hide the disks of this PC</source>
        <translation>收起这台电脑的磁盘</translation>
    </message>
    <message>
        <source>My card is not listed</source>
        <translation>没有列出我的卡</translation>
    </message>
    <message>
        <source>These disks are never written, each for its reason:</source>
        <translation>这些磁盘绝不会被写入，原因各不相同：</translation>
    </message>
    <message>
        <source>{disk}: {why}</source>
        <translation>{disk}：{why}</translation>
    </message>
</context>
<context>
    <name>PracticeDevices</name>
    <message>
        <source>Practise first</source>
        <translation>先练习一遍</translation>
    </message>
    <message>
        <source>These devices exist in this program alone. They answer like real ones and nothing of yours can break.</source>
        <translation>这些设备只存在于这个程序里。它们像真的一样应答，而你的东西不会有任何损坏。</translation>
    </message>
</context>
<context>
    <name>PracticeRow</name>
    <message>
        <source>Practice device: {name}</source>
        <translation>练习设备：{name}</translation>
    </message>
    <message>
        <source>Copy the address of: {name}</source>
        <translation>复制地址：{name}</translation>
    </message>
    <message>
        <source>The address is copied, as guides take it on the command line.</source>
        <translation>地址已复制，可直接用于命令行中的指南。</translation>
    </message>
</context>
<context>
    <name>RouterDialog</name>
    <message>
        <source>Add a router</source>
        <translation>添加路由器</translation>
    </message>
    <message>
        <source>It runs</source>
        <translation>能正常启动</translation>
    </message>
    <message>
        <source>It no longer starts</source>
        <translation>已无法启动</translation>
    </message>
    <message>
        <source>How the router is</source>
        <translation>路由器的状况</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>As its own web page has it. Another port or user than 22 and root: name@192.168.1.1:2222</source>
        <translation>与路由器管理网页的地址相同。端口不是 22 或用户不是 root 时，请写成：name@192.168.1.1:2222</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>It stays in memory until Firstlight ends and is written nowhere. Leave it empty when the router has none.</source>
        <translation>密码只留在内存中，退出 Firstlight 即消失，不会写入任何地方。路由器没有密码时请留空。</translation>
    </message>
    <message>
        <source>Adapter that it hangs on</source>
        <translation>连接它的网卡</translation>
    </message>
    <message>
        <source>By cable, and nothing else on that cable: no switch, no other router.</source>
        <translation>请用网线直连，这根网线上不要有其他设备：没有交换机，也没有别的路由器。</translation>
    </message>
    <message>
        <source>None can be used</source>
        <translation>没有可用的网卡</translation>
    </message>
    <message>
        <source>Its MAC</source>
        <translation>它的 MAC 地址</translation>
    </message>
    <message>
        <source>The twelve digits on its label; no other device is served.</source>
        <translation>标签上的十二位数字；只为这一台设备服务。</translation>
    </message>
    <message>
        <source>It asks this PC for its image</source>
        <translation>它向这台电脑索取镜像</translation>
    </message>
    <message>
        <source>It waits at an address of its own</source>
        <translation>它在自己的地址上等待</translation>
    </message>
    <message>
        <source>How it gets the image</source>
        <translation>它如何得到镜像</translation>
    </message>
    <message>
        <source>The guide says which of both, most routers ask.</source>
        <translation>指南会说明是哪一种，多数路由器会自己索取。</translation>
    </message>
    <message>
        <source>{name}: no address yet</source>
        <translation>{name}：还没有地址</translation>
    </message>
    <message>
        <source>{name}, {ip}: Wi-Fi, no rescue goes over it</source>
        <translation>{name}，{ip}：无线网卡，不能用于救援</translation>
    </message>
    <message>
        <source>{name}, {ip}</source>
        <translation>{name}，{ip}</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Where it waits, as the guide says</source>
        <translation>它等待的地址，以指南为准</translation>
    </message>
    <message>
        <source>Which one it is given. Leave it empty for the first of the adapter&apos;s network.</source>
        <translation>分配给它的地址。留空则用网卡所在网络的第一个地址。</translation>
    </message>
    <message>
        <source>This is no address. One looks like 192.168.1.1 or openwrt.lan.</source>
        <translation>这不是地址。地址形如 192.168.1.1 或 openwrt.lan。</translation>
    </message>
    <message>
        <source>No adapter of this PC has a cable and an address. Plug the cable in first.</source>
        <translation>这台电脑没有既插着网线又有地址的网卡。请先插好网线。</translation>
    </message>
    <message>
        <source>A MAC has twelve digits from 0 to f, such as 02:0f:1a:00:9a:2e.</source>
        <translation>MAC 地址由十二位 0 到 f 的数字组成，例如 02:0f:1a:00:9a:2e。</translation>
    </message>
    <message>
        <source>This is no address. One looks like 192.168.1.1.</source>
        <translation>这不是地址。地址形如 192.168.1.1。</translation>
    </message>
    <message>
        <source>Asking the router</source>
        <translation>正在询问路由器</translation>
    </message>
    <message>
        <source>It was reset or replaced</source>
        <translation>它被重置或更换过</translation>
    </message>
    <message>
        <source>Forgets its old key and connects again</source>
        <translation>忘记它的旧密钥并重新连接</translation>
    </message>
</context>
<context>
    <name>SilentRow</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connect to {name}</source>
        <translation>连接到 {name}</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Forget {name}</source>
        <translation>忘记 {name}</translation>
    </message>
</context>
</TS>
