# SPDX-License-Identifier: Apache-2.0
"""Write a report: the words, the files, what is hidden in them, and exactly what will leave.

Constructor: ReportPage(kit, *, reports, blobs, events, reachability, account_id, address, ways)
- `address`: whose hub gets it, and the name that the team sees.
- `ways`: which of "screenshot", "phone", "photo", "file", "paste" this PC can do; the first three are asked for by signals.
Before use: `start(words, files)` for a new report, `open(id)` for one that exists.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Progress
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight.kit import figures
from firstlight.kit.bridge import Bridge
from firstlight.kit.drops import accept_as_copy
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, Chip
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Draft, Outgoing, Words
from firstlight.reports.ui import attaching, attachment_source
from firstlight.reports.ui.attachment_source import Source
from firstlight.reports.ui.attachments_view import AttachmentsView
from firstlight.reports.ui.composer_bar import ComposerBar
from firstlight.reports.ui.draft_keeper import DraftKeeper
from firstlight.reports.ui.leaving import Leaving
from firstlight.reports.ui.look_dialog import LookDialog
from firstlight.reports.ui.outgoing_card import Address, OutgoingCard
from firstlight.reports.ui.review_place import ReviewPlace
from firstlight.reports.ui.similar_banner import SimilarBanner
from firstlight.reports.ui.thumbs import Thumbs
from firstlight.reports.ui.words_form import WordsForm, focus_first_gap
from firstlight.store.blobs import Blobs

WAYS = ("screenshot", "phone", "photo", "log", "file", "paste")
_FORM = 396
NOBODY = Address()


class ReportPage(Page):
    """The composer of one report.

    Signals: closed(): back to where the tester came from; queued(id): it is in the outbox; reopened(id): its undo was chosen;
    picture_opened(id, pos): edit this picture; similar_opened(id): look at a report that reads alike; screenshot_requested(), phone_screen_requested(),
    phone_photos_requested(): take some and hand them to `attach_picture` or `attach`.
    """

    closed = Signal()
    queued = Signal(str)
    reopened = Signal(str)
    picture_opened = Signal(str, int)
    similar_opened = Signal(str)
    screenshot_requested = Signal()
    phone_screen_requested = Signal()
    phone_photos_requested = Signal()
    log_requested = Signal()

    def __init__(
        self,
        kit: Kit,
        *,
        reports: Reports,
        blobs: Blobs,
        events: Events,
        reachability: Reachability,
        account_id: int | None,
        address: Address = NOBODY,
        ways: tuple[str, ...] = WAYS,
    ) -> None:
        super().__init__(kit, self.tr("New report"), " ", back=True)
        self._reports = reports
        self._reachability = reachability
        self._account_id = account_id
        self._outgoing: tuple[Outgoing, ...] = ()
        self._thumbs = Thumbs(kit, self)
        self._thumbs.changed.connect(self._show_files)
        self.keeper = DraftKeeper(kit, reports, self)
        self.leaving = Leaving(kit, reports, self.keeper, self)
        self.form = WordsForm(kit)
        self.files = AttachmentsView(kit, ways)
        self.similar = SimilarBanner(kit, reports, account_id)
        self.form.similar_place.addWidget(self.similar)
        self.outgoing = OutgoingCard(kit, address)
        self.review_place = ReviewPlace(kit, blobs)
        self.bar = ComposerBar(kit)
        self._build_header()
        self._build_columns()
        self.footer.addWidget(self.bar)
        self.setAcceptDrops(True)
        self._connect(events)
        self._show_network()
        self._check()

    # -- building --------------------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        self.back_button.clicked.connect(self.leaving.keep)
        self._offline = Chip(self.kit, self.tr("Offline: it waits here and goes out later"), icon="cloud-slash", kind="warn")
        self.header_right.addWidget(self._offline)

    def _build_columns(self) -> None:
        self._notes = QVBoxLayout()
        self.body.addLayout(self._notes)
        self._form_card = Card(16, 12)
        self._form_card.box.addWidget(self.form)
        self._form_card.box.addWidget(self.files)
        self._attaching = QVBoxLayout()
        self._form_card.box.addLayout(self._attaching)
        self._form_card.box.addStretch(1)  # with no factor it would share with the fields, which could grow
        side = QWidget()
        side_box = QVBoxLayout(side)
        side_box.setContentsMargins(0, 0, 0, 0)
        side_box.setSpacing(12)
        side_box.addWidget(self.review_place, 3)
        side_box.addWidget(self.outgoing, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._form_card)
        self._columns.addWidget(side, 1)
        self.body.addLayout(self._columns, 1)
        self.width_class_changed.connect(self._on_width_class_changed)
        self._on_width_class_changed(self.wide)

    def _connect(self, events: Events) -> None:
        self.form.changed.connect(self._on_words_changed)
        self.form.offered.connect(self._on_offered)
        self.similar.opened.connect(self.similar_opened)
        self.files.added.connect(self._on_way_chosen)
        self.files.opened.connect(self._on_attachment_opened)
        self.files.removed.connect(self._on_attachment_removed)
        self.files.travel_chosen.connect(self.keeper.set_travel)
        self.review_place.choices_changed.connect(self.keeper.set_redaction)
        self.review_place.looked_at.connect(self.keeper.set_reviewed)
        self.review_place.left_out.connect(self._on_attachment_removed)
        self.review_place.opened.connect(self._on_review_opened)
        self.outgoing.looked.connect(self._on_look)
        self.outgoing.review_asked.connect(self._on_attachment_opened)
        self.outgoing.retried.connect(self.keeper.make)
        self.bar.discard.clicked.connect(self.leaving.discard)
        self.bar.keep.clicked.connect(self.leaving.keep)
        self.bar.queue.clicked.connect(self._on_queue)
        self.keeper.opened.connect(self._on_opened)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.attachments_changed.connect(self._on_attachments_changed)
        self.keeper.attaching.connect(self._on_attaching)
        self.keeper.making.connect(self.outgoing.show_busy)
        self.keeper.made.connect(self._on_made)
        self.keeper.make_failed.connect(self.outgoing.show_error)
        self.keeper.failed.connect(self._show_error)
        self.leaving.closed.connect(self.closed)
        self.leaving.queued.connect(self.queued)
        self.leaving.reopened.connect(self.reopened)
        self.leaving.failed.connect(self._show_error)
        Bridge(events, self).on(ReachabilityChanged, lambda _event: self._show_network())
        for keys, act in (("Ctrl+Return", self._on_queue), (QKeySequence.StandardKey.Paste, self._on_paste)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- opening ---------------------------------------------------------------------------------------------------------------

    def start(self, words: Words | None = None, files: tuple[Path, ...] = ()) -> None:
        """A new report; `words` fill in what is known (device, build, guide step), `files` are attached."""
        given = words or Words()
        self.leaving.drop_if_empty()
        self._files_to_attach = files
        self._forget()
        self.keeper.open(lambda: self._reports.new(self._account_id, **given))

    def open(self, id: str) -> None:
        """A report of this PC; one that waits or has arrived becomes its next revision."""
        self._files_to_attach = ()
        self._forget()
        self.keeper.open(lambda: self._reports.get(id))

    _files_to_attach: tuple[Path, ...] = ()

    def _forget(self) -> None:
        self._outgoing = ()
        self._thumbs.forget()
        self.similar.forget()
        self._show_error(None)
        self.review_place.forget()

    def shown(self) -> None:
        """Back here: a picture may have been edited meanwhile."""
        self.keeper.reread()

    @property
    def report_id(self) -> str:
        """Which report is open; "" when none is."""
        return self.keeper.draft.id if self.keeper.draft else ""

    @Slot(object)
    def _on_opened(self, draft: Draft) -> None:
        self.set_title(self.tr("Your report") if draft.rev else self.tr("New report"))
        self.set_subtitle(self.form.about(draft))
        self.form.fill(draft)
        self.bar.discard.setVisible(draft.sent_rev == 0)
        self._on_kept(draft)
        self._on_attachments_changed(draft)
        focus_first_gap(self.form)
        for path in self._files_to_attach:
            self.keeper.attach(attachment_source.of_file(path))
        self._files_to_attach = ()

    # -- words and files -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_words_changed(self) -> None:
        if self.keeper.draft is not None:
            self.keeper.change(self.form.applied(self.keeper.draft))
            self._check()

    @Slot(object)
    def _on_kept(self, draft: Draft) -> None:
        at = figures.clock(datetime.fromtimestamp(draft.changed_at, UTC))
        self.bar.set_kept(self.tr("Kept on this PC at {time}").format(time=at))
        self.similar.compare(draft)

    @Slot(str)
    def _on_way_chosen(self, way: str) -> None:
        asked_for = {
            "screenshot": self.screenshot_requested,
            "phone": self.phone_screen_requested,
            "photo": self.phone_photos_requested,
            "log": self.log_requested,
        }
        if way in asked_for:
            asked_for[way].emit()
        elif way == "paste":
            self._on_paste()
        else:
            names, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose photos, logs or files"))
            for name in names:
                self.keeper.attach(attachment_source.of_file(Path(name)))

    def attach_picture(self, data: bytes, stem: str) -> None:
        """A screenshot or a phone's screen, as PNG; `stem` begins its name."""
        self.keeper.attach(attachment_source.of_picture(data, stem, self.kit.now()))

    def attach(self, source: Source) -> None:
        """Anything else."""
        self.keeper.attach(source)

    @Slot(object)
    def _on_offered(self, mime: QMimeData) -> None:
        sources = attachment_source.of_mime(mime, "pasted", self.kit.now())
        for source in sources:
            self.keeper.attach(source)
        if any(Path(url.toLocalFile()).is_dir() for url in mime.urls() if url.isLocalFile()):
            self.kit.toasts.show(self.tr("A folder cannot be attached. Choose the files in it, or pack it as a zip."))
        elif not sources:
            self.kit.toasts.show(self.tr("There is no picture or file to attach."))

    @Slot()
    def _on_paste(self) -> None:
        self._on_offered(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and pictures may be dropped anywhere on the page."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            accept_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Attach what was dropped."""
        accept_as_copy(event)
        self._on_offered(event.mimeData())

    @Slot(str, object)
    def _on_attaching(self, name: str, progress: Progress | None) -> None:
        clear(self._attaching)
        if name:
            self._attaching.addWidget(attaching.banner(self.kit, name, progress, self.keeper.stop_attaching))
        self._check()

    @Slot(object)
    def _on_attachments_changed(self, draft: Draft) -> None:
        if self.review_place.chosen not in {a.pos for a in draft.attachments}:
            self.review_place.forget()
        self._show_files()
        self._check()

    @Slot()
    def _show_files(self) -> None:
        if self.keeper.draft is not None:
            self.files.show_attachments(self.keeper.draft.attachments, self._thumbs.of, self.review_place.chosen)

    @Slot(int)
    def _on_attachment_opened(self, pos: int) -> None:
        known = self.keeper.draft.attachments if self.keeper.draft else ()
        attachment = next((a for a in known if a.pos == pos), None)
        if attachment is None:
            return
        if attachment.is_picture:
            self.keeper.flush()
            self.picture_opened.emit(self.report_id, pos)
            return
        if self.keeper.draft is not None:
            self.review_place.show_for(attachment, self.keeper.draft.attachments)
            self._show_files()

    @Slot()
    def _on_review_opened(self) -> None:
        """In a narrow window it stands below the words, out of sight."""
        area = self.scroll_area
        if area is not None and self._columns.direction() == QBoxLayout.Direction.TopToBottom:
            QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(self.review_place, 0, 16))

    @Slot(int)
    def _on_attachment_removed(self, pos: int) -> None:
        id = self.report_id
        self.keeper.remove(pos, lambda attachment: self.leaving.offer_put_back(id, attachment))

    # -- what will leave -------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_made(self, outgoing: tuple[Outgoing, ...]) -> None:
        self._outgoing = outgoing
        if self.keeper.draft is None:
            return
        self.outgoing.show_outgoing(self.keeper.draft, outgoing)
        self._thumbs.show(outgoing)

    @Slot(object)
    def _on_look(self, one: Outgoing) -> None:
        LookDialog(self.kit, one, one.name or self.tr("Your words"), self).open()

    # -- leaving the page ------------------------------------------------------------------------------------------------------

    def _reason(self) -> str:
        draft, words = self.keeper.draft, self.form.reason()
        if draft is None or words:
            return words if draft else self.tr("Opening the draft")
        if self.keeper.is_attaching:
            return self.tr("Wait until the file is kept")
        unseen = next((a for a in draft.attachments if a.needs_review), None)
        if unseen is not None:
            return self.tr("Look at {name} first").format(name=unseen.name)
        if self._account_id is None:
            return self.tr("Sign in first; until then it is kept as a draft")
        return ""

    def _check(self) -> None:
        self.bar.set_reason(self._reason())

    @Slot()
    def _on_queue(self) -> None:
        self._check()
        if self.bar.queue.isEnabled():
            self.bar.queue.setEnabled(False)
            self.keeper.queue()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Another page, or the window closes: nothing typed is lost."""
        self.keeper.flush()
        super().hideEvent(event)

    @Slot(object)
    def _show_error(self, error: FirstlightError | None) -> None:
        clear(self._notes)
        if error is not None:
            self._notes.addWidget(ErrorCard(self.kit, error))
        self._check()

    def _show_network(self) -> None:
        self._offline.setVisible(self._reachability.is_online is False)

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        is_wide = wide and self.kit.theme.percent < 150
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._form_card.setMinimumWidth(_FORM if is_wide else 0)
        self._form_card.setMaximumWidth(_FORM if is_wide else 16_777_215)

    def memo(self) -> dict[str, Any]:
        """Which report is open; its words are on the disk."""
        self.keeper.flush()
        return {"report": self.report_id}

    def restore(self, memo: dict[str, Any]) -> None:
        """Open the same report again."""
        if memo.get("report"):
            self.open(memo["report"])
