<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CodeEntry</name>
    <message>
        <source>F-code</source>
        <translation>F 码</translation>
    </message>
    <message>
        <source>Address of the maker’s hub</source>
        <translation>制造商服务器地址</translation>
    </message>
    <message>
        <source>Looking the code up</source>
        <translation>正在查询 F 码</translation>
    </message>
    <message>
        <source>Valid, not used up</source>
        <translation>有效，尚未用完</translation>
    </message>
    <message>
        <source>This code has been used. Ask the maker for another.</source>
        <translation>这个 F 码已被使用。请向制造商再要一个。</translation>
    </message>
    <message>
        <source>This code has run out. Ask the maker for another.</source>
        <translation>这个 F 码已过期。请向制造商再要一个。</translation>
    </message>
    <message>
        <source>The programme is full. The code stays good if a place comes free.</source>
        <translation>名额已满。有空位时，这个 F 码仍然有效。</translation>
    </message>
    <message>
        <source>{left} of {all} places left</source>
        <translation>剩余 {left} / {all} 个名额</translation>
    </message>
    <message>
        <source>This code is not known at that hub. Check the letters, or ask the maker.</source>
        <translation>该服务器不认识这个 F 码。请核对字符，或询问制造商。</translation>
    </message>
    <message>
        <source>The hub does not answer. You can go on all the same: it is asked again when you sign in.</source>
        <translation>服务器没有响应。你仍可继续，登录时会再次尝试。</translation>
    </message>
    <message>
        <source>The code could not be looked up at that address.</source>
        <translation>无法在该地址查询 F 码。</translation>
    </message>
</context>
<context>
    <name>DawnArt</name>
    <message>
        <source>See it before everyone else does.</source>
        <translation>先于所有人看到它。</translation>
    </message>
    <message>
        <source>Astronomers call the first picture from a new telescope “first light”. The dial has one hundred ticks: one for each of the first hundred testers.</source>
        <translation>天文学家把新望远镜拍下的第一张照片叫作“初光”。表盘上有一百个刻度，首批一百位测试者每人一个。</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>No page opened? Copy this address into any browser of this computer</source>
        <translation>没有打开页面？把这个地址复制到这台电脑的任意浏览器</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The practice hub starts</source>
        <translation>正在启动练习服务器</translation>
    </message>
    <message>
        <source>It is set up on this computer the first time. That takes about 10 s.</source>
        <translation>首次使用时会在这台电脑上设置，大约需要 10 秒。</translation>
    </message>
    <message>
        <source>Sign in in your web browser</source>
        <translation>请在浏览器中登录</translation>
    </message>
    <message>
        <source>A page of the maker’s hub has opened there. Come back when it says that you can. Firstlight waits three minutes.</source>
        <translation>浏览器里已打开制造商服务器的页面。看到可以返回的提示后，再回到这里。Firstlight 会等待三分钟。</translation>
    </message>
    <message>
        <source>The address is copied</source>
        <translation>地址已复制</translation>
    </message>
</context>
<context>
    <name>WaysIn</name>
    <message>
        <source>How would you like to start?</source>
        <translation>你想怎样开始？</translation>
    </message>
    <message>
        <source>I have an invite code (F-code)</source>
        <translation>我有邀请码（F 码）</translation>
    </message>
    <message>
        <source>From the maker’s letter, e-mail or the slip in your kit box.</source>
        <translation>来自制造商的信件、邮件，或套件盒里的卡片。</translation>
    </message>
    <message>
        <source>Sign in to a programme I already joined</source>
        <translation>登录我已加入的计划</translation>
    </message>
    <message>
        <source>Enter the address of the maker’s hub.</source>
        <translation>输入制造商服务器的地址。</translation>
    </message>
    <message>
        <source>Address of the maker’s hub</source>
        <translation>制造商服务器地址</translation>
    </message>
    <message>
        <source>Try it on this computer</source>
        <translation>在这台电脑上试用</translation>
    </message>
    <message>
        <source>Starts a small private hub here with sample builds, guides and testers. No account of a maker, nothing leaves this computer.</source>
        <translation>在这里启动一个小型私有服务器，带示例版本、指南和测试者。不需要制造商账号，任何内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>about 100 MB</source>
        <translation>约 100 MB</translation>
    </message>
    <message>
        <source>Your web browser opens for sign-in, so Firstlight never sees your password. The key it gets back is stored in your system’s key ring.</source>
        <translation>登录在浏览器中进行，Firstlight 看不到你的密码。返回的密钥保存在系统的密钥环里。</translation>
    </message>
    <message>
        <source>F-code and address first</source>
        <translation>请先填写 F 码和服务器地址</translation>
    </message>
    <message>
        <source>The hub’s address comes first</source>
        <translation>请先填写服务器地址</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to Firstlight</source>
        <translation>欢迎使用 Firstlight</translation>
    </message>
    <message>
        <source>Flash early builds, put your own hardware together, and tell the makers what you find. Everything you do is kept on this computer first.</source>
        <translation>刷入早期版本，亲手组装硬件，把你的发现告诉制造商。你做的一切都会先保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>What is stored where</source>
        <translation>数据保存在哪里</translation>
    </message>
    <message>
        <source>Continue in browser</source>
        <translation>在浏览器中继续</translation>
    </message>
    <message>
        <source>It is set up on this computer the first time. That takes about 10 s.</source>
        <translation>首次使用时会在这台电脑上设置，大约需要 10 秒。</translation>
    </message>
    <message>
        <source>The practice hub starts</source>
        <translation>正在启动练习服务器</translation>
    </message>
    <message>
        <source>Copy the password</source>
        <translation>复制密码</translation>
    </message>
    <message>
        <source>Sign in as {name} with the password {password}. Everything stays on this computer.</source>
        <translation>用 {name} 和密码 {password} 登录。一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>The practice hub is running here.</source>
        <translation>练习服务器正在这台电脑上运行。</translation>
    </message>
    <message>
        <source>Start it here</source>
        <translation>在本机启动</translation>
    </message>
    <message>
        <source>This session only</source>
        <translation>仅本次使用</translation>
    </message>
    <message>
        <source>Reports, pictures and builds: {where}. The key for signing in: your system’s key ring.</source>
        <translation>反馈、图片和版本：{where}。登录密钥：系统的密钥环。</translation>
    </message>
</context>
</TS>
