-- Who looked after a conversation when their account ended: whoever takes their place over later looks after it then.
alter table conversations add column left_by text references accounts (id);
