# SPDX-License-Identifier: Apache-2.0
"""UBports device files (installer-configs, version 2) -> guides: one for each system that a device can have.

Those files are GPL-3.0-or-later: read at the tester's side, at run time, never shipped. Their order and meaning: a step's actions run one
after another; a false condition skips it; `fallback` is what hands do when it fails; a locked bootloader runs a handler and the step
again. What theirs lack is added and named: the right device, before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from firstlight.guides.exchange import ubports_actions as actions
from firstlight.guides.exchange.assembly import is_link, lines
from firstlight.guides.exchange.draft import Draft, Fate, Imported, clean, fields, many, numbered, slug, split_step, title
from firstlight.guides.exchange.ubports_files import Files

_MAX = 1 << 20
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN = {"name", "codename", "formfactor", "aliases", "doppelgangers", "user_actions", "unlock", "handlers", "operating_systems"}
_KNOWN_OS = {"name", "codename", "compatible_installer", "options", "prerequisites", "steps", "eula", "slideshow"}
_KNOWN_STEP = {"actions", "fallback", "optional", "condition"}
_ASKS = {"checkbox": "yes_no", "select": "choice", "input": "text"}
_CODE = "unlock_code"
Raw = Mapping[str, Any]


def read(path: Path, found: Imported) -> None:
    """All systems of one device file; what is wrong with it becomes a remark."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX + 1)
        if len(text) > _MAX:
            raise ValueError("larger than 1 MiB")
        if any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=_Loader)):
            raise ValueError("it has aliases, which can grow without end")
        data = yaml.load(text, Loader=_Loader)
        if not isinstance(data, Mapping) or not isinstance(data.get("operating_systems"), list) or not data.get("codename"):
            raise ValueError("no device file: codename and operating_systems are missing")
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        found.remark(path.name, "", path.name, Fate.UNMAPPED, f"cannot be read: {str(error)[:160]}")
        return
    found.misshapen(path.name, "", data, lists=("aliases", "doppelgangers", "unlock"), maps=("user_actions", "handlers"))
    for key in data:
        if key not in _KNOWN:
            found.remark(path.name, str(key), str(data[key])[:80], Fate.UNMAPPED, "an unknown field of the device")
    for system in data["operating_systems"]:
        if isinstance(system, Mapping):
            _System(path.name, data, system, found).make()
        else:
            found.remark(path.name, "operating_systems", str(system)[:80], Fate.UNMAPPED, "no system")


class _System:
    """One system of one device on its way."""

    def __init__(self, source: str, device: Raw, system: Raw, found: Imported) -> None:
        self._source, self._device, self._system, self._found = source, device, system, found
        self._name = clean(system.get("name")) or "system"
        self._people: dict[str, Raw] = {str(k): v for k, v in fields(device.get("user_actions")).items() if isinstance(v, Mapping)}
        self._options = {str(o.get("var")) for o in many(system.get("options")) if isinstance(o, Mapping)}
        self._steps_raw = [s for s in many(system.get("steps")) if isinstance(s, Mapping)]
        self._files = Files(self._steps_raw, self._lost)
        codename = clean(device.get("codename"))
        self._products = [p for p in dict.fromkeys([codename, *map(clean, many(device.get("aliases")))]) if p][:16]
        self._asks_code = False
        self._used: set[str] = set()

    def make(self) -> None:
        """Into `found`."""
        d, s = self._device, self._system
        head = title(f"{self._name} for {clean(d.get('name'))}", "Guide")
        for key in s:
            if key not in _KNOWN_OS:
                self._lost(str(key), str(s[key])[:80], "an unknown field of the system")
        if s.get("slideshow"):
            self._lost("slideshow", f"{len(many(s['slideshow']))} pictures", "shown while waiting; a guide shows what to do")
        self._found.misshapen(self._source, self._name, s, lists=("options", "prerequisites", "steps"))
        self._right_device()
        steps = [*self._before(), *self._bound([step for n, raw in enumerate(self._steps_raw, 1) for step in self._step(raw, n)])]
        steps.append({"id": "end", "title": f"{self._name} is installed", "say": [{"text": "The first start can take some minutes."}]})
        rescue = self._rescue()
        asks = self._asks()
        data: dict[str, Any] = {"guide": 1, "id": slug(d.get("codename"), self._name), "title": head, "kind": "flash", "way": "usb"}
        data |= {"effect": "erases_data", "difficulty": "careful", "minutes": [15, 60]}
        data["for"] = {"device": [slug(p) for p in self._products]}
        looks_like = [slug(x) for x in many(d.get("doppelgangers")) if clean(x)]
        if looks_like:
            data["for"]["not"] = looks_like[:16]
        data["source"] = {"author": "UBports installer-configs", "licence": "GPL-3.0-or-later"}
        if asks:
            data["ask"] = asks
        if self._files.named:
            data["files"] = self._files.named
        people = {slug(k): self._human(v) for k, v in self._people.items() if slug(k) in self._used}
        if people:
            data["people"] = people
        if rescue:
            data["rescue"] = rescue
        data["steps"] = numbered([part for step in steps for part in split_step(step)])
        self._found.items += 1
        self._found.add(Draft(data["id"], data), self._source)

    # -- words -----------------------------------------------------------------------------------------------------------

    def _before(self) -> list[dict[str, Any]]:
        """What hands confirm before the start: unlocking, prerequisites, a licence."""
        found = []
        for key in [*many(self._device.get("unlock")), *many(self._system.get("prerequisites"))]:
            found.append(self._by_hand(str(key), {}))
        eula = self._system.get("eula")
        if isinstance(eula, Mapping):
            say = lines(clean(eula.get("description")), "", 0)
            found.append({"id": "licence", "title": title(eula.get("title") or eula.get("name"), "Terms"), "say": say, "prove": ["tick"]})
            if is_link(eula.get("link")):
                found[-1]["say"] = [*say, {"text": str(eula["link"])}]
        return found

    def _right_device(self) -> None:
        """Theirs ask a human; ours asks the phone too."""
        if not any("fastboot:" in str(a) for s in self._steps_raw for a in many(s.get("actions"))):
            return
        why = "their files name no product of the bootloader; the code name and its aliases are taken for it"
        self._found.remark(self._source, self._name, "check of the product before anything is written", Fate.ADDED, why)

    def _bound(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A first look for the phone where nothing looks for it before something is written."""
        for step in steps:
            verbs = actions.Batch(do=list(step.get("do", []))).verbs
            if any(v in ("device.find", "fastboot.wait", "adb.wait") for v in verbs):
                return steps
            if any(v.startswith(("fastboot.", "adb.", "heimdall.", "provider.install")) for v in verbs):
                break
        by_fastboot = any("fastboot:" in str(a) for s in self._steps_raw for a in many(s.get("actions")))
        say = [{"text": "Start the phone, connect it to this PC, and allow this PC on its screen."}]
        look = {"device.find": 60} if by_fastboot else "adb.wait"
        return [{"id": "find", "title": "Find the phone", "say": say, "do": [look]}, *steps]

    def _human(self, raw: Raw) -> dict[str, Any]:
        human: dict[str, Any] = {"title": title(raw.get("title"), "By hand")}
        say = lines(clean(raw.get("description")), "", 0)
        if say:
            human["say"] = say[:8]
        if is_link(raw.get("link")):
            human["link"] = raw["link"]
        return human

    def _by_hand(self, key: str, condition: dict[str, Any]) -> dict[str, Any]:
        """A step that hands do; its words are those of the device file."""
        raw = self._people.get(key)
        if raw is None:
            self._lost("user_action", key, "the file has no words for it")
            raw = {"title": key.replace("_", " ")}
        if raw.get("image") and raw["image"] not in ("phone_power_up", "phone_power_down"):
            self._lost(f"user_actions.{key}", f"picture {raw['image']}", "the picture lies in their program")
        say = lines(clean(raw.get("description")), "", 0)
        if is_link(raw.get("link")):
            say.append({"text": str(raw["link"])})
        return {"id": slug(key), "title": title(raw.get("title"), key), **condition} | ({"say": say} if say else {})

    def _asks(self) -> list[dict[str, Any]]:
        found = []
        for option in many(self._system.get("options")):
            if not isinstance(option, Mapping):
                continue
            self._found.items += 1
            kind = _ASKS.get(str(option.get("type")))
            if kind is None:
                self._lost("options", str(option.get("type")), "an unknown kind of question")
                continue
            found.append(self._ask(option, kind))
        if self._asks_code:
            label = "Unlock code of the maker; type none if the phone is unlocked already"
            found.append({"id": _CODE, "type": "text", "label": label, "default": "none"} | self._code_link())
        return found

    def _ask(self, option: Raw, kind: str) -> dict[str, Any]:
        ask: dict[str, Any] = {"id": slug(option.get("var")), "type": kind, "label": title(option.get("name"), str(option.get("var")))}
        if clean(option.get("tooltip")):
            ask["help"] = title(option.get("tooltip"), "")
        if is_link(option.get("link")):
            ask["link"] = option["link"]
        values = [
            {"value": v["value"], "label": title(v.get("label"), str(v["value"]))}
            for v in many(option.get("values"))
            if isinstance(v, Mapping) and isinstance(v.get("value"), str | int | bool)
        ]
        if values:
            ask["values"] = values
        if kind == "yes_no":
            ask["default"] = option.get("value") is True
        elif isinstance(option.get("value"), str | int) and (not values or option["value"] in [v["value"] for v in values]):
            ask["default"] = option["value"]
        remote = next(iter(fields(option.get("remote_values"))), "")
        if remote:
            ask["from"] = slug(str(remote).replace(":", "."))
            self._lost("options", str(remote), "the list stands on their server; the tester types the value", Fate.CHANGED)
        return ask

    def _code_link(self) -> dict[str, Any]:
        return {"link": self._code_url} if is_link(self._code_url) else {}

    _code_url = ""

    # -- steps -----------------------------------------------------------------------------------------------------------

    def _step(self, raw: Raw, n: int) -> list[dict[str, Any]]:
        for key in raw:
            if key not in _KNOWN_STEP:
                self._lost(f"step {n}", str(key), "an unknown field of a step")
        self._found.misshapen(self._source, f"{self._name}: step {n}", raw, lists=("actions", "fallback"))
        condition = self._condition(raw.get("condition"), n)
        found: list[dict[str, Any]] = []
        batch = actions.Batch()
        for action in many(raw.get("actions")):
            self._found.actions += 1
            name, params = actions.split(action)
            if name == "core:user_action":
                found += self._close(batch, raw, condition, n)
                batch = actions.Batch()
                found += self._hands(str(fields(params).get("action", "")), condition)
                continue
            if name == "core:group":
                found += self._close(batch, raw, condition, n)
                batch = actions.Batch()
                for inner in many(params) or many(fields(params).get("steps")):
                    if isinstance(inner, Mapping):
                        found += self._step(inner, n)
                continue
            if not self._map(name, params, batch, n):
                self._lost(f"step {n}", f"{name} {str(params)[:120]}", "a guide has no verb for it")
        return found + self._close(batch, raw, condition, n)

    def _map(self, name: str, params: Any, batch: actions.Batch, n: int) -> bool:
        if name in ("fastboot:oem_unlock", "fastboot:flashing_unlock"):
            batch.do.append(self._unlock(name, params))
            return True
        if name in actions.PROVIDED:
            if name == "systemimage:install":
                batch.do.append("adb.wait")
            device = clean(self._system.get("codename")) if name.startswith("postmarketos") else ""
            codename = device or clean(self._device.get("codename"))
            for made in actions.provide(params, batch, name, codename, self._options):
                self._files.named.setdefault(made, {})
            if isinstance(params, Mapping) and params.get("verify_recovery"):
                self._lost(f"step {n}", "verify_recovery", "whether the recovery is theirs shows when it obeys", Fate.CHANGED)
            return True
        return actions.add(name, params, batch, self._files, lambda what, why, fate: self._lost(f"step {n}", what, why, fate))

    def _unlock(self, name: str, params: Any) -> dict[str, Any]:
        deed: dict[str, Any] = {"how": "oem" if name == "fastboot:oem_unlock" else "flashing"}
        url = params.get("code_url") if isinstance(params, Mapping) else None
        if url:
            self._asks_code, self._code_url = True, str(url)
            deed["code"] = _CODE
        return {"fastboot.unlock": deed}

    def _hands(self, key: str, condition: dict[str, Any]) -> list[dict[str, Any]]:
        """What hands do, and the wait for the phone behind it, as theirs do by the key's name."""
        found = [self._by_hand(key, condition)]
        wait = {"recovery": "adb.wait", "system": "adb.wait", "bootloader": "fastboot.wait", "download": "heimdall.wait"}.get(key)
        if wait:
            found.append({"id": f"wait-{slug(key)}", "title": "Wait for the phone", "do": [wait], **condition})
        return found

    def _close(self, batch: actions.Batch, raw: Raw, condition: dict[str, Any], n: int) -> list[dict[str, Any]]:
        """The machine's part of a step: its gate, its deeds, and what hands do when they fail."""
        if not batch.do and not batch.gate:
            return []
        return [self._machine(part, raw, condition, n) for part in batch.one_state_each()]

    def _machine(self, batch: actions.Batch, raw: Raw, condition: dict[str, Any], n: int) -> dict[str, Any]:
        step: dict[str, Any] = {"id": f"step-{n}", "title": actions.heading(batch), **condition}
        if batch.writes_by_fastboot:
            step["gate"] = [{"fastboot.device": {"product": self._products}}]
        elif batch.writes_by_adb:
            step["gate"] = [{"adb.device": {"product": self._products}}]
        if batch.gate:
            step["gate"] = [*step.get("gate", []), *batch.gate]
        if batch.do:
            step["do"] = batch.do
        if batch.erases:
            step["danger"] = "data_loss"
        elif batch.writes:
            step["danger"] = "brick"
        other = self._fallback(raw.get("fallback"), n)
        if other and batch.do:
            step["else"] = other
        elif other:
            # A check alone has no second way: its words stand in the step.
            for deed in other:
                person = self._people.get(str(deed.get("human.do", "")), {})
                step["say"] = [*step.get("say", []), *lines(clean(person.get("description")), "icon_note", 0)][:8]
        if raw.get("optional") is True:
            step["optional"] = True
        return step

    def _fallback(self, raw: Any, n: int) -> list[dict[str, Any]]:
        batch = actions.Batch()
        for action in raw if isinstance(raw, list) else []:
            self._found.actions += 1
            name, params = actions.split(action)
            if name == "core:user_action":
                key = str(fields(params).get("action", ""))
                self._used.add(slug(key))
                if key not in self._people:
                    self._lost(f"step {n}: fallback", key, "the file has no words for it")
                    self._people[key] = {"title": key.replace("_", " ")}
                batch.do.append({"human.do": slug(key)})
            elif not self._map(name, params, batch, n):
                self._lost(f"step {n}: fallback", f"{name} {str(params)[:120]}", "a guide has no verb for it")
        return batch.do

    def _rescue(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, handler in fields(self._device.get("handlers")).items():
            if name != "bootloader_locked" or not isinstance(handler, Mapping):
                self._lost("handlers", str(name), "a guide knows no such reason")
                continue
            batch = actions.Batch()
            for action in many(handler.get("actions")):
                self._found.actions += 1
                verb, params = actions.split(action)
                if verb == "core:user_action":
                    key = str(fields(params).get("action", ""))
                    self._used.add(slug(key))
                    batch.do.append({"human.do": slug(key)})
                elif not self._map(verb, params, batch, 0):
                    self._lost(f"handlers.{name}", f"{verb} {str(params)[:120]}", "a guide has no verb for it")
            found[str(name)] = batch.do
        return found

    def _condition(self, raw: Any, n: int) -> dict[str, Any]:
        made = self._cond(raw, n) if isinstance(raw, Mapping) else None
        return {"if": made} if made else {}

    def _cond(self, raw: Raw, n: int) -> dict[str, Any] | None:
        if "var" in raw and isinstance(raw.get("value"), str | int | bool):
            if str(raw["var"]) not in self._options:
                self._lost(f"step {n}: condition", str(raw["var"]), "no option asks for it: the step always applies")
                return None
            return {"is": {slug(raw["var"]): raw["value"]}}
        for theirs, ours in (("AND", "all"), ("OR", "any")):
            if isinstance(raw.get(theirs), list):
                parts = [p for x in raw[theirs] if isinstance(x, Mapping) and (p := self._cond(x, n))]
                return {ours: parts} if parts else None
        if isinstance(raw.get("NOT"), Mapping):
            inner = self._cond(raw["NOT"], n)
            return {"not": inner} if inner else None
        self._lost(f"step {n}: condition", str(raw)[:100], "an unknown kind of condition: the step always applies")
        return None

    def _lost(self, where: str, what: str, why: str, fate: Fate = Fate.UNMAPPED) -> None:
        self._found.remark(self._source, f"{self._name}: {where}", what, fate, why)
