-- In step with prisma/store/models.prisma. A statement ends with a semicolon at the end of a line.

-- A plan writes its items by the hundred thousand. Nothing looks for one by its new id (table redispatch has it too),
-- and of those that were never sent nobody asks for the outcome.
DROP INDEX batch_item_new;
DROP INDEX batch_item_outcome;
CREATE INDEX batch_item_outcome ON batch_item (batch_id, outcome, position) WHERE outcome IS NOT NULL;
