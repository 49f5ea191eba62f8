-- The words that nodes hold, as Bloom filters of which the last one is added to (see known.go).
CREATE TABLE known (
  part INTEGER PRIMARY KEY,
  words INTEGER NOT NULL,
  filter BLOB NOT NULL
) STRICT;
-- Which words the nodes of an older graph do not hold nobody knows: a full filter of 64 bits and 7 hashes with all bits set.
INSERT INTO known(part, words, filter)
  SELECT 1, 100000, x'000000000000004000000000000000070000000000000040ffffffffffffffff' WHERE EXISTS (SELECT 1 FROM tally);
