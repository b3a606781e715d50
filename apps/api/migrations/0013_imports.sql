create table imports (
  id text primary key,
  organisation_id text not null references organisations (id),
  actor_id text not null references accounts (id),
  file_name text not null check (length(file_name) <= 200),
  project_id text,
  -- What was answered, to answer the same when the command comes twice: ids and codes, nothing of the file.
  result jsonb not null,
  created_at timestamptz(3) not null default now(),
  foreign key (organisation_id, project_id) references projects (organisation_id, id)
);
create index imports_newest on imports (organisation_id, created_at desc);

-- By which a row of a file is known at its next import: the file's own id, or a hash of a row that has neither id nor handle.
create table person_import_keys (
  organisation_id text not null,
  import_key text not null check (length(import_key) <= 220),
  person_id text not null,
  primary key (organisation_id, import_key),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index person_import_keys_person on person_import_keys (person_id);

call app_protect('imports');
call app_protect('person_import_keys');
revoke update, delete on imports from baton_app;
revoke delete on person_import_keys from baton_app;

create policy own_or_partner on imports to baton_app
  using (organisation_id = app_organisation() and app_is_member() and (actor_id = app_account() or app_role() = 'PARTNER'))
  with check (organisation_id = app_organisation() and app_is_member() and actor_id = app_account());
create policy firm on person_import_keys to baton_app
  using (organisation_id = app_organisation() and app_is_member())
  with check (organisation_id = app_organisation() and app_is_member());
