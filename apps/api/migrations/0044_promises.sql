-- What candidates were promised. It belongs to the candidacy: whoever takes the project over has it.
create table promises (
  id text primary key,
  organisation_id text not null,
  project_id text not null,
  candidacy_id text not null,
  body text not null check (length(body) between 1 and 500),
  due_on date,
  state text not null default 'OPEN' check (state in ('OPEN', 'KEPT', 'TAKEN_BACK')),
  promised_by text not null references accounts (id),
  promised_at timestamptz(3) not null,
  settled_by text references accounts (id),
  settled_at timestamptz(3),
  check ((state = 'OPEN') = (settled_by is null)),
  check ((settled_by is null) = (settled_at is null)),
  foreign key (project_id, candidacy_id) references candidacies (project_id, id),
  foreign key (organisation_id, candidacy_id) references candidacies (organisation_id, id)
);
create index promises_candidacy on promises (candidacy_id);
create index promises_open on promises (project_id) where state = 'OPEN';

call app_protect('promises');
-- What was said, to whom and by whom stays as it is.
revoke update, delete on promises from baton_app;
grant update (state, settled_by, settled_at) on promises to baton_app;

create policy team_reads on promises for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy team_promises on promises for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and promised_by = app_account() and state = 'OPEN');
-- Taken back, and brought back, by whoever made it, a lead or a partner; settled in nobody else's name.
create policy team_settles on promises for update to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and (state <> 'TAKEN_BACK' or promised_by = app_account() or app_role() = 'PARTNER'
    or exists (select from project_members m where m.project_id = promises.project_id and m.account_id = app_account() and m.role = 'LEAD')))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and (settled_by is null or settled_by = app_account()) and (state <> 'TAKEN_BACK' or promised_by = app_account() or app_role() = 'PARTNER'
    or exists (select from project_members m where m.project_id = promises.project_id and m.account_id = app_account() and m.role = 'LEAD')));
