-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

-- Tasks that have ended, in slices of their finish time (lib/store/task-tables.ts): what there is becomes the first.
-- Its indexes keep their names, since another name would mean to make them again.
ALTER TABLE task RENAME TO task_slice_1;

-- Tasks that have not ended. Each slice is made like this table (lib/store/begin-slice.ts).
CREATE TABLE task_open (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  state TEXT NOT NULL,
  worker TEXT,
  queue TEXT,
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
  runtime_seconds REAL,
  state_at BIGINT NOT NULL,
  clock BIGINT,
  attempts TEXT NOT NULL,
  sort_at BIGINT NOT NULL
);
CREATE INDEX task_open_sort ON task_open (sort_at, id);
CREATE INDEX task_open_state_sort ON task_open (state, sort_at, id);
CREATE INDEX task_open_name_sort ON task_open (coalesce(name, ''), sort_at DESC, id DESC);
CREATE INDEX task_open_runtime_sort ON task_open (coalesce(runtime_seconds, -1), id);
INSERT INTO task_open SELECT * FROM task_slice_1 WHERE sort_at >= 1000000000000000;
DELETE FROM task_slice_1 WHERE sort_at >= 1000000000000000;

CREATE TABLE task_slice (
  id INTEGER NOT NULL PRIMARY KEY,
  from_at BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  began_bytes BIGINT NOT NULL
);
INSERT INTO task_slice (id, from_at, began_at, began_bytes) VALUES (1, 0, unixepoch() * 1000, 0);

-- What size has made go before its age.
CREATE TABLE size_drop (
  id INTEGER NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
