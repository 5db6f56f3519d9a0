# SPDX-License-Identifier: Apache-2.0
"""A person who signs in, and the buckets that limit how often somebody may try something."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class Users(BaseUserManager):
    """Makes users; an address is kept in lower case, so that it is unique whatever the way it was typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user; without `password` nobody can sign in as it by password."""
        user = User(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        """The user of this address, however it is typed."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `subject` is the stable name in identity tokens; the address may change, it never does."""

    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, or what stands before the @ of the address."""
        return self.name or self.email.partition("@")[0]

    def get_full_name(self) -> str:
        """For Django's pages."""
        return self.shown_name

    def get_short_name(self) -> str:
        """For Django's pages."""
        return self.shown_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class Bucket(models.Model):
    """How much of a limit somebody has used: `until` is when the bucket would be empty again (see limits.py)."""

    key = models.CharField(max_length=120, primary_key=True)
    until = models.DateTimeField()
