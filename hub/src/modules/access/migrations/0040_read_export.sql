-- Files with personal data that were taken out of the hub, for the privacy officers. Locks: the audit while a small index is made.
create index audit_exports on access.audit_entry (at desc, id desc)
  where action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'imports.refused');

-- An export of many is there twice, when it begins and when it is over: the beginning says who takes it and for whom.
create view access.read_export as
  select a.id, a.at, a.action, a.subject, a.actor_kind, m.name as actor_name, a.channel_id, a.reason
    from access.audit_entry a left join access.staff m on a.actor_kind = 'staff' and m.id::text = a.actor_id
   where a.action in ('customers.export', 'exports.customers', 'exports.events', 'exports.consents', 'imports.refused')
     and a.outcome = 'allowed' and (a.reason is null or a.reason not like 'complete, %') and (a.reason is null or a.reason not like 'broken off, %');
comment on view access.read_export is 'not null: id, at, action, subject, actor_kind';
