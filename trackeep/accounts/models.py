"""People, their sessions, tokens and second factor, invitations, links sent by mail, and the counters of guesses."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

HASH_LENGTH = 64


def _user_key(*, ondelete: str = "CASCADE") -> ForeignKey:
    return ForeignKey("users.id", ondelete=ondelete)


class User(db.Base):
    """A person. The folded forms decide whether a name or an address is taken."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role IN ('user', 'admin')", name="role"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    username: Mapped[str] = mapped_column(String(40), nullable=False)
    username_key: Mapped[str] = mapped_column(String(80), nullable=False, unique=True)
    email: Mapped[str] = mapped_column(String(254), nullable=False)
    email_key: Mapped[str] = mapped_column(String(400), nullable=False, unique=True)
    email_confirmed_at: Mapped[datetime | None]
    name: Mapped[str] = mapped_column(String(100), nullable=False, default="")
    bio: Mapped[str] = mapped_column(String(1000), nullable=False, default="")
    avatar_key: Mapped[str | None] = mapped_column(db.BlobKey)
    role: Mapped[str] = mapped_column(String(5), nullable=False, default="user")
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    disabled_at: Mapped[datetime | None]
    password_hash: Mapped[str] = mapped_column(String(200), nullable=False)
    password_temporary: Mapped[bool] = mapped_column(nullable=False, default=False)
    totp_secret: Mapped[str | None] = mapped_column(Text)
    totp_pending: Mapped[str | None] = mapped_column(Text)
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    locale: Mapped[str] = mapped_column(String(12), nullable=False, default="en")
    time_zone: Mapped[str] = mapped_column(String(64), nullable=False, default="UTC")
    preferences: Mapped[dict[str, Any]] = mapped_column(nullable=False, default=dict)


class SignIn(db.Base):
    """A browser that is signed in, or on its way there. Only the hash of the cookie's value is kept."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("stage IN ('second_factor', 'new_password', 'full')", name="stage"),
        Index("ix_sessions_user_id", "user_id"),
        Index("ix_sessions_expires_at", "expires_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False, unique=True)
    user_id: Mapped[int] = mapped_column(BigInteger, _user_key(), nullable=False)
    stage: Mapped[str] = mapped_column(String(13), nullable=False)
    remembered: Mapped[bool] = mapped_column(nullable=False, default=False)
    device: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    address: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    last_active_at: Mapped[datetime] = mapped_column(nullable=False)
    expires_at: Mapped[datetime] = mapped_column(nullable=False)
    ends_at: Mapped[datetime] = mapped_column(nullable=False)
    password_at: Mapped[datetime] = mapped_column(nullable=False)


class BackupCode(db.Base):
    __tablename__ = "backup_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, _user_key(), nullable=False)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    used_at: Mapped[datetime | None]


class ApiToken(db.Base):
    __tablename__ = "api_tokens"
    __table_args__ = (Index("ix_api_tokens_user_id", "user_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, _user_key(), nullable=False)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(100), nullable=False)
    scopes: Mapped[str] = mapped_column(Text, nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    last_address: Mapped[str] = mapped_column(String(64), nullable=False, default="")


class Invitation(db.Base):
    """An offer of an account to one address. Without ``invited_by`` the person asked for it themselves."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'accepted', 'declined', 'revoked')", name="state"),
        CheckConstraint("role IN ('user', 'admin')", name="role"),
        Index("ix_invitations_email_key", "email_key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), nullable=False)
    email_key: Mapped[str] = mapped_column(String(400), nullable=False)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False, unique=True)
    role: Mapped[str] = mapped_column(String(5), nullable=False, default="user")
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    invited_by: Mapped[int | None] = mapped_column(BigInteger, _user_key(ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    expires_at: Mapped[datetime] = mapped_column(nullable=False)


class MailedLink(db.Base):
    """A link that works once: a new password, or the proof that an address is read."""

    __tablename__ = "mailed_links"
    __table_args__ = (
        CheckConstraint("purpose IN ('reset', 'email')", name="purpose"),
        Index("ix_mailed_links_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, _user_key(), nullable=False)
    purpose: Mapped[str] = mapped_column(String(6), nullable=False)
    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False, unique=True)
    email: Mapped[str] = mapped_column(String(254), nullable=False, default="")
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    expires_at: Mapped[datetime] = mapped_column(nullable=False)


class GuessCount(db.Base):
    """How often somebody tried since the window began; raised before each try is looked at."""

    __tablename__ = "guess_counts"

    subject: Mapped[str] = mapped_column(String(160), primary_key=True)
    window_began: Mapped[datetime] = mapped_column(nullable=False)
    tries: Mapped[int] = mapped_column(Integer, nullable=False)


class InstanceSetting(db.Base):
    """What administrators decided at run time; the row ``founded`` is there once the first account is."""

    __tablename__ = "instance_settings"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text, nullable=False)
    changed_at: Mapped[datetime] = mapped_column(nullable=False)
    changed_by: Mapped[int | None] = mapped_column(BigInteger, _user_key(ondelete="SET NULL"))
