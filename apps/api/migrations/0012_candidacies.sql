create table candidacies (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  project_id text not null,
  -- The projection of stage_events: written by its trigger alone.
  stage_id text not null,
  stage_since timestamptz(3) not null,
  created_by text not null references accounts (id),
  created_at timestamptz(3) not null default now(),
  unique (person_id, project_id),
  unique (organisation_id, id),
  unique (project_id, id),
  foreign key (organisation_id, person_id) references people (organisation_id, id),
  foreign key (organisation_id, project_id) references projects (organisation_id, id),
  foreign key (project_id, stage_id) references stages (project_id, id)
);
create index candidacies_project on candidacies (project_id);
create index candidacies_stage on candidacies (stage_id);

create table stage_events (
  id text primary key,
  -- The order in which they happened, whatever the clocks said.
  seq bigint generated always as identity,
  organisation_id text not null,
  project_id text not null,
  candidacy_id text not null,
  from_stage_id text,
  to_stage_id text not null,
  reason text check (length(reason) <= 1000),
  actor_id text not null references accounts (id),
  occurred_at timestamptz(3) not null default now(),
  foreign key (project_id, candidacy_id) references candidacies (project_id, id),
  foreign key (organisation_id, candidacy_id) references candidacies (organisation_id, id),
  foreign key (project_id, from_stage_id) references stages (project_id, id),
  foreign key (project_id, to_stage_id) references stages (project_id, id),
  check (from_stage_id is distinct from to_stage_id)
);
create index stage_events_candidacy on stage_events (candidacy_id, seq);

-- History is never rewritten, by nobody: the API's role has no right to, and the trigger stops the owner of the table too.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;
create trigger append_only before update or delete on stage_events for each row execute function refuse_rewriting();
create trigger append_only_whole before truncate on stage_events for each statement execute function refuse_rewriting();

-- The current stage follows from the history: an event starts where its candidacy is, and takes it on.
create function project_stage_event() returns trigger language plpgsql as $$
declare
  current_stage text;
begin
  select c.stage_id into current_stage from candidacies c where c.id = new.candidacy_id for update;
  if new.from_stage_id is null then
    if new.to_stage_id <> current_stage or exists (select 1 from stage_events e where e.candidacy_id = new.candidacy_id) then
      raise exception 'a first stage event has no predecessor' using errcode = 'serialization_failure';
    end if;
  elsif new.from_stage_id is distinct from current_stage then
    raise exception 'the candidacy is not in that stage' using errcode = 'serialization_failure';
  else
    update candidacies set stage_id = new.to_stage_id, stage_since = new.occurred_at where id = new.candidacy_id;
  end if;
  return new;
end
$$;
create trigger project_stage before insert on stage_events for each row execute function project_stage_event();

call app_protect('candidacies');
call app_protect('stage_events');
revoke update, delete on candidacies from baton_app;
-- For the trigger, which runs with the rights of who inserts.
grant update (stage_id, stage_since) on candidacies to baton_app;
revoke update, delete on stage_events from baton_app;

create policy system_reads on candidacies for select to baton_app using (app_is_system());
create policy team on candidacies to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy team_reads on stage_events for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy team_appends on stage_events for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and actor_id = app_account());

-- Conversations were there before what they are about. Both columns: a conversation can't name another project's candidacy.
alter table conversations
  add foreign key (project_id, candidacy_id) references candidacies (project_id, id),
  add foreign key (organisation_id, project_id) references projects (organisation_id, id),
  add foreign key (organisation_id, person_id) references people (organisation_id, id);
