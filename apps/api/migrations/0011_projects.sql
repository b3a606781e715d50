create table projects (
  id text primary key,
  organisation_id text not null references organisations (id),
  name text not null check (length(name) between 1 and 200),
  client_id text not null,
  public_title text not null check (length(public_title) between 1 and 200),
  version integer not null default 1,
  created_by text not null references accounts (id),
  created_at timestamptz(3) not null default now(),
  archived_at timestamptz(3),
  unique (organisation_id, id),
  foreign key (organisation_id, client_id) references companies (organisation_id, id)
);
create index projects_newest on projects (organisation_id, created_at desc, id desc);

create table stages (
  id text primary key,
  organisation_id text not null,
  project_id text not null,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('ACTIVE', 'PLACED', 'CLOSED')),
  position integer not null,
  -- Taken off the board. The row stays, because the history of candidacies names it.
  removed_at timestamptz(3),
  unique (project_id, id),
  foreign key (organisation_id, project_id) references projects (organisation_id, id)
);

create table project_members (
  organisation_id text not null,
  project_id text not null,
  account_id text not null references accounts (id),
  role text not null check (role in ('LEAD', 'MEMBER')),
  joined_at timestamptz(3) not null default now(),
  primary key (project_id, account_id),
  foreign key (organisation_id, project_id) references projects (organisation_id, id)
);
create index project_members_account on project_members (account_id);

call app_protect('projects', true);
call app_protect('stages');
call app_protect('project_members', true);
revoke delete on projects, stages from baton_app;

-- A project that the viewer has just made, and that nobody is a member of yet: its maker may say who is.
create function app_founds_project(project text) returns boolean
  language sql stable security definer set search_path = public as $$
  select exists (select 1 from projects p where p.id = project and p.organisation_id = app_organisation()
      and p.created_by = app_account() and app_is_member())
    and not exists (select 1 from project_members m where m.project_id = project)
$$;
alter function app_founds_project(text) owner to baton_definer;

create policy system_reads on projects for select to baton_app using (app_is_system());
create policy team_reads on projects for select to baton_app
  using (organisation_id = app_organisation() and id in (select app_projects()));
create policy team_changes on projects for update to baton_app
  using (organisation_id = app_organisation() and id in (select app_projects()))
  with check (organisation_id = app_organisation());
create policy maker_inserts on projects for insert to baton_app
  with check (organisation_id = app_organisation() and app_role() in ('PARTNER', 'CONSULTANT') and created_by = app_account());

create policy system_reads on stages for select to baton_app using (app_is_system());
create policy team on stages to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()));

create policy system_reads on project_members for select to baton_app using (app_is_system());
create policy team on project_members to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy maker_inserts on project_members for insert to baton_app
  with check (organisation_id = app_organisation() and account_id = app_account() and app_founds_project(project_id));
