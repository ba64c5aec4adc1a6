-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

CREATE TABLE task (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name TEXT COLLATE "C",
  state TEXT NOT NULL,
  worker TEXT,
  queue TEXT COLLATE "C",
  args TEXT,
  kwargs TEXT,
  result TEXT,
  exception TEXT,
  traceback TEXT,
  retries INTEGER,
  eta TEXT,
  expires TEXT,
  root_id TEXT,
  parent_id TEXT,
  sent_at BIGINT,
  received_at BIGINT,
  started_at BIGINT,
  finished_at BIGINT,
  runtime_seconds DOUBLE PRECISION,
  state_at BIGINT NOT NULL,
  clock BIGINT,
  attempts TEXT NOT NULL,
  sort_at BIGINT NOT NULL
);
CREATE INDEX task_sort ON task (sort_at, id);
CREATE INDEX task_state_sort ON task (state, sort_at, id);
CREATE INDEX task_name_sort ON task (coalesce(name, ''), sort_at DESC, id DESC);
CREATE INDEX task_runtime_sort ON task (coalesce(runtime_seconds, -1), id);

CREATE TABLE task_type (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  last_queue TEXT,
  last_seen_at BIGINT NOT NULL
);

CREATE TABLE worker (
  hostname TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  announced TEXT NOT NULL,
  last_heartbeat_at BIGINT NOT NULL,
  freq_seconds DOUBLE PRECISION NOT NULL,
  record TEXT NOT NULL,
  answers TEXT,
  answered_at BIGINT
);

CREATE TABLE queue (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  sampled_at BIGINT NOT NULL,
  sample TEXT NOT NULL
);

CREATE TABLE queue_sample (
  queue TEXT COLLATE "C" NOT NULL,
  every_seconds INTEGER NOT NULL,
  at BIGINT NOT NULL,
  depth BIGINT NOT NULL,
  unacked BIGINT,
  oldest_seconds DOUBLE PRECISION,
  PRIMARY KEY (queue, every_seconds, at)
);
CREATE INDEX queue_sample_at ON queue_sample (every_seconds, at);

CREATE TABLE throughput (
  at BIGINT NOT NULL PRIMARY KEY,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  retried INTEGER NOT NULL
);

CREATE TABLE batch (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  selection TEXT NOT NULL,
  selection_query TEXT,
  options TEXT NOT NULL,
  rate_per_second DOUBLE PRECISION,
  total INTEGER NOT NULL,
  dispatched INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  outcomes_succeeded INTEGER NOT NULL DEFAULT 0,
  outcomes_failed INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  chunk_end INTEGER,
  error TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT,
  moved_at BIGINT,
  lease_owner TEXT,
  lease_until BIGINT
);
CREATE INDEX batch_state ON batch (state);
CREATE INDEX batch_created_at ON batch (created_at, id);

CREATE TABLE batch_item (
  batch_id TEXT COLLATE "C" NOT NULL,
  position INTEGER NOT NULL,
  original_id TEXT COLLATE "C" NOT NULL,
  new_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C",
  queue TEXT COLLATE "C",
  queue_rule TEXT,
  status TEXT NOT NULL,
  reason TEXT,
  outcome TEXT,
  fingerprint TEXT,
  after TEXT COLLATE "C" NOT NULL,
  args TEXT,
  kwargs TEXT,
  PRIMARY KEY (batch_id, position)
);
CREATE INDEX batch_item_original ON batch_item (original_id);
CREATE INDEX batch_item_new ON batch_item (new_id);
CREATE INDEX batch_item_outcome ON batch_item (batch_id, outcome, position);

CREATE TABLE redispatch (
  original_id TEXT COLLATE "C" NOT NULL,
  after TEXT COLLATE "C" NOT NULL,
  new_id TEXT COLLATE "C" NOT NULL,
  batch_id TEXT COLLATE "C" NOT NULL,
  claimed_at BIGINT NOT NULL,
  sent_at BIGINT,
  PRIMARY KEY (original_id, after)
);
CREATE INDEX redispatch_new ON redispatch (new_id);

CREATE TABLE change (
  topic TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);

CREATE TABLE lease (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  owner TEXT COLLATE "C" NOT NULL,
  until BIGINT NOT NULL
);

CREATE TABLE collector_status (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
