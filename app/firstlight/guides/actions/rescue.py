# SPDX-License-Identifier: Apache-2.0
"""What guides do with routers that no longer start: serve or push the rescue image, and see that the router runs again.

A bootloader cannot be asked: whether it took the file is known by the file's last answer, whether it wrote it by what runs later.
"""

from __future__ import annotations

from typing import Any

from firstlight.devices.address import Address, Way
from firstlight.devices.device import Kind
from firstlight.devices.errors import DeviceError, DeviceNotFound, HostKeyChanged, RouterLost, RouterNotBack, RouterNotFound, RouterStalled
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.routers import Routers
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.errors import WhichDevice
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.state import GateResult, PartState, RunDevice
from firstlight.guides.words import words
from firstlight.recovery import news
from firstlight.recovery.errors import AdapterGone, OtherDhcpServer, PortNeedsRights, PortTaken
from firstlight.recovery.rescue import Served
from firstlight_contract.verbs.router import RouterBack, TftpAlone, TftpFind, TftpPush, TftpServe

PART = "rescue"
HOME = Address(Way.SSH, "root@192.168.1.1:22", "192.168.1.1", 22, "root")
"""Where a router of OpenWrt's kind answers after a rescue, unless the tester named another place."""
_LOOK_EVERY_S = 0.5


def _alone(_: TftpAlone, bench: Bench) -> GateResult:
    recoveries: Recoveries = bench.recoveries
    mend = words("router.alone.mend")
    address = bench.address(Kind.RECOVERY)
    try:
        adapter = recoveries.check_alone(address, bench.work)
    except OtherDhcpServer as error:
        return bench.row("router.alone", False, words("router.alone.other", server=error.facts["server"]), mend)
    except AdapterGone as error:
        return bench.row("router.alone", False, words("router.alone.no", why=error.facts["why"]), mend)
    except PortNeedsRights as error:
        return bench.row("router.alone", None, words("router.alone.rights", port=error.facts["port"]), mend)
    except PortTaken as error:
        return bench.row("router.alone", None, words("router.alone.taken", port=error.facts["port"]), mend)
    return bench.row("router.alone", True, words("router.alone.is", adapter=adapter.name, ip=adapter.ip), {})


def find_router(_: TftpFind, bench: Bench) -> None:
    """Bind the run, and know where the router is to answer afterwards: with several named, the tester says it before anything is sent."""
    address = _bind(bench)
    _know_where(bench)
    bench.said(f"waiting for {bench.serial()} at {address.where.split(',')[0]}", "ok")


def serve(deed: TftpServe, bench: Bench) -> None:
    """Answer the one router until it has the file."""
    recoveries: Recoveries = bench.recoveries
    file = bench.files.path(deed.file, bench.work)
    address = _bind(bench)
    _know_where(bench)
    plan = recoveries.plan(address, file, deed.names or (deed.file,), any_name=deed.any_name, seconds=deed.seconds)
    follow = _Follow(bench, file.stat().st_size)
    bench.work.say("wait")
    _done(recoveries.serve(plan, bench.work, tell=follow.tell, before=follow.before), bench)


def push(deed: TftpPush, bench: Bench) -> None:
    """Put the file to the one router once it takes it."""
    recoveries: Recoveries = bench.recoveries
    file = bench.files.path(deed.file, bench.work)
    address = _bind(bench)
    _know_where(bench)
    plan = recoveries.plan(address, file, (deed.name or deed.file,), seconds=deed.seconds)
    follow = _Follow(bench, file.stat().st_size)
    bench.work.say("wait")
    _done(recoveries.push(plan, bench.work, tell=follow.tell, before=follow.before), bench)


def _bind(bench: Bench) -> Address:
    address = bench.address(Kind.RECOVERY)
    if not bench.serial():
        recoveries: Recoveries = bench.recoveries
        bench.bind(RunDevice.of(recoveries.device(address, bench.work)))
    return address


def _done(served: Served, bench: Bench) -> None:
    bench.part(PART, PartState.DONE, served.size, served.size)
    bench.said(f"the router has all {served.size} bytes; it writes them now: leave it plugged in", "ok")


class _Follow:
    """Tells the run what happens on the cable."""

    def __init__(self, bench: Bench, size: int) -> None:
        self._bench, self._size = bench, size

    def before(self) -> None:
        """Right before the first byte of each fetch."""
        self._bench.recheck()
        self._bench.part(PART, PartState.WRITING, 0, self._size)

    def tell(self, event: news.Event) -> None:
        """A line for the console, and the bar."""
        if isinstance(event, news.Sent):
            self._bench.moved(PART, event.done, event.total)
            self._bench.silent(0)
            return
        if isinstance(event, news.Silent):
            self._bench.silent(event.seconds)
        text, tone = news.line(event)
        self._bench.said(text, tone)


def is_whole(_: TftpServe | TftpPush, bench: Bench) -> bool:
    """Whether the router has the whole file: by this run's journal, or because it runs again where the tester said it would."""
    if any(p.name == PART and p.state is PartState.DONE for p in bench.state().parts):
        return True
    routers: Routers = bench.routers
    try:
        return bool(routers.device(_ssh(bench), bench.work))
    except DeviceError:
        return False


def back(deed: RouterBack, bench: Bench) -> None:
    """Until the router runs. RouterNotBack with reason brick, still_booting or other."""
    address = _ssh(bench)
    routers: Routers = bench.routers
    waited, is_alive, told = 0.0, False, ""
    # It has a new system and so a new key; which router it is, its board and build tell.
    routers.keys.expect_new(address)
    while waited < deed.seconds:
        try:
            with routers.use(address) as router:
                _check(router.facts(bench.work), deed, bench)
            return
        except HostKeyChanged:
            raise
        except RouterNotFound as error:
            told = str(error.facts.get("why", ""))
        except (RouterLost, RouterStalled):
            is_alive = True
        bench.work.say("wait", int(waited), deed.seconds)
        bench.work.wait(_LOOK_EVERY_S)
        waited += _LOOK_EVERY_S
    _forget_sent(bench)
    reason = "still_booting" if is_alive or (told == "refused" and not address.host.startswith("127.")) else "brick"
    raise RouterNotBack(reason=reason, build="?", wanted=_wanted(deed, bench), seconds=deed.seconds, starts=int(is_alive))


def _forget_sent(bench: Bench) -> None:
    """What the router got did not make it run: if the step is tried again, it is sent again."""
    for part in bench.state().parts:
        if part.name == PART and part.state is PartState.DONE:
            bench.part(PART, PartState.HALF, 0, part.total)


def _check(facts: RouterFacts, deed: RouterBack, bench: Bench) -> None:
    wanted = _wanted(deed, bench)
    is_board = deed.board is None or facts.board in deed.board
    if not is_board or (wanted and not facts.runs(wanted)):
        told = facts.build if is_board else f"{facts.build} ({facts.board})"
        raise RouterNotBack(reason="other", build=told, wanted=wanted or ", ".join(deed.board or ()), seconds=0, starts=1)
    bench.said(f"the router runs: {facts.board}, build {facts.build}", "ok")


def _wanted(deed: RouterBack, bench: Bench) -> str:
    build = bench.state().to_write
    return deed.build or (build.version if build else "")


def _know_where(bench: Bench) -> None:
    """WhichDevice when the guide waits for the router and several were named."""
    if any(isinstance(deed, RouterBack) for _, deed in bench.state().guide.deeds()):
        _ssh(bench)


def _ssh(bench: Bench) -> Address:
    """Where the router answers once it runs. WhichDevice: one of those that were named, or where a router without settings answers."""
    try:
        return bench.address(Kind.ROUTER)
    except DeviceNotFound:
        return HOME
    except WhichDevice as error:
        named = str(error.facts["serials"]).split(", ")
        raise WhichDevice(serials=", ".join(dict.fromkeys((*named, str(HOME))))) from error


DEEDS: dict[type[Any], Verb] = {
    TftpFind: Verb(find_router, Again.SAFE),
    # From the start, but never to a router that has it already: it would not ask again.
    TftpServe: Verb(serve, Again.PROBE, is_whole, asks_always=True),
    TftpPush: Verb(push, Again.PROBE, is_whole, asks_always=True),
    RouterBack: Verb(back, Again.SAFE),
}
CHECKS: dict[type[Any], CheckVerb] = {TftpAlone: CheckVerb("router.alone", _alone, is_slow=True)}
