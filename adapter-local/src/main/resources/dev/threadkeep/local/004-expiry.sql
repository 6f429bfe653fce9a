-- When a thread expires, in seconds since 1970, as its body has it ("expiresAt"). Before this version that was a name without
-- a meaning, which callers could use as they liked: no thread is to go because of that.
ALTER TABLE thread ADD COLUMN expires INTEGER;

UPDATE thread SET body = json_remove(body, '$.expiresAt')
  WHERE CASE WHEN json_valid(body) THEN json_type(body, '$.expiresAt') END IS NOT NULL;

DROP INDEX thread_of_owner;
CREATE INDEX thread_of_owner ON thread (owner, activity DESC, id, name, expires) WHERE owner IS NOT NULL;
