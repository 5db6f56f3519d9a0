# SPDX-License-Identifier: Apache-2.0
"""Sentences about cards and USB sticks: key -> English, Chinese."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "card": ("The right card", "存储卡正确"),
    "card.practice": ("Practice card", "练习存储卡"),
    "card.is": ("{name}, {size}, can be taken out", "{name}，{size}，可移除"),
    "card.small": ("{name} holds {size}, the image needs {need}", "{name} 容量 {size}，镜像需要 {need}"),
    "card.small.mend": ("Take a larger card. Nothing was written.", "请换一张更大的卡。尚未写入任何内容。"),
    "card.big": ("{name} holds {size}, a card of this device at most {most}", "{name} 容量 {size}，该设备的卡最大 {most}"),
    "card.mend": (
        "Choose the card that you want to lose everything on. Nothing was written.",
        "请选择可以清空的存储卡。尚未写入任何内容。",
    ),
    "card.why.system": ("{name} is the disk that this PC runs from", "{name} 是这台电脑的系统盘"),
    "card.why.mounted_system": ("The system uses part of {name}", "系统正在使用 {name} 的一部分"),
    "card.why.holds_image": ("The image itself lies on {name}", "镜像就存放在 {name} 上"),
    "card.why.fixed": ("{name} is built into this PC", "{name} 是这台电脑的内置磁盘"),
    "card.why.virtual": ("{name} is no real disk", "{name} 不是真实磁盘"),
    "card.why.read_only": ("{name} is read-only: look at its little switch", "{name} 为只读：请检查卡上的小开关"),
    "card.why.no_medium": ("There is no card in {name}", "{name} 中没有插卡"),
    "card.why.too_small": ("{name} is too small", "{name} 容量太小"),
    "card.why.too_big": ("{name} holds {size}: more likely an archive than a card", "{name} 容量 {size}：更像是存档盘而不是存储卡"),
    "image": ("The card holds the image", "卡上的内容与镜像一致"),
    "image.is": ("{size} read from the card, all equal", "从卡上读取 {size}，全部一致"),
    "image.differs": ("The card differs at byte {at}", "卡在第 {at} 字节处不一致"),
    "image.unread": ("It could not be compared ({why})", "无法比较（{why}）"),
    "image.mend": (
        "Write it again in another reader or port. If it differs again, the card is worn out or a fake.",
        "换一个读卡器或接口重新写入。如果仍不一致，说明卡已老化，或是假卡。",
    ),
    "part.card": ("Card", "存储卡"),
    "fact.answers.card.yes": ("Yes, it is in the reader", "有，卡在读卡器中"),
    "fact.part.half.card": ("Half written, nothing starts from it", "只写了一部分，无法从它启动"),
    "way.again.card": ("Write the card again", "重新写入存储卡"),
    "way.again.text.card": (
        "From its beginning, and read back once more. Try another reader, port or card first.",
        "从头写入并再次读回校验。建议先换一个读卡器、接口或另一张卡。",
    ),
    "way.again.fake_card": ("Write this card once more, to be sure", "再写一次这张卡，以便确认"),
    "way.again.text.fake_card": (
        "In another reader. A fake fails again; for another card, begin the guide anew.",
        "请换一个读卡器。假卡会再次失败；要换另一张卡，请重新开始本指南。",
    ),
}
