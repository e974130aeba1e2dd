CREATE INDEX acts_by_family ON acts (family, seq);

CREATE INDEX contracts_by_resident ON contracts (resident, seq);

CREATE INDEX entries_by_time ON entries (heard_at, seq);

CREATE INDEX family_by_relative ON family (relative) WHERE ended = 0;

CREATE INDEX medicines_by_hub ON medicines (hub_seq);

CREATE INDEX medicines_by_resident ON medicines (resident) WHERE state <> 'ended';

CREATE INDEX message_blobs_by_call ON message_blobs (call);

CREATE INDEX notices_by_hub ON notices (hub_seq);

CREATE INDEX notices_waiting ON notices (resident) WHERE told_seq IS NULL;

CREATE INDEX opinions_by_hub ON opinions (hub_seq);

CREATE INDEX same_one ON same (one) WHERE ended = 0;

CREATE INDEX same_other ON same (other) WHERE ended = 0;

CREATE INDEX unclaimed_by_resident ON unclaimed (resident, state) WHERE resident IS NOT NULL;

CREATE INDEX visits_by_resident ON visits (resident, opened_seq) WHERE resident IS NOT NULL;

CREATE INDEX visits_open ON visits (opened_seq) WHERE closed_seq IS NULL;

CREATE INDEX wishes_by_resident ON wishes (resident, seq);

CREATE TABLE acts (
      seq INTEGER PRIMARY KEY,
      family TEXT NOT NULL
    ) STRICT;

CREATE TABLE assessments (
      seq INTEGER PRIMARY KEY,
      visit TEXT,
      person TEXT,
      kind TEXT NOT NULL,
      category TEXT,
      severity INTEGER,
      overall_category TEXT,
      overall_severity INTEGER,
      rules TEXT NOT NULL
    ) STRICT;

CREATE TABLE codes (
      id TEXT PRIMARY KEY,
      what TEXT NOT NULL,
      about TEXT NOT NULL,
      code TEXT NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
      who TEXT NOT NULL,
      scope TEXT NOT NULL,
      given INTEGER NOT NULL,
      version TEXT NOT NULL,
      entry TEXT NOT NULL,
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (who, scope)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE consults (
      call TEXT PRIMARY KEY,
      visit TEXT,
      severity INTEGER,
      state TEXT NOT NULL CHECK (state IN ('requested', 'cancelled', 'accepted', 'finished')),
      clinician_id TEXT,
      clinician_name TEXT,
      requested_at INTEGER,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE contracts (
      id TEXT PRIMARY KEY,
      resident TEXT NOT NULL,
      doctor TEXT NOT NULL,
      doctor_name TEXT NOT NULL,
      org TEXT NOT NULL,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      reason TEXT,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
      id TEXT PRIMARY KEY,
      profile TEXT,
      port TEXT,
      simulated INTEGER,
      assigned_seq INTEGER,
      last_good_at INTEGER,
      fault_code TEXT,
      fault_at INTEGER
    ) STRICT, WITHOUT ROWID;

CREATE TABLE duty_phone (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      phone TEXT NOT NULL
    ) STRICT;

CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      heard_at INTEGER NOT NULL,
      mono_ms REAL NOT NULL,
      actor_role TEXT NOT NULL,
      actor_id TEXT NOT NULL,
      subject TEXT,
      visit TEXT,
      body TEXT NOT NULL,
      prev_hash BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;

CREATE TABLE family (
      owner TEXT NOT NULL,
      relative TEXT NOT NULL,
      why TEXT NOT NULL,
      ended INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (owner, relative)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE held_heads (
      hub TEXT PRIMARY KEY,
      held_seq INTEGER NOT NULL,
      held_hash TEXT NOT NULL,
      signature TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      owner TEXT NOT NULL,
      private_key BLOB NOT NULL,
      public_key TEXT NOT NULL
    ) STRICT;

CREATE TABLE links (
      key TEXT PRIMARY KEY,
      resident TEXT NOT NULL,
      way TEXT NOT NULL,
      seq INTEGER NOT NULL
    , ended INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE looks (
      owner TEXT NOT NULL,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      by TEXT,
      role TEXT NOT NULL,
      what TEXT NOT NULL,
      PRIMARY KEY (owner, seq)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE measurements (
      id TEXT PRIMARY KEY,
      visit TEXT,
      person TEXT,
      kind TEXT,
      state TEXT NOT NULL CHECK (state IN ('heard', 'accepted', 'refused')),
      device TEXT NOT NULL,
      heard_at INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE medicines (
      prescription TEXT PRIMARY KEY,
      resident TEXT,
      state TEXT NOT NULL,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE message_blobs (
      blob TEXT PRIMARY KEY,
      call TEXT NOT NULL REFERENCES messages (call) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      media TEXT NOT NULL,
      hash TEXT NOT NULL,
      content BLOB NOT NULL
    ) STRICT;

CREATE TABLE messages (
      call TEXT PRIMARY KEY,
      asked TEXT NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
      id TEXT PRIMARY KEY,
      resident TEXT,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      told_seq INTEGER
    ) STRICT, WITHOUT ROWID;

CREATE TABLE opinions (
      id TEXT PRIMARY KEY,
      visit TEXT NOT NULL,
      call TEXT NOT NULL,
      clinician TEXT NOT NULL,
      written_at INTEGER NOT NULL,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL
    , told_seq INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE readings (
      person BLOB NOT NULL,
      quantity INTEGER NOT NULL,
      heard_at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      nth INTEGER NOT NULL,
      value REAL NOT NULL,
      unit INTEGER NOT NULL,
      comparator TEXT,
      doubts TEXT,
      PRIMARY KEY (person, quantity, heard_at, seq, nth)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
      seq INTEGER PRIMARY KEY,
      measurement TEXT NOT NULL,
      visit TEXT,
      person TEXT,
      kind TEXT,
      reason TEXT NOT NULL,
      heard_at INTEGER NOT NULL
    ) STRICT;

CREATE TABLE residents (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      sex TEXT NOT NULL,
      birth_year INTEGER NOT NULL,
      facts TEXT NOT NULL,
      specimen INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE same (
      id TEXT PRIMARY KEY,
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      ended INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE signed_head (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      signature TEXT NOT NULL
    ) STRICT;

CREATE TABLE signs (
      resident TEXT PRIMARY KEY,
      sign TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE staff_secrets (
      staff TEXT PRIMARY KEY,
      verifier TEXT NOT NULL,
      wrong INTEGER NOT NULL,
      tried_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE team (
      nth INTEGER PRIMARY KEY,
      member TEXT NOT NULL
    ) STRICT;

CREATE TABLE unclaimed (
      visit TEXT PRIMARY KEY,
      key TEXT NOT NULL,
      resident TEXT,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      resident TEXT,
      opened_at INTEGER NOT NULL,
      opened_seq INTEGER NOT NULL,
      closed_at INTEGER,
      closed_seq INTEGER,
      reason TEXT,
      last_seq INTEGER
    , resumed_seq INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE wishes (
      id TEXT PRIMARY KEY,
      resident TEXT,
      seq INTEGER NOT NULL,
      answer_seq INTEGER
    ) STRICT, WITHOUT ROWID;

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER entries_only_grow BEFORE INSERT ON entries
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
