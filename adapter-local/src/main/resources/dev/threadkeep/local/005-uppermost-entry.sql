-- Finds the uppermost entry of a thread in a list, however many there are.
CREATE INDEX entry_of_thread ON entry (thread, list, value, activity, step);
