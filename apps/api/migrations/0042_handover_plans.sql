-- A handover to a colleague who has no certificate yet, signed by whoever planned it. It gives nobody access: the log does, once
-- a client carries it out.
create table handover_plans (
  project_id text primary key references project_vaults (project_id),
  organisation_id text not null references organisations (id),
  actor_id text not null references accounts (id),
  plan jsonb not null,
  planned_at timestamptz(3) not null default now()
);

call app_protect('handover_plans');
revoke update on handover_plans from baton_app;

create policy system_all on handover_plans to baton_app using (app_is_system()) with check (app_is_system());
create policy team_reads on handover_plans for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy team_plans on handover_plans for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member() and actor_id = app_account() and project_id in (select app_projects()));
create policy team_cancels on handover_plans for delete to baton_app
  using (organisation_id = app_organisation() and app_is_member() and project_id in (select app_projects()));
