-- What interviewers of a project look for, in order.
create table criteria (
  id text primary key,
  organisation_id text not null,
  project_id text not null,
  name text not null check (length(name) between 1 and 100),
  hint text check (length(hint) between 1 and 500),
  position integer not null,
  -- Off the list, and still named by scorecards.
  removed_at timestamptz(3),
  unique (project_id, id),
  foreign key (organisation_id, project_id) references projects (organisation_id, id)
);

call app_protect('criteria');
revoke delete on criteria from baton_app;

create policy team_reads on criteria for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy leads_write on criteria to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and (app_role() = 'PARTNER'
    or exists (select from project_members m where m.project_id = criteria.project_id and m.account_id = app_account() and m.role = 'LEAD')))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and (app_role() = 'PARTNER'
    or exists (select from project_members m where m.project_id = criteria.project_id and m.account_id = app_account() and m.role = 'LEAD')));
