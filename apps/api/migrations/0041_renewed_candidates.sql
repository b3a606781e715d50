-- Matrix ids of accounts whose place in the conversation another account of the same person has taken.
alter table conversations add column former_mxids text[] not null default '{}';
