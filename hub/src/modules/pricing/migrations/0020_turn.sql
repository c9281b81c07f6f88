-- Promotions begin and end by the clock without anybody writing anything. What the last such moment was that was told of, so that of several
-- nodes one tells it. Locks: none that matter, the table is new.
create table pricing.turn (
  is_only     boolean primary key default true check (is_only),
  told_until  timestamptz not null
);
insert into pricing.turn (told_until) values (now());

-- Tells that promotions turned at this moment, once. Answers whether the moment has come by the clock of the database.
create function pricing.tell_turn(p_at timestamptz) returns boolean language plpgsql as $$
begin
  if p_at > now() then return false; end if;
  update pricing.turn set told_until = p_at where told_until < p_at;
  if found then
    perform platform.publish(uuidv7(), 'pricing.turned.v1', 'pricing/turn', jsonb_build_object('at', to_jsonb(p_at)));
  end if;
  return true;
end $$;
