-- What people must do, made once per cause and closed by itself when the cause is gone. Locks: none that matter, the tables are new.
create table tasks.task (
  id           uuid primary key,
  kind         text not null check (kind in ('stock_conflict', 'collection_overdue', 'parcel_late', 'goods_late', 'order_delayed', 'goods_asked', 'transfer_late', 'recall_standing', 'cash_difference', 'returned_twice', 'act_uncovered', 'journal_defect', 'device_trouble', 'refund_unknown',
    'payment_open', 'payment_disputed', 'card_overspent', 'points_suspected', 'shown_wrong', 'quarantine', 'dead_letter', 'terms_contested', 'access_objected', 'privacy_request')),
  cause_key    text not null,
  team         text not null check (team in ('store', 'service', 'operations', 'privacy')),
  place_id     uuid,
  reference    jsonb not null,                 -- what it is about: ids, numbers and codes, never a value of a person
  state        text not null default 'open' check (state in ('open', 'taken', 'done', 'gone')),
  is_standing  boolean not null default true,  -- whether its cause stands; a task that is done stays so while it does
  version      integer not null default 1,
  opened_at    timestamptz not null,
  due_at       timestamptz not null,
  escalated_at timestamptz,                    -- since when another team has it because it waited too long [TSK-6]
  taken_by     uuid,
  taken_name   text,
  ended_at     timestamptz,
  note         text,
  constraint "TSK-1 one per cause" unique (kind, cause_key),
  constraint "TSK-3 taken by somebody" check ((state = 'taken') = (taken_by is not null)),
  constraint "TSK-3 ended or not" check ((state in ('done', 'gone')) = (ended_at is not null)),
  constraint "TSK-2 what is gone does not stand" check (not (state = 'gone' and is_standing) and not (state in ('open', 'taken') and not is_standing))
) with (fillfactor = 80);
create index task_waiting on tasks.task (due_at, id) where state in ('open', 'taken');
create index task_ended on tasks.task (ended_at desc, id desc) where ended_at is not null;

-- Who did what, append only.
create table tasks.step (
  task_id     uuid not null references tasks.task on delete cascade,
  version     integer not null,
  act         text not null check (act in ('opened', 'reopened', 'taken', 'released', 'handed_over', 'escalated', 'planned', 'stopped', 'ran', 'failed', 'done', 'gone')),
  at          timestamptz not null,
  staff_id    uuid,
  staff_name  text,
  team        text,                            -- to whom it was handed, or passed because it waited
  note        text,
  primary key (task_id, version)
);

-- Causes that are seen when a fact comes, and not in a table of their owner.
create table tasks.noted (
  kind       text not null,
  cause_key  text not null,
  team       text not null,
  place_id   uuid,
  reference  jsonb not null,
  at         timestamptz not null,
  primary key (kind, cause_key)
);

-- Everything that asks for a person now, from what its owners publish.
create view tasks.cause as
  select 'stock_conflict' as kind, 'conflict/' || id as cause_key, 'store' as team, place_id,
         jsonb_build_object('kind', 'conflict', 'id', id, 'variantId', variant_id, 'missing', missing) as reference, at + interval '2 hours' as due_at
    from stock.read_conflict where resolved_at is null
  union all
  select 'collection_overdue', 'fulfillment/' || id, 'store', place_id,
         jsonb_build_object('kind', 'order', 'id', order_id, 'number', order_number), ready_at + interval '48 hours'
    from fulfillment.read_overdue
  union all
  select 'parcel_late', 'fulfillment/' || id, 'store', place_id,
         jsonb_build_object('kind', 'order', 'id', order_id, 'number', order_number), ship_by + interval '4 hours'
    from fulfillment.read_shipment where done_at is null and awaits_on is null and state <> 'dispatched' and ship_by < now()
  union all
  select 'goods_late', 'fulfillment/' || id, 'store', place_id,
         jsonb_build_object('kind', 'order', 'id', order_id, 'number', order_number), since + interval '12 hours'
    from fulfillment.read_goods_late
  union all
  select 'order_delayed', 'fulfillment/' || id, 'store', place_id,
         jsonb_build_object('kind', 'order', 'id', order_id, 'number', order_number), promised_at
    from fulfillment.read_delayed
  union all
  select 'goods_asked', 'asked/' || from_place_id || '/' || to_place_id, 'store', from_place_id,
         jsonb_build_object('kind', 'asked', 'id', to_place_id, 'missing', sum(quantity)::integer), min(asked_at) + interval '4 hours'
    from stock.read_asked group by from_place_id, to_place_id
  union all
  select 'transfer_late', 'document/' || id, 'store', place_id, jsonb_build_object('kind', 'transfer', 'id', id, 'number', number::text),
         coalesce((expected_on + 1)::timestamptz, created_at + interval '3 days') + interval '12 hours'
    from stock.read_open_document where kind = 'transfer' and coalesce((expected_on + 1)::timestamptz, created_at + interval '3 days') < now()
  union all
  -- Each place looks whether it has any, and takes it off the shelf.
  select 'recall_standing', 'recall/' || r.id || '/' || p.id, 'store', p.id, jsonb_build_object('kind', 'recall', 'id', r.id), r.announced_at + interval '4 hours'
    from batches.read_standing r cross join places.read_active p
  union all
  select 'refund_unknown', 'refund/' || r.id, 'service', r.place_id,
         jsonb_build_object('kind', 'order', 'id', r.order_id, 'number', o.number), r.at + interval '1 day'
    from payments.read_unknown_refund r join orders.read_state o on o.id = r.order_id
  union all
  select 'payment_open', 'payment/' || p.id, 'service', o.place_id, jsonb_build_object('kind', 'order', 'id', p.order_id, 'number', o.number), p.due_at
    from payments.read_open_payment p join orders.read_state o on o.id = p.order_id
  union all
  select 'payment_disputed', 'dispute/' || d.id, 'service', o.place_id, jsonb_build_object('kind', 'order', 'id', d.order_id, 'number', o.number), d.due_at
    from payments.read_open_dispute d join orders.read_state o on o.id = d.order_id
  union all
  select 'card_overspent', 'gift-card/' || card_id, 'service', place_id,
         jsonb_build_object('kind', 'gift_card', 'id', card_id, 'number', last4, 'amount', lost, 'currency', currency), at + interval '1 day'
    from payments.read_overspent_card
  union all
  select 'quarantine', 'quarantine/' || kind || '/' || coalesce(channel_id::text, ''), 'operations', null,
         jsonb_build_object('kind', 'quarantine', 'id', kind), since + interval '1 day'
    from touchpoints.read_waiting
  union all
  select 'dead_letter', 'subscriber/' || subscriber, 'operations', null,
         jsonb_build_object('kind', 'dead_letter', 'id', subscriber), since + interval '4 hours'
    from platform.read_waiting_letter
  union all
  select 'privacy_request', 'request/' || request_id, 'privacy', null, jsonb_build_object('kind', 'privacy_request', 'id', request_id), due_at
    from privacy.read_open_request
  union all
  -- Paper that is out is put in at once: only a device that stays in trouble asks for somebody.
  select kind, cause_key, team, place_id, reference, at + case when kind = 'device_trouble' then interval '2 hours'
         when kind in ('cash_difference', 'journal_defect', 'shown_wrong') then interval '1 day' else interval '3 days' end
    from tasks.noted where kind <> 'device_trouble' or at < now() - interval '10 minutes';
