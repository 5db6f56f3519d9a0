# SPDX-License-Identifier: Apache-2.0
"""A programme that a maker runs, the F-codes that open it, and a tester's place in it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstlight_hub.programme.codes import key_of


class Programme(models.Model):
    """`taken` and `joined` are counted in the statement that takes a seat, so that no two get the same one.

    `joined` is the highest tester number ever given, `taken` the seats in use now.
    """

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    ring = models.CharField(max_length=200)
    maker = models.CharField(max_length=200)
    tz = models.CharField(max_length=64, default="UTC")
    seats = models.PositiveIntegerField(default=100)
    taken = models.PositiveIntegerField(default=0, editable=False)
    joined = models.PositiveIntegerField(default=0, editable=False)
    picture = models.SlugField(max_length=64, blank=True)
    shares_titles = models.BooleanField(
        default=False, help_text="Testers see number, title and state of each other's reports once the team has seen them."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def seats_left(self) -> int:
        """Free seats; 0 when staff made the programme smaller than it is."""
        return max(0, self.seats - self.taken)


class Code(models.Model):
    """An F-code: opens a programme for `max_uses` testers. `key` is the code without dashes, by which it is found."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    code = models.CharField(max_length=50)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="codes")
    max_uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0, editable=False)
    valid_until = models.DateTimeField(null=True, blank=True)
    tag = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse a code that could not be told from another however it is typed."""
        self.key = key_of(self.code)
        if not self.key or Code.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("This code is no code, or there is one like it.")})


class Role(models.TextChoices):
    """What somebody may do in a programme."""

    TESTER = "tester"
    TRIAGER = "triager"
    MAKER = "maker"
    ADMIN = "admin"


class Enrolment(models.Model):
    """A tester's place; `left_at` set when they left: the number stays theirs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.TESTER)
    display_name = models.CharField(max_length=200)
    via = models.ForeignKey(Code, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person has one place in a programme, a number one person."""

        constraints = (
            models.UniqueConstraint(fields=("programme", "user"), name="one_place_each"),
            models.UniqueConstraint(fields=("programme", "number"), name="one_tester_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.display_name} #{self.number}"
