-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

CREATE TABLE captured_args (
  task_id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  size BIGINT NOT NULL,
  name TEXT,
  args TEXT NOT NULL,
  kwargs TEXT NOT NULL
);
CREATE INDEX captured_args_at ON captured_args (at);
