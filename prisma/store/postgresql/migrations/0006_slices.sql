-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

-- Tasks that have ended, in slices of their finish time (lib/store/task-tables.ts): what there is becomes the first.
ALTER TABLE task RENAME TO task_slice_1;

-- Tasks that have not ended. Each slice is made like this table (lib/store/begin-slice.ts).
CREATE TABLE task_open (LIKE task_slice_1 INCLUDING ALL);
INSERT INTO task_open SELECT * FROM task_slice_1 WHERE sort_at >= 1000000000000000;
DELETE FROM task_slice_1 WHERE sort_at >= 1000000000000000;

CREATE TABLE task_slice (
  id INTEGER NOT NULL PRIMARY KEY,
  from_at BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  began_bytes BIGINT NOT NULL
);
INSERT INTO task_slice (id, from_at, began_at, began_bytes) VALUES (1, 0, floor(extract(epoch FROM now())) * 1000, 0);

-- What size has made go before its age.
CREATE TABLE size_drop (
  id INTEGER NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
