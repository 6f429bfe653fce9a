-- What a user's lists of feedback and of favourites consist of: an entry for each step that is in one. "activity" is how
-- active the thread was when the feedback was given; the owner is that of the thread.
CREATE TABLE entry (
  thread   TEXT NOT NULL,
  step     TEXT NOT NULL,
  list     TEXT NOT NULL, -- "feedback" or "favorite"
  value    INTEGER NOT NULL,
  owner    TEXT,
  activity TEXT NOT NULL,
  PRIMARY KEY (thread, step, list),
  FOREIGN KEY (thread, step) REFERENCES step (thread, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX entry_of_owner ON entry (owner, list, value, activity DESC, thread, step) WHERE owner IS NOT NULL;

INSERT INTO entry (thread, step, list, value, owner, activity)
  SELECT step.thread, step.id, 'feedback', json_extract(step.body, '$.feedback.value'), thread.owner, coalesce(thread.activity, '')
  FROM step JOIN thread ON thread.id = step.thread
  WHERE CASE WHEN json_valid(step.body) THEN json_type(step.body, '$.feedback.value') END = 'integer';

INSERT INTO entry (thread, step, list, value, owner, activity)
  SELECT step.thread, step.id, 'favorite', 1, thread.owner, coalesce(thread.activity, '')
  FROM step JOIN thread ON thread.id = step.thread
  WHERE step.favorite = 1;

DROP INDEX favorite_step;
ALTER TABLE step DROP COLUMN favorite;
