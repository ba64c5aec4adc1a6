-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

CREATE TABLE action (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  request TEXT NOT NULL,
  result TEXT,
  succeeded BOOLEAN
);
CREATE INDEX action_at ON action (at, id);
CREATE INDEX action_target ON action (target, at);

CREATE TABLE kept_row (
  task_id TEXT COLLATE "C" NOT NULL,
  kept_at BIGINT NOT NULL,
  "row" TEXT NOT NULL,
  PRIMARY KEY (task_id, kept_at)
);
CREATE INDEX kept_row_at ON kept_row (kept_at);

CREATE TABLE worker_sample (
  hostname TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  pid INTEGER,
  max_rss_bytes BIGINT,
  load DOUBLE PRECISION,
  active INTEGER,
  processed BIGINT,
  PRIMARY KEY (hostname, at)
);
CREATE INDEX worker_sample_at ON worker_sample (at);

-- JSON of StoredWorkerMark[] (lib/store/worker-mark.ts), or null when there is none.
ALTER TABLE worker ADD COLUMN marks TEXT;
-- Unknown for workers without heartbeats; the record has it.
ALTER TABLE worker DROP COLUMN freq_seconds;
