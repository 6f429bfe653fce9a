-- The keys of the files of a thread whose delete has begun, as a JSON array; they stay here until it has ended.
ALTER TABLE thread ADD COLUMN files_left TEXT;
