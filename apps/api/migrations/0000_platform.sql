-- Two roles that own no table and can't log in. The API's login role is a member of baton_app and nothing else.
-- baton_definer owns the few SECURITY DEFINER functions that policies call: it reads what they need, past the policies
-- that would otherwise call themselves.
do $$
begin
  -- Roles belong to the whole cluster: two databases migrated at once may both come here.
  begin
    create role baton_app nologin;
  exception when duplicate_object or unique_violation then null;
  end;
  begin
    create role baton_definer nologin;
  exception when duplicate_object or unique_violation then null;
  end;
end
$$;
--
grant baton_definer to current_user;
grant usage on schema public to baton_app;
grant usage, create on schema public to baton_definer;

-- Who asks, as the viewer transaction says with set_config(..., true). A missing setting is NULL, and NULL sees no row.
create function app_account() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.account_id', true), '') $$;
create function app_organisation() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.organisation_id', true), '') $$;
-- PARTNER, CONSULTANT, RESEARCHER, CANDIDATE, or SYSTEM for the few steps before there is a viewer (sign-in, claims).
create function app_role() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.role', true), '') $$;
create function app_is_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true) = 'SYSTEM', false) $$;
create function app_is_member() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true) in ('PARTNER', 'CONSULTANT', 'RESEARCHER'), false) $$;

-- Call it after each CREATE TABLE: forced row-level security, rights for the API, and reading for baton_definer if a
-- policy function needs the table.
create procedure app_protect(target regclass, definer_reads boolean default false) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('grant select, insert, update, delete on %s to baton_app', target);
  if definer_reads then
    execute format('grant select on %s to baton_definer', target);
    execute format('create policy definer_reads on %s for select to baton_definer using (true)', target);
  end if;
end
$$;

-- Projects that the viewer may see: a partner all of the firm, others those they are members of. Tables
-- projects(id, organisation_id) and project_members(project_id, account_id) come with a later migration.
-- In a policy write `project_id in (select app_projects())`: it is computed once for a query, not once for a row.
create function app_projects() returns setof text language plpgsql stable security definer set search_path = public as $$
begin
  if app_role() = 'PARTNER' then
    return query select p.id from projects p where p.organisation_id = app_organisation();
  elsif app_is_member() then
    return query select m.project_id from project_members m join projects p on p.id = m.project_id
      where m.account_id = app_account() and p.organisation_id = app_organisation();
  end if;
end
$$;
create function app_sees_project(project text) returns boolean language sql stable
  as $$ select project in (select app_projects()) $$;
alter function app_projects() owner to baton_definer;
