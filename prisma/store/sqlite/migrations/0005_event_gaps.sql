-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

CREATE TABLE event_gap (
  from_at BIGINT NOT NULL,
  cause TEXT NOT NULL,
  to_at BIGINT NOT NULL,
  events BIGINT,
  is_minimum INTEGER NOT NULL,
  PRIMARY KEY (from_at, cause)
);
