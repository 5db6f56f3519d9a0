-- Kinds of acts are data now (sync/acts.py), so that a new one needs no new schema. travel: what the tester said about a file and
-- metered networks, '' by the rule, 'anyway' now, 'free' only on a free network. SQLite changes a CHECK only by making the table anew.

CREATE TABLE kept_needs AS SELECT seq, sha256, name FROM op_blob;
DROP TABLE op_blob;
ALTER TABLE op RENAME TO op_before;

CREATE TABLE op (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  kind TEXT NOT NULL,
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
  travel TEXT NOT NULL DEFAULT '' CHECK (travel IN ('', 'anyway', 'free')),
  UNIQUE (account_id, kind, subject)
);
INSERT INTO op (seq, account_id, kind, subject, about, payload, gen, moved, state, attempts, not_before_ms, last_error, made_ms, done_ms)
  SELECT seq, account_id, kind, subject, about, payload, gen, moved, state, attempts, not_before_ms, last_error, made_ms, done_ms
  FROM op_before;
DROP TABLE op_before;
CREATE INDEX op_line ON op (account_id, attempts, seq) WHERE state = 'ready';
CREATE INDEX op_acts ON op (account_id, kind, attempts, seq) WHERE state = 'ready';
CREATE INDEX op_when ON op (account_id, not_before_ms) WHERE state = 'ready';
CREATE INDEX op_parked ON op (account_id, seq) WHERE state = 'parked';
CREATE INDEX op_about ON op (about, kind) WHERE about <> '';

CREATE TABLE op_blob (
  seq INTEGER NOT NULL REFERENCES op (seq) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (seq, sha256)
);
INSERT INTO op_blob SELECT seq, sha256, name FROM kept_needs;
DROP TABLE kept_needs;
CREATE INDEX op_blob_sha256 ON op_blob (sha256);

ALTER TABLE attachment ADD COLUMN travel TEXT NOT NULL DEFAULT '' CHECK (travel IN ('', 'anyway', 'free'));
