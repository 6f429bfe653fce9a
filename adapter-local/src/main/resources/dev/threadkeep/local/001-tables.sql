-- Every entity is one row: its JSON in "body", and beside it what queries need.
-- Text compares by its UTF-8 bytes (BINARY), as keys do in DynamoDB.

CREATE TABLE user (
  id   TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

-- Steps and elements may come before their thread. The row of the thread is there as soon as anything
-- is stored under its id; its body is NULL until the thread itself is created.
CREATE TABLE thread (
  id       TEXT NOT NULL PRIMARY KEY,
  owner    TEXT,
  activity TEXT,
  name     TEXT,
  body     TEXT
) STRICT;

-- The list of a user's threads, and all that a search reads of them.
CREATE INDEX thread_of_owner ON thread (owner, activity DESC, id, name) WHERE owner IS NOT NULL;

CREATE TABLE step (
  thread   TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  id       TEXT NOT NULL,
  favorite INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (thread, id)
) STRICT;

CREATE INDEX favorite_step ON step (thread) WHERE favorite = 1;

CREATE TABLE element (
  thread TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
  id     TEXT NOT NULL,
  step   TEXT,
  body   TEXT NOT NULL,
  PRIMARY KEY (thread, id)
) STRICT;

CREATE INDEX element_of_step ON element (thread, step, id) WHERE step IS NOT NULL;
