create extension if not exists pg_trgm;

create table companies (
  id text primary key,
  organisation_id text not null references organisations (id),
  name text not null check (length(name) between 1 and 200),
  -- The name without case, width, accents and spaces.
  name_key text not null,
  -- Search documents (here and below): see modules/search.
  search_name text not null,
  search_text text not null,
  created_at timestamptz(3) not null default now(),
  unique (organisation_id, name_key),
  unique (organisation_id, id)
);

create table people (
  id text primary key,
  organisation_id text not null references organisations (id),
  name text not null check (length(name) between 1 and 200),
  title text check (length(title) <= 200),
  company_id text,
  location text check (length(location) <= 200),
  source text check (length(source) <= 200),
  search_name text not null,
  search_text text not null,
  version integer not null default 1,
  created_by text not null references accounts (id),
  -- Milliseconds, as a cursor of the API carries them.
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  unique (organisation_id, id),
  -- Both columns: a row can't point into another firm, whatever id somebody knows.
  foreign key (organisation_id, company_id) references companies (organisation_id, id)
);
create index people_newest on people (organisation_id, created_at desc, id desc);
create index people_company on people (company_id);
create index people_search on people using gin (search_text gin_trgm_ops);

create table person_handles (
  organisation_id text not null,
  kind text not null check (kind in ('EMAIL', 'PHONE', 'WECHAT', 'LINKEDIN')),
  normalised text not null,
  raw text not null,
  person_id text not null,
  position integer not null,
  -- An address is one person's within a firm: this is the check for duplicates.
  primary key (organisation_id, kind, normalised),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index person_handles_person on person_handles (person_id);

create table person_tags (
  organisation_id text not null,
  person_id text not null,
  tag_key text not null,
  tag text not null check (length(tag) between 1 and 60),
  position integer not null,
  primary key (person_id, tag_key),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index person_tags_key on person_tags (organisation_id, tag_key);

create table notes (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  body text not null check (length(body) between 1 and 20000),
  author_id text not null references accounts (id),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  -- Deleted: the row stays as a mark, so that a command that arrives twice does not bring the note back. Its text goes.
  deleted_at timestamptz(3),
  foreign key (organisation_id, person_id) references people (organisation_id, id)
);
create index notes_person on notes (person_id, created_at desc);

call app_protect('companies');
call app_protect('people', true);
call app_protect('person_handles');
call app_protect('person_tags');
call app_protect('notes');
revoke delete on companies, people, notes from baton_app;

create policy firm on companies to baton_app
  using (organisation_id = app_organisation() and app_is_member())
  with check (organisation_id = app_organisation() and app_is_member());
create policy firm on people to baton_app
  using (organisation_id = app_organisation() and app_is_member())
  with check (organisation_id = app_organisation() and app_is_member());
create policy firm on person_handles to baton_app
  using (organisation_id = app_organisation() and app_is_member())
  with check (organisation_id = app_organisation() and app_is_member());
create policy firm on person_tags to baton_app
  using (organisation_id = app_organisation() and app_is_member())
  with check (organisation_id = app_organisation() and app_is_member());
create policy firm_reads on notes for select to baton_app
  using (organisation_id = app_organisation() and app_is_member());
create policy author_writes on notes for insert to baton_app
  with check (organisation_id = app_organisation() and app_is_member() and author_id = app_account());
create policy author_or_partner on notes for update to baton_app
  using (organisation_id = app_organisation() and app_is_member() and (author_id = app_account() or app_role() = 'PARTNER'))
  with check (organisation_id = app_organisation() and app_is_member() and (author_id = app_account() or app_role() = 'PARTNER'));

-- People of the viewer's firm whose search document has all of `find`, ranked by how the name matches: 0 it is that name,
-- 1 it begins so, 2 its words begin so, 3 it contains that, 4 something else of the record does.
-- Under row-level security LIKE would run only after the policy (it is not leakproof), and so never by the index: this
-- function runs as baton_definer, which reads past the policy, and keeps to the viewer's firm itself.
create function search_people(find text[], exact text, prefix text, starts text[], parts text[])
  returns table (person_id text, rank integer)
  language plpgsql stable security definer set search_path = public as $$
declare
  condition text;
begin
  if not app_is_member() or coalesce(cardinality(find), 0) = 0 then
    return;
  end if;
  -- LIKE ALL (array) can't use the index, and a literal pattern lets the planner see how rare it is.
  select string_agg(format('p.search_text like %L', pattern), ' and ') into condition from unnest(find) as pattern;
  return query execute
    'select p.id, case when p.search_name like $2 then 0 when p.search_name like $3 then 1
       when p.search_name like all ($4) then 2 when p.search_name like all ($5) then 3 else 4 end
     from people p where p.organisation_id = $1 and ' || condition
    using app_organisation(), exact, prefix, starts, parts;
end
$$;
alter function search_people(text[], text, text, text[], text[]) owner to baton_definer;
revoke execute on function search_people(text[], text, text, text[], text[]) from public;
grant execute on function search_people(text[], text, text, text[], text[]) to baton_app;
