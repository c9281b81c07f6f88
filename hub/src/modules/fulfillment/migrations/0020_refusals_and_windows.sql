-- A store may refuse units, goods wait for a time, and what nobody fetched ends. Locks: the fulfillments, while a check is replaced.
alter table fulfillment.fulfillment drop constraint fulfillment_state_check;
alter table fulfillment.fulfillment add constraint fulfillment_state_check
  check (state in ('planned', 'assigned', 'accepted', 'in_preparation', 'packed', 'ready', 'collected', 'not_collected', 'rejected', 'canceled'));
alter table fulfillment.fulfillment add column collect_until timestamptz;     -- until when what is ready waits [FUL-9]
alter table fulfillment.fulfillment add column overdue_told boolean not null default false;
alter table fulfillment.fulfillment add column shelf text;                    -- where it stands at the place
update fulfillment.fulfillment f
   set collect_until = coalesce((select max(s.at) from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready'), f.placed_at) + interval '24 hours'
 where f.state = 'ready';
create index fulfillment_waiting on fulfillment.fulfillment (collect_until) where state = 'ready' and not overdue_told;

-- Units that a place could not serve, with the reason, and where they went: null, they were given up.
create table fulfillment.refused_line (
  id              uuid primary key,
  fulfillment_id  uuid not null references fulfillment.fulfillment,
  order_line_id   uuid not null,
  quantity        integer not null check (quantity > 0),
  reason          text not null check (reason in ('out_of_stock', 'damaged', 'cannot_find', 'too_much_to_do', 'other')),
  moved_to        uuid references fulfillment.fulfillment,
  at              timestamptz not null,
  staff_id        uuid
);
create index refused_line_of on fulfillment.refused_line (fulfillment_id);

-- As before, with the further ends. What is ready waits until `p_until`.
create function fulfillment.advance(p_id uuid, p_from text[], p_to text, p_at timestamptz, p_channel uuid, p_place uuid, p_staff uuid,
                                    p_staff_name text, p_reason text, p_proof text, p_until timestamptz) returns boolean
language plpgsql as $$
declare is_over boolean := p_to in ('collected', 'not_collected', 'rejected', 'canceled');
begin
  update fulfillment.fulfillment
    set state = p_to, version = version + 1, done_at = case when is_over then p_at end,
        code_sealed = case when is_over then null else code_sealed end, collect_until = coalesce(p_until, collect_until)
    where id = p_id and state = any (p_from);
  if not found then return false; end if;
  insert into fulfillment.step (fulfillment_id, position, state, at, channel_id, place_id, staff_id, staff_name, reason, proof)
  select p_id, coalesce(max(position), 0) + 1, p_to, p_at, p_channel, p_place, p_staff, p_staff_name, p_reason, p_proof
  from fulfillment.step where fulfillment_id = p_id;
  perform orders.touch((select order_id from fulfillment.fulfillment where id = p_id));
  return true;
end $$;

-- Takes units off a fulfillment that keeps others.
create function fulfillment.take_off(p_id uuid, p_lines uuid[], p_quantities integer[]) returns void
language plpgsql as $$
begin
  delete from fulfillment.fulfillment_line l using unnest(p_lines, p_quantities) as w(id, quantity)
   where l.fulfillment_id = p_id and l.order_line_id = w.id and l.quantity = w.quantity;
  update fulfillment.fulfillment_line l set quantity = l.quantity - w.quantity from unnest(p_lines, p_quantities) as w(id, quantity)
   where l.fulfillment_id = p_id and l.order_line_id = w.id and l.quantity > w.quantity;
end $$;

-- Collections that nobody fetched within the time that their place gives [FUL-9].
create or replace view fulfillment.read_overdue as
  select f.id, f.order_id, f.order_number, f.record_id, f.place_id,
         coalesce((select max(s.at) from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready'), f.placed_at) as ready_at
    from fulfillment.fulfillment f
   where f.kind = 'collect' and f.state = 'ready' and f.done_at is null and f.collect_until <= now();
comment on view fulfillment.read_overdue is 'not null: id, order_id, order_number, place_id, ready_at';
