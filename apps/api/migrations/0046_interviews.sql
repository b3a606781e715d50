alter table conversations add unique (project_id, id);

-- An interview with a candidate, booked in their conversation for now or for a time. What is said and seen never comes here.
create table interviews (
  id text primary key,
  organisation_id text not null references organisations (id),
  project_id text not null,
  conversation_id text not null,
  kind text not null check (kind in ('VOICE', 'VIDEO')),
  topic text not null check (length(topic) between 1 and 200),
  starts_at timestamptz(3) not null,
  minutes integer not null check (minutes between 5 and 480),
  host_id text not null references accounts (id),
  state text not null default 'BOOKED' check (state in ('BOOKED', 'CANCELLED', 'DONE')),
  booked_by text not null references accounts (id),
  booked_at timestamptz(3) not null,
  unique (project_id, id),
  foreign key (project_id, conversation_id) references conversations (project_id, id)
);
create index interviews_conversation on interviews (conversation_id, starts_at desc);

-- That a call took place: one row for each colleague who was in it. Seconds are counted by their client, whose clock may be off.
create table interview_calls (
  organisation_id text not null references organisations (id),
  project_id text not null,
  interview_id text not null,
  call_id text not null check (length(call_id) between 1 and 100),
  member_id text not null references accounts (id),
  kind text not null check (kind in ('VOICE', 'VIDEO')),
  started_at timestamptz(3) not null,
  seconds integer not null check (seconds between 0 and 86400),
  over boolean not null,
  primary key (interview_id, call_id, member_id),
  foreign key (project_id, interview_id) references interviews (project_id, id)
);

-- What the candidate thinks of it.
create table interview_ratings (
  organisation_id text not null references organisations (id),
  project_id text not null,
  interview_id text primary key,
  candidate_id text not null references accounts (id),
  stars integer not null check (stars between 1 and 5),
  comment text check (length(comment) between 1 and 1000),
  rated_at timestamptz(3) not null,
  foreign key (project_id, interview_id) references interviews (project_id, id)
);

call app_protect('interviews', true);
call app_protect('interview_calls');
call app_protect('interview_ratings');
revoke update, delete on interviews from baton_app;
grant update (kind, topic, starts_at, minutes, host_id, state) on interviews to baton_app;
revoke update, delete on interview_calls from baton_app;
grant update (kind, seconds, over) on interview_calls to baton_app;
revoke delete on interview_ratings from baton_app;

create policy participants_read on interviews for select to baton_app
  using (organisation_id = app_organisation() and conversation_id in (select app_conversations()));
create policy team_books on interviews for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member() and project_id in (select app_projects()) and booked_by = app_account());
create policy team_changes on interviews for update to baton_app
  using (organisation_id = app_organisation() and app_is_member() and project_id in (select app_projects()))
  with check (organisation_id = app_organisation() and app_is_member() and project_id in (select app_projects()));

create policy team_reads on interview_calls for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
create policy own_records on interview_calls for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and member_id = app_account());
create policy own_goes_on on interview_calls for update to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and member_id = app_account())
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and member_id = app_account());

create policy team_reads on interview_ratings for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()));
-- Interviews of a candidate's own conversations are all that they see.
create policy candidate on interview_ratings to baton_app
  using (organisation_id = app_organisation() and app_role() = 'CANDIDATE' and interview_id in (select i.id from interviews i))
  with check (organisation_id = app_organisation() and app_role() = 'CANDIDATE' and candidate_id = app_account() and interview_id in (select i.id from interviews i));
