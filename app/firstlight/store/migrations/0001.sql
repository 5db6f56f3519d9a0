-- The first schema. Names are chosen before anything is sent: a blob by its SHA-256, a report by a UUID and a revision,
-- everything else by a UUID. The outbox (op) is a schedule only; nothing is stored as "in progress". Times are ms since 1970, UTC.

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  hub TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  cursor TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  skew_ms INTEGER NOT NULL DEFAULT 0,
  me_json TEXT NOT NULL DEFAULT '',
  pulled_ms INTEGER NOT NULL DEFAULT 0,
  UNIQUE (hub, subject)
);

-- account_id NULL: written before anybody signed in. rev: what the outbox carries; sent_rev: what the hub has confirmed.
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  account_id INTEGER REFERENCES account (id),
  rev INTEGER NOT NULL DEFAULT 0,
  sent_rev INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'delivered', 'needs_you', 'discarded')),
  was TEXT NOT NULL DEFAULT '',
  next_pos INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  captured_wall_ms INTEGER NOT NULL,
  captured_boot_ms INTEGER NOT NULL DEFAULT 0,
  changed_ms INTEGER NOT NULL,
  queued_ms INTEGER NOT NULL DEFAULT 0,
  sent_ms INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX report_state ON report (account_id, state, changed_ms);

-- The row comes after the file is durable. collectable 0: kept until released; 1: swept a day after nothing refers to it.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  media TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  collectable INTEGER NOT NULL DEFAULT 0
);

-- sha256 is the original, which never leaves this PC.
CREATE TABLE attachment (
  report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  pos INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('picture', 'photo', 'log', 'bugreport', 'file')),
  include INTEGER NOT NULL DEFAULT 1,
  reviewed INTEGER NOT NULL DEFAULT 0,
  redaction TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (report_id, pos)
);
CREATE INDEX attachment_blob ON attachment (sha256);

CREATE TABLE annotation (
  report_id TEXT NOT NULL,
  pos INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (report_id, pos),
  FOREIGN KEY (report_id, pos) REFERENCES attachment (report_id, pos) ON DELETE CASCADE
);

-- What leaves, made from an attachment; source names original, annotations, choices and rules that it was made from.
CREATE TABLE outgoing (
  report_id TEXT NOT NULL,
  pos INTEGER NOT NULL,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  media TEXT NOT NULL,
  role TEXT NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (report_id, pos),
  FOREIGN KEY (report_id, pos) REFERENCES attachment (report_id, pos) ON DELETE CASCADE
);
CREATE INDEX outgoing_blob ON outgoing (sha256);

-- gen grows with each change of the payload: an answer to an older gen confirms nothing about the newer.
-- about: the report that an op belongs to, for place in line and time line. moved: bytes that the hub already has.
CREATE TABLE op (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL CHECK (kind IN ('blob', 'report', 'comment', 'activity', 'device')),
  subject TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '',
  payload TEXT NOT NULL,
  gen INTEGER NOT NULL DEFAULT 1,
  moved INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('ready', 'held', 'parked', 'done')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before_ms INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  made_ms INTEGER NOT NULL,
  done_ms INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, kind, subject)
);
CREATE INDEX op_line ON op (account_id, attempts, seq) WHERE state = 'ready';
CREATE INDEX op_acts ON op (account_id, kind, attempts, seq) WHERE state = 'ready';
CREATE INDEX op_when ON op (account_id, not_before_ms) WHERE state = 'ready';
CREATE INDEX op_parked ON op (account_id, seq) WHERE state = 'parked';
CREATE INDEX op_about ON op (about, kind) WHERE about <> '';

-- The blobs that an op needs at the hub before it may go.
CREATE TABLE op_blob (
  seq INTEGER NOT NULL REFERENCES op (seq) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (seq, sha256)
);
CREATE INDEX op_blob_sha256 ON op_blob (sha256);

-- What the hub told, newest state of each object. facet: the one thing to look objects of a kind up by
-- (a report's state, a comment's report). unread until the tester has seen it.
CREATE TABLE inbox (
  account_id INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  facet TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, kind, key)
);
CREATE INDEX inbox_facet ON inbox (account_id, kind, facet, seq);
CREATE INDEX inbox_news ON inbox (account_id, kind, seq);
CREATE INDEX inbox_unseen ON inbox (account_id, kind) WHERE seen = 0;

-- States that an object went through, as this PC learned them: the time line of a report, readable offline.
CREATE TABLE inbox_past (
  account_id INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  facet TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, key, facet)
);

-- Small facts of the store itself.
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL);
