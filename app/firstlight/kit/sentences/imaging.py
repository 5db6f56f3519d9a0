# SPDX-License-Identifier: Apache-2.0
"""Sentences for what can go wrong with an image or the card that it is written to."""

from __future__ import annotations

from firstlight.kit.sentences import QT_TRANSLATE_NOOP, Sentences

_NOTHING = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
_EMPTY_START = QT_TRANSLATE_NOOP("errors", "The card is half written and its beginning is empty, so nothing can start from it.")
_IMAGE_SAFE = QT_TRANSLATE_NOOP("errors", "If writing had begun, the beginning of the card is empty and nothing can start from it.")

SENTENCES: Sentences = {
    "imaging.image_unreadable": (
        QT_TRANSLATE_NOOP("errors", "{name} is damaged: it cannot be unpacked to its end."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Fetch the image again and compare its SHA-256."),
    ),
    "imaging.image_unreadable.missing": (
        QT_TRANSLATE_NOOP("errors", "There is no file {name}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Check the name, and that the disk that holds it is still there."),
    ),
    "imaging.image_unreadable.gone": (
        QT_TRANSLATE_NOOP("errors", "{name} could not be read on from this PC."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Check that the disk that holds it is still there, then write again."),
    ),
    "imaging.image_unreadable.denied": (
        QT_TRANSLATE_NOOP("errors", "You may not read {name}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Change the rights of the file, or copy it into your own folder."),
    ),
    "imaging.image_unreadable.kind": (
        QT_TRANSLATE_NOOP("errors", "{name} holds no image that Firstlight knows."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "It must be a raw image, an Android sparse image, or one of them packed as gz, xz, zst, bz2 or zip."),
    ),
    "imaging.image_unreadable.short": (
        QT_TRANSLATE_NOOP("errors", "{name} ends in the middle: it was not fetched to its end."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Fetch the image again."),
    ),
    "imaging.image_unreadable.greedy": (
        QT_TRANSLATE_NOOP("errors", "{name} unpacks to more than it may."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Do not use this file. Tell whoever gave it to you."),
    ),
    "imaging.image_unreadable.empty": (
        QT_TRANSLATE_NOOP("errors", "{name} is empty."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch the image again."),
    ),
    "imaging.image_unreadable.other": (
        QT_TRANSLATE_NOOP("errors", "{name} is not the image that it should be: its SHA-256 differs."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Fetch the image again. If it happens twice, tell the team."),
    ),
    "imaging.too_large": (
        QT_TRANSLATE_NOOP("errors", "{name} unpacks to more than the card holds ({has})."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Take a larger card."),
    ),
    "imaging.too_large.before": (
        QT_TRANSLATE_NOOP("errors", "{name} needs {need}, the card holds {has}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Take a larger card."),
    ),
    "imaging.map_wrong": (
        QT_TRANSLATE_NOOP("errors", "The block map {name} cannot be used: {why}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Fetch the map again, or write the image without it."),
    ),
    "imaging.map_wrong.other_image": (
        QT_TRANSLATE_NOOP("errors", "The block map belongs to another image: it says {wanted} bytes, the image has {size}."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Take the map that came with this image, or write without one."),
    ),
    "imaging.map_wrong.range": (
        QT_TRANSLATE_NOOP("errors", "The block map and the image differ at byte {at}."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Fetch both again; one of them is damaged or they do not belong together."),
    ),
    "imaging.refused": (
        QT_TRANSLATE_NOOP("errors", "{path} is not written to."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "`firstlight image disks` lists what may be written, and why other disks may not."),
    ),
    "imaging.refused.missing": (
        QT_TRANSLATE_NOOP("errors", "There is no whole disk called {path}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Plug the card in and look at `firstlight image disks`. Name the whole disk, not one of its volumes."),
    ),
    "imaging.refused.system": (
        QT_TRANSLATE_NOOP("errors", "{path} is the disk that this PC runs from."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the card. Firstlight never writes to the system's disk."),
    ),
    "imaging.refused.mounted_system": (
        QT_TRANSLATE_NOOP("errors", "Part of {path} is in use by the system."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose the card. If this is the card, take it out of the system's use first."),
    ),
    "imaging.refused.holds_image": (
        QT_TRANSLATE_NOOP("errors", "The image lies on {path} itself."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose another card, or copy the image to this PC first."),
    ),
    "imaging.refused.same_file": (
        QT_TRANSLATE_NOOP("errors", "Image and target are the same file."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Name another target."),
    ),
    "imaging.refused.fixed": (
        QT_TRANSLATE_NOOP("errors", "{path} is built into this PC."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose a card or a USB stick."),
    ),
    "imaging.refused.virtual": (
        QT_TRANSLATE_NOOP("errors", "{path} is no real disk."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Choose a card or a USB stick. `--virtual` allows it for trials."),
    ),
    "imaging.refused.read_only": (
        QT_TRANSLATE_NOOP("errors", "{path} takes no data: it is read-only."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Move the little switch at the side of the card. A card that is worn out can also lock itself."),
    ),
    "imaging.refused.no_medium": (
        QT_TRANSLATE_NOOP("errors", "There is no card in {path}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Put the card in."),
    ),
    "imaging.refused.too_small": (
        QT_TRANSLATE_NOOP("errors", "{path} is too small for the image."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Take a larger card."),
    ),
    "imaging.refused.too_big": (
        QT_TRANSLATE_NOOP("errors", "{path} is larger than 128 GB: more likely an archive than a card."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Look at what is on it. `--big` allows it."),
    ),
    "imaging.refused.folder": (
        QT_TRANSLATE_NOOP("errors", "{path} is neither a disk nor a file."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Name a disk or a file."),
    ),
    "imaging.refused.link": (
        QT_TRANSLATE_NOOP("errors", "{path} is a link to something else."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Name the file itself."),
    ),
    "imaging.changed": (
        QT_TRANSLATE_NOOP("errors", "This is another card than the one that was checked: {found} instead of {expected}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Put the right card back, or check this one from the beginning."),
    ),
    "imaging.denied": (
        QT_TRANSLATE_NOOP("errors", "This user may not write to {path}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Allow it when the system asks for the password. Firstlight itself never runs as administrator."),
    ),
    "imaging.busy": (
        QT_TRANSLATE_NOOP("errors", "Another program uses {path}."),
        _NOTHING,
        QT_TRANSLATE_NOOP("errors", "Close windows and programs that show its files, eject its volumes, then try again."),
    ),
    "imaging.full": (
        QT_TRANSLATE_NOOP("errors", "{path} took no more at byte {at}."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Make room when it is a file. A card that says this holds less than it claims: take another one."),
    ),
    "imaging.gone": (
        QT_TRANSLATE_NOOP("errors", "The card left at byte {at}: cable, reader or the card itself."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Plug it in again, best in another port or reader, and write from the beginning."),
    ),
    "imaging.gone.silent": (
        QT_TRANSLATE_NOOP("errors", "The card has said nothing for {seconds} s, at byte {at}. It is still plugged in."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Unplug it, plug it in again, best in another reader, and write from the beginning."),
    ),
    "imaging.bad_block": (
        QT_TRANSLATE_NOOP("errors", "The card cannot keep what is at byte {at}."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "It is worn out, or its contacts are. Try another reader once, then another card."),
    ),
    "imaging.not_verified": (
        QT_TRANSLATE_NOOP("errors", "Read back, the card differs from the image at byte {at}."),
        QT_TRANSLATE_NOOP("errors", "It must not be used as it is."),
        QT_TRANSLATE_NOOP("errors", "Write it again in another reader or port. If it differs again, the card is worn out."),
    ),
    "imaging.not_verified.wraps": (
        QT_TRANSLATE_NOOP("errors", "The card holds about {holds}, less than it says: what is behind that overwrote its beginning."),
        QT_TRANSLATE_NOOP("errors", "It must not be used."),
        QT_TRANSLATE_NOOP("errors", "It is a fake. Give it back to the seller and take another card."),
    ),
    "imaging.not_verified.empty": (
        QT_TRANSLATE_NOOP("errors", "Behind byte {at} the card kept nothing: it holds less than it says."),
        QT_TRANSLATE_NOOP("errors", "It must not be used."),
        QT_TRANSLATE_NOOP("errors", "It is most likely a fake. Give it back to the seller and take another card."),
    ),
    "imaging.writer": (
        QT_TRANSLATE_NOOP("errors", "The program that writes the card ended without an answer."),
        _IMAGE_SAFE,
        QT_TRANSLATE_NOOP("errors", "Unplug the card, plug it in again, and write from the beginning."),
    ),
    "imaging.writer.silent": (
        QT_TRANSLATE_NOOP("errors", "The card has said nothing for {seconds} s."),
        _EMPTY_START,
        QT_TRANSLATE_NOOP("errors", "Unplug it, plug it in again, best in another reader, and write from the beginning."),
    ),
}
