-- Who of the firm takes part in a conversation: the project's members, and its owner when that is a partner who is not on
-- the project. Whoever has left the firm takes part in nothing.
grant select on accounts to baton_definer;
create policy definer_reads on accounts for select to baton_definer using (true);

create or replace function app_team(conversations_asked text[]) returns table (conversation_id text, account_id text)
language plpgsql stable security definer set search_path = public as $$
begin
  return query select c.id, a.id from conversations c
    join accounts a on a.organisation_id = c.organisation_id and a.kind = 'MEMBER' and a.ended_at is null
    where c.id = any (conversations_asked)
      and (app_is_system() or c.id in (select app_conversations()))
      and (exists (select 1 from project_members m where m.project_id = c.project_id and m.account_id = a.id)
        or (a.id = c.owner_id and a.role = 'PARTNER'));
end
$$;
