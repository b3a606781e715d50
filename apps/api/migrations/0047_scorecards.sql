-- What one interviewer makes of an interview.
create table scorecards (
  organisation_id text not null references organisations (id),
  project_id text not null,
  interview_id text not null,
  author_id text not null references accounts (id),
  overall integer check (overall between 1 and 4),
  next_step text check (length(next_step) between 1 and 500),
  submitted_at timestamptz(3),
  primary key (interview_id, author_id),
  foreign key (project_id, interview_id) references interviews (project_id, id)
);

create table scores (
  organisation_id text not null references organisations (id),
  project_id text not null,
  interview_id text not null,
  author_id text not null,
  criterion_id text not null,
  score integer check (score between 1 and 4),
  evidence text check (length(evidence) between 1 and 4000),
  primary key (interview_id, author_id, criterion_id),
  foreign key (interview_id, author_id) references scorecards (interview_id, author_id),
  foreign key (project_id, interview_id) references interviews (project_id, id),
  foreign key (project_id, criterion_id) references criteria (project_id, id)
);

create table interview_notes (
  id text primary key,
  organisation_id text not null references organisations (id),
  project_id text not null,
  interview_id text not null,
  author_id text not null references accounts (id),
  -- Of which call, and how many seconds into it; null: before or after.
  call_id text check (length(call_id) between 1 and 100),
  at_seconds integer check (at_seconds between 0 and 86400),
  body text not null check (length(body) between 1 and 4000),
  written_at timestamptz(3) not null,
  -- The row stays, so that a save that comes late does not bring it back; its text goes.
  deleted_at timestamptz(3),
  foreign key (project_id, interview_id) references interviews (project_id, id)
);
create index interview_notes_interview on interview_notes (interview_id);

call app_protect('scorecards', true);
call app_protect('scores');
call app_protect('interview_notes');
revoke update, delete on scorecards, scores, interview_notes from baton_app;
grant update (overall, next_step, submitted_at) on scorecards to baton_app;
grant update (score, evidence) on scores to baton_app;
grant update (call_id, at_seconds, body, deleted_at) on interview_notes to baton_app;

-- Whether an interviewer's notes and scorecard are the viewer's to read: one's own; a colleague's once submitted, or once the
-- colleague has left the team or the firm.
create function app_reads_interviewer(interview text, author text) returns boolean
  language sql stable security definer set search_path = public as $$
  select author = app_account()
    or exists (select from scorecards s where s.interview_id = interview and s.author_id = author and s.submitted_at is not null)
    or author not in (select t.account_id from app_team(array(select i.conversation_id from interviews i where i.id = interview)) t)
$$;
alter function app_reads_interviewer(text, text) owner to baton_definer;

create policy team_reads on scorecards for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and app_reads_interviewer(interview_id, author_id));
create policy own_begins on scorecards for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account());
-- What was submitted stays as it is.
create policy own_goes_on on scorecards for update to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account() and submitted_at is null)
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account());

create policy team_reads on scores for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and app_reads_interviewer(interview_id, author_id));
create policy own_begins on scores for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account()
    and exists (select from scorecards s where s.interview_id = scores.interview_id and s.author_id = app_account() and s.submitted_at is null));
create policy own_goes_on on scores for update to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account()
    and exists (select from scorecards s where s.interview_id = scores.interview_id and s.author_id = app_account() and s.submitted_at is null))
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account());

create policy team_reads on interview_notes for select to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and app_reads_interviewer(interview_id, author_id));
create policy own_writes on interview_notes for insert to baton_app
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account());
create policy own_rewrites on interview_notes for update to baton_app
  using (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account())
  with check (organisation_id = app_organisation() and project_id in (select app_projects()) and author_id = app_account());
