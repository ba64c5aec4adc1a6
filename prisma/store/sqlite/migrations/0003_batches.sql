-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

-- A plan writes its items by the hundred thousand. Nothing looks for one by its new id (table redispatch has it too),
-- and of those that were never sent nobody asks for the outcome.
DROP INDEX batch_item_new;
DROP INDEX batch_item_outcome;
CREATE INDEX batch_item_outcome ON batch_item (batch_id, outcome, position) WHERE outcome IS NOT NULL;

-- What a batch waits for while its queue is full, and how many of its tasks may or may not have been sent.
ALTER TABLE batch ADD COLUMN waits_for TEXT;
ALTER TABLE batch ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;

-- An item that is settled and still `waiting` was sent, and no outcome is a pending one: nothing is written for it.
UPDATE batch_item SET outcome = NULL WHERE outcome = 'pending';

-- The error of a task that failed again, for the groups on the batch's page.
ALTER TABLE batch_item ADD COLUMN error TEXT;
CREATE INDEX batch_item_doubtful ON batch_item (batch_id, position) WHERE status = 'doubtful';
CREATE INDEX batch_item_doubtful_new ON batch_item (new_id) WHERE status = 'doubtful';

-- A claim is made moments before the sending: one time is enough.
ALTER TABLE redispatch DROP COLUMN sent_at;

CREATE TABLE captured_args (
  task_id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  size BIGINT NOT NULL,
  name TEXT,
  args TEXT NOT NULL,
  kwargs TEXT NOT NULL
);
CREATE INDEX captured_args_at ON captured_args (at);
