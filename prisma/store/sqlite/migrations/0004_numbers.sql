-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

CREATE TABLE number_series (
  id INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
);
CREATE UNIQUE INDEX number_series_name ON number_series (kind, name);

-- With row ids: without them SQLite moves all but the shortest rows out to pages of their own.
CREATE TABLE number_minute (
  series INTEGER NOT NULL,
  at BIGINT NOT NULL,
  part INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  retried INTEGER NOT NULL,
  skewed INTEGER NOT NULL,
  queue_wait BLOB,
  worker_wait BLOB,
  runtime BLOB,
  PRIMARY KEY (series, at, part)
);
CREATE INDEX number_minute_at ON number_minute (at);

CREATE TABLE number_hour (
  series INTEGER NOT NULL,
  at BIGINT NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  retried INTEGER NOT NULL,
  skewed INTEGER NOT NULL,
  queue_wait BLOB,
  worker_wait BLOB,
  runtime BLOB,
  PRIMARY KEY (series, at)
);
CREATE INDEX number_hour_at ON number_hour (at);

CREATE TABLE kwarg_name (
  task TEXT NOT NULL,
  kwarg TEXT NOT NULL,
  first_seen_at BIGINT NOT NULL,
  PRIMARY KEY (task, kwarg)
) WITHOUT ROWID;
