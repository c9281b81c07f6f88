-- Rows of the office's lists that left as a file stand among the files, too. Locks: the audit, while its small index of files is made anew.
drop index access.audit_exports;
create index audit_exports on access.audit_entry (at desc, id desc)
  where action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'exports.list', 'imports.refused');

-- An export of many is there twice, when it begins and when it is over: the beginning says who takes it and for whom.
create or replace view access.read_export as
  select a.id, a.at, a.action, a.subject, a.actor_kind, m.name as actor_name, a.channel_id, a.reason
    from access.audit_entry a left join access.staff m on a.actor_kind = 'staff' and m.id::text = a.actor_id
   where a.action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'exports.list', 'imports.refused')
     and a.outcome = 'allowed' and (a.reason is null or a.reason not like 'complete, %') and (a.reason is null or a.reason not like 'broken off, %');
