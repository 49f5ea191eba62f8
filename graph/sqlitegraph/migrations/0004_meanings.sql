-- Where claims lie by what they mean. A sketch has one bit for each of a vector's values, set where it is above 0: the
-- fewer bits of two differ, the smaller is the angle between the vectors. Sketches lie apart since all are looked through.
CREATE TABLE meaning (
  node INTEGER PRIMARY KEY,
  model TEXT NOT NULL,
  vector BLOB NOT NULL
) STRICT;
CREATE TABLE sketch (
  node INTEGER PRIMARY KEY,
  bits BLOB NOT NULL
) STRICT;
